"""HTML: text by block, tables with all attributes of their cells, scripts, styles, comments and drawings.

What a data: address holds is read as the file that it is.
"""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html  # type: ignore[import-untyped]

from attack import channels
from attack.channels.svg import read_svg
from attack.channels.table import read_table
from attack.pieces import HIDDEN, STRUCTURE, TEXT, Piece, Reading

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "button",
        "code",
        "em",
        "i",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
_STRUCTURE = frozenset(
    [
        "id",
        "class",
        "for",
        "href",
        "headers",
        "scope",
        "colspan",
        "rowspan",
        "span",
        "tabindex",
        "role",
        "type",
        "name",
        "rel",
        "lang",
        "charset",
        "aria-labelledby",
        "aria-controls",
        "aria-describedby",
    ]
)
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
"""Read as XML: to an HTML reader each of its elements would lie within the one before."""
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.+-]+)*),([^\s\"')]*)")


def read_html(where: str, data: bytes) -> Reading:
    """Everything in a page."""
    pictures: list[str] = []

    def aside(match: re.Match[str]) -> str:
        pictures.append(match[0])
        return f'<svg data-picture="{len(pictures) - 1}"></svg>'

    text = _PICTURE.sub(aside, data.decode("utf-8", errors="replace"))
    root = lxml_html.document_fromstring(text)
    reader = _Page(where, pictures)
    for node in [*root.itersiblings(preceding=True), *root.itersiblings()]:
        reader.comment(node)
    reader.walk(root, "")
    return reader.reading


class _Page:
    """A page while it is read."""

    def __init__(self, where: str, pictures: list[str]) -> None:
        self.where, self._pictures = where, pictures
        self.reading = Reading()
        self.section = ""
        self._text: list[str] = []

    def walk(self, node: Any, about: str) -> None:
        """A node with everything in it; `about` is the caption of the table around it."""
        if not isinstance(node.tag, str):
            self.comment(node)
            return
        if node.tag == "svg":
            self._flush(about)
            picture = self._pictures[int(node.get("data-picture"))]
            self.reading.add(read_svg(f"{self._place()} svg", etree.fromstring(picture)))
            return
        if node.get("id") and node.tag in ("section", "div", "figure"):
            self._flush(about)
            self.section = node.get("id")
            caption = node.find(".//caption")
            about = "" if caption is None else f"{node.get('id')} {caption.text_content()}"
        self._attributes(node, about)
        if node.tag in ("script", "style"):
            self._embedded(node)
        elif node.tag == "table":
            self._flush(about)
            read_table(self.reading, f"{self._place()} tabel", node, about, self._own)
            for cell in node.iter("th", "td", "tr", "thead", "tbody", "colgroup", "col", "caption"):
                self._attributes(cell, about, within_table=True)
            for inner in node.iter("a", "button", "span", "abbr", "img"):
                self._attributes(inner, about)
            for comment in node.iter():
                self.comment(comment)
        else:
            self._inside(node, about)

    def comment(self, node: Any) -> None:
        """A comment is text too."""
        if not isinstance(node.tag, str):
            self._add(Piece(f"{self._place()} commentaar", node.text or "", HIDDEN))

    def _inside(self, node: Any, about: str) -> None:
        block = node.tag not in _INLINE
        if block:
            self._flush(about)
        self._text.append(node.text or "")
        for child in node:
            self.walk(child, about)
            self._text.append(child.tail or "")
        if block:
            self._flush(about)

    def _flush(self, about: str) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        if text:
            self._add(Piece(f"{self._place()} tekst", text, TEXT, about))

    def _attributes(self, node: Any, about: str, within_table: bool = False) -> None:
        for key, value in node.attrib.items():
            if within_table and node.tag in ("th", "td") and key not in _STRUCTURE:
                continue
            place = f"{self._place()} <{node.tag}>/@{key}"
            rest = self._addresses(value, place, node.get("download") or "", about)
            self._add(Piece(place, rest, STRUCTURE if key in _STRUCTURE else HIDDEN, about))

    def _own(self, node: Any, place: str) -> tuple[Piece, ...]:
        """What a table cell holds beside its text."""
        return tuple(
            Piece(f"{place}/@{key}", value, HIDDEN)
            for key, value in node.attrib.items()
            if key not in _STRUCTURE
        )

    def _embedded(self, node: Any) -> None:
        text = node.text or ""
        place = f"{self._place()} <{node.tag}>"
        if "json" in node.get("type", "") or text.lstrip()[:1] in ("{", "["):
            self.reading.add(channels.read(f"{place} json", "x.json", text.encode()))
        else:
            self._add(Piece(place, self._addresses(text, place, "", ""), HIDDEN, node.tag))

    def _addresses(self, text: str, place: str, name: str, about: str) -> str:
        """The text without its data: addresses, which are read as files."""
        for kind, options, body in _DATA.findall(text):
            raw = unquote_to_bytes(body)
            content = base64.b64decode(raw + b"==", validate=False) if ";base64" in options else raw
            ending = name or {"text/csv": "x.csv", "image/svg+xml": "x.svg"}.get(
                kind, "x." + kind.rsplit("/", 1)[-1]
            )
            self.reading.add(channels.read(f"{place} data:", ending, content, about))
        return _DATA.sub("data:", text)

    def _place(self) -> str:
        return f"{self.where} #{self.section}" if self.section else self.where

    def _add(self, piece: Piece) -> None:
        self.reading.pieces.append(piece)
