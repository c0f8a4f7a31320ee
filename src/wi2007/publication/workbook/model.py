"""A workbook in terms of no file format: sheets of rows of cells, with what a reader of the file must be able to find.

Also what every sheet needs whatever is on it: numbers as numbers, days as days, names that are unique, widths of
columns and heights of rows. Cells of a table are never merged, and none holds a formula. What does not belong here:
file formats, words, which sheets there are.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wi2007 import dutch
from wi2007.publication import document

Look = Literal[
    "notice",
    "title",
    "subtitle",
    "plain",
    "text",
    "link",
    "unit",
    "group",
    "head",
    "over",
    "label",
    "total",
    "figure",
    "sum",
]
"""How a cell looks: `text` is wrapped and `plain` runs on over empty cells; `group` stands over the heads of columns,
`head` heads texts and `over` figures; `total` and `sum` are a label and a figure of a row of totals."""

WRAPPED: tuple[Look, ...] = ("text", "head", "over")
"""Looks of cells whose text is broken into lines."""

LONGEST_NAME = 31
LONGEST_TEXT = 32767
LONGEST_HEAD = 127
"""Characters in the name of a sheet, in a cell and in the name of a column. Excel takes as many, of the last twice as
many: it counts some characters as two."""

LARGEST_EXACT = 2**53
DIGITS = 15
"""What Excel keeps of a number: every whole one up to the first, so many digits of any other."""

NARROW = 9
LABELS = 50
READING = 90
"""The least width of a column, the greatest of one with labels, and that of one with running text."""

PORTRAIT = 115
"""Characters that fit beside each other on A4, upright, in a size that can be read."""

TITLE = 1.45
"""The width of a character of a title."""

_PROPORTION = 1.1
"""Running text has narrow letters: so many fit in the width of one digit."""

_ROOM = 2
_BUTTON = 2
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<decimals>\d+))?(?P<suffix>[%*]*)")
_NO_SHEET = re.compile("[\\[\\]:*?/\\\\'\U00010000-\U0010ffff]")
"""What the name of a sheet cannot hold, and the letters that Excel counts as two."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Cell:
    """A text, or a number of which `text` is what a reader sees; `suffix` stands behind the digits.

    `sheet` is the name of the sheet to which the cell is a link, `day` the day that the text is (yyyy-mm-dd). A cell
    below a table may be as wide as `span` columns.
    """

    text: str = ""
    look: Look = "plain"
    number: float | None = None
    decimals: int = 0
    suffix: str = ""
    sheet: str = ""
    day: str = ""
    span: int = 1


@dataclass(frozen=True)
class Region:
    """The rectangle of a table in a sheet, in rows from 0: `first` is that of groups or units, or the header itself.

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
        """Say whether there is anything below the header."""
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
        """Return the first row on paper: without the notice, which every page has above it."""
        return int(bool(self.rows) and self.rows[0][:1] != () and self.rows[0][0].look == "notice")


@dataclass(frozen=True)
class Paper:
    """What stands on every printed page: `head` above it, and the words of 'page 1 of 2' below it."""

    head: str
    page: str
    of: str


@dataclass(frozen=True)
class Book:
    """A workbook with what it says of itself; `day` (yyyy-mm-dd) is the only date in it, empty for none."""

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
    """Return a text as a cell can hold it: white space runs together, what XML cannot hold is replaced."""
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


def said(text: str, look: Look) -> Cell:
    """Return a cell with a text, which is a day where it is one."""
    found = dutch.day_of(text)
    return Cell(clean(text), look, day=found.isoformat() if found else "")


def figure(shown: document.Cell, look: Look = "figure") -> Cell:
    """Return a cell of the document: its own number with the decimals that are shown, or else its text."""
    text = clean(shown.text)
    match = _NUMBER.fullmatch(text)
    if shown.value is None or match is None:
        return Cell(text, look)
    decimals = len(match["decimals"] or "")
    return Cell(text, look, number=_plain(shown.value), decimals=decimals, suffix=match["suffix"])


def _plain(value: float) -> float:
    """A whole number as one: 1234, not 1234.0; any other with the digits that every spreadsheet keeps."""
    if value == int(value) and abs(value) <= LARGEST_EXACT:
        return int(value)
    return float(f"{value:.{DIGITS}g}")


def sheet_names(wanted: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Return the names as sheets can have them, each another than the others and those that are taken."""
    found: list[str] = []
    for name in wanted:
        plain = clean(_NO_SHEET.sub("-", name))[:LONGEST_NAME].strip() or "-"
        found.append(_another(plain, [*taken, *found], LONGEST_NAME, " ({})"))
    return found


