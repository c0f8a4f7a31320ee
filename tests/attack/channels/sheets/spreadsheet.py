"""XLSX: every sheet, hidden or not, cells as they are stored; names, links, headers and footers as pieces."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from lxml import etree

from attack.channels.sheets import Rows, SheetCell, tables
from attack.pieces import HIDDEN, STRUCTURE, Piece, Reading
from wi2007 import dutch

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FIRST = date(1899, 12, 30)
"""The day of the number 0."""
_CELL = re.compile(r"([A-Z]+)(\d+)")


def read(reading: Reading, where: str, parts: dict[str, bytes]) -> set[str]:
    """Adds all sheets; gives the names of the parts that are dealt with."""
    texts = _texts(parts)
    book = etree.fromstring(parts["xl/workbook.xml"])
    names = [sheet.get("name") for sheet in book.iter(f"{_MAIN}sheet")]
    files = sorted((name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)), key=_number)
    for place, file in enumerate(files):
        name = names[place] if place < len(names) else file
        _sheet(reading, f"{where} blad '{name}'", etree.fromstring(parts[file]), texts, _days(parts))
    return {*files, "xl/sharedStrings.xml"} if _all_used(reading, where, texts, parts, files) else set(files)


def _all_used(
    reading: Reading, where: str, texts: list[str], parts: dict[str, bytes], files: list[str]
) -> bool:
    """Texts in the shared list that no cell uses are pieces of their own."""
    used = {
        int(cell.findtext(f"{_MAIN}v") or -1)
        for file in files
        for cell in etree.fromstring(parts[file]).iter(f"{_MAIN}c")
        if cell.get("t") == "s"
    }
    reading.pieces += [
        Piece(f"{where} sharedStrings (ongebruikt)", text, HIDDEN)
        for at, text in enumerate(texts)
        if at not in used
    ]
    return True


def _number(name: str) -> tuple[int, str]:
    digits = re.sub(r"\D", "", name)
    return (int(digits) if digits else 0, name)


def _texts(parts: dict[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = etree.fromstring(parts["xl/sharedStrings.xml"])
    return ["".join(item.itertext()) for item in root.iter(f"{_MAIN}si")]


def _days(parts: dict[str, bytes]) -> set[str]:
    """The styles that show a number as a day."""
    root = etree.fromstring(parts["xl/styles.xml"])
    formats = {
        one.get("numFmtId") for one in root.iter(f"{_MAIN}numFmt") if "yyyy" in one.get("formatCode", "")
    }
    cells = root.find(f"{_MAIN}cellXfs")
    return {str(at) for at, one in enumerate(cells) if one.get("numFmtId") in formats}


def _sheet(reading: Reading, where: str, root: Any, texts: list[str], days: set[str]) -> None:
    rows: Rows = []
    for row in root.iter(f"{_MAIN}row"):
        cells = {}
        for cell in row.iter(f"{_MAIN}c"):
            column, number = _CELL.match(cell.get("r", "A1")).groups()  # type: ignore[union-attr]
            cells[_column(column)] = _cell(cell, f"{where} {column}{number}", texts, days)
        rows.append((int(row.get("r", 0)), cells))
    tables(reading, where, rows)
    data = root.find(f"{_MAIN}sheetData")
    for node in root.iter():
        if not isinstance(node.tag, str):
            reading.pieces.append(Piece(f"{where} commentaar", node.text or "", HIDDEN))
        elif node is not data and data not in node.iterancestors():
            _rest(reading, where, node)


def _cell(cell: Any, where: str, texts: list[str], days: set[str]) -> SheetCell:
    value, kind = cell.findtext(f"{_MAIN}v") or "", cell.get("t", "n")
    extra = [Piece(f"{where} formule", node.text or "", HIDDEN) for node in cell.iter(f"{_MAIN}f")]
    if kind == "s" and value:
        return SheetCell(texts[int(value)], False, tuple(extra))
    if kind == "inlineStr":
        return SheetCell("".join(cell.itertext()), False, tuple(extra))
    if kind == "n" and cell.get("s") in days and value.isdigit():
        return SheetCell(dutch.day(_FIRST + timedelta(days=int(value))), False, tuple(extra))
    # A program writes a point where a Dutch reader sees a comma; 3.125 is not three thousand.
    return SheetCell(value.replace(".", ","), kind == "n" and bool(value), tuple(extra))


def _rest(reading: Reading, where: str, node: Any) -> None:
    tag = etree.QName(node).localname
    if node.text and node.text.strip():
        reading.pieces.append(Piece(f"{where} <{tag}>", node.text, HIDDEN))
    for key, value in node.attrib.items():
        told = tag in ("dataValidation", "hyperlink", "cfRule", "customPr") and key not in (
            "ref",
            "sqref",
            "id",
        )
        name = etree.QName(key).localname
        reading.pieces.append(Piece(f"{where} <{tag}>/@{name}", value, HIDDEN if told else STRUCTURE))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
