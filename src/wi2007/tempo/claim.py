"""Test a claim such as 'negligible about 2030' against the points it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wi2007.tempo.pace import persons_a_year
from wi2007.tempo.periods import years_between
from wi2007.tempo.points import Point, in_order
from wi2007.tempo.projection import years_on


@dataclass(frozen=True)
class Claim:
    """A claim that at most `threshold` persons are left on `day`, beside the straight line through first and last
    point.

    `seen` and `needed` are persons a year: the pace between the points, and the one from the last point on that would
    make the claim true. `left` are the persons left on the day by the line, `zero` the day on which the line reaches
    0 (None when it does not fall).
    """

    rests_on: tuple[Point, ...]
    day: date
    threshold: int
    seen: Decimal
    needed: Decimal
    left: Decimal
    zero: date | None

    @property
    def holds(self) -> bool:
        """Whether the line has at most `threshold` persons on the day."""
        return self.left <= self.threshold


def claim(points: Sequence[Point], day: date, threshold: int) -> Claim:
    """Return the claim tested against its points.

    Raises `ValueError` with fewer than two, or a day not after the last.
    """
    ordered = in_order(points)
    last = ordered[-1]
    if day <= last.day:
        raise ValueError("the day is not after the last point")
    seen = persons_a_year(ordered, Decimal(0)).central
    years = years_between(last.day, day)
    return Claim(
        rests_on=tuple(ordered),
        day=day,
        threshold=threshold,
        seen=seen,
        needed=(last.count - threshold) / years,
        left=last.count - seen * years,
        zero=years_on(last.day, last.count / seen) if seen > 0 else None,
    )
