"""Read workbooks of Excel 97-2003 (.xls): the records of every sheet, each of which must be complete."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wi2007.delivery import kinds
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.delivery.workbook.binary import BinaryBook, Cell, scan_of
from wi2007.delivery.workbook.book import DAY_ZERO_1904
from wi2007.delivery.workbook.compound import stream
from wi2007.delivery.workbook.scan import Scan
from wi2007.delivery.workbook.sheets import Worksheet

_BEGIN, _END, _SHEET, _LOCKED, _DAYS = 0x0809, 0x000A, 0x0085, 0x002F, 0x0022
_VALUES: Final = {0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6}
"""Numbers, references to texts, and texts; each for one cell."""
_MANY_NUMBERS, _FORMULA, _BOOLEAN = 0x00BD, 0x0006, 0x0205
_ERROR: Final = 1
_WORKSHEET: Final = 0
Record = tuple[int, bytes]


def open_xls(path: Path) -> BinaryBook:
    """Open a workbook of Excel 97-2003. Raises `UnreadableError`."""
    content = stream(path.read_bytes(), "Workbook", "WORKBOOK")
    scans: dict[Worksheet, Scan] = {}
    day_zero = EXCEL_DAY_ZERO
    try:
        for kind, record in _records(content, 0):
            if kind == _LOCKED:
                raise _locked()
            if kind == _DAYS and record[:1] == b"\1":
                day_zero = DAY_ZERO_1904
            if kind == _SHEET and record[5] == _WORKSHEET:
                place, hidden = struct.unpack_from("<IB", record)
                name = _name(record[6:])
                scans[Worksheet(name, bool(hidden & 3), str(place))] = scan_of(
                    _cells(_records(content, place))
                )
    except (struct.error, IndexError, UnicodeDecodeError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None
    return BinaryBook(path, kinds.XLS, scans, day_zero)


def _locked() -> UnreadableError:
    return UnreadableError(Problem("bestand_versleuteld"))


def _records(content: bytes, place: int) -> Iterator[Record]:
    """Yield the records from one that begins a sheet up to the one that ends it, without those of a chart in it.

    Raises `UnreadableError` where a record is incomplete.
    """
    depth = 0
    while place + 4 <= len(content):
        kind, length = struct.unpack_from("<2H", content, place)
        record = content[place + 4 : place + 4 + length]
        place += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)
        if len(record) < length or not depth:
            break
        if depth == 1:
            yield kind, record
    if depth:
        raise UnreadableError(Problem("bestand_beschadigd"))


def _name(content: bytes) -> str:
    length, wide = content[0], content[1] & 1
    text = content[2 : 2 + length * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1")


def _cells(records: Iterator[Record]) -> Iterator[Cell]:
    """Yield the cells with a value or formula, by row and column counted from 0."""
    for kind, record in records:
        if kind in _VALUES:
            yield Cell(*struct.unpack_from("<2H", record))
        elif kind == _MANY_NUMBERS:
            row, first = struct.unpack_from("<2H", record)
            yield from (Cell(row, first + at) for at in range((len(record) - 6) // 6))
        elif kind == _FORMULA:
            row, column = struct.unpack_from("<2H", record)
            is_error = record[6] == 2 and record[12:14] == b"\xff\xff"
            yield Cell(row, column, formula=True, error=is_error)
        elif kind == _BOOLEAN:
            row, column = struct.unpack_from("<2H", record)
            yield Cell(row, column, error=record[7] == _ERROR)
