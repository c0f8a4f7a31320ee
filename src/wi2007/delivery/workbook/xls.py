"""Read workbooks of Excel 97-2003 (.xls): the records of every sheet, each of which must be complete.

They are a stream in the container of old Office documents (OLE2), of which all bytes must be there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wi2007.delivery import kinds
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.delivery.workbook.book import DAY_ZERO_1904, BinaryBook, Cell, scan_of
from wi2007.delivery.workbook.scan import Scan, Worksheet

_BEGIN, _END, _SHEET, _LOCKED, _DAYS = 0x0809, 0x000A, 0x0085, 0x002F, 0x0022
_VALUES: Final = {0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6}
"""Numbers, references to texts, and texts; each for one cell."""
_MANY_NUMBERS, _FORMULA, _BOOLEAN = 0x00BD, 0x0006, 0x0205
_ERROR: Final = 1
_WORKSHEET: Final = 0
Record = tuple[int, bytes]

_HEADER: Final = 512
_LAST: Final = 0xFFFFFFFA
"""From this number on, numbers of sectors stand for an end or for nothing."""
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5


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


def stream(content: bytes, *names: str) -> bytes:
    """Return the bytes of the first stream of these names. Raises `UnreadableError` when it is incomplete."""
    try:
        return _Container(content).stream(names)
    except (struct.error, IndexError, ValueError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None


class _Container:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<2H", content, 30)
        if not (7 <= shift <= 20 and 3 <= small_shift <= shift):
            raise ValueError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, self._limit, small_table = struct.unpack_from("<I4x2I", content, 48)
        self._table = self._read_table()
        self._small_table = self._numbers(self._chain(small_table))
        self._entries = self._chain(directory)

    def stream(self, names: tuple[str, ...]) -> bytes:
        """Return the bytes of a stream. Raises `ValueError` when it is incomplete."""
        root = b""
        for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            entry = self._entries[at : at + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<2I", entry, 116)
            if kind == _ROOT:
                root = self._chain(first) if size else b""
            elif kind == _STREAM and name in names:
                found = self._chain(first) if size >= self._limit else self._of_small(root, first)
                if len(found) < size:
                    raise ValueError
                return found[:size]
        raise ValueError

    def _read_table(self) -> tuple[int, ...]:
        """Return for each sector the one that comes after it."""
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        more, left = struct.unpack_from("<2I", self._content, 68)
        while more < _LAST and left:
            numbers = self._numbers(self._sector(more))
            sectors += numbers[:-1]
            more, left = numbers[-1], left - 1
        return self._numbers(b"".join(self._sector(at) for at in sectors if at < _LAST))

    def _sector(self, at: int) -> bytes:
        """Return the bytes of a sector; the last one of a file may be shorter than the others."""
        start = _HEADER if self._size == _HEADER else self._size
        begin = start + at * self._size
        found = self._content[begin : begin + self._size]
        if not found:
            raise ValueError
        return found

    def _chain(self, first: int) -> bytes:
        """Return the sectors that follow each other from `first` on."""
        found, at = [], first
        while at < _LAST:
            found.append(self._sector(at))
            at = self._table[at]
            if len(found) > len(self._table):
                raise ValueError
        return b"".join(found)

    def _of_small(self, root: bytes, first: int) -> bytes:
        found, at = [], first
        while at < _LAST:
            found.append(root[at * self._small_size : (at + 1) * self._small_size])
            at = self._small_table[at]
            if len(found) > len(self._small_table):
                raise ValueError
        return b"".join(found)

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
