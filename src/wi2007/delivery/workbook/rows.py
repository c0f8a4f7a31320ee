"""Read the rows of a sheet as a stream of blocks, each row with Excel's own number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa

from wi2007.delivery.access import read_ahead
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import (
    EXCEL_DAY_ZERO,
    Block,
    CellProblem,
    Decision,
    Dictionaries,
    Rows,
    WithoutCodebook,
)
from wi2007.delivery.workbook.book import Cells
from wi2007.delivery.workbook.cells import Codes, Encoder, Marks, plain_array, too_long
from wi2007.delivery.workbook.layout import Head, is_blank

BATCH_ROWS: Final = 250_000
_AT_ONCE: Final = 20_000
_LAST: Final = 1 << 40


@dataclass(frozen=True)
class WorkbookSource(WithoutCodebook):
    """A sheet of an open workbook (`wi2007.delivery.source.Source`).

    `last_filled` is the last row with a value, counted without the library.
    """

    size: int
    sha256: str
    cells: Cells
    head: Head
    marks: Marks
    decisions: tuple[Decision, ...]
    day_zero: date = EXCEL_DAY_ZERO
    last_filled: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields as they stand in the file."""
        return self.head.names

    @property
    def header_row(self) -> int | None:
        """The row number of the names."""
        return self.head.row

    @property
    def names_are_names(self) -> bool:
        """Whether the header is surely no row of a person."""
        return self.head.regular

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Yield every row once, in the file's order; reading ahead begins at once."""
        return read_ahead(_Stream(self, tuple(fields), frozenset(plain)).blocks())


@dataclass
class _Piece:
    """Some rows on their way into a block."""

    rows: list[int] = field(default_factory=list)
    values: list[list[Any]] = field(default_factory=list)
    wrong_length: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)


class _Stream:
    def __init__(self, source: WorkbookSource, fields: tuple[int, ...], plain: frozenset[int]) -> None:
        self._source = source
        self._fields = fields
        self._plain = sorted(plain & set(fields))
        self._encoders = {place: Encoder() for place in fields if place not in plain}
        self._width = len(source.names)
        self._dictionaries = Dictionaries()
        self._next = source.head.row

    def blocks(self) -> Iterator[Block]:
        parts: list[_Part] = []
        enough = 1
        for piece in self._pieces():
            parts.append(self._part(piece))
            rows = sum(len(part.rows) for part in parts)
            if rows >= enough:
                yield self._block(parts, parts[-1].last)
                parts, enough = [], min(BATCH_ROWS, 2 * rows)
        last = self._block(parts, _LAST)
        if len(last.rows) or len(last.wrong_length) or len(last.empty) or last.cells:
            yield last

    def _pieces(self) -> Iterator[_Piece]:
        """Yield rows with a value; a blank row counts as empty when another row comes after it, a row of spaces always.

        Raises `UnreadableError` when the file has a value behind the last row that the library gives.
        """
        first, width = self._source.head.row + 1, self._width
        numbered = enumerate(islice(self._source.cells.rows(), first - 1, None), start=first)
        covered = self._source.marks.covered
        blank: list[int] = []
        piece = _Piece()
        given = first - 1
        for number, row in numbered:
            given = number
            for place in covered.get(number, ()) if covered else ():
                row[place] = ""
            if is_blank(row):
                blank.append(number)
                if row.count("") == len(row):
                    continue
            if blank:
                piece.empty += blank
                blank = []
            if is_blank(row):
                continue
            if len(row) > width and not is_blank(row[width:]):
                piece.wrong_length.append(number)
            else:
                piece.rows.append(number)
                piece.values.append(row)
            if len(piece.rows) >= _AT_ONCE:
                yield piece
                piece = _Piece()
        if self._source.last_filled > given:
            raise UnreadableError(Problem("rijen_telling", row=given + 1))
        yield piece

    def _part(self, piece: _Piece) -> _Part:
        columns = list(zip(*piece.values, strict=True)) if piece.values else [()] * self._width
        rows = np.array(piece.rows, dtype=np.int64)
        plain = {place: plain_array(columns[place]) for place in self._plain}
        coded = {place: encoder.codes(columns[place]) for place, encoder in self._encoders.items()}
        long = {place: rows[too_long(columns[place])] for place in self._plain}
        last = max((numbers[-1] for numbers in (piece.rows, piece.wrong_length) if numbers), default=0)
        return _Part(rows, plain, coded, long, piece.wrong_length, piece.empty, last)

    def _block(self, parts: list[_Part], last: int) -> Block:
        rows = np.concatenate([_numbers(), *(part.rows for part in parts)])
        long = {place: _joined([part.long[place] for part in parts]) for place in self._plain}
        plain, coded = {}, {}
        for place in self._plain if len(rows) else ():
            plain[place] = pa.chunked_array([part.plain[place] for part in parts]).combine_chunks()
        for place, encoder in self._encoders.items() if len(rows) else ():
            codes = np.concatenate([part.coded[place] for part in parts])
            long[place] = rows[encoder.too_long(codes)]
            coded[place] = self._dictionaries.coded(str(place), encoder.array(codes))
        lost = [
            CellProblem("getal_te_lang", place, numbers) for place, numbers in long.items() if len(numbers)
        ]
        marked = self._source.marks.between(self._next, last, self._fields)
        self._next = last + 1
        wrong = _numbers(number for part in parts for number in part.wrong_length)
        empty = _numbers(number for part in parts for number in part.empty)
        return Block(rows, plain, coded, wrong, empty, (*marked, *lost))


@dataclass(frozen=True)
class _Part:
    """Some rows as columns; `last` is the number of the last row."""

    rows: Rows
    plain: dict[int, Any]
    coded: dict[int, Codes]
    long: dict[int, Rows]
    wrong_length: list[int]
    empty: list[int]
    last: int


def _joined(rows: list[Rows]) -> Rows:
    return np.concatenate([_numbers(), *rows])


def _numbers(numbers: Iterator[int] | tuple[()] = ()) -> Rows:
    return np.fromiter(numbers, dtype=np.int64)
