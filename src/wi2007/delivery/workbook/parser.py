"""Scan a sheet in unusual XML as `scan` does: with prefixes, without references, in UTF-16; slower, with a full
parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.scan import LAST_COLUMN, LAST_ROW, Scan, area, place

_SPREAD: Final = ("array", "dataTable")


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
        if settings.get("t") in _SPREAD and reach:
            first, _, last = reach.encode().partition(b":")
            self.scan.formulas.append(area(first, last or first))
        else:
            self.scan.formulas.append((self._row, self._row, self._column, self._column))
        self.scan.last_row = max(self.scan.last_row, self._row)
