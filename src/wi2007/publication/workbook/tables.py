"""A sheet for a table: title, population, units, header, rows, then footnotes, the signs that occur, source.

Rows that stand in groups get a column before them that names their group. What does not belong here: other sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.workbook import TableSheetText, WorkbookText
from wi2007.publication import document, structure
from wi2007.publication.document import Document, Row, Table
from wi2007.publication.workbook.cover import opening
from wi2007.publication.workbook.model import Cell, Look, Region, Sheet, clean
from wi2007.publication.workbook.names import column_names
from wi2007.publication.workbook.numbers import figure
from wi2007.publication.workbook.widths import LABELS, NARROW, broken, fitting, is_wide, under

Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Place:
    """The name of a table's sheet, and the name that the table has in the file."""

    sheet: str
    mark: str


def table_sheet(report: Document, table: Table, place: Place, texts: WorkbookText) -> Sheet:
    """The sheet of a table."""
    words = texts.tabelblad
    title = f"{texts.bladen.tabel} {table.number}. {table.title}"
    rows: list[Cells] = opening(report, title)
    if table.population:
        rows.append((_said(words.populatie, table.population),))
    rows += [(Cell(clean(words.naar_inhoud), "link", sheet=texts.bladen.inhoud),), ()]
    first = len(rows)
    grouped = any(row.role == "group" for row in table.rows)
    labels = (words.kenmerk, words.categorie) if grouped else (clean(table.header) or words.categorie,)
    rows += _heads(table, labels, words)
    header = len(rows) - 1
    rows += _rows(table, grouped)
    last = len(rows) - 1
    widths = under(title, fitting(rows[first:], NARROW, LABELS), len(labels))
    rows += _closing(report, table, words.bron, widths)
    region = Region(place.mark, clean(title), first, header, last, len(labels), table.sortable)
    return Sheet(place.sheet, tuple(rows), widths, region, is_wide(widths))


def _said(label: str, text: str) -> Cell:
    return Cell(clean(f"{label}: {text}"))


def units(table: Table, counted: str) -> list[str]:
    """What is counted in each column: its unit, or under a common header its label; whole numbers are counts."""
    rows = [row.cells for row in table.rows if row.role != "group"]
    return [
        column.unit
        or (column.label if column.group else "")
        or (counted if column.numeric and _all_whole(cells[place] for cells in rows) else "")
        for place, column in enumerate(table.columns)
    ]


def _all_whole(cells: Iterable[document.Cell]) -> bool:
    found = [cell for shown in cells if (cell := figure(shown)).number is not None]
    return bool(found) and all(
        isinstance(cell.number, int) and not cell.decimals and not cell.suffix for cell in found
    )


def _heads(table: Table, labels: tuple[str, ...], words: TableSheetText) -> Iterator[Cells]:
    """The row of units, where there are any, and the header."""
    counted = units(table, words.aantal)
    if any(counted):
        beside = [Cell(clean(words.eenheid), "unit"), *(Cell("", "unit") for _ in labels[1:])]
        yield (*beside, *(Cell(clean(unit), "unit") for unit in counted))
    plain = [clean(label) for label in labels]
    names = column_names(table.columns, plain)
    looks: list[Look] = ["over" if column.numeric else "head" for column in table.columns]
    yield (*(Cell(text, "head") for text in plain), *map(Cell, names, looks))


def _rows(table: Table, grouped: bool) -> Iterator[Cells]:
    for group in structure.row_groups(table):
        for row in group.rows:
            before = (group.label or row.label,) if grouped else ()
            yield _row(row, before, [column.numeric for column in table.columns])


def _row(row: Row, before: tuple[str, ...], numeric: Sequence[bool]) -> Cells:
    """Labels, then figures at the right of their column and words at the left of theirs."""
    words: Look = "total" if row.role == "total" else "label"
    figures: Look = "sum" if row.role == "total" else "figure"
    labels = [Cell(clean(text), words) for text in (*before, row.label)]
    pairs = zip(row.cells, numeric, strict=True)
    return (*labels, *(figure(cell, figures if is_figure else words) for cell, is_figure in pairs))


def _closing(report: Document, table: Table, source: str, widths: Sequence[int]) -> list[Cells]:
    """What stands below; a footnote is broken into rows, so that no cell has to be merged or high."""
    shown = {cell.text for row in table.rows for cell in row.cells}
    signs = (sign for sign in report.legend if sign.sign in shown)
    below = [
        *(Cell(line) for note in table.footnotes for line in broken(clean(note), widths)),
        *(_said(sign.sign, sign.meaning) for sign in signs),
        *([_said(source, table.source)] if table.source else []),
    ]
    return [(), *((cell,) for cell in below)] if below else []
