"""Read workbooks in XML (.xlsx, .xlsm): the parts that their relations name, where the library looks for them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from wi2007.delivery import kinds
from wi2007.delivery.archive import read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.delivery.workbook.book import DAY_ZERO_1904, check_memory
from wi2007.delivery.workbook.package import (
    OtherwiseWrittenError,
    Parts,
    find_package,
    read_parts,
    written_anew,
)
from wi2007.delivery.workbook.scan import OtherwiseError, Scan, Worksheet, parse, quick_scan

_REMARK = (
    "De onderdelen van de werkmap zijn overgezet naar de gewone plaats en schrijfwijze en daarna gelezen."
)

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_TRUE: Final = ("1", "true", "on", "t")


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

    def check_memory(self, sheet: Worksheet) -> None:
        """Check that the sheet fits in memory. Raises `UnreadableError` when it does not."""
        check_memory(self.parts, sheet, self.scans[sheet])


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
    return _book(read_parts(anew, read_limits()), (_REMARK,))


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


def read_sheets(parts: Parts) -> tuple[Worksheet, ...]:
    """Return all sheets with cells, in order; sheets with only a chart are left out. Raises `UnreadableError`."""
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise UnreadableError(Problem("bestand_beschadigd"))
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in _tree(parts, _RELATIONS).iter()
        if one.get("Type", "").endswith("/worksheet")
    }
    found: list[Worksheet] = []
    for one in _tree(parts, _WORKBOOK).iter():
        if _local(one.tag) != "sheet":
            continue
        key = next((value for name, value in one.attrib.items() if name.endswith("}id")), None)
        if key in targets:
            part = _part(targets[key])
            if part not in parts:
                raise UnreadableError(Problem("bestand_beschadigd"))
            found.append(Worksheet(one.get("name", ""), one.get("state", "visible") != "visible", part))
    return tuple(found)


def counts_from_1904(parts: Parts) -> bool:
    """Return whether the workbook counts days from 1 January 1904. Raises `UnreadableError`."""
    return any(
        _local(one.tag) == "workbookPr" and one.get("date1904", "").strip().lower() in _TRUE
        for one in _tree(parts, _WORKBOOK).iter()
    )


def _tree(parts: Parts, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(parts.small(name))
    except (ElementTree.ParseError, ValueError, LookupError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _part(target: str) -> str:
    """Return the part that the workbook refers to: from its own folder, or from the top of the zip."""
    return posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/"))).lstrip("/").lower()
