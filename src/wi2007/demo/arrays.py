"""Columns of persons as whole arrays, their days and chance: the same on every machine.

Days are whole numbers since 1970-01-01. Chance is random whole numbers from a seed and a name, by integer arithmetic
alone (a float's last bit differs between processors): SplitMix64 (Steele, Lea and Flood, 2014), a few operations on
64-bit integers. Every use has a name and thereby its own stream: a new use changes no other.
What does not belong here: what a column means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.str_]
Whole = NDArray[np.int64]
Raw = NDArray[np.uint64]
Mask = NDArray[np.bool_]
LAW = date(2007, 1, 1)
"""The day on which the Wet inburgering began."""
_EPOCH = date(1970, 1, 1).toordinal()
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def spread(counts: Mapping[str, int]) -> Texts:
    """Each name as many times as its count, in the order of the names."""
    return np.repeat(np.array(list(counts), dtype=str), list(counts.values()))


def by_code(values: Texts, table: Mapping[str, int], missing: int = 0) -> Whole:
    """For each value the number that the table has for it; looked up once for each distinct value."""
    distinct, position = np.unique(values, return_inverse=True)
    numbers = np.array([table.get(value, missing) for value in distinct.tolist()], dtype=np.int64)
    return numbers[position]


def groups(values: Texts) -> Iterator[tuple[str, Whole]]:
    """Each distinct value with the positions it has, in the order of the values."""
    distinct, position = np.unique(values, return_inverse=True)
    order = np.argsort(position, kind="stable")
    ends = np.cumsum(np.bincount(position, minlength=len(distinct)))
    yield from zip(distinct.tolist(), np.split(order, ends[:-1]), strict=True)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def written(day: date) -> int:
    """The date as the number yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def all_written(days: Whole) -> Whole:
    """Each day as the number yyyymmdd."""
    calendar = days.astype("datetime64[D]")
    months = calendar.astype("datetime64[M]")
    month = months.astype(np.int64)
    day = (calendar - months).astype(np.int64) + 1
    return np.asarray((month // 12 + 1970) * 10_000 + (month % 12 + 1) * 100 + day)


def year_limits(years: Whole) -> tuple[Whole, Whole]:
    """The first and last day of each year."""
    start = (years - 1970).astype("datetime64[Y]")
    first, after = (
        year.astype("datetime64[D]").astype(np.int64) for year in (start, start + np.timedelta64(1, "Y"))
    )
    return first, after - 1


def month_limits(days: Whole) -> tuple[Whole, Whole]:
    """The first and last day of the month of each day."""
    start = days.astype("datetime64[D]").astype("datetime64[M]")
    first, after = (
        month.astype("datetime64[D]").astype(np.int64) for month in (start, start + np.timedelta64(1, "M"))
    )
    return first, after - 1


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February where 29 February did not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class Draws:
    """Named streams of random whole numbers that begin at one seed."""

    seed: int

    def raw(self, name: str, size: int, start: int = 0) -> Raw:
        """`size` random numbers of 64 bits: those from `start` on in the stream `name`."""
        origin = np.uint64((self.seed << 32) ^ crc32(name.encode("utf-8")))
        with np.errstate(over="ignore"):
            count = np.arange(start + 1, start + size + 1, dtype=np.uint64)
            mixed = origin * _SECOND + count * _STEP
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
            return np.asarray(mixed ^ (mixed >> np.uint64(31)))

    def below(self, name: str, limit: int, number: int = 0) -> int:
        """One whole number from 0 up to but not including `limit`: draw `number` of the stream."""
        return int(self.raw(name, 1, number)[0]) * limit >> 64

    def whole(self, name: str, limits: Any, size: int) -> Whole:
        """`size` whole numbers from 0 up to but not including `limits` (one limit, or one for each; below 2^31)."""
        high = self.raw(name, size) >> np.uint64(32)
        return np.asarray((high * np.asarray(limits, dtype=np.uint64)) >> np.uint64(32), dtype=np.int64)

    def order(self, name: str, size: int) -> Whole:
        """A random order of 0 … size - 1."""
        return np.asarray(np.argsort(self.raw(name, size), kind="stable"), dtype=np.int64)

    def shuffled(self, name: str, values: NDArray[Any]) -> NDArray[Any]:
        """The values in a random order."""
        return values[self.order(name, len(values))]

    def picks(self, name: str, weights: Any, size: int) -> Whole:
        """`size` positions in `weights` (whole numbers), each as likely as its weight."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.asarray(np.searchsorted(edges, self.whole(name, int(edges[-1]), size), side="right"))

    def favoured(self, name: str, lean: Whole, count: int) -> Mask:
        """Exactly `count` positions, by lot; `lean` (per mille) makes one likelier than another."""
        mixed = self.order(name, len(lean))
        score = (self.whole(f"{name} kans", 1000, len(lean)) + lean)[mixed]
        mask = np.zeros(len(lean), dtype=np.bool_)
        mask[mixed[np.argsort(-score, kind="stable")[:count]]] = True
        return mask
