"""The form that every kind of file takes: named fields, decisions on how it was read, and rows in blocks.

Fields are known by their place, counted from 0. A column is codes with a list of distinct values, one list for the
whole file as far as it is known. From batch to batch the list only grows, and while it does not it stays the same
object: whatever is worked out for a list of values can be kept until another list comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol, TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

T = TypeVar("T")
EMPTY: Final = -1
"""The code of an empty field."""
_LONGEST: Final = 100_000
_SPACE, _HARD_SPACE = 0x20, 0xC2
"""The last character up to which all count as space, and the first byte of a hard space in UTF-8."""

Rows = NDArray[np.int64]
BY_HAND: Final = "Zo staat het in levering.yaml."
"""The reason of a decision that levering.yaml makes."""
EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 as seen from 1 March 1900 on: Excel counts a 29 February 1900 that never was."""


@dataclass(frozen=True)
class Coded:
    """A column: for each row the place of its value in `values`, or `EMPTY`. No value is an empty text."""

    values: list[str]
    codes: NDArray[np.int32]

    @property
    def rows(self) -> NDArray[np.int64]:
        """The number of rows that each of the values has."""
        return np.bincount(self.codes + 1, minlength=len(self.values) + 1)[1:]

    def counts(self) -> Iterator[tuple[str, int]]:
        """Yield the values that occur, each with its number of rows."""
        rows = self.rows
        return ((self.values[at], int(rows[at])) for at in np.flatnonzero(rows).tolist())


@dataclass(frozen=True)
class _Known:
    array: Any
    values: list[str]


_NOTHING: Final = _Known(pa.array([], pa.string()), [])


def _with(known: _Known, more: Any) -> _Known:
    new = more.filter(pc.not_equal(more, ""))
    if not len(new):
        return known
    return _Known(pa.concat_arrays([known.array, new]), known.values + new.to_pylist())


class Dictionaries:
    """The distinct values of each column so far. A list that grows too long (no list of codes) begins anew."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def coded(self, name: str, column: Any) -> Coded:
        """Return an Arrow dictionary array as codes into the list of the whole file."""
        known = self._known.get(name, _NOTHING)
        places = pc.index_in(column.dictionary, value_set=known.array)
        if places.null_count:
            known = self._extended(name, known, column.dictionary, places)
            places = pc.index_in(column.dictionary, value_set=known.array)
        table = places.fill_null(EMPTY).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
        return Coded(known.values, table[np.asarray(column.indices)])

    def _extended(self, name: str, known: _Known, values: Any, places: Any) -> _Known:
        """Return `known` with those of `values` that have no place in it; only `values` when that would grow too
        long.
        """
        if len(known.values) + places.null_count > _LONGEST:
            self._known.pop(name, None)
            return _with(_NOTHING, values)
        self._known[name] = _with(known, values.filter(places.is_null()))
        return self._known[name]


def lengths(texts: Any) -> NDArray[np.int32]:
    """Return the number of bytes of each text in an Arrow string array."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    return np.diff(offsets[texts.offset : texts.offset + len(texts) + 1])


def begins_blank(texts: Any) -> NDArray[np.bool_]:
    """Return whether each text of an Arrow string array is empty or begins with a character that may be a space."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or offsets[0] == offsets[-1]:
        return np.ones(len(texts), dtype=bool)
    data = np.frombuffer(texts.buffers()[2], dtype=np.uint8)
    first = data[np.minimum(offsets[:-1], len(data) - 1)]
    blank: NDArray[np.bool_] = (np.diff(offsets) == 0) | (first <= _SPACE) | (first == _HARD_SPACE)
    return blank


class Kept:
    """What was worked out for the values of a column, kept as long as the list of values stays the same object."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Any]] = {}

    def get(self, name: str, values: Any, work_out: Callable[[Any], T]) -> T:
        """Return `work_out(values)`, or what it gave before for the same list under the same name."""
        known = self._kept.get(name)
        if known is None or known[0] is not values:
            known = (values, work_out(values))
            self._kept[name] = known
        return cast(T, known[1])


