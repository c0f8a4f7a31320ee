"""SVG: bars, labels and every coordinate as it is written; texts and other attributes are pieces.

The same for a picture in a page and for a file of its own.
"""

from __future__ import annotations

import re
from typing import Any

from attack.pieces import HIDDEN, STRUCTURE, TEXT, Bar, Drawing, Label, Piece, Reading

GEOMETRY = [
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "width",
    "height",
    "points",
    "transform",
    "viewbox",
    "viewBox",
    "font-size",
    "stroke-width",
    "stroke-dasharray",
    "stroke-dashoffset",
    "offset",
    "textLength",
]
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_PLACE = re.compile(r"[1-9]\d?")
_BOX = re.compile(
    r"^\s*M\s*(\S+)[ ,](\S+)\s+L\s*(\S+)[ ,](\S+)\s+L\s*(\S+)[ ,](\S+)\s+L\s*(\S+)[ ,](\S+)\s*(?:z|Z)?\s*$"
)


def read_svg(where: str, root: Any) -> Reading:
    """A drawing; `root` is an lxml element, with or without namespaces."""
    reading = Reading()
    bars, labels, written = [], [], []
    cells: set[str] = set()
    most = sum(_name(node) == "text" for node in root.iter())
    context = _context(root)
    for node in root.iter():
        if not isinstance(node.tag, str):
            reading.pieces.append(Piece(f"{where} commentaar", node.text or "", HIDDEN))
            continue
        name = _name(node)
        kind = HIDDEN if name in ("title", "desc", "metadata") else TEXT
        for text in (node.text, node.tail if node is not root else None):
            if text and text.strip():
                reading.pieces.append(Piece(f"{where} <{name}>", text, kind, context))
        for key, value in node.attrib.items():
            if key in GEOMETRY:
                written += _NUMBER.findall(value)
            elif key == "data-cell" and _is_place(value, cells, most):
                cells.add(value)
            else:
                shape = STRUCTURE if key in ("id", "fill", "stroke", "href", "class") else HIDDEN
                reading.pieces.append(Piece(f"{where} <{name}>/@{key}", value, shape, context))
        if any(_name(parent) == "pattern" for parent in node.iterancestors()):
            continue
        if name == "text":
            labels.append(_label(node))
        bar = _bar(node, name)
        if bar:
            bars.append(bar)
    reading.drawings.append(Drawing(where, tuple(bars), tuple(labels), tuple(written)))
    return reading


def _is_place(value: str, others: set[str], most: int) -> bool:
    """Whether a mark only says which row and column a bar is of: each place once, and none that no label can name."""
    places = value.split(" ")
    plain = len(places) == 2 and all(one == "0" or _PLACE.fullmatch(one) for one in places)
    return plain and value not in others and all(int(one) < most for one in places)


def _context(root: Any) -> str:
    """Everything that the drawing says; a label that goes on in another line behind a hyphen is one word."""
    texts = (" ".join(node.itertext()) for node in root.iter() if _name(node) == "text")
    return " ".join([str(root.get("aria-label", "")), *texts]).replace("- ", "-")


def _name(node: Any) -> str:
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _label(node: Any) -> Label:
    text = "".join(node.itertext())
    return Label(_float(node, "x"), _float(node, "y"), node.get("text-anchor", "start"), text)


def _float(node: Any, key: str) -> float:
    try:
        return float(node.get(key, 0))
    except ValueError:
        return 0.0


def _bar(node: Any, name: str) -> Bar | None:
    fill = node.get("fill", "") or ""
    edge = 0.5 if node.get("stroke") and fill != "none" else 0.0
    if name == "rect":
        left, top = _float(node, "x"), _float(node, "y")
        sides = (left, top, left + _float(node, "width"), top + _float(node, "height"))
    elif name == "path" and (box := _BOX.match(node.get("d", ""))):
        points = [float(part) for part in box.groups()]
        sides = (min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2]))
    else:
        return None
    return Bar(*sides, edge)
