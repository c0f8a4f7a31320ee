"""Open a workbook: check that it is undamaged and fits in memory, choose the sheet, and find its header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wi2007.delivery import kinds
from wi2007.delivery.access import sha256_of
from wi2007.delivery.names import ENOUGH
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Reading
from wi2007.delivery.workbook.book import Book, Cells
from wi2007.delivery.workbook.cells import Table, marks
from wi2007.delivery.workbook.layout import (
    Head,
    Other,
    Widths,
    check_others,
    choose,
    days_decision,
    find_head,
    header_decision,
    kind_decision,
    others_of,
    read_limits,
    sheets_question,
    widths,
    with_others,
)
from wi2007.delivery.workbook.ods import open_ods
from wi2007.delivery.workbook.rows import WorkbookSource
from wi2007.delivery.workbook.scan import Scan, Worksheet
from wi2007.delivery.workbook.xls import open_xls
from wi2007.delivery.workbook.xlsb import open_xlsb
from wi2007.delivery.workbook.xlsx import open_xlsx


def open_workbook(path: Path, reading: Reading, scratch: Path, kind: str = kinds.XLSX) -> WorkbookSource:
    """Open a workbook of a kind; `scratch` gets a rewritten copy where one is needed. Raises `UnreadableError`."""
    book = _open(path, scratch, kind)

    def names_ours(sheet: Worksheet) -> bool:
        head = find_head(_cells(book, sheet).rows(), None)
        return head is not None and head.known >= ENOUGH

    chosen = choose(book.sheets, _filled(book), reading.sheet, names_ours, lambda: _question(book))
    found, scan = _cells(book, chosen.sheet), book.scans[chosen.sheet]
    head = find_head(found.rows(), reading.header_row)
    if head is None:
        raise UnreadableError(Problem("werkblad_leeg"))
    decision = chosen.decision
    if reading.sheet is None:
        decision = with_others(decision, _others(book, chosen.sheet, found, head))
    table = Table(head.row, found.first_column, len(head.names), scan.last_row)
    merged = [*found.merged(), *scan.merged]
    return WorkbookSource(
        size=path.stat().st_size,
        sha256=sha256_of(path),
        cells=found,
        head=head,
        marks=marks(scan, merged, table),
        decisions=(
            kind_decision(book, reading),
            decision,
            *days_decision(book.day_zero),
            header_decision(head, reading),
        ),
        day_zero=book.day_zero,
        last_filled=_last_given(scan),
    )


def _last_given(scan: Scan) -> int:
    """Return the last row that the library must give; 0 where it may leave that row out (a formula or an error)."""
    marked = any(first <= scan.last_filled <= last for first, last, *_ in (*scan.formulas, *scan.errors))
    return 0 if marked else scan.last_filled


def filled_sheets(path: Path, scratch: Path, kind: str) -> list[tuple[str, int]]:
    """Return the sheets that are not empty and their numbers of filled rows. Raises `UnreadableError`."""
    book = _open(path, scratch, kind)
    return [(sheet.name, len(_widths(book, sheet))) for sheet in _filled(book)]


def _open(path: Path, scratch: Path, kind: str) -> Book:
    openers: dict[str, Callable[[Path], Book]] = {
        kinds.XLSB: open_xlsb,
        kinds.XLS: open_xls,
        kinds.ODS: open_ods,
    }
    return openers[kind](path) if kind in openers else open_xlsx(path, scratch)


def _filled(book: Book) -> list[Worksheet]:
    return [sheet for sheet in book.sheets if book.scans[sheet].filled]


def _cells(book: Book, sheet: Worksheet) -> Cells:
    """Return the cells of a sheet. Raises `UnreadableError` when it does not fit in memory."""
    book.check_memory(sheet)
    return Cells(book.path, sheet.name)


def _widths(book: Book, sheet: Worksheet) -> Widths:
    return widths(_cells(book, sheet).rows())


def _others(book: Book, sheet: Worksheet, cells: Cells, head: Head) -> tuple[Other, ...]:
    """Return the sheets that are not read. Raises `UnreadableError` where one of them may hold persons."""
    more = [other for other in _filled(book) if other != sheet]
    if not more:
        return ()
    read, limits = widths(cells.rows())[head.above + 1 :], read_limits()
    beside = [(other, book.sheets.index(other) + 1, _widths(book, other)) for other in more]
    found = others_of(read, beside, limits)
    check_others(sheet, book.sheets.index(sheet) + 1, len(read), found, limits)
    return found


def _question(book: Book) -> str:
    filled = _filled(book)
    return sheets_question(
        [(sheet, book.sheets.index(sheet) + 1, len(_widths(book, sheet))) for sheet in filled]
    )
