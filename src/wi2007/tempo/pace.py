"""Compute how fast the group shrinks: persons a year, or the share of those left that leaves in a year.

A pace does not say whether it will stay: see `band`. Numbers are `Decimal`: every machine computes the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
    """Decline in a year, in persons or as the share (0 to 1) of those left; `left` persons are what it rests on.

    Below 0 the group grows.
    """

    central: Decimal
    left: int


def persons_a_year(points: Sequence[Point]) -> Pace:
    """Return the decline in persons a year, from the first point to the last.

    Raises `ValueError` with fewer than two points.
    """
    ordered = in_order(points)
    if len(ordered) < 2:
        raise ValueError("a pace needs two points")
    first, last = ordered[0], ordered[-1]
    fewer = first.count - last.count
    return Pace(fewer / years_between(first.day, last.day), abs(fewer))


def share_of(rate: Rate) -> Pace:
    """Return the share (0 to 1) that leaves in a year by an observed rate; none where nobody was at risk."""
    share = Decimal(rate.left) / rate.at_risk if rate.at_risk else NONE
    return Pace(yearly(share, rate.years), rate.left)


def yearly(share: Decimal, years: Decimal) -> Decimal:
    """Return the share of a year, where that of `years` years is `share` (at most 1; below 0 is growth)."""
    kept = ONE - share
    return ONE - (kept ** (ONE / years) if kept > 0 else NONE)


def hazard(share: Decimal) -> Decimal:
    """Return the rate at which a share below 1 leaves in a year; going twice as fast is twice the rate."""
    return -(ONE - share).ln()
