"""Scan the XML of a sheet once: the extent of its cells, and which hold a formula or an error.

A sheet in unusual XML (with prefixes, without references, in UTF-16) takes a full parser, which is slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.problems import Problem, UnreadableError

Numbers = NDArray[np.int64]
_END: Final = b"</sheetData>"
_MOST_WAITING: Final = 16 << 20
_FORMULA: Final = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*>\s*<f(\s[^<>]*|/)?>')
_ANY_FORMULA: Final = re.compile(rb"<f[\s/>]")
_SPREAD: Final = re.compile(rb'\st="(?:array|dataTable)"')
_REACH: Final = re.compile(rb'\sref="([A-Z]{1,3}\d{1,7})(?::([A-Z]{1,3}\d{1,7}))?"')
_ERROR: Final = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*\st="e"[^<>]*>')
_ANY_ERROR: Final = re.compile(rb"""\st\s*=\s*["']e["']""")
_REFERENCE: Final = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_PREFIXED: Final = re.compile(rb"<[^<>\s:!?/]+:(?:worksheet|sheetData|row|c)[\s/>]")
_PREFIX: Final = re.compile(rb"<([^<>\s:!?/]+:)worksheet[\s>]")
_BEGIN: Final = 4096
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
Area = tuple[int, int, int, int]
"""First row, last row, first column, last column; all counted from 1."""

_SPREAD_KINDS: Final = ("array", "dataTable")
_LONGEST_NAME: Final = 100
_LIKE_A_NUMBER: Final = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Worksheet:
    """A sheet with cells. `name` is as it stands in the workbook, `part` the file in it."""

    name: str
    hidden: bool
    part: str

    @property
    def shown(self) -> str:
        """The name as a message may quote it."""
        return "".join(letter if letter.isprintable() else "?" for letter in self.name)[:_LONGEST_NAME]

    def quoted(self, place: int) -> str:
        """Return the name in a sentence; only the place of the sheet where the name may be a person's number."""
        return f"nummer {place}" if _LIKE_A_NUMBER.search(self.name) else f"'{self.shown}'"


@dataclass
class Scan:
    """The contents of a sheet, apart from values; rows and columns are counted from 1.

    `cells` counts them and `last` is the farthest; `quick_scan` counts empty cells too. `last_filled` is the last row
    with a value, 0 without any. `merged` are merged cells, where the library does not give them; `texts` are bytes of
    text, where the kind of workbook counts them so.
    """

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    last_filled: int = 0
    texts: int = 0
    formulas: list[Area] = field(default_factory=list)
    errors: list[Area] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Whether any cell holds a value."""
        return self.last_filled > 0


class OtherwiseError(Exception):
    """The sheet is not written as most programs write it."""


def quick_scan(chunks: Iterator[bytes]) -> Scan:
    """Return the scan of a sheet. Raises `OtherwiseError` for a sheet that needs the parser."""
    scan = Scan()
    last = 0
    for stretch in stretches(chunks):
        if _PREFIXED.search(stretch, 0, 1 << 16) or b"<!" in stretch:
            raise OtherwiseError
        last = _extent(scan, stretch, last)
        scan.last_filled = max(scan.last_filled, _last_filled(stretch))
        scan.formulas += _formulas(stretch)
        scan.errors += _errors(stretch)
    return scan


def stretches(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the cells of the sheet in chunks that end between two of them; what follows the cells is only unpacked."""
    waiting, ended = b"", False
    for chunk in chain(_without_prefix(chunks), [b""]):
        if ended:
            continue
        waiting += chunk
        end = waiting.find(_END)
        ended = end >= 0
        cut = end if ended else max(waiting.rfind(b"<c "), waiting.rfind(b"<row"))
        if not chunk and not ended:
            cut = len(waiting)
        if not cut and len(waiting) > _MOST_WAITING:
            raise UnreadableError(Problem("bestand_beschadigd"))
        if cut > 0 and (len(waiting) > 1 << 19 or ended or not chunk):
            yield waiting[:cut]
            waiting = waiting[cut:]


def _without_prefix(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the chunks without the prefix that some programs put before the name of every element."""
    begin = b""
    for chunk in chunks:
        begin += chunk
        if len(begin) >= _BEGIN:
            break
    prefix = _PREFIX.search(begin, 0, _BEGIN)
    if not prefix:
        yield begin
        yield from chunks
        return
    opening, closing = b"<" + prefix[1], b"</" + prefix[1]
    waiting = b""
    for chunk in chain([begin], chunks, [b""]):
        waiting += chunk
        split = waiting.rfind(b"<", -len(closing)) if chunk else -1
        split = len(waiting) if split < 0 else split
        yield waiting[:split].replace(closing, b"</").replace(opening, b"<")
        waiting = waiting[split:]


def _extent(scan: Scan, stretch: bytes, last: int) -> int:
    """Add the cells of a stretch; return the place of the last as a number, which comes after all others."""
    characters = np.frombuffer(stretch + b"\0" * 16, dtype=np.uint8)
    at = np.flatnonzero((characters[:-16] == ord("<")) & (characters[1:-15] == ord("c")))
    follows = characters[at + 2]
    at = at[(follows <= ord(" ")) | (follows == ord(">")) | (follows == ord("/"))]
    if not len(at):
        return last
    for place, character in enumerate(b'<c r="'):
        if (characters[at + place] != character).any():
            raise OtherwiseError
    rows, columns = _references(characters, at + 6)
    scan.cells += len(at)
    scan.last_row = max(scan.last_row, int(rows.max()))
    scan.last_column = max(scan.last_column, int(columns.max()))
    order = rows * (LAST_COLUMN + 1) + columns
    # Excel calls a workbook damaged when its cells are not in order, or occur twice.
    if order[0] <= last or (np.diff(order) <= 0).any():
        raise UnreadableError(Problem("bestand_beschadigd"))
    return int(order[-1])


def _references(characters: NDArray[np.uint8], at: Numbers) -> tuple[Numbers, Numbers]:
    """Return the rows and columns of references that begin at these places and end with a quotation mark."""
    columns = np.zeros(len(at), dtype=np.int64)
    rows = np.zeros(len(at), dtype=np.int64)
    for least, most, base, numbers, longest in ((65, 90, 26, columns, 3), (48, 57, 10, rows, 7)):
        going = np.ones(len(at), dtype=bool)
        for _ in range(longest):
            sign = characters[at]
            going &= (sign >= least) & (sign <= most)
            if not going.any():
                break
            digit = sign.astype(np.int64) - least + (base == 26)
            np.copyto(numbers, numbers * base + digit, where=going)
            at = at + going
    if (characters[at] != ord('"')).any() or not columns.all() or not rows.all():
        raise OtherwiseError
    if int(rows.max()) > LAST_ROW or int(columns.max()) > LAST_COLUMN:
        raise UnreadableError(Problem("bestand_beschadigd"))
    return rows, columns


def _last_filled(stretch: bytes) -> int:
    """Return the row of the last cell with a value; 0 where there is none."""
    value = max(stretch.rfind(b"<v"), stretch.rfind(b"<is"))
    start = stretch.rfind(b'<c r="', 0, max(value, 0))
    reference = _REFERENCE.match(stretch, start + 6) if start >= 0 else None
    return int(reference[2]) if reference else 0


def _formulas(stretch: bytes) -> list[Area]:
    if b"<f" not in stretch:
        return []
    found = list(_FORMULA.finditer(stretch))
    if len(found) != sum(1 for _ in _ANY_FORMULA.finditer(stretch)):
        raise OtherwiseError
    return [_area(one[1], one[2] or b"") for one in found]


def _area(cell: bytes, settings: bytes) -> Area:
    """Return the cells that a formula fills: its own, or all that it is spread over."""
    if b't="' not in settings or not _SPREAD.search(settings):
        return area(cell, cell)
    reach = _REACH.search(settings)
    if not reach:
        raise OtherwiseError
    return area(reach[1], reach[2] or reach[1])


def _errors(stretch: bytes) -> list[Area]:
    if b'"e"' not in stretch and b"'e'" not in stretch:
        return []
    found = list(_ERROR.finditer(stretch))
    if len(found) != sum(1 for _ in _ANY_ERROR.finditer(stretch)):
        raise OtherwiseError
    return [area(one[1], one[1]) for one in found]


def area(first: bytes, last: bytes) -> Area:
    """Return the area between two cells. Raises `UnreadableError` when one of them is no cell."""
    row, column = place(first)
    end_row, end_column = place(last)
    return min(row, end_row), max(row, end_row), min(column, end_column), max(column, end_column)


def place(cell: bytes) -> tuple[int, int]:
    """Return the row and column of a reference. Raises `UnreadableError` when there is no such cell."""
    found = _REFERENCE.fullmatch(cell)
    column = 0
    for letter in found[1] if found else b"":
        column = column * 26 + letter - 64
    row = int(found[2]) if found else 0
    if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
        raise UnreadableError(Problem("bestand_beschadigd"))
    return row, column


def parse(chunks: Iterator[bytes]) -> Scan:
    """Return the scan of a sheet. Raises `UnreadableError` when it is no XML."""
    elements = _Elements()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    feed(parser, chunks)
    return elements.scan


def feed(parser: expat.XMLParserType, chunks: Iterator[bytes]) -> None:
    """Feed all bytes of a part to a parser. Raises `UnreadableError` when it is no XML."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None


class _Elements:
    """Follows the cells; one without a reference stands beside the one before it."""

    def __init__(self) -> None:
        self.scan = Scan()
        self._inside = False
        self._row = 0
        self._column = 0
        self._at = (0, 0)

    def start(self, name: str, settings: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if local == "sheetData":
            self._inside = True
        elif not self._inside:
            return
        elif local == "row":
            number = settings.get("r")
            self._row = self._row + 1 if number is None else place(b"A" + number.encode())[0]
            self._column = 0
        elif local == "c":
            self._cell(settings)
        elif local == "f":
            self._formula(settings)
        elif local in ("v", "is"):
            self._filled()

    def end(self, name: str) -> None:
        self._inside &= name.rpartition("}")[2] != "sheetData"

    def _cell(self, settings: dict[str, str]) -> None:
        reference = settings.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = place(reference.encode())
        before, self._at = self._at, (self._row, self._column)
        if self._row > LAST_ROW or self._column > LAST_COLUMN or self._at <= before:
            raise UnreadableError(Problem("bestand_beschadigd"))
        if settings.get("t") == "e":
            self.scan.errors.append((self._row, self._row, self._column, self._column))

    def _filled(self) -> None:
        self.scan.last_filled = max(self.scan.last_filled, self._row)
        self.scan.cells += 1
        self.scan.last_row = max(self.scan.last_row, self._row)
        self.scan.last_column = max(self.scan.last_column, self._column)

    def _formula(self, settings: dict[str, str]) -> None:
        reach = settings.get("ref")
        if settings.get("t") in _SPREAD_KINDS and reach:
            first, _, last = reach.encode().partition(b":")
            self.scan.formulas.append(area(first, last or first))
        else:
            self.scan.formulas.append((self._row, self._row, self._column, self._column))
        self.scan.last_row = max(self.scan.last_row, self._row)
