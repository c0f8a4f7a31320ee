"""The report as a PDF: a Typst template around a content document, valid PDF/UA-1 and PDF/A-3a.

The same document gives the same bytes: fonts come from the project alone, and the only day is that of the publication.
What does not belong here: numbers and sentences. They come as text in the document.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import typst

from wi2007.publication import fonts, soundness, structure
from wi2007.publication.document import Block, Chart, Document, Table
from wi2007.publication.pdf import dates
from wi2007.publication.pdf.glyphs import legible
from wi2007.publication.pdf.packing import pack
from wi2007.publication.pdf.tagging import mark_headers

STANDARDS: list[Any] = ["ua-1", "a-3a"]
PRINTED_ROWS = 100
"""The table behind a chart is printed up to so many rows; a longer one, of a map, is in the HTML and the downloads."""

TEMPLATE = Path(__file__).with_name("report.typ")


def render(document: Document, charts: Mapping[str, str], downloads: Mapping[str, bytes]) -> bytes:
    """Lay a document out as PDF, without its appendix.

    `charts` are the SVG texts by the names that charts give, `downloads` the published files by the names that tables
    give; they are attached to the PDF. Raises `ValueError` when the document has dead links or double ids or when the
    typesetter warns, `KeyError` when a file is missing, `typst.TypstError` when the PDF would not be accessible.
    """
    soundness.check(document)
    document = structure.on_paper(document)
    day = date.fromisoformat(document.imprint.day) if document.imprint.day else dates.ANY
    report = {
        **legible(template_input(document, charts)),
        "date": [day.year, day.month, day.day],
        "attachments": attachments(document, downloads),
    }
    with pikepdf.open(BytesIO(typeset(json.dumps(report, ensure_ascii=False), day))) as file:
        mark_headers(file)
        if not document.imprint.day:
            dates.take_out(file)
        return pack(file)


def template_input(document: Document, charts: Mapping[str, str]) -> dict[str, Any]:
    """What the template lays out: the document, tables with their headers worked out, charts by name."""
    raw = asdict(replace(document, sections=()))
    raw["sections"] = [_section(section) for section in document.sections]
    return {
        "document": raw,
        "short_notice": structure.short_notice(document),
        "numbered": any(section.number for section in structure.sections(document)),
        "charts": {
            name: charts[name]
            for name in (
                *(chart.wide for chart in structure.charts(document)),
                *structure.sparklines(document),
            )
        },
        "chart_tables": [
            {**_table(chart.data), "lead": f"Bij {structure.lead(chart).lower()}" if chart.shown else ""}
            for chart in structure.charts(document)
            if len(chart.data.rows) <= PRINTED_ROWS
        ],
    }


def _section(section: Any) -> dict[str, Any]:
    blocks = [_block(block) for block in section.blocks]
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "message": section.message,
        "blocks": blocks,
        "sections": [_section(child) for child in section.sections],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return _table(block)
    lead = {"lead": structure.lead(block)} if isinstance(block, Chart) else {}
    return {**asdict(block), **lead}


def _table(table: Table) -> dict[str, Any]:
    return {
        **asdict(table),
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


def typeset(report: str, day: date) -> bytes:
    """Run the typesetter on the template; `report` is its input as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        for face in fonts.PDF_FACES:
            Path(folder, face.original.name).symlink_to(face.original)
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        compiler = typst.Compiler(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=found,
            ignore_system_fonts=True,
            sys_inputs={"report": report},
        )
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        )
    if warnings:
        raise ValueError("; ".join(warning.message for warning in warnings))
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter gave no single PDF")
    return pdf
