"""A computed figure with what rounding leaves open: the least and the most that it can be.

Exact fractions; every figure is 0 or more, and what would be less is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import reduce


class NotComputableError(Exception):
    """A figure cannot be computed; `reason` is a key of the words in `config/uitspraken.yaml`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Figure:
    """`value`, and between which bounds it lies when counts are not rounded.

    `sources` are the tables it is from, `days` the days that figures of others (CBS) are about, `own` whether a count
    of the delivery is in it.
    """

    value: Fraction
    low: Fraction
    high: Fraction
    sources: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    own: bool = False


def known(value: int) -> Figure:
    """Return a number that is certain."""
    return Figure(Fraction(value), Fraction(value), Fraction(value))


def counted(count: Fraction, spread: Fraction) -> Figure:
    """Return a count that can be `spread` persons off."""
    return Figure(count, max(Fraction(0), count - spread), count + spread)


def plus(parts: Sequence[Figure]) -> Figure:
    """Return the sum of all."""
    return _of(parts, sum(p.value for p in parts), sum(p.low for p in parts), sum(p.high for p in parts))


def minus(parts: Sequence[Figure]) -> Figure:
    """Return the first without the others."""
    first, rest = parts[0], plus(parts[1:])
    ends = (first.value - rest.value, first.low - rest.high, first.high - rest.low)
    return _of(parts, *(max(Fraction(0), end) for end in ends))


def times(parts: Sequence[Figure]) -> Figure:
    """Return the product of all."""

    def product(end: Callable[[Figure], Fraction]) -> Fraction:
        return reduce(lambda made, part: made * end(part), parts, Fraction(1))

    return _of(parts, product(lambda p: p.value), product(lambda p: p.low), product(lambda p: p.high))


def divided(parts: Sequence[Figure]) -> Figure:
    """Return the first divided by the second. Raises `NotComputableError` when the second can be 0."""
    first, second = parts
    if second.low <= 0:
        raise NotComputableError("noemer_nul")
    return _of(parts, first.value / second.value, first.low / second.high, first.high / second.low)


def share(part: Figure, whole: Figure) -> Figure:
    """Return a part of a group as a fraction of it: 0 to 1, also where the group can be nobody."""
    value = part.value / whole.value if whole.value else Fraction(0)
    low = part.low / whole.high if whole.high else Fraction(0)
    high = min(Fraction(1), part.high / whole.low) if whole.low > 0 else Fraction(1)
    return _of([part, whole], value, low, high)


def surely_larger(first: Figure, second: Figure) -> bool:
    """Return whether the first is larger than the second, however far rounding has moved both."""
    return first.low > second.high


def percent(parts: Sequence[Figure]) -> Figure:
    """Return the first as a percentage of the second. Raises `NotComputableError` when the second can be 0."""
    return times([known(100), divided(parts)])


def year_of_nil(first: Figure, second: Figure, on: date) -> Figure:
    """Return the year in which a straight line through `first` (on its own day) and `second` (`on`) reaches 0.

    The year with its fraction: 2047.5 is halfway through 2047. Raises `NotComputableError` when it does not go down.
    """
    days = (on - first.days[0]).days
    if days <= 0 or second.value >= first.value:
        raise NotComputableError("geen_daling")

    def reached(then: Fraction, now: Fraction) -> Fraction:
        return _year(on) + Fraction(days) * now / (then - now) / Fraction(36525, 100)

    steepest, flattest = (first.high, second.low), (first.low, second.high)
    if flattest[1] >= flattest[0]:
        raise NotComputableError("geen_daling")
    return _of((first, second), reached(first.value, second.value), reached(*steepest), reached(*flattest))


def _year(day: date) -> Fraction:
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + Fraction((day - first).days, (following - first).days)


def _of(parts: Sequence[Figure], value: Fraction | int, low: Fraction | int, high: Fraction | int) -> Figure:
    """Return a figure made of others, with their sources."""
    return Figure(
        Fraction(value),
        Fraction(low),
        Fraction(high),
        tuple(dict.fromkeys(source for part in parts for source in part.sources)),
        tuple(dict.fromkeys(day for part in parts for day in part.days)),
        any(part.own for part in parts),
    )


def from_source(figure: Figure, source: str) -> Figure:
    """Return a count of the delivery, with the table that shows it."""
    return replace(figure, sources=(source,), own=True)