def column_names(columns: Sequence[document.Column], taken: Iterable[str] = ()) -> list[str]:
    """Return a name for each column: its label, with group and unit before and behind it where labels repeat."""
    ways: tuple[Callable[[document.Column], str], ...] = (
        lambda column: column.label or column.group,
        lambda column: ", ".join(filter(None, (column.group, column.label))),
        lambda column: ", ".join(filter(None, (column.group, column.label, column.unit))),
    )
    for way in ways:
        names = [clean(way(column)) for column in columns]
        if all(names) and len({name.casefold() for name in (*taken, *names)}) == len([*taken, *names]):
            break
    found: list[str] = []
    for number, name in enumerate(names, 1):
        found.append(_another(name[:LONGEST_HEAD] or str(number), [*taken, *found], LONGEST_HEAD, " ({})"))
    return found


def marks(numbers: Sequence[str]) -> list[str]:
    """Return for each number of a table a name of letters, digits and underscores, for use in a file."""
    found: list[str] = []
    for number in numbers:
        plain = "_".join(("tabel", *re.findall(r"[a-z0-9]+", number.lower())))
        found.append(_another(plain, found, LONGEST_HEAD, "_{}"))
    return found


def _another(name: str, taken: Iterable[str], longest: int, pattern: str) -> str:
    """The name, or with the first number behind it that makes it one that is not taken."""
    used = {each.casefold() for each in taken}
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        tail = pattern.format(number)
        candidate = name[: longest - len(tail)] + tail
    return candidate


def fitting(rows: Iterable[Sequence[Cell]], least: int, most: int) -> tuple[int, ...]:
    """Return the widths that hold the texts of these rows, in characters, within limits."""
    columns = zip(*rows, strict=True)
    return tuple(max(least, min(most, max(_needed(cell) for cell in column))) for column in columns)


def _needed(cell: Cell) -> int:
    """A header is broken between words and has room for a button; anything else stands on one line where it can."""
    is_head = cell.look in ("head", "over")
    texts = cell.text.split() if is_head else [cell.text]
    return max((len(text) for text in texts), default=0) + _ROOM + (_BUTTON if is_head else 0)


def under(title: str, widths: Sequence[int], labels: int) -> tuple[int, ...]:
    """Return the widths with the last column of labels as wide as the title asks for, within its limit."""
    short = round(len(title) * TITLE) - sum(widths)
    wider = max(widths[labels - 1], min(LABELS, widths[labels - 1] + short))
    return (*widths[: labels - 1], wider, *widths[labels:])


def is_wide(widths: Sequence[int]) -> bool:
    """Say whether a page has to lie on its side."""
    return sum(widths) > PORTRAIT


def note(text: str, widths: Sequence[int]) -> Cell:
    """Return a cell with running text as wide as a table, below it."""
    return Cell(clean(text), "text", span=len(widths))


def lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how many lines high a row must be."""
    pairs = (
        (cell, sum(widths[place : place + cell.span]))
        for place, cell in enumerate(cells[: len(widths)])
        if cell.look in WRAPPED
    )
    return max((_height(cell, width) for cell, width in pairs), default=1)


def _height(cell: Cell, width: int) -> int:
    letters = int(width * _PROPORTION) if cell.look == "text" else width
    return max(1, len(textwrap.wrap(cell.text, letters)))
