"""From the SVG that matplotlib writes to one that can stand inside HTML5 and in a PDF.

Kept: what is drawn, in presentation attributes, and of a bar which cell of the data it draws (`data-cell`: row and
column, from 0). Dropped: XML declaration, DTD, metadata, global style, groups and
clips. Added: the chart before every id, `role="img"`, title and description. Coordinates have two decimals; long paths
are written short. What does not belong here: what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

CELL = "cel-{}-{}"
"""What an artist is called (`gid`) that draws a cell of the data, with its row and column."""
_DRAWS = re.compile(CELL.format(r"(\d+)", r"(\d+)"))
_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NAMES = ("svg", "defs", "pattern", "rect", "path", "text", "use")
_DROPPED = ("style", "transform", "clip-path", _HREF)
_NUMBER = re.compile(r"-?\d+\.\d+")
_PLACE = re.compile(r"translate\((\S+) (\S+)\)")
_LONG_PATH = re.compile(r'(?<= d=")[MLz \d.-]{1000,}(?=")')
_MADE_ID = re.compile(r'((?: id="|\(#|href="#))([hm][0-9a-f]{10})(?=["\)])')
"""Of a pattern or a marker, where it is made and where it is used."""
_COMMAND = re.compile(r"([ML]) (\S+) (\S+)|z")


def clean(raw: str, ident: str, title: str, description: str) -> str:
    """One `<svg>` element without anything around it; `ident` is unique in the report."""
    source = ElementTree.fromstring(raw)
    _, _, width, height = source.attrib["viewBox"].split()
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": _SVG,
            "role": "img",
            "aria-labelledby": f"{ident}-titel {ident}-tekst",
            "viewBox": f"0 0 {width} {height}",
            "width": width,
            "height": height,
        },
    )
    ElementTree.SubElement(root, "title", {"id": f"{ident}-titel"}).text = title
    ElementTree.SubElement(root, "desc", {"id": f"{ident}-tekst"}).text = description
    root.extend(_shapes(source))
    written = _MADE_ID.sub(rf"\1{ident}-\2", ElementTree.tostring(root, encoding="unicode"))
    return _LONG_PATH.sub(_relative, written) + "\n"


def _shapes(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The elements that draw something, without the groups around them."""
    for child in parent:
        name = child.tag.removeprefix(f"{{{_SVG}}}")
        if name == "g":
            drawn = _DRAWS.fullmatch(child.get("id", ""))
            for shape in _shapes(child):
                if drawn and shape.tag != "defs":
                    shape.set("data-cell", " ".join(drawn.groups()))
                yield shape
        elif name in _NAMES and child.get("style") != "fill: none":
            element = ElementTree.Element(name, _attributes(child))
            element.text = child.text if name == "text" else None
            element.extend(_shapes(child))
            if name != "defs" or len(element):
                yield element


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    """The attributes of an element, with each declaration of its style as one."""
    found = {key: value for key, value in element.attrib.items() if key not in _DROPPED}
    if _HREF in element.attrib:
        found["href"] = element.attrib[_HREF]
    if place := _PLACE.match(element.get("transform", "")):
        found["x"], found["y"] = place.groups()
    for declaration in filter(None, element.get("style", "").split(";")):
        key, _, value = declaration.partition(":")
        found[key.strip()] = value.strip()
    return {key: _short(value) if key in ("d", "x", "y") else value for key, value in found.items()}


def _short(numbers: str) -> str:
    """Numbers with two decimals at most."""
    return _NUMBER.sub(
        lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), " ".join(numbers.split())
    )


def _relative(match: re.Match[str]) -> str:
    """`M 10 10.5 L 12 10 z` as `M10 10.5l2-0.5z`; counted in tenths, so that no rounding adds up."""
    written: list[str] = []
    here = (0, 0)
    for command, *point in _COMMAND.findall(match[0]):
        if not command:
            written.append("z")
            continue
        there = (round(float(point[0]) * 10), round(float(point[1]) * 10))
        far = there if command == "M" else (there[0] - here[0], there[1] - here[1])
        start = command if command == "M" else "l" if written[-1][0] == "M" else " "
        first, second = _tenths(far[0]), _tenths(far[1])
        written.append(f"{start}{first} {second}".replace(" -", "-"))
        here = there
    return "".join(written)


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}".removesuffix(".0")
