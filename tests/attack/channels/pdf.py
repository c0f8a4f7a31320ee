"""PDF: text by page and line, document information, XMP, bookmarks, alternative texts, attachments, rectangles."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from lxml import etree

from attack import channels
from attack.pieces import HIDDEN, TEXT, Bar, Drawing, Piece, Reading

_TEXTS = ("/Alt", "/ActualText", "/E", "/Contents", "/T", "/TU", "/V")


def read_pdf(where: str, data: bytes) -> Reading:
    """Everything in the document. Pages are read as lines; what is not on a page as pieces."""
    reading = Reading()
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        text = page.get_textpage().get_text_range().replace("\ufffe", "").replace("￾", "")
        lines = [line.strip() for line in text.replace("\u200b", "").splitlines()]
        reading.lines.append(
            (f"{where} bladzijde {number} van {len(document)}", [line for line in lines if line])
        )
    document.close()
    with pikepdf.open(io.BytesIO(data)) as file:
        reading.pieces += [Piece(f"{where} {key}", str(value), HIDDEN) for key, value in file.docinfo.items()]
        reading.pieces += _xmp(where, file)
        reading.pieces += [Piece(f"{where} bladwijzer", title, HIDDEN) for title in _bookmarks(file)]
        reading.pieces += _objects(where, file)
        for name, attached in file.attachments.items():
            content = attached.get_file().read_bytes()
            reading.pieces.append(Piece(f"{where} bijlage", f"{name} {attached.description}", HIDDEN))
            reading.add(channels.read(f"{where} bijlage {name}", name, content))
        reading.drawings += _drawings(where, file)
    return reading


def _xmp(where: str, file: pikepdf.Pdf) -> Iterator[Piece]:
    if "/Metadata" not in file.Root:
        return
    raw = bytes(file.Root.Metadata.read_bytes())
    for node in etree.fromstring(raw.strip()).iter():
        texts = [node.text or "", *node.attrib.values()] if isinstance(node.tag, str) else [node.text or ""]
        for text in texts:
            if text.strip():
                yield Piece(f"{where} xmp {str(node.tag).rsplit('}', 1)[-1]}", text, HIDDEN)


def _bookmarks(file: pikepdf.Pdf) -> Iterator[str]:
    with file.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop()
            yield item.title
            waiting += item.children


def _objects(where: str, file: pikepdf.Pdf) -> Iterator[Piece]:
    """Texts in dictionaries anywhere: alternative texts, annotations, form fields, and keys that no viewer shows."""
    for found in file.objects:
        if not isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        node = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        for key, value in node.items():  # type: ignore[operator]
            if isinstance(value, pikepdf.String) and (key in _TEXTS or node.get("/Type") in (None, "/Annot")):
                kind = TEXT if key == "/Alt" else HIDDEN
                if key not in ("/ID", "/Author", "/Title", "/Lang"):
                    yield Piece(f"{where} object {key}", str(value), kind)


def _drawings(where: str, file: pikepdf.Pdf) -> Iterator[Drawing]:
    """Every content stream: its rectangles with four corners, and the numbers of its lines as written."""
    for number, page in enumerate(file.pages, 1):
        for name, stream in _streams(page):
            bars, written = _paths(stream)
            if bars:
                yield Drawing(f"{where} bladzijde {number} {name}".rstrip(), tuple(bars), (), tuple(written))


def _streams(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    yield "", page
    seen: set[tuple[int, int]] = set()
    waiting = [(name, form) for name, form in page.resources.get("/XObject", {}).items()]
    while waiting:
        name, form = waiting.pop()
        if form.objgen in seen or form.get("/Subtype") != "/Form":
            continue
        seen.add(form.objgen)
        yield name, form
        waiting += list(form.get("/Resources", {}).get("/XObject", {}).items())


def _paths(stream: Any) -> tuple[list[Bar], list[str]]:
    bars: list[Bar] = []
    written: list[str] = []
    path: list[tuple[float, float]] = []
    for operands, operator in pikepdf.parse_content_stream(
        stream, "m l h re c f F f* B B* b b* S s n cm q Q"
    ):
        action = str(operator)
        if action in ("m", "l"):
            path = [] if action == "m" else path
            path.append((float(operands[0]), float(operands[1])))
            written += [str(part) for part in operands]
        elif action == "h" and len(path) >= 4 and _is_box(path[:4]):
            across, down = zip(*path[:4], strict=True)
            bars.append(Bar(min(across), min(down), max(across), max(down)))
    return bars, written


def _is_box(path: list[tuple[float, float]]) -> bool:
    return len({x for x, _ in path}) == 2 and len({y for _, y in path}) == 2
