"""A workbook as the bytes of an ODS file (OpenDocument 1.3): templates under `opendocument/`, filled and packed.

Why no library writes it: `docs/decisions/0011`. What does not belong here: what is in the workbook; how it looks
(`opendocument/styles.xml.jinja`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from wi2007.publication.workbook.model import Book, Cell, lines

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
TEMPLATES = Path(__file__).parent / "opendocument"

MILLIMETRES = 2
"""The width of a character."""

LINE = 5
"""The height of a line, in millimetres."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP file can hold."""

_KIND = "mimetype"
_UNIX = 3
_READABLE = 0o644 << 16
_LEVEL = 6

Pattern = tuple[str, int, str]
"""Look, decimals and suffix of a number."""


def write(book: Book) -> bytes:
    """Return the file, the same for the same workbook. Its kind stands first and can be read without unpacking."""
    language, _, country = book.language.partition("-")
    parts = {
        _KIND: MIMETYPE,
        "meta.xml": _filled("meta.xml.jinja", book=book),
        "styles.xml": _filled("styles.xml.jinja", language=language, country=country, paper=book.paper),
        "settings.xml": _filled("settings.xml.jinja", book=book),
        "content.xml": content(book),
        "META-INF/manifest.xml": (TEMPLATES / "manifest.xml").read_text(encoding="utf-8"),
    }
    return packed(((name, part.encode("utf-8")) for name, part in parts.items()), stored=_KIND)


def content(book: Book) -> str:
    """Return the sheets, after the styles that they ask for: of numbers, columns and rows."""
    cells = (cell for sheet in book.sheets for row in sheet.rows for cell in row if cell.number is not None)
    patterns = dict.fromkeys(map(_pattern, cells))
    every = (cell for sheet in book.sheets for row in sheet.rows for cell in row)
    return _filled(
        "content.xml.jinja",
        book=book,
        patterns={pattern: f"getal{number}" for number, pattern in enumerate(patterns, 1)},
        days=sorted({cell.look for cell in every if cell.day}),
        widths=sorted({width for sheet in book.sheets for width in sheet.widths}),
        heights=sorted({lines(row, sheet.widths) for sheet in book.sheets for row in sheet.rows}),
        millimetres=MILLIMETRES,
        line=LINE,
        pattern=_pattern,
        lines=lines,
        address=address,
    )


def address(sheet: str, row: int, column: int) -> str:
    """Return the address of a cell, of which row and column count from 0: 'Tabel 2.1'.A1."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'.{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _pattern(cell: Cell) -> Pattern:
    return cell.look, cell.decimals, cell.suffix


def _filled(template: str, **values: object) -> str:
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def packed(parts: Iterable[tuple[str, bytes]], stored: str = "") -> bytes:
    """Return parts as one ZIP file, the same each time: in this order, without the time and the system of its making.

    The part named `stored` is not compressed.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, part in parts:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            file.writestr(entry, part, compresslevel=_LEVEL)
    return buffer.getvalue()
