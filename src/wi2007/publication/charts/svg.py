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
_LONG_PATH = re.compile(r'(?<= d=")[MLz \d.-]{1000,}(?=")')
_COMMAND = re.compile(r"([ML]) (\S+) (\S+)|z")


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


def compact(clean: str) -> str:
    """The same drawing with long paths written short: each point from the one before, with one decimal."""
    return _LONG_PATH.sub(_relative, clean)


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
