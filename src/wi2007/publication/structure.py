"""What both layouts need to know of a document: its parts in order, headers over columns, the files it needs.

What does not belong here: any file format, any number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from wi2007.project import marked
from wi2007.publication.document import (
    Block,
    Chart,
    Chooser,
    Column,
    Document,
    Glossary,
    Items,
    KeyFigures,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
)


@dataclass(frozen=True)
class ColumnGroup:
    """Neighbouring columns under one header; `label` is empty for a column that has none."""

    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class RowGroup:
    """Rows under one heading row; `label` is empty for rows that stand before any heading."""

    label: str
    rows: tuple[Row, ...]


def column_groups(table: Table) -> tuple[ColumnGroup, ...]:
    """The columns under their common headers, in order; columns without a header stay on their own."""
    groups: list[ColumnGroup] = []
    for label, columns in groupby(table.columns, key=lambda column: column.group):
        members = tuple(columns)
        groups += [ColumnGroup(label, members)] if label else [ColumnGroup("", (c,)) for c in members]
    return tuple(groups)


def row_groups(table: Table) -> tuple[RowGroup, ...]:
    """The rows under their heading rows, in order; without rows there are no groups."""
    groups: list[RowGroup] = []
    label, rows = "", list[Row]()
    for row in table.rows:
        if row.role != "group":
            rows.append(row)
            continue
        if label or rows:
            groups.append(RowGroup(label, tuple(rows)))
        label, rows = row.label, []
    if label or rows:
        groups.append(RowGroup(label, tuple(rows)))
    return tuple(groups)


LONG = 60
"""Rows from which a table is long: on a screen it gets a box of its own with a filter."""


def is_long(table: Table) -> bool:
    """Whether a reader looks a row up in a table rather than reading it."""
    return table.sortable and sum(row.role != "group" for row in table.rows) >= LONG


def is_beside(table: Table) -> bool:
    """Whether the published file of a table lies beside the report, and is not inside a page or a PDF."""
    return bool(table.download) and (table.beside or is_long(table))


def chapters(document: Document) -> tuple[Section, ...]:
    """The chapters and, behind them, those of the appendix."""
    return (*document.sections, *document.appendix)


def sections(document: Document) -> Iterator[Section]:
    """Every section, those of the appendix last, parents before their children, in reading order."""

    def below(section: Section) -> Iterator[Section]:
        yield section
        for child in section.sections:
            yield from below(child)

    for section in chapters(document):
        yield from below(section)


def blocks(document: Document) -> Iterator[Block]:
    """Every block in reading order."""
    for section in sections(document):
        yield from section.blocks


def charts(document: Document) -> Iterator[Chart]:
    """Every chart in reading order."""
    return (block for block in blocks(document) if isinstance(block, Chart))


def tables(document: Document) -> Iterator[Table]:
    """Every table in reading order, the data of charts among them."""
    for block in blocks(document):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield block.data


def choosers(document: Document) -> Iterator[Chooser]:
    """Every chooser in reading order."""
    return (block for block in blocks(document) if isinstance(block, Chooser))


def rows_to_choose(chooser: Chooser) -> list[Row]:
    """The rows of a chooser's tables that have cells, in the order of the cells of its choices."""
    return [row for table in chooser.tables for row in table.rows if row.role != "group"]


def running_texts(document: Document) -> Iterator[Text]:
    """Every piece of running text in reading order."""
    for block in blocks(document):
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Glossary):
            yield from (term.definition for term in block.terms)


def spans(document: Document) -> Iterator[Span]:
    """Every span in reading order."""
    for text in running_texts(document):
        yield from text


def anchors(document: Document) -> list[str]:
    """What a link within the report can point to: sections, tables, charts and choosers."""
    return [
        *(section.id for section in sections(document)),
        *(block.id for block in blocks(document) if isinstance(block, Chart | Chooser | Table)),
        *(chart.data.id for chart in charts(document)),
    ]


def short_notice(document: Document) -> str:
    """The first sentence of the notice, for the top of every page and the title of the window."""
    first, mark, _ = document.notice.partition(". ")
    return first + mark.strip()


def lead(block: Table | Chart) -> str:
    """What stands before the title of a table or a figure: its number in the report, nothing where it has none."""
    kind = "Tabel" if isinstance(block, Table) else "Figuur"
    return f"{kind} {block.shown}. " if block.shown else ""


def visible_texts(document: Document) -> Iterator[str]:
    """Every text a reader sees before choosing anything, the numbers among them; what a layout must show."""
    yield from filter(None, (document.title, document.subtitle, document.notice, document.peildatum_text))
    for fact in document.imprint.facts:
        yield fact.label
        yield from filter(None, _span_texts(fact.value))
    for section in sections(document):
        yield from filter(None, (section.title, section.message))
        for block in section.blocks:
            yield from filter(None, _block_texts(block))


def _block_texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _table_texts(block)
    elif isinstance(block, Chart):
        yield from (lead(block) + (block.message or block.title), block.title, block.source)
        yield from _table_texts(block.data)
    elif isinstance(block, KeyFigures):
        for figure in block.figures:
            yield from (figure.value, figure.label, figure.change, figure.remark)
            yield from (figure.line.text,) if figure.line else ()
    elif isinstance(block, Glossary):
        for term in block.terms:
            yield term.term
            yield from _span_texts(term.definition)
    elif isinstance(block, Items):
        for item in block.items:
            yield from _span_texts(item)
    elif isinstance(block, Chooser):
        yield block.fallback
    else:
        yield from _span_texts(block.text)


def _span_texts(text: Text) -> Iterator[str]:
    for span in text:
        yield from (span.text, span.note or "")


def _table_texts(table: Table) -> Iterator[str]:
    yield from (
        lead(table) + table.title,
        table.population,
        table.header,
        table.source,
        table.named,
        *table.footnotes,
    )
    for column in table.columns:
        yield from (column.label, column.unit, column.group)
    for row in table.rows:
        yield row.label
        yield from (cell.text for cell in row.cells)


def sparklines(document: Document) -> list[str]:
    """The names of the SVG files of the small lines beside key figures."""
    figures = (one for block in blocks(document) if isinstance(block, KeyFigures) for one in block.figures)
    return [figure.line.picture for figure in figures if figure.line]


def chart_files(document: Document) -> list[str]:
    """The names of all SVG files that a page needs."""
    names = [name for chart in charts(document) for name in (chart.wide, chart.narrow)]
    return [*names, *sparklines(document)]


def download_files(document: Document) -> list[str]:
    """The names of the published files that the tables point to, each once."""
    return list(dict.fromkeys(table.download for table in tables(document) if table.download))


def workbook_name(table: Table, mark: str) -> str:
    """The name of the workbook with a numbered table alone: tabel_2.1.xlsx."""
    return marked(f"tabel_{table.number}.xlsx", mark)


def inner_files(document: Document) -> list[str]:
    """Those that a page holds itself; the file of a long table lies beside the report only."""
    beside = {table.download for table in tables(document) if is_beside(table)}
    return [name for name in download_files(document) if name not in beside]
