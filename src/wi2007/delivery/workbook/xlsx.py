"""Read workbooks in XML (.xlsx, .xlsm): the parts that their relations name, where the library looks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wi2007.delivery import kinds
from wi2007.delivery.archive import read_limits
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.delivery.workbook.book import DAY_ZERO_1904
from wi2007.delivery.workbook.package import find_package, written_anew
from wi2007.delivery.workbook.parser import parse
from wi2007.delivery.workbook.parts import OtherwiseWrittenError, Parts, read_parts
from wi2007.delivery.workbook.room import check_room
from wi2007.delivery.workbook.scan import OtherwiseError, Scan, quick_scan
from wi2007.delivery.workbook.sheets import Worksheet, counts_from_1904, read_sheets

_ANEW = "De onderdelen van de werkmap zijn overgezet naar de gewone plaats en schrijfwijze en daarna gelezen."


@dataclass(frozen=True)
class XlsxBook:
    """A workbook in XML (`wi2007.delivery.workbook.book.Book`)."""

    parts: Parts
    scans: Mapping[Worksheet, Scan]
    day_zero: date
    remarks: tuple[str, ...]
    kind: str = kinds.XLSX

    @property
    def path(self) -> Path:
        """The workbook, or its rewritten copy."""
        return self.parts.path

    @property
    def sheets(self) -> tuple[Worksheet, ...]:
        """All sheets with cells, in order."""
        return tuple(self.scans)

    def check_room(self, sheet: Worksheet) -> None:
        """Check that the sheet fits in memory. Raises `UnreadableError` when it does not."""
        check_room(self.parts, sheet, self.scans[sheet])


def open_xlsx(path: Path, scratch: Path) -> XlsxBook:
    """Open a workbook in XML, or a rewritten copy of one with parts in unusual places or encodings.

    Raises `UnreadableError`.
    """
    parts = read_parts(path, read_limits())
    package = find_package(parts)
    if package.is_usual:
        try:
            return _book(parts)
        except OtherwiseWrittenError:
            pass
    anew = written_anew(parts, package, scratch)
    return _book(read_parts(anew, read_limits()), (_ANEW,))


def _book(parts: Parts, remarks: tuple[str, ...] = ()) -> XlsxBook:
    sheets = read_sheets(parts)
    parts.verify({sheet.part for sheet in sheets})
    day_zero = DAY_ZERO_1904 if counts_from_1904(parts) else EXCEL_DAY_ZERO
    return XlsxBook(parts, {sheet: _scan(parts, sheet) for sheet in sheets}, day_zero, remarks)


def _scan(parts: Parts, sheet: Worksheet) -> Scan:
    """Return the scan of a sheet, from one pass over its XML."""
    try:
        return quick_scan(parts.chunks(sheet.part))
    except OtherwiseError:
        return parse(parts.chunks(sheet.part))
