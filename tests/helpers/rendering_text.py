"""What a reader of the HTML or the PDF sees, as text that can be compared."""

from __future__ import annotations

import io
import re
import unicodedata
from html.parser import HTMLParser

import pypdfium2

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BETWEEN_LINES = re.compile("[\\s\u00ad\ufffe\x02\u200b-]+")


def squeezed(text: str) -> str:
    """Text without spaces, hyphens and the marks of a hyphenated line: line ends must not matter."""
    return _BETWEEN_LINES.sub("", unicodedata.normalize("NFC", text))


def numbers(text: str) -> set[str]:
    """Every number in a text, as written."""
    return set(NUMBER.findall(text))


class _Reader(HTMLParser):
    SILENT = frozenset({"script", "style", "title", "svg"})
    VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT
        if tag not in {"span", "strong", "em", "a", "sup"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def html_text(html: str) -> str:
    """The text of a page outside scripts, styles and pictures."""
    reader = _Reader()
    reader.feed(html)
    return "".join(reader.parts)


def html_elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every start tag with its attributes, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.elements


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [_page_text(document, index) for index in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()
