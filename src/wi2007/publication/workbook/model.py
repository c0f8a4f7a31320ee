"""A workbook in terms of no file format: sheets of rows of cells, with what a reader of the file must be able to find.

Cells are never merged and never hold a formula. What does not belong here: file formats, words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Look = Literal[
    "notice",
    "title",
    "subtitle",
    "plain",
    "text",
    "link",
    "unit",
    "head",
    "over",
    "label",
    "total",
    "figure",
    "sum",
]
"""How a cell looks: `text` is wrapped and `plain` runs on over empty cells; `head` heads texts and `over` figures;
`total` and `sum` are a label and a figure of a row of totals."""

WRAPPED: tuple[Look, ...] = ("text", "head", "over")
"""Looks of cells whose text is broken into lines."""

LONGEST_NAME = 31
LONGEST_TEXT = 32767
"""What Excel takes: characters in the name of a sheet, and in a cell."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Cell:
    """A text, or a number of which `text` is what a reader sees; `suffix` stands behind the digits.

    `sheet` is the name of the sheet to which the cell is a link.
    """

    text: str = ""
    look: Look = "plain"
    number: float | None = None
    decimals: int = 0
    suffix: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Region:
    """The rectangle of a table in a sheet, in rows from 0: `first` is the row of units or else the header itself.

    `header` is the one row that names every column, each by another name; the rows below it to `last` hold data, of
    which the first `labels` columns say what a row is. `name` is unique in the workbook; `about` says what is in it.
    """

    name: str
    about: str
    first: int
    header: int
    last: int
    labels: int = 1
    filters: bool = False

    @property
    def has_rows(self) -> bool:
        """Whether there is anything below the header."""
        return self.last > self.header


@dataclass(frozen=True)
class Sheet:
    """A sheet; `widths` are those of its columns in characters."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    region: Region | None = None
    landscape: bool = False

    @property
    def printed(self) -> int:
        """The first row on paper: the notice is left out there, since every page has it above it."""
        return int(bool(self.rows) and self.rows[0][:1] != () and self.rows[0][0].look == "notice")


@dataclass(frozen=True)
class Paper:
    """What stands on every printed page: `head` above it, and the words of 'page 1 of 2' below it."""

    head: str
    page: str
    of: str


@dataclass(frozen=True)
class Book:
    """A workbook with what it says of itself; `day` (yyyy-mm-dd) is the only date in it."""

    title: str
    subject: str
    description: str
    publisher: str
    keywords: tuple[str, ...]
    language: str
    day: str
    paper: Paper
    sheets: tuple[Sheet, ...] = ()


def clean(text: str) -> str:
    """A text as a cell can hold it: white space runs together, signs that no XML file can hold are replaced."""
    return " ".join(_UNWRITABLE.sub("\ufffd", text).split())


def check(book: Book) -> None:
    """Raise `ValueError` where a file would be damaged or lose something: names, links, lengths, ragged tables."""
    names = Counter(sheet.name.casefold() for sheet in book.sheets)
    faults = [f"two sheets {name}" for name, count in names.items() if count > 1]
    for sheet in book.sheets:
        if not 0 < _units(sheet.name) <= LONGEST_NAME or _FORBIDDEN.search(sheet.name):
            faults.append(f"sheet name {sheet.name!r}")
        faults += [f"{sheet.name}: {fault}" for fault in _faults(sheet, names)]
    if faults:
        raise ValueError("; ".join(faults))


def _units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _faults(sheet: Sheet, names: Counter[str]) -> list[str]:
    cells = [cell for row in sheet.rows for cell in row]
    faults = ["a text too long for a cell" for cell in cells if _units(cell.text) > LONGEST_TEXT]
    faults += ["a text that is not clean" for cell in cells if cell.text != clean(cell.text)]
    faults += [
        f"no sheet {cell.sheet}" for cell in cells if cell.sheet and cell.sheet.casefold() not in names
    ]
    region = sheet.region
    if region is None:
        return faults
    inside = sheet.rows[region.first : region.last + 1]
    if len(inside) != region.last + 1 - region.first or any(len(row) != len(sheet.widths) for row in inside):
        faults.append("a table that is no rectangle")
    heads = Counter(cell.text.casefold() for cell in sheet.rows[region.header])
    return faults + [f"two columns {head}" for head, count in heads.items() if count > 1]
