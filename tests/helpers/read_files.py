"""What a reader finds in a file of a report, whatever its kind."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2


def readable(path: Path) -> str:
    """What can be read in a file; of a packed one all its parts, of a PDF the first page."""
    if path.suffix in (".xlsx", ".ods"):
        with zipfile.ZipFile(path) as parts:
            return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if path.suffix == ".pdf":
        return pages(path)[0]
    return path.read_text(encoding="utf-8")


def pages(path: Path) -> list[str]:
    """The text of every page of a PDF."""
    with pypdfium2.PdfDocument(path) as paper:
        return [page.get_textpage().get_text_range() for page in paper]
