"""The logo: an SVG that draws shapes and nothing else, so that it looks the same everywhere and asks for nothing.

What does not belong here: where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

LARGEST: Final = 200_000
"""In bytes: it is in every report."""
_SVG: Final = "{http://www.w3.org/2000/svg}"
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_SHAPES: Final = (
    *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "clipPath", "mask"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("linearGradient", "radialGradient", "stop"),
)
_OUTSIDE: Final = re.compile(
    r"@import|url\(\s*['\"]?\s*(?!#)(?=[^\s)'\"])|expression\s*\(|javascript:", re.IGNORECASE
)
_DECLARES: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)


def read(path: Path) -> tuple[str, list[str]]:
    """Read a logo; return its text, and in Dutch what is wrong with it (then the text is empty)."""
    try:
        content = path.read_bytes()
    except OSError:
        return "", [
            "dit bestand is er niet of is niet te lezen. Zet het naast uitgave.yaml, of haal 'logo' weg."
        ]
    if len(content) > LARGEST:
        return "", [f"dit bestand is groter dan {LARGEST // 1000} kB. Sla het logo eenvoudiger op."]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", ["dit bestand is geen tekst in UTF-8. Sla het op als SVG in UTF-8."]
    wrong = list(dict.fromkeys(faults(text)))
    return ("", wrong) if wrong else (text, [])


def faults(text: str) -> Iterator[str]:
    """Tell in Dutch what an SVG has that it may not have."""
    if _DECLARES.search(text):
        yield "er staat een DOCTYPE, ENTITY of xml-stylesheet in. Haal die regel weg."
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        yield "dit is geen geldige SVG. Sla het logo opnieuw op als SVG."
        return
    if root.tag != f"{_SVG}svg" or not root.get("viewBox"):
        yield "dit is geen SVG met een viewBox. Sla het logo opnieuw op als SVG."
        return
    for element in root.iter():
        yield from _of_element(element)


def _of_element(element: ElementTree.Element) -> Iterator[str]:
    """What is wrong with one element; what other programs note of themselves is never drawn."""
    kind = element.tag.removeprefix(_SVG)
    if element.tag.startswith(_XHTML) or (element.tag.startswith(_SVG) and kind not in _SHAPES):
        yield _refused(element.tag.rpartition("}")[2])
    if kind == "style" and _OUTSIDE.search(element.text or ""):
        yield _OTHER_PLACE
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2]
        if local.casefold().startswith("on"):
            yield f"'{local}' is een script. Een logo mag geen scripts hebben: haal het weg."
        elif (local in ("href", "src") and not value.strip().startswith("#")) or _OUTSIDE.search(value):
            yield _OTHER_PLACE


_OTHER_PLACE: Final = (
    "er staat een verwijzing in naar een andere plaats. Een logo mag alleen naar zichzelf verwijzen: neem op wat "
    "nodig is."
)


def _refused(kind: str) -> str:
    if kind in ("text", "tspan", "textPath"):
        return "er staat tekst in. Zet de letters om in vormen (paden): anders zien zij er overal anders uit."
    if kind == "script":
        return "er staat een script in. Een logo mag geen scripts hebben: haal het weg."
    return f"het onderdeel '{kind}' mag niet in een logo. Gebruik alleen vormen."
