"""From the SVG that matplotlib writes to one that can stand inside HTML5 and in a PDF.

Kept: what is drawn, in presentation attributes. Dropped: XML declaration, DTD, metadata, global style, groups and
clips. Added: `role="img"`, title and description. Coordinates get two decimals.
What does not belong here: what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NAMES = ("svg", "defs", "pattern", "rect", "path", "text", "use")
_DROPPED = ("style", "transform", "clip-path", _HREF)
_NUMBER = re.compile(r"-?\d+\.\d+")
_PLACE = re.compile(r"translate\((\S+) (\S+)\)")
_LONG = 1000
_LONG_PATH = re.compile(rf'(?<= d=")[^"]{{{_LONG},}}')


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
    written = ElementTree.tostring(root, encoding="unicode")
    return _LONG_PATH.sub(lambda path: path[0].replace(" L ", " ").replace("M ", "M"), written) + "\n"


def _shapes(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The elements that draw something, without the groups around them."""
    for child in parent:
        name = child.tag.removeprefix(f"{{{_SVG}}}")
        if name == "g":
            yield from _shapes(child)
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
    """Numbers with two decimals at most, one in a long path."""
    digits = 1 if len(numbers) > _LONG else 2
    return _NUMBER.sub(
        lambda match: f"{float(match[0]):.{digits}f}".rstrip("0").rstrip("."), " ".join(numbers.split())
    )
