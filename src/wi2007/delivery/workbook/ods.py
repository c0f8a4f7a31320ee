"""Read spreadsheets of LibreOffice and OpenOffice (.ods): one pass over the XML, for everything but the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final
from xml.parsers import expat

from wi2007.delivery import kinds
from wi2007.delivery.archive import read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.delivery.workbook.book import BinaryBook, Cell, add_cell
from wi2007.delivery.workbook.package import read_parts
from wi2007.delivery.workbook.scan import LAST_COLUMN, LAST_ROW, Scan, Worksheet, feed

_CONTENT: Final = "content.xml"
_CELLS: Final = ("table-cell", "covered-table-cell")


def open_ods(path: Path) -> BinaryBook:
    """Open a spreadsheet of LibreOffice or OpenOffice. Raises `UnreadableError`."""
    parts = read_parts(path, read_limits())
    if _CONTENT not in parts:
        raise UnreadableError(Problem("bestand_beschadigd"))
    content = _Content()
    content.read(parts.bare(_CONTENT))
    for name in parts.infos.keys() - {_CONTENT}:
        for _ in parts.bare(name):
            pass
    return BinaryBook(path, kinds.ODS, content.scans, content.day_zero)


class _Content:
    """Follows the cells; rows and columns count from 0, and one may stand for many."""

    def __init__(self) -> None:
        self.scans: dict[Worksheet, Scan] = {}
        self.day_zero = EXCEL_DAY_ZERO
        self._hidden: set[str] = set()
        self._style = ""
        self._depth = 0
        self._sheet: Worksheet | None = None
        self._scan = Scan()
        self._row = self._rows = self._column = 0
        self._cell: Cell | None = None
        self._is_filled = False
        self._text = 0

    def read(self, chunks: Iterator[bytes]) -> None:
        """Read the XML. Raises `UnreadableError` when it is no XML, or when it has entities of its own."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        parser.StartDoctypeDeclHandler = _refuse
        feed(parser, chunks)

    def _start(self, name: str, settings: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        about = {key.rpartition("}")[2]: value for key, value in settings.items()}
        if local == "table":
            self._depth += 1
            if self._depth == 1:
                self._begin_sheet(about)
        elif local == "style":
            self._style = about.get("name", "")
        elif local == "table-properties" and about.get("display") == "false":
            self._hidden.add(self._style)
        elif local == "null-date":
            self.day_zero = date.fromisoformat(about.get("date-value", EXCEL_DAY_ZERO.isoformat())[:10])
        elif self._depth == 1 and local == "table-row":
            self._row, self._column = self._row + self._rows, 0
            self._rows = _times(about, "number-rows-repeated", LAST_ROW)
        elif self._depth == 1 and local in _CELLS:
            self._begin_cell(settings, about, is_covered=local != _CELLS[0])

    def _begin_sheet(self, about: dict[str, str]) -> None:
        is_hidden = about.get("style-name", "") in self._hidden
        self._sheet = Worksheet(about.get("name", ""), is_hidden, str(len(self.scans)))
        self._scan = Scan()
        self._row = self._rows = 0

    def _begin_cell(self, settings: dict[str, str], about: dict[str, str], *, is_covered: bool) -> None:
        """Begin a cell; `settings` distinguishes the standard's value type from LibreOffice's addition."""
        columns = _times(about, "number-columns-repeated", LAST_COLUMN)
        types = {value for key, value in settings.items() if key.endswith("}value-type")}
        self._cell = Cell(
            self._row, self._column, "formula" in about, "error" in types, rows=self._rows, columns=columns
        )
        self._is_filled, self._text = bool(types) or "formula" in about, 0
        down = _times(about, "number-rows-spanned", LAST_ROW)
        across = _times(about, "number-columns-spanned", LAST_COLUMN)
        if not is_covered and (down > 1 or across > 1):
            first, left = self._row + 1, self._column + 1
            self._scan.merged.append((first, first + down - 1, left, left + across - 1))
        self._column += columns

    def _letters(self, text: str) -> None:
        if self._cell is not None:
            self._text += len(text.encode("utf-8", "replace"))

    def _end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        if local == "table":
            if self._depth == 1 and self._sheet is not None:
                self.scans[self._sheet] = self._scan
            self._depth -= 1
        elif self._depth == 1 and local in _CELLS and self._cell is not None:
            if self._is_filled or self._text:
                add_cell(self._scan, replace(self._cell, text=self._text))
            self._cell = None


def _times(about: dict[str, str], name: str, most: int) -> int:
    """Return how often an element is repeated, at least once. Raises `UnreadableError` for more than a sheet has."""
    text = about.get(name, "1")
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        raise UnreadableError(Problem("bestand_beschadigd"))
    return max(1, int(text))


def _refuse(*_: object) -> None:
    raise UnreadableError(Problem("bestand_beschadigd"))
