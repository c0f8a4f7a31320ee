"""One reader for each kind of file. `read` looks at the content, not only at the name, and reads files within files.

What does not belong here: judging what is found.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from attack.pieces import HIDDEN, Piece, Reading


@lru_cache(maxsize=400)
def read(where: str, name: str, data: bytes, about: str = "") -> Reading:
    """Everything that the bytes hold; `about` is what is said around a file within a file."""
    from lxml import etree  # type: ignore[import-untyped]

    from attack.channels import html, pdf, plain, structured, svg, workbook

    ending = PurePosixPath(name).suffix.lower()
    head = data[:400].lstrip()
    if data[:4] == b"PK\x03\x04":
        return workbook.read_zip(where, data)
    if data[:5] == b"%PDF-":
        return pdf.read_pdf(where, data)
    if ending == ".svg" or head.startswith(b"<svg"):
        return svg.read_svg(where, etree.fromstring(data))
    if ending in (".html", ".htm") or b"<html" in head:
        return html.read_html(where, data)
    if ending == ".json":
        return structured.read_json(where, data)
    if ending == ".csv":
        return plain.read_csv(where, data, about)
    if ending in (".woff2", ".woff", ".ttf", ".otf") or b"\x00" in data[:1000]:
        return Reading(pieces=[Piece(f"{where} (bytes)", name, HIDDEN)])
    return plain.read_text(where, data)
