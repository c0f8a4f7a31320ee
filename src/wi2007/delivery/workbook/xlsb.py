"""Read workbooks of Excel in binary form (.xlsb): the records of every sheet, from the parts of the zip."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wi2007.delivery import kinds
from wi2007.delivery.archive import read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.delivery.workbook.book import DAY_ZERO_1904, BinaryBook, Cell, scan_of
from wi2007.delivery.workbook.package import Parts, read_parts, relations
from wi2007.delivery.workbook.scan import Area, Scan, Worksheet

_WORKBOOK: Final = "xl/workbook.bin"
_RELATIONS: Final = "xl/_rels/workbook.bin.rels"
_TEXTS: Final = "xl/sharedstrings.bin"
_ROW, _FIRST_VALUE, _ERROR, _SHARED = 0, 2, 3, 7
_FIRST_FORMULA, _LAST_FORMULA, _FORMULA_ERROR = 8, 11, 11
_RICH, _TEXT, _END, _WORKBOOK_SETTINGS, _SHEET, _MERGED = 62, 19, 146, 153, 156, 176
Record = tuple[int, bytes]


def open_xlsb(path: Path) -> BinaryBook:
    """Open a workbook of Excel in binary form. Raises `UnreadableError`."""
    parts = read_parts(path, read_limits())
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise UnreadableError(Problem("bestand_beschadigd"))
    targets = {one.key: one.part for one in relations(parts, _RELATIONS) if one.what == "worksheet"}
    day_zero, sheets = EXCEL_DAY_ZERO, []
    try:
        for kind, record in _records(parts.bare(_WORKBOOK)):
            if kind == _WORKBOOK_SETTINGS and record[0] & 1:
                day_zero = DAY_ZERO_1904
            if kind == _SHEET:
                key, end = _text(record, 8)
                if key in targets:
                    sheets.append(Worksheet(_text(record, end)[0], record[0] > 0, targets[key]))
        lengths = _lengths(parts)
        scans = {sheet: _scan(parts, sheet, lengths) for sheet in sheets}
    except (struct.error, IndexError, UnicodeDecodeError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None
    for name in parts.infos.keys() - {sheet.part for sheet in sheets} - {_WORKBOOK, _TEXTS}:
        for _ in parts.bare(name):
            pass
    return BinaryBook(path, kinds.XLSB, scans, day_zero)


def _records(chunks: Iterator[bytes]) -> Iterator[Record]:
    """Yield the records of a part. Raises `UnreadableError` where one is incomplete."""
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        place = 0
        while (found := _record(waiting, place)) is not None:
            kind, begin, place = found
            yield kind, waiting[begin:place]
        waiting = waiting[place:]
    if waiting:
        raise UnreadableError(Problem("bestand_beschadigd"))


def _record(content: bytes, place: int) -> tuple[int, int, int] | None:
    """Return the kind of the record at a place, and where it begins and ends; None when it is not read yet."""
    if place + 2 > len(content):
        return None
    kind = content[place]
    place += 1
    if kind >= 0x80:
        if place >= len(content):
            return None
        kind = (kind & 0x7F) | (content[place] & 0x7F) << 7
        place += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if place >= len(content):
            return None
        length |= (content[place] & 0x7F) << shift
        place += 1
        if content[place - 1] < 0x80:
            break
    return (kind, place, place + length) if place + length <= len(content) else None


def _text(record: bytes, place: int) -> tuple[str, int]:
    """Return the text at a place, and where it ends."""
    (length,) = struct.unpack_from("<I", record, place)
    end = place + 4 + 2 * length
    if end > len(record):
        raise IndexError
    return record[place + 4 : end].decode("utf-16-le"), end


def _lengths(parts: Parts) -> list[int]:
    """Return how many bytes each of the texts that cells refer to takes at most."""
    if _TEXTS not in parts:
        return []
    return [len(record) for kind, record in _records(parts.bare(_TEXTS)) if kind == _TEXT]


def _scan(parts: Parts, sheet: Worksheet, lengths: list[int]) -> Scan:
    merged: list[Area] = []
    if sheet.part not in parts:
        raise UnreadableError(Problem("bestand_beschadigd"))
    scan = scan_of(_cells(_records(parts.bare(sheet.part)), lengths, merged))
    scan.merged = merged
    return scan


def _cells(records: Iterator[Record], lengths: list[int], merged: list[Area]) -> Iterator[Cell]:
    row, ended = 0, False
    for kind, record in records:
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", record)
        elif kind == _MERGED:
            first, last, left, right = struct.unpack_from("<4I", record)
            merged.append((first + 1, last + 1, left + 1, right + 1))
        elif _FIRST_VALUE <= kind <= _LAST_FORMULA or kind == _RICH:
            (column,) = struct.unpack_from("<I", record)
            text = len(record)
            if kind == _SHARED:
                text = lengths[struct.unpack_from("<I", record, 8)[0]]
            is_formula = _FIRST_FORMULA <= kind <= _LAST_FORMULA
            yield Cell(row, column, is_formula, kind in (_ERROR, _FORMULA_ERROR), text=text)
        ended |= kind == _END
    if not ended:
        raise UnreadableError(Problem("bestand_beschadigd"))
