"""What every kind of workbook declares before its cells are read, and the library (calamine) that reads them.

The library keeps the whole sheet in memory, with a place for every cell up to the farthest and a copy of its text for
each cell, so that memory is estimated before. Its errors may hold values, and do not get further than this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from wi2007.delivery.access import crashes
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.package import Lengths, Parts
from wi2007.delivery.workbook.scan import LAST_COLUMN, LAST_ROW, Area, Scan, Worksheet, parse, stretches

_NOT_OF_THE_LIBRARY: Final = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, UnreadableError)
MOST_MEMORY: Final = 3 << 30
"""Bytes. Enough for a million persons with thirty columns; most computers have twice as much."""
_BYTES_A_CELL: Final = 72
"""Measured: the cell itself, including during reading, and the overhead of its text."""
_MARKUP_A_CELL: Final = 48
"""Bytes of markup for each cell; whatever a sheet has more than this is text in the sheet itself."""
_COPIES: Final = 5
"""Measured copies of each text: in the library, in Python and in the blocks."""
_SHARED: Final = re.compile(rb"""\st\s*=\s*["']s["']""")
_REFERRED: Final = re.compile(rb'\st="s"[^<>]*>\s*<v>(\d{1,9})</v>')

DAY_ZERO_1904: Final = date(1904, 1, 1)


@contextmanager
def _as_damage() -> Iterator[None]:
    """Turn every error of the library into a damaged file; a panic is no `Exception`."""
    try:
        yield
    except _NOT_OF_THE_LIBRARY:
        raise
    except BaseException:
        raise UnreadableError(Problem("bestand_beschadigd")) from None


class Cells:
    """The cells of one sheet, all in memory. Rows are counted from 1, columns from the first that is filled."""

    def __init__(self, path: Path, sheet: str) -> None:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415  only for a workbook

        with _as_damage(), path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            self._sheet: Any = book.get_sheet_by_name(sheet)
            self.first_column: int = self._sheet.start[1] + 1 if self._sheet.start else 1

    def merged(self) -> list[Area]:
        """Return the areas of merged cells."""
        with _as_damage():
            found = self._sheet.merged_cell_ranges or []
        return [(first[0] + 1, last[0] + 1, first[1] + 1, last[1] + 1) for first, last in found]

    def rows(self) -> Iterator[list[Any]]:
        """Yield every row from the first of the sheet, with as many cells as the widest."""
        with _as_damage():
            yield from self._sheet.iter_rows()


def check_memory(parts: Parts, sheet: Worksheet, scan: Scan) -> None:
    """Check that the sheet fits in memory. Raises `UnreadableError` when it does not."""
    lengths = parts.strings()
    inside = max(0, parts.size(sheet.part) - _MARKUP_A_CELL * scan.cells)
    left = MOST_MEMORY - _COPIES * inside - int(lengths.sum())
    # Empty cells take no memory, and only the parser distinguishes them from others.
    if _cell_bytes(scan) > left:
        scan = parse(parts.chunks(sheet.part))
    left -= _cell_bytes(scan)
    longest = _COPIES * scan.cells * int(lengths.max())
    if left < 0 or (longest > left and _COPIES * _text_bytes(parts, sheet, lengths) > left):
        raise UnreadableError(Problem("werkblad_te_groot"))


def check_scan(scan: Scan) -> None:
    """Check a scan that counts the bytes of texts. Raises `UnreadableError` when the sheet does not fit in memory."""
    if _cell_bytes(scan) + _COPIES * scan.texts > MOST_MEMORY:
        raise UnreadableError(Problem("werkblad_te_groot"))


def _cell_bytes(scan: Scan) -> int:
    return _BYTES_A_CELL * max(scan.cells, scan.last_row * scan.last_column)


def _text_bytes(parts: Parts, sheet: Worksheet, lengths: Lengths) -> int:
    """Return how many bytes the texts that cells refer to take in all, where each cell has a copy."""
    size = 0
    for stretch in stretches(parts.chunks(sheet.part)):
        places = np.array(_REFERRED.findall(stretch), dtype=np.bytes_).astype(np.int64)
        unclear = sum(1 for _ in _SHARED.finditer(stretch)) - len(places)
        size += int(lengths[places[places < len(lengths)]].sum()) + unclear * int(lengths.max())
    return size


class Book(Protocol):
    """An undamaged workbook."""

    @property
    def kind(self) -> str:
        """The kind of file, by its name in `wi2007.delivery.kinds`."""

    @property
    def path(self) -> Path:
        """The file that the library reads: the delivery itself, or a rewritten copy."""

    @property
    def sheets(self) -> tuple[Worksheet, ...]:
        """All sheets with cells, in order."""

    @property
    def day_zero(self) -> date:
        """The day that a number of days counts from."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on how it was read, as Dutch sentences."""

    @property
    def scans(self) -> Mapping[Worksheet, Scan]:
        """The contents of each sheet, apart from values."""

    def check_memory(self, sheet: Worksheet) -> None:
        """Check that the sheet fits in memory. Raises `UnreadableError` when it does not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a value, a formula or an error.

    `row` and `column` count from 0; it occurs `rows` times `columns` times; `text` is the number of bytes it takes
    beside a number.
    """

    row: int
    column: int
    formula: bool = False
    error: bool = False
    rows: int = 1
    columns: int = 1
    text: int = 0


@dataclass(frozen=True)
class BinaryBook:
    """A workbook that was scanned (`wi2007.delivery.workbook.book.Book`)."""

    path: Path
    kind: str
    scans: Mapping[Worksheet, Scan]
    day_zero: date
    remarks: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[Worksheet, ...]:
        """All sheets with cells, in order."""
        return tuple(self.scans)

    def check_memory(self, sheet: Worksheet) -> None:
        """Check that the sheet fits in memory and does not crash the library. Raises `UnreadableError`."""
        check_scan(self.scans[sheet])
        if crashes(lambda: Cells(self.path, sheet.name)):
            raise UnreadableError(Problem("bestand_beschadigd"))


def scan_of(cells: Iterable[Cell]) -> Scan:
    """Return the contents of a sheet. Raises `UnreadableError` for a cell that no sheet has."""
    scan = Scan()
    for cell in cells:
        add_cell(scan, cell)
    return scan


def add_cell(scan: Scan, cell: Cell) -> None:
    """Add a cell to the contents of a sheet. Raises `UnreadableError` for one that no sheet has."""
    last_row, last_column = cell.row + cell.rows, cell.column + cell.columns
    if last_row > LAST_ROW or last_column > LAST_COLUMN:
        raise UnreadableError(Problem("bestand_beschadigd"))
    scan.last_filled = max(scan.last_filled, last_row)
    scan.cells += cell.rows * cell.columns
    scan.texts += cell.text * cell.rows * cell.columns
    scan.last_row = max(scan.last_row, last_row)
    scan.last_column = max(scan.last_column, last_column)
    area: Area = (cell.row + 1, last_row, cell.column + 1, last_column)
    if cell.formula:
        scan.formulas.append(area)
    if cell.error:
        scan.errors.append(area)
