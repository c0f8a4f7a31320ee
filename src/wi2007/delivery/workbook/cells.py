"""Write the cells of a table as the text that a careful person would type, whole columns at once; and mark some.

Marked field by field are those that hold a formula or an error, or are merged with others.

"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wi2007.delivery.source import CellProblem, Rows
from wi2007.delivery.workbook.scan import Area, Scan

Codes = NDArray[np.int32]
TOO_LONG: Final = 1e15
"""From this number on a value has more than the fifteen digits that Excel keeps."""
_MOST_KNOWN: Final = 100_000
_SECOND: Final = timedelta(seconds=1)
_TICK: Final = timedelta(milliseconds=1)

_MOST_COVERED: Final = 1_000_000


def text_of(value: Any) -> str:
    """Return a cell as text: no exponents, no zero decimals, days as yyyy-mm-dd, no time of day at midnight."""
    written = _WRITTEN.get(type(value))
    return written(value) if written else str(value)


def is_too_long(value: Any) -> bool:
    """Return whether a cell is a number that has lost digits."""
    return type(value) in (float, int) and abs(value) >= TOO_LONG


def plain_array(column: Sequence[Any]) -> Any:
    """Return a column as an Arrow string array."""
    return pa.array(column if set(map(type, column)) <= {str} else list(map(text_of, column)), pa.string())


def too_long(column: Sequence[Any]) -> list[int]:
    """Return the places of numbers that have lost digits."""
    if set(map(type, column)) <= {str}:
        return []
    return [at for at, value in enumerate(column) if is_too_long(value)]


class _Places(dict[Any, int]):
    """Gives for each value of a column the place of its text; a new value gets one when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, int] = {}
        self.too_long: list[int] = []

    def __missing__(self, key: Any) -> int:
        value = key.value if isinstance(key, _Bool) else key
        place = self.texts.setdefault(text_of(value), len(self.texts))
        self[key] = place
        if is_too_long(value):
            self.too_long.append(place)
        return place


@dataclass(frozen=True)
class _Bool:
    """True and 1 are equal in Python, and no two other kinds of cell are."""

    value: bool


class Encoder:
    """Encodes a column, piece by piece, as codes for texts. The texts of earlier pieces are kept, if not too many."""

    def __init__(self) -> None:
        self._places = _Places()

    def codes(self, column: Sequence[Any]) -> Codes:
        """Return a piece of the column as codes."""
        if bool in set(map(type, column)):
            column = [_Bool(value) if isinstance(value, bool) else value for value in column]
        return np.fromiter(map(self._places.__getitem__, column), np.int32, len(column))

    def too_long(self, codes: Codes) -> NDArray[np.bool_]:
        """Return which of the codes are of numbers that have lost digits."""
        return np.isin(codes, self._places.too_long)

    def array(self, codes: Codes) -> Any:
        """Return codes of the latest pieces as an Arrow dictionary array; afterwards a list that grew too long begins
        anew.
        """
        texts = pa.array(list(self._places.texts), pa.string())
        if len(self._places) > _MOST_KNOWN:
            self._places = _Places()
        return pa.DictionaryArray.from_arrays(pa.array(codes), texts)


def _number(value: float) -> str:
    """Return a number as Excel shows it in a cell that is wide enough."""
    if value.is_integer() and abs(value) < TOO_LONG:
        return str(int(value))
    text = f"{value:.15g}"
    if float(text).is_integer():
        return str(int(value) if value.is_integer() else int(float(text)))
    return f"{Decimal(text):f}" if "e" in text else text


def _moment(value: datetime) -> str:
    """Return a date and time as text.

    Excel counts parts of days: a value within a tick of a whole second is that second.
    """
    if value.microsecond and value < datetime.max - _SECOND:
        second = (value + _SECOND / 2).replace(microsecond=0)
        value = second if abs(second - value) <= _TICK else value
    return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    str: lambda value: value,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: lambda value: _number(float(value)),
    float: _number,
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.isoformat("seconds"),
    timedelta: _duration,
    type(None): lambda _: "",
}


@dataclass(frozen=True)
class Table:
    """Where the table lies; rows and columns are counted from 1."""

    header_row: int
    first_column: int
    fields: int
    last_row: int


@dataclass(frozen=True)
class Marks:
    """For each rule and field the numbers of the rows, ascending; and cells by row and field that another covers."""

    rows: dict[tuple[str, int], Rows]
    covered: dict[int, list[int]]

    def between(self, first: int, last: int, fields: Iterable[int]) -> tuple[CellProblem, ...]:
        """Return what is marked in some rows, `first` up to and including `last`."""
        wanted = set(fields)
        found = []
        for (rule, field), rows in self.rows.items():
            if field in wanted:
                here = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last, side="right")]
                if len(here):
                    found.append(CellProblem(rule, field, here))
        return tuple(found)


def marks(scan: Scan, merged: Sequence[Area], table: Table) -> Marks:
    """Return formulas and errors from the header on, and merged cells below it, in the columns of the table."""
    below = [(max(one[0], table.header_row + 1), *one[1:]) for one in merged if one[1] > table.header_row]
    found: dict[tuple[str, int], Rows] = {}
    for rule, areas in (
        ("cel_formule", scan.formulas),
        ("cel_fout", scan.errors),
        ("cel_samengevoegd", below),
    ):
        for field, rows in _by_field(areas, table).items():
            found[rule, field] = rows
    return Marks(found, _covered(merged, table))


def _covered(merged: Sequence[Area], table: Table) -> dict[int, list[int]]:
    """Return the rows of hidden values by field: Excel shows only the first of merged cells."""
    found: dict[int, list[int]] = {}
    count = 0
    for first, last, left, right in merged:
        places = range(max(0, left - table.first_column), min(table.fields, right + 1 - table.first_column))
        for row in range(max(first, table.header_row + 1), min(last, table.last_row) + 1):
            covered = [at for at in places if (row, at + table.first_column) != (first, left)]
            found.setdefault(row, []).extend(covered)
            count += 1 + len(covered)
            if (
                count > _MOST_COVERED
            ):  # they are marked, so that the delivery is refused whatever stands in them
                return found
    return found


def _by_field(areas: Sequence[Area], table: Table) -> dict[int, Rows]:
    if not areas:
        return {}
    limits = np.array(areas, dtype=np.int64)
    last_row = table.last_row
    found = {}
    for field in range(table.fields):
        column = table.first_column + field
        here = limits[(limits[:, 2] <= column) & (limits[:, 3] >= column)]
        if not len(here):
            continue
        # Each area adds one from its first row on, and subtracts one after its last row.
        change = np.zeros(last_row + 2, dtype=np.int64)
        np.add.at(change, np.minimum(here[:, 0], last_row + 1), 1)
        np.add.at(change, np.minimum(here[:, 1], last_row) + 1, -1)
        rows = np.flatnonzero(np.cumsum(change) > 0)
        rows = rows[(rows >= table.header_row) & (rows <= last_row)]
        if len(rows):
            found[field] = rows
    return found
