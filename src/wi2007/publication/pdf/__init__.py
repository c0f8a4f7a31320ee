"""The report as a PDF: a Typst template around a content document, valid PDF/UA-1 and PDF/A-3a.

The same document gives the same bytes: fonts come from the project alone, and the only day is that of the publication.
What does not belong here: numbers and sentences. They come as text in the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf

from wi2007.project import marked
from wi2007.publication import soundness, structure, volumes
from wi2007.publication.document import Block, Chart, Document, Glossary, Section, Table
from wi2007.publication.pdf import dates
from wi2007.publication.pdf.glyphs import legible
from wi2007.publication.pdf.grid import SideBySide, Together, in_rows
from wi2007.publication.pdf.packing import pack
from wi2007.publication.pdf.pages import filled
from wi2007.publication.pdf.tagging import leave_unsaid, mark_headers
from wi2007.publication.pdf.typesetting import Typesetter

PRINTED_ROWS = 100
"""The table behind a chart is printed up to so many rows; a longer one, of a map, is in the HTML and the downloads."""


def render(
    document: Document,
    charts: Mapping[str, str],
    downloads: Mapping[str, bytes],
    volume: str = volumes.REPORT,
) -> bytes:
    """Lay one volume of a document out as PDF, without the full tables; the figures of charts stand in the annexes.

    `charts` are the SVG texts by the names that charts give, `downloads` the published files by the names that tables
    give; they are attached to the PDF. Raises `ValueError` when the document has dead links or double ids or when the
    typesetter warns, `KeyError` when a file is missing, `typst.TypstError` when the PDF would not be accessible.
    """
    soundness.check(document)
    behind = printed_figures(document) if volume == volumes.ANNEXES else []
    document = volumes.on_paper(document, volume)
    day = date.fromisoformat(document.imprint.day) if document.imprint.day else dates.ANY
    report = {
        **legible(template_input(document, charts, behind)),
        "date": [day.year, day.month, day.day],
        "attachments": attachments(document, downloads),
    }
    with pikepdf.open(BytesIO(filled(report, lambda input: Typesetter(input, day)).pdf())) as file:
        mark_headers(file)
        leave_unsaid(file)
        if not document.imprint.day:
            dates.take_out(file)
        return pack(file)


def printed_figures(document: Document) -> list[Chart]:
    """List the charts whose figures are printed: those of the page, but for a chart of very many rows."""
    shown = structure.charts(volumes.on_screen(document))
    return [chart for chart in shown if len(chart.data.rows) <= PRINTED_ROWS]


def template_input(
    document: Document, charts: Mapping[str, str], behind: Sequence[Chart] = ()
) -> dict[str, Any]:
    """What the template lays out: the document, tables with their headers worked out, charts by name.

    `behind` are the charts whose figures stand at the end.
    """
    raw = asdict(replace(document, sections=(), volumes=()))
    annexes = marked(f"{volumes.ANNEXES}.pdf", document.mark)
    raw["sections"] = [_section(section, charts, annexes) for section in document.sections]
    return {
        "document": raw,
        "short_notice": structure.short_notice(document),
        "numbered": any(section.number for section in structure.sections(document)),
        "charts": {
            name: charts[name]
            for name in (
                *(name for chart in structure.charts(document) for name in (chart.wide, chart.narrow)),
                *structure.sparklines(document),
            )
        },
        "chart_tables": [
            {**_table(chart.data), "lead": f"Bij {structure.lead(chart).lower()}" if chart.shown else ""}
            for chart in behind
        ],
    }


def _section(section: Section, charts: Mapping[str, str], annexes: str) -> dict[str, Any]:
    def block(one: Block) -> dict[str, Any]:
        if isinstance(one, Table):
            return _table(one)
        if not isinstance(one, Chart):
            return asdict(one)
        printed = len(one.data.rows) <= PRINTED_ROWS
        return {
            **asdict(one),
            "lead": structure.lead(one),
            "figures": f"Cijfers in {annexes}" if printed else "Cijfers in rapport.html",
        }

    def row(one: Block | SideBySide | Together) -> dict[str, Any]:
        if isinstance(one, SideBySide):
            parts = {"above": one.above, "right": one.right}
            return {
                "kind": one.kind,
                "name": one.left.id,
                "floats": False,
                "left": block(one.left),
                **{name: [block(part) for part in some] for name, some in parts.items()},
            }
        if isinstance(one, Together):
            return {
                "kind": one.kind,
                "name": one.chart.id,
                "floats": False,
                "texts": [block(text) for text in one.texts],
                "chart": block(one.chart),
            }
        return block(one)

    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "message": section.message,
        "new_page": any(isinstance(one, Glossary) for one in section.blocks),
        "language": section.language,
        "blocks": [row(one) for one in in_rows(section.blocks, charts)],
        "sections": [_section(child, charts, annexes) for child in section.sections],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        **asdict(table),
        "name": table.id,
        "floats": False,
        "lead": structure.lead(table),
        "grouped": any(column.group for column in table.columns),
        "column_groups": [asdict(group) for group in structure.column_groups(table)],
        "row_groups": [asdict(group) for group in structure.row_groups(table)],
    }


def attachments(document: Document, downloads: Mapping[str, bytes]) -> list[dict[str, str]]:
    """The published files of the tables, each once, with a description for readers; not those that lie beside."""
    titles: dict[str, str] = {}
    for table in structure.tables(document):
        if table.download and not structure.is_beside(table):
            number = f"Tabel {table.number}. " if table.number else ""
            titles.setdefault(table.download, f"{number}{table.title}")
    return [
        {"name": name, "content": downloads[name].decode("utf-8"), "description": title}
        for name, title in titles.items()
    ]
