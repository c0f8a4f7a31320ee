"""Where the bars of a bridge chart are, and the lines between them: shared by its tests."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

from charts_geometry import SVG

from wi2007.publication.charts.style import BASELINE, LESS, MORE, REST, SOLID

_POINT = re.compile(r"[ML] (\S+) (\S+)")
_FILLS = {fill.color: fill.color for fill in (SOLID, LESS, MORE, REST)} | {
    fill.edge: fill.color for fill in (LESS, MORE)
}


class Bar(NamedTuple):
    """The edges of a bar, outline included, and the colour that says what it is."""

    left: float
    right: float
    top: float
    bottom: float
    fill: str

    @property
    def length(self) -> float:
        return self.right - self.left


def bars(text: str) -> list[Bar]:
    """The bars from above to below; a hatched bar is known by its outline, which is drawn inside it."""
    found: dict[float, Bar] = {}
    for path in ElementTree.fromstring(text).iter(f"{SVG}path"):
        fill = _FILLS.get(path.get("stroke", "")) or _FILLS.get(path.get("fill", ""))
        if fill is None or "z" not in path.attrib["d"]:
            continue
        inset = 0.5 if path.get("stroke", "none") not in ("none", "") else 0.0
        across, down = zip(*((float(x), float(y)) for x, y in _POINT.findall(path.attrib["d"])), strict=True)
        bar = Bar(min(across) - inset, max(across) + inset, min(down) - inset, max(down) + inset, fill)
        found[round(bar.top)] = bar
    return [found[top] for top in sorted(found)]


def lines(text: str) -> list[tuple[float, float, float]]:
    """The upright lines: how far from the left, from where down to where."""
    found = []
    for path in ElementTree.fromstring(text).iter(f"{SVG}path"):
        if path.get("stroke", "").lower() == BASELINE and path.get("fill", "none") == "none":
            (x, start), (_, end) = ((float(a), float(b)) for a, b in _POINT.findall(path.attrib["d"]))
            found.append((x, min(start, end), max(start, end)))
    return found
