"""Read how many were still obliged on which day: the points of a pace and a projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wi2007 import reference

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