@dataclass(frozen=True)
class Reading:
    """How to read a file where the researcher says so (`lezen` in levering.yaml); None leaves it to be found.

    `kind` text, xlsx, sav or parquet · `encoding` utf-8, windows-1252, utf-16 · `delimiter` one character · `quoted`
    whether fields may stand in quotation marks · `header_row` row number of the names · `sheet` name of a worksheet ·
    `member` name of the file in a zip · `extra` which field of a row without a name is left out, eerste or laatste.
    `known` are names of fields that are expected (as `names.key` writes them).
    """

    kind: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quoted: bool | None = None
    header_row: int | None = None
    sheet: str | None = None
    member: str | None = None
    extra: str | None = None
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """One decision on how the file is read, for the provenance: what about, what it is, and why, in Dutch.

    `subject` names the setting in levering.yaml (scheidingsteken, codering, …); `by_hand` when it was set there.
    Holds no value of a row.
    """

    subject: str
    value: str
    by_hand: bool
    reason: str


@dataclass(frozen=True)
class CellProblem:
    """Cells of one field that break a rule before their value is judged (a formula, a number that lost digits)."""

    rule: str
    field: int
    rows: Rows


@dataclass(frozen=True)
class Block:
    """Consecutive rows. `rows` are the row numbers as a program that opens the file shows them.

    `plain` holds the fields that were asked for as text (Arrow string arrays, empty text where there is nothing),
    `coded` all others. `wrong_length` are the numbers of rows with too few or too many fields (`widths` says in Dutch
    how many), `empty` those of rows without any value, `passed_over` for each rule those of lines that are no rows of
    the table, such as a footer: none is among `rows`.
    """

    rows: Rows
    plain: dict[int, Any]
    coded: dict[int, Coded]
    wrong_length: Rows
    empty: Rows
    cells: tuple[CellProblem, ...] = ()
    widths: str = ""
    passed_over: Mapping[str, Rows] = field(default_factory=dict)


@dataclass(frozen=True)
class Missing:
    """Values that the file itself declares missing: `values` as text, and numbers in `ranges` (both ends included)."""

    values: frozenset[str] = frozenset()
    ranges: tuple[tuple[float, float], ...] = ()

    def __contains__(self, text: str) -> bool:
        """Return whether a value, written as text, is declared missing."""
        if text in self.values:
            return True
        try:
            number = float(text)
        except ValueError:
            return False
        return any(low <= number <= high for low, high in self.ranges)


class WithoutCodebook:
    """The answers of a source without a codebook: kinds of file that carry names and values only."""

    @property
    def labels(self) -> Mapping[int, Mapping[str, str]]:
        """No field has value labels."""
        return {}

    @property
    def missing(self) -> Mapping[int, Missing]:
        """No field has values that are declared missing."""
        return {}

    @property
    def titles(self) -> Mapping[int, str]:
        """No field has a title."""
        return {}

    @property
    def day_zero(self) -> date | None:
        """Numbers of days are Excel's."""
        return EXCEL_DAY_ZERO


class Source(Protocol):
    """An open file, whatever its kind. Reading raises `problems.UnreadableError` where it must stop."""

    @property
    def size(self) -> int:
        """Bytes of the file as it was delivered."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file as it was delivered."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields as they stand in the file, one for each field, spaces and capitals kept."""

    @property
    def header_row(self) -> int | None:
        """The row number of the names; None where they stand in no row (SPSS, Parquet)."""

    @property
    def names_are_names(self) -> bool:
        """Whether the header is surely no row of a person: only then may a message quote a name."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """How the file is read, and why."""

    @property
    def labels(self) -> Mapping[int, Mapping[str, str]]:
        """For fields with value labels (SPSS, Stata, SAS): the label of each value."""

    @property
    def missing(self) -> Mapping[int, Missing]:
        """For fields that declare values missing (SPSS): which."""

    @property
    def titles(self) -> Mapping[int, str]:
        """For fields with a title beside their name (SPSS, Stata, SAS: the variable label): the title."""

    @property
    def day_zero(self) -> date | None:
        """From which day a number counts that stands for a date; None where the kind of file does not say."""

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Yield every row once, in the file's order, with these fields; those in `plain` as text, the others coded."""
