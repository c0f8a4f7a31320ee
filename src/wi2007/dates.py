"""Dates as the BRP writes them: yyyymmdd, with 00 for a month or day that is unknown.

A value stands for the days it allows: one day, a month, a year, or any day at all. Columns hold few distinct values
beside their many rows, so a value is read once and remembered.
What does not belong here: whether a date is plausible (`schemas.delivery`), ages (`population.age`).
"""

from __future__ import annotations

import os
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

ANY_FIRST: Final = date.min.toordinal()
ANY_LAST: Final = date.max.toordinal()
NO_DATE: Final = 0
"""The ordinal that stands for a value that is no date; real ordinals begin at 1."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_REMEMBERED: Final = 300_000


@dataclass(frozen=True)
class PossibleDays:
    """For each value the first and last day it allows, as proleptic Gregorian ordinals; `NO_DATE` where it is none."""

    first: Days
    last: Days

    @property
    def valid(self) -> NDArray[np.bool_]:
        """Whether a value is a date, whole or in part."""
        return np.not_equal(self.first, NO_DATE)

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Whether a value is one day of the calendar."""
        return self.valid & np.equal(self.first, self.last)


@lru_cache(_REMEMBERED)
def possible_days(text: str) -> tuple[int, int] | None:
    """The first and last day that `text` (yyyymmdd, unknown parts 00) allows, as ordinals; None when it is no date.

    A known day in an unknown month is no date, nor is a month in an unknown year.
    """
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if year and month and day:
        return _whole(year, month, day)
    if year == 0:
        return (ANY_FIRST, ANY_LAST) if month == day == 0 else None
    if month > 12 or day:
        return None
    if month == 0:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()


def _whole(year: int, month: int, day: int) -> tuple[int, int] | None:
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return None
    return ordinal, ordinal


class _Memory(dict[str, int]):
    """Both ordinals of a value in one number; the first is `NO_DATE` when the value is no date."""

    def __missing__(self, text: str) -> int:
        days = possible_days(text)
        if days is None:
            return NO_DATE
        if len(self) >= _REMEMBERED:
            self.clear()
        packed = days[0] << 32 | days[1]
        self[text] = packed
        return packed


_memory = _Memory()
_latest: dict[int, tuple[Any, PossibleDays]] = {}


def all_possible_days(values: Sequence[str]) -> PossibleDays:
    """`possible_days` of every value. Asked again for the same object, the same answer comes without work."""
    known = _latest.get(id(values))
    if known is not None and known[0] is values:
        return known[1]
    packed = np.fromiter(map(_memory.__getitem__, values), dtype=np.int64, count=len(values))
    days = PossibleDays(first=packed >> 32, last=packed & 0xFFFFFFFF)
    if len(_latest) >= 8:
        _latest.clear()
    _latest[id(values)] = (values, days)
    return days


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def to_datetime64(ordinals: Days) -> NDArray[np.datetime64]:
    """Ordinals as numpy days."""
    return (ordinals - _EPOCH).astype("datetime64[D]")


def days_since_1970(ordinals: Days) -> NDArray[np.int32]:
    """Ordinals as Arrow's date32 counts them."""
    return (ordinals - _EPOCH).astype(np.int32)


def moment() -> str:
    """Now in UTC, or the time in SOURCE_DATE_EPOCH, to the second (ISO 8601)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = (
        datetime.fromtimestamp(int(epoch), UTC) if epoch.isascii() and epoch.isdigit() else datetime.now(UTC)
    )
    return now.replace(microsecond=0).isoformat()
