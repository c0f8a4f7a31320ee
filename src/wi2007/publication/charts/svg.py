"""From the SVG that matplotlib writes to one that can stand inside HTML5 and in a PDF.

Kept: drawing, in presentation attributes. Dropped: XML declaration, DTD, metadata, global style, groups, ids that
nothing refers to. Added: a prefix for every id, `role="img"`, title and description.
What does not belong here: what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_NAMES = ("svg", "defs", "pattern", "rect", "path", "text")
_PRECISION = 2
_NUMBER = re.compile(r"-?\d+\.\d+")


def clean(raw: str, ident: str, title: str, description: str) -> str:
    """One `<svg>` element without anything around it; `ident` is the prefix of every id in it."""
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
    root.extend(_shapes(source, ident))
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _shapes(parent: ElementTree.Element, ident: str) -> Iterator[ElementTree.Element]:
    """The elements that draw something, without the groups around them."""
    for child in parent:
        name = child.tag.removeprefix(f"{{{_SVG}}}")
        if name == "g":
            yield from _shapes(child, ident)
        elif name in _NAMES and not _is_empty(child):
            element = ElementTree.Element(name, _attributes(child, ident))
            element.text = child.text if name == "text" else None
            element.extend(_shapes(child, ident))
            if name != "defs" or len(element):
                yield element


def _is_empty(element: ElementTree.Element) -> bool:
    """The page's background: a path with neither fill nor stroke."""
    return element.get("style") == "fill: none"


def _attributes(element: ElementTree.Element, ident: str) -> dict[str, str]:
    found = {key: value for key, value in element.attrib.items() if key not in ("style", "transform")}
    for declaration in filter(None, element.get("style", "").split(";")):
        key, _, value = declaration.partition(":")
        found[key.strip()] = value.strip()
    return {key: _value(key, value, ident) for key, value in found.items()}


def _value(key: str, value: str, ident: str) -> str:
    if key == "id":
        return f"{ident}-{value}"
    if key == "font-size":
        return value.removesuffix("px")
    if value.startswith("url(#"):
        return value.replace("url(#", f"url(#{ident}-")
    if key in ("d", "x", "y"):
        return _NUMBER.sub(_short, " ".join(value.split()))
    return value


def _short(match: re.Match[str]) -> str:
    return f"{float(match[0]):.{_PRECISION}f}".rstrip("0").rstrip(".")
