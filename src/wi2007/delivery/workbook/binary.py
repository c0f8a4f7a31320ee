"""Scan workbooks of which each sheet is a row of records or elements: what these kinds share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wi2007.delivery.guarded import crashes
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook import room
from wi2007.delivery.workbook.library import Cells
from wi2007.delivery.workbook.scan import LAST_COLUMN, LAST_ROW, Area, Scan
from wi2007.delivery.workbook.sheets import Worksheet


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

    def check_room(self, sheet: Worksheet) -> None:
        """Check that the sheet fits in memory and does not crash the library. Raises `UnreadableError`."""
        room.check_scan(self.scans[sheet])
        if crashes(lambda: Cells(self.path, sheet.name)):
            raise UnreadableError(Problem("bestand_beschadigd"))


def scan_of(cells: Iterable[Cell]) -> Scan:
    """Return the contents of a sheet. Raises `UnreadableError` for a cell that no sheet has."""
    scan = Scan()
    for cell in cells:
        add(scan, cell)
    return scan


def add(scan: Scan, cell: Cell) -> None:
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
