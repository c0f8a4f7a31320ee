"""XLSX, ODS and any other zip: every part of it, also sheets, names and notes that no program shows."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from attack import channels
from attack.channels.sheets import opendocument, spreadsheet
from attack.pieces import HIDDEN, STRUCTURE, Piece, Reading

_LAYOUT = frozenset(
    ["styles.xml", "theme1.xml", "manifest.xml", "[Content_Types].xml", "settings.xml", "manifest.rdf"]
)


def read_zip(where: str, data: bytes) -> Reading:
    """The sheets as tables, all other parts as pieces."""
    reading = Reading()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {info.filename: file.read(info) for info in file.infolist()}
        for info in file.infolist():
            stamp = "-".join(map(str, info.date_time))
            reading.pieces.append(Piece(f"{where} zip naam", info.filename, HIDDEN, "zip"))
            reading.pieces.append(Piece(f"{where} zip tijd", stamp, HIDDEN, "zip"))
            if info.extra or info.comment:
                hidden = (info.extra + info.comment).decode("latin-1")
                reading.pieces.append(Piece(f"{where} zip extra", hidden, HIDDEN, "zip"))
        if file.comment:
            reading.pieces.append(Piece(f"{where} zip commentaar", file.comment.decode("latin-1"), HIDDEN))
    sheets: set[str] = set()
    if "xl/workbook.xml" in parts:
        sheets = spreadsheet.read(reading, where, parts)
    elif "content.xml" in parts:
        sheets = opendocument.read(reading, where, parts)
    for name, content in parts.items():
        if name not in sheets:
            _part(reading, f"{where} {name}", name, content)
    return reading


def _part(reading: Reading, where: str, name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".rdf", ".vml")):
        if content and name != "mimetype":
            reading.add(channels.read(where, name, content))
        return
    kind = STRUCTURE if name.rsplit("/", 1)[-1] in _LAYOUT or name.endswith(".rels") else HIDDEN
    for node in etree.fromstring(content).iter():
        reading.pieces += _node(where, node, kind)


def _node(where: str, node: Any, kind: str) -> list[Piece]:
    if not isinstance(node.tag, str):
        return [Piece(f"{where} commentaar", node.text or "", HIDDEN)]
    tag = etree.QName(node).localname
    found = [
        Piece(f"{where} <{tag}>", text, HIDDEN) for text in (node.text, node.tail) if text and text.strip()
    ]
    for key, value in node.attrib.items():
        found.append(Piece(f"{where} <{tag}>/@{etree.QName(key).localname}", value, kind))
    return found
