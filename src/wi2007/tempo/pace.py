"""Compute how fast the group shrinks: persons a year, or the share of those left that leaves in a year.

A pace has a band. Between points it holds what chance allows (a difference of n persons varies by about the square
root of n) and how the pace differed from one stretch to the next. It does not say whether the pace will stay. Numbers
are `Decimal`, so that every machine computes the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from wi2007 import reference
from wi2007.tempo.cells import years_between
from wi2007.tempo.rates import Rate

ONE = Decimal(1)
NONE = Decimal(0)

STUDY = "studie"
"""The two points that the study rests its expectation on."""
LATER = "later"
"""A point that the study quotes from another file, without a known day."""


@dataclass(frozen=True)
class Point:
    """Persons still obliged on a day, and where that number comes from."""

    day: date
    count: int
    source: str


def earlier(series: str) -> list[Point]:
    """Return the published points of a series (`reference/nog_plichtig_eerder.csv`).

    Raises `UserError` for a damaged file.
    """
    found = []
    for row in reference.rows(
        "nog_plichtig_eerder", ["peildatum", "aantal", "reeks"], ["peildatum", "reeks"]
    ):
        day = row.day("peildatum")
        if day is None:
            raise row.wrong("peildatum", "hier staat niets")
        if row.one_of("reeks", (STUDY, LATER)) == series:
            found.append(Point(day, row.whole("aantal"), row.filled("bron")))
    return in_order(found)


def in_order(points: Sequence[Point]) -> list[Point]:
    """Return the points by day. Raises `ValueError` when two are of one day: choosing one would be a guess."""
    found = sorted(points, key=lambda point: point.day)
    if len({point.day for point in found}) < len(found):
        raise ValueError("two points are of the same day")
    return found


@dataclass(frozen=True)
class Pace:
    """Decline in a year, between the slowest and the fastest that the data allow. Below 0 the group grows."""

    slowest: Decimal
    central: Decimal
    fastest: Decimal


def persons_a_year(points: Sequence[Point], deviations: Decimal, off: int = 0) -> Pace:
    """Return the decline in persons a year, from the first point to the last; the band comes from every stretch
    between two points.

    `off` is how far each count may be off by rounding. Raises `ValueError` with fewer than two points.
    """

    def decline(before: Decimal, after: Decimal, years: Decimal) -> Decimal:
        return (before - after) / years

    return _between(points, deviations, off, decline)


def share_a_year(points: Sequence[Point], deviations: Decimal, off: int = 0) -> Pace:
    """Return the share (0 to 1) of those left that leaves in a year; otherwise as `persons_a_year`."""

    def decline(before: Decimal, after: Decimal, years: Decimal) -> Decimal:
        if before <= 0:
            return NONE
        return yearly(ONE - max(NONE, after) / before, years)

    return _between(points, deviations, off, decline)


def share_of(rate: Rate, deviations: Decimal) -> Pace:
    """Return the share (0 to 1) that leaves in a year by an observed rate, with Wilson's interval.

    With nobody at risk the interval is from none to all.
    """
    if not rate.at_risk:
        return Pace(NONE, NONE, ONE)
    size, share = Decimal(rate.at_risk), Decimal(rate.left) / rate.at_risk
    square = deviations * deviations
    middle = share + square / (2 * size)
    reach = deviations * (share * (ONE - share) / size + square / (4 * size * size)).sqrt()
    ends = [(middle + sign * reach) / (ONE + square / size) for sign in (-1, 1)]
    low, high = max(NONE, min(ends[0], share)), min(ONE, max(ends[1], share))
    return Pace(*(yearly(value, rate.years) for value in (low, share, high)))


def yearly(share: Decimal, years: Decimal) -> Decimal:
    """Return the share of a year, where that of `years` years is `share` (at most 1; below 0 is growth)."""
    kept = ONE - share
    return ONE - (kept ** (ONE / years) if kept > 0 else NONE)


def _between(
    points: Sequence[Point],
    deviations: Decimal,
    off: int,
    decline: Callable[[Decimal, Decimal, Decimal], Decimal],
) -> Pace:
    ordered = in_order(points)
    if len(ordered) < 2:
        raise ValueError("a pace needs two points")
    found = []
    for before, after in pairwise(ordered):
        years = years_between(before.day, after.day)
        change = Decimal(abs(before.count - after.count))
        margin = deviations * change.sqrt() + 2 * off
        found += [decline(Decimal(before.count), after.count + sign * margin, years) for sign in (-1, 1)]
    first, last = ordered[0], ordered[-1]
    central = decline(Decimal(first.count), Decimal(last.count), years_between(first.day, last.day))
    return Pace(min(*found, central), central, max(*found, central))
