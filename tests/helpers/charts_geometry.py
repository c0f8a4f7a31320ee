"""Where the texts of an SVG chart are: shared by the tests of charts."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

from wi2007.publication.charts.sheet import text_width
from wi2007.publication.charts.style import font

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def texts(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return list(svg.iter(f"{SVG}text"))


def size_of(text: ElementTree.Element) -> float:
    return float(text.attrib["font-size"].removesuffix("px"))


def box(text: ElementTree.Element) -> Box:
    """Left, top, right and bottom of the letters of a text."""
    size = size_of(text)
    weight = "semibold" if text.get("font-weight") == "600" else "regular"
    width = text_width(text.text or "", font(size, weight))
    shift = {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
    left, base = float(text.attrib["x"]) - shift, float(text.attrib["y"])
    return left, base - 0.7 * size, left + width, base


def outside(svg: ElementTree.Element) -> list[str]:
    """Texts that do not stay within the frame."""
    wide, high = float(svg.attrib["width"]), float(svg.attrib["height"])
    return [
        text.text or ""
        for text in texts(svg)
        for left, top, right, bottom in [box(text)]
        if left < -0.5 or top < 0 or right > wide + 0.5 or bottom > high
    ]


def colliding(svg: ElementTree.Element) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    found = [(text.text or "", box(text)) for text in texts(svg)]
    return [(one, other) for (one, a), (other, b) in combinations(found, 2) if _overlap(a, b)]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
