"""ODS: every sheet, hidden or not; the value of a cell and the text in it, notes, and everything outside the sheets."""

from __future__ import annotations

from typing import Any

from lxml import etree

from attack.channels.sheets import Rows, SheetCell, tables
from attack.pieces import HIDDEN, STRUCTURE, Piece, Reading

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PLACED = (
    "number-columns-repeated",
    "number-rows-repeated",
    "style-name",
    "value-type",
    "number-columns-spanned",
)
_MOST = 2000


def read(reading: Reading, where: str, parts: dict[str, bytes]) -> set[str]:
    """Adds all sheets; gives the names of the parts that are dealt with."""
    root = etree.fromstring(parts["content.xml"])
    for sheet in root.iter(f"{_TABLE}table"):
        _sheet(reading, f"{where} blad '{sheet.get(f'{_TABLE}name')}'", sheet)
    for node in root.iter():
        if not isinstance(node.tag, str):
            reading.pieces.append(Piece(f"{where} commentaar", node.text or "", HIDDEN))
        elif not any(parent.tag == f"{_TABLE}table-row" for parent in [node, *node.iterancestors()]):
            _rest(reading, where, node)
    return {"content.xml"}


def _rest(reading: Reading, where: str, node: Any) -> None:
    tag = etree.QName(node).localname
    if node.text and node.text.strip():
        reading.pieces.append(Piece(f"{where} <{tag}>", node.text, HIDDEN))
    told = tag in (
        "named-range",
        "named-expression",
        "user-defined",
        "variable-set",
        "table",
    ) or node.tag.startswith(_TEXT)
    for key, value in node.attrib.items():
        kind = HIDDEN if told and etree.QName(key).localname not in _PLACED else STRUCTURE
        reading.pieces.append(Piece(f"{where} <{tag}>/@{etree.QName(key).localname}", value, kind))


def _sheet(reading: Reading, where: str, sheet: Any) -> None:
    rows: Rows = []
    number = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        number += 1
        cells: dict[int, SheetCell] = {}
        at = 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            made = _cell(cell, f"{where} rij {number} kolom {at + 1}")
            for _ in range(min(times, _MOST)):
                if made.text or made.extra:
                    cells[at] = made
                at += 1
        rows.append((number, cells))
        number += int(row.get(f"{_TABLE}number-rows-repeated", 1)) - 1
    tables(reading, where, rows)


def _cell(cell: Any, where: str) -> SheetCell:
    """The text that is shown; the stored value, and all else, beside it."""
    seen = " ".join("".join(text.itertext()) for text in cell.iterchildren(f"{_TEXT}p"))
    stored = cell.get(f"{_OFFICE}value")
    extra = [Piece(f"{where} @value", stored, HIDDEN)] if stored is not None and seen else []
    for note in cell.iter(f"{_OFFICE}annotation"):
        extra.append(Piece(f"{where} opmerking", " ".join(note.itertext()), HIDDEN))
    for key, value in cell.attrib.items():
        name = etree.QName(key).localname
        if name not in (*_PLACED, "value", "number-rows-spanned", "calcext-value-type"):
            extra.append(Piece(f"{where} @{name}", value, HIDDEN))
    return SheetCell(seen or stored or "", stored is not None, tuple(extra))
