"""Read all rows of a file once, in bounded memory: a profile of every field, and the order of dates in the rows.

Of different values hashes are kept with the number of rows; when they become too many, only those that begin with one
more zero bit. What is kept is then a fair sample of the different values, the same for the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.columns import STATUS_DAY
from wi2007.dates import possible_days
from wi2007.delivery.source import Block, Coded, Kept, Source
from wi2007.inspection.contents import Content, Readers
from wi2007.inspection.settings import Limits
from wi2007.mapping.normalise.column import Column
from wi2007.mapping.normalise.field import Field as Codebook
from wi2007.mapping.values import codebook_of
from wi2007.validation.unique import Hashes, hash_texts

_MOSTLY: Final = 0.9

AT_ONCE: Final = 400
_MOST_DAYS: Final = 10
_TRIED: Final = 50
_REMEMBERED: Final = 200_000
_HALF: Final = 0.5
Codes = NDArray[np.int32]
Ordinals = NDArray[np.int64]


class Distinct:
    """Counts the different values of one field; at most `most` hashes are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bits = 0
        self._hashes: Hashes = np.empty(0, np.uint64)
        self._rows = np.empty(0, np.int64)

    def add(self, hashes: Hashes, rows: NDArray[np.int64]) -> None:
        """Add the hashes of different values, and in how many rows each is."""
        hashes, rows = self._sampled(hashes[rows > 0], rows[rows > 0])
        together, where = np.unique(np.concatenate((self._hashes, hashes)), return_inverse=True)
        counts = np.bincount(where, np.concatenate((self._rows, rows)), len(together)).astype(np.int64)
        self._hashes, self._rows = together, counts
        while len(self._hashes) > self._most:
            self._bits += 1
            self._hashes, self._rows = self._sampled(self._hashes, self._rows)

    def _sampled(self, hashes: Hashes, rows: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
        if not self._bits:
            return hashes, rows
        keep = hashes >> np.uint64(64 - self._bits) == 0
        return hashes[keep], rows[keep]

    @property
    def is_exact(self) -> bool:
        """Whether every value was counted."""
        return not self._bits

    @property
    def count(self) -> int:
        """The number of different values, or a fair estimate."""
        return len(self._hashes) << self._bits

    @property
    def share_once(self) -> float:
        """The share of the rows whose value is in no other row."""
        total = int(self._rows.sum())
        return float(np.count_nonzero(self._rows == 1)) / total if total else 0.0


def hashes_of(values: list[str]) -> Hashes:
    """Return a hash of each value."""
    array: Any = pa.array(values, pa.string())
    return hash_texts(array)


@dataclass(frozen=True)
class Profile:
    """`rows_of` has the values looked at, with the number of their rows: it leaves memory only as codes in a
    levering.yaml inside `data/`.

    `complete` says whether these are all values.
    """

    place: int
    name: str
    rows: int
    filled: int
    distinct: int
    exact: bool
    share_once: float
    contents: dict[str, Content]
    rows_of: dict[str, int] = field(default_factory=dict, repr=False)
    complete: bool = True
    codebook: Codebook = field(default_factory=Codebook, repr=False)
    title: str = ""

    @property
    def share_filled(self) -> float:
        """The share of the rows with a value."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value and no two the same."""
        return self.filled == self.rows > 0 and self.share_once == 1.0

    @property
    def is_distinctive(self) -> bool:
        """Whether the contents have a form that a name has not: codes, dates, a number for each person."""
        return self.is_unique or any(
            content.weighed >= _MOSTLY and content.values > 1 for content in self.contents.values()
        )

    def content(self, kind: str) -> Content:
        """Return how far the field reads as a kind of column; an empty content when it does not."""
        return self.contents.get(kind) or Content(rows=self.filled)


@dataclass(frozen=True)
class Order:
    """Of the rows in which two fields both have a day: in how many the first is before, on, and after the second."""

    before: int
    same: int
    after: int


@dataclass(frozen=True)
class Seen:
    """The profiles of a file that was read. `orders` are of pairs of fields with dates."""

    rows: int
    wrong_length: int
    profiles: tuple[Profile, ...]
    orders: dict[tuple[int, int], Order]


class _Field:
    """The profile of one field during reading."""

    def __init__(self, limits: Limits) -> None:
        self.rows_of: dict[str, int] = {}
        self.complete = True
        self.filled = 0
        self.distinct = Distinct(limits.waarden_geteld)
        self._most = limits.waarden_bekeken
        self._kept = Kept()

    def add(self, column: Coded) -> None:
        rows = column.rows
        self.filled += int(rows.sum())
        self.distinct.add(self._kept.get("hashes", column.values, hashes_of), rows)
        for at in np.flatnonzero(rows).tolist() if self._has_room(column) else self._known_places(column):
            text = column.values[at]
            if text in self.rows_of or len(self.rows_of) < self._most:
                self.rows_of[text] = self.rows_of.get(text, 0) + int(rows[at])
            else:
                self.complete = False

    def _has_room(self, column: Coded) -> bool:
        return len(self.rows_of) < self._most or len(column.values) <= self._most

    def _known_places(self, column: Coded) -> list[int]:
        """Return where the values that are followed stand in a list that has too many."""
        self.complete = False
        return self._kept.get("places", column.values, self._places)

    def _places(self, values: list[str]) -> list[int]:
        return [at for at, text in enumerate(values) if text in self.rows_of]


class _Days:
    """Compares the dates of fields that hold them, row by row."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._known: dict[int, dict[str, int]] = {}
        self._columns: dict[int, Column] = {}
        self._is_day: dict[int, bool] = {}
        self._kept = Kept()
        self.counts: dict[tuple[int, int], list[int]] = {}

    def add(self, block: Block, fields: dict[int, _Field]) -> None:
        places = [place for place in fields if self._holds_days(place, fields[place])][:_MOST_DAYS]
        days = {place: self._ordinals(place, block.coded[place]) for place in places}
        for first, second in combinations(places, 2):
            one, other = days[first], days[second]
            both = (one > 0) & (other > 0)
            one, other = one[both], other[both]
            counts = self.counts.setdefault((first, second), [0, 0, 0])
            for at, which in enumerate((one < other, one == other, one > other)):
                counts[at] += int(np.count_nonzero(which))

    def _holds_days(self, place: int, field: _Field) -> bool:
        """Return whether a field holds dates: judged by the first values, and finally once there are enough."""
        known = self._is_day.get(place)
        if known is not None or not field.rows_of:
            return bool(known)
        if place not in self._columns:
            self._columns[place] = self._readers.column(STATUS_DAY, field.rows_of)
        column = self._columns[place]
        texts = [text for text, _ in zip(field.rows_of, range(_TRIED), strict=False)]
        answer = sum(possible_days(column.read(text).text) is not None for text in texts) >= _HALF * len(
            texts
        )
        if len(texts) == _TRIED:
            self._is_day[place] = answer
        return answer

    def _ordinals(self, place: int, column: Coded) -> Ordinals:
        table = self._kept.get(str(place), column.values, partial(self._table, place))
        return table[column.codes]

    def _table(self, place: int, values: list[str]) -> Ordinals:
        return np.array([*(self._day(place, text) for text in values), 0], dtype=np.int64)

    def _day(self, place: int, text: str) -> int:
        """Return the day as a number; 0 when it is none, or not wholly known."""
        known = self._known.setdefault(place, {})
        if text not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            days = possible_days(self._columns[place].read(text).text)
            known[text] = days[0] if days and days[0] == days[1] else 0
        return known[text]


def read_profiles(source: Source, readers: Readers, limits: Limits) -> Seen:
    """Read the whole file; return its profiles. A very wide file is read in several passes.

    Raises `UnreadableError` when the file is damaged.
    """
    rows = wrong = 0
    profiles: list[Profile] = []
    orders: dict[tuple[int, int], Order] = {}
    for places in _groups(len(source.names)):
        fields = {place: _Field(limits) for place in places}
        days = _Days(readers)
        rows = wrong = 0
        for block in source.blocks(places):
            rows, wrong = rows + len(block.rows), wrong + len(block.wrong_length)
            if not len(block.rows):
                continue
            for place, one in fields.items():
                one.add(block.coded[place])
            days.add(block, fields)
        profiles += [_profile(source, place, one, rows, readers) for place, one in fields.items()]
        orders |= {pair: Order(*counts) for pair, counts in days.counts.items()}
    return Seen(rows, wrong, tuple(profiles), orders)


def _groups(fields: int) -> Iterator[Sequence[int]]:
    for start in range(0, fields, AT_ONCE):
        yield range(start, min(start + AT_ONCE, fields))


def _profile(source: Source, place: int, one: _Field, rows: int, readers: Readers) -> Profile:
    codebook = codebook_of(source, place)
    title = source.titles.get(place, "")
    contents = readers.contents(one.rows_of, codebook, source.names[place], title)
    return Profile(
        place=place,
        name=source.names[place],
        rows=rows,
        filled=one.filled,
        distinct=one.distinct.count,
        exact=one.distinct.is_exact,
        share_once=one.distinct.share_once,
        contents=contents,
        rows_of=one.rows_of,
        complete=one.complete,
        codebook=codebook,
        title=title,
    )
