"""Project the number still obliged at a pace, a step a year, to the day on which the group is negligible.

Three scenarios that each keep something else the same: a straight line (as many persons every year), a constant rate
(the same share every year), and a projection by age class (each class its own share; persons grow older into the next
class; at the AOW age the obligation ends). None of them foresees another policy, or people who are new or come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from wi2007 import reference
from wi2007.dates import years_before
from wi2007.tempo.band import Chance, Left
from wi2007.tempo.pace import NONE, ONE, Pace, Point, hazard, in_order

Kind = Literal["rechte_lijn", "vast_percentage", "per_leeftijdsklasse"]
ALL_AGES = "totaal"
_DAYS = Decimal("365.25")
_LINES = ("central", "fewest", "most")


def aow_age(year: int) -> Decimal:
    """Return the AOW age in years in a calendar year: that of the first or last year in the list where it has none
    for this one.
    """
    known = reference.aow_months()
    return Decimal(known[min(max(year, min(known)), max(known))]) / reference.MONTHS


@dataclass(frozen=True)
class Step:
    """Persons still obliged on a day: the expectation, the fewest and the most of the band. Not rounded."""

    day: date
    central: Decimal
    fewest: Decimal
    most: Decimal

    @property
    def shown(self) -> tuple[int, int, int]:
        """Expectation, fewest and most in whole persons, never below 0."""
        return _whole(self.central), _whole(self.fewest), _whole(self.most)


@dataclass(frozen=True)
class Reach:
    """The first day with at most a given number of persons: as expected, and at both ends of the band.

    None when not within the steps.
    """

    central: date | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class Projection:
    """A step a year from the last point on, and the points it rests on."""

    kind: Kind
    rests_on: tuple[Point, ...]
    steps: tuple[Step, ...]

    def reach(self, threshold: int) -> Reach:
        """Return when at most `threshold` persons are left, in a straight line from step to step."""
        lines = ([getattr(step, name) for step in self.steps] for name in _LINES)
        return Reach(*(_first_day([step.day for step in self.steps], line, threshold) for line in lines))

    def on(self, day: date) -> Step | None:
        """Return what a day has, in a straight line from step to step; None outside the steps."""
        for before, after in pairwise(self.steps):
            if before.day <= day <= after.day:
                part = Decimal((day - before.day).days) / (after.day - before.day).days
                ends = [(getattr(before, name), getattr(after, name)) for name in _LINES]
                return Step(day, *(one + part * (other - one) for one, other in ends))
        return None


def straight(points: Sequence[Point], pace: Pace, until: int, chance: Chance) -> Projection:
    """Return the scenario with as many persons fewer every year (`pace.persons_a_year`), up to the year `until`."""
    start = in_order(points)[-1].count

    def left(years: int, times: Decimal) -> Decimal:
        return start - years * pace.central * times

    return _made("rechte_lijn", points, until, chance, left)


def constant(points: Sequence[Point], pace: Pace, until: int, chance: Chance) -> Projection:
    """Return the scenario in which the same share of those left leaves every year (`pace.share_of`, below 1).

    It goes up to the year `until`.
    """
    start, rate = in_order(points)[-1].count, hazard(pace.central)

    def left(years: int, times: Decimal) -> Decimal:
        return start * (-rate * years * times).exp()

    return _made("vast_percentage", points, until, chance, left)


def by_age(
    start: Mapping[str, int],
    shares: Mapping[str, Decimal],
    point: Point,
    until: int,
    chance: Chance,
) -> Projection:
    """Return the scenario in which every age class keeps its own share a year, up to the year `until`.

    `start` has those still obliged on the day of `point` by the label of their class; `shares` has shares a year by
    label, and under `totaal` that for a class without one. Within a class ages are taken to be spread evenly. A pace
    that is so many times as fast is so for all that makes the group smaller.
    """
    line = _aged({label: Decimal(count) for label, count in start.items()}, shares, point.day, until)

    def left(years: int, times: Decimal) -> Decimal:
        kept = line[years] / line[0]
        return line[0] * (kept.ln() * times).exp() if kept > 0 else NONE

    points = [replace(point, count=sum(start.values()))]
    return _made("per_leeftijdsklasse", points, until, chance, left)


def year_older(counts: Mapping[str, Decimal], shares: Mapping[str, Decimal], year: int) -> dict[str, Decimal]:
    """Return who of each age class is still obliged a year on: the class's share leaves, then one in so many goes up
    a class.

    In the class in which the AOW age lies (that of `year`) the larger of the two leaves: its own share, or those who
    reach that age. Its share includes those too, so both together would count them twice.
    """
    end = aow_age(year)
    found = dict.fromkeys(counts, NONE)
    for age in reference.age_classes():
        count = counts.get(age.label, NONE)
        share = shares.get(age.label, shares[ALL_AGES])
        upper = end if age.upper is None else min(end, Decimal(age.upper))
        up = min(ONE, ONE / (upper - age.lower)) if upper > age.lower else ONE
        if age.upper is None or end <= age.upper:
            found[age.label] = found.get(age.label, NONE) + count * (ONE - max(share, up))
            continue
        kept = count * (ONE - share)
        found[age.label] = found.get(age.label, NONE) + kept * (ONE - up)
        following = _next(age)
        found[following] = found.get(following, NONE) + kept * up
    for label in counts.keys() - {age.label for age in reference.age_classes()}:
        found[label] = counts[label] * (ONE - shares.get(label, shares[ALL_AGES]))
    return found


def _next(age: reference.AgeClass) -> str:
    return next(other.label for other in reference.age_classes() if other.lower == age.upper)


def _aged(counts: dict[str, Decimal], shares: Mapping[str, Decimal], day: date, until: int) -> list[Decimal]:
    found = [sum(counts.values(), NONE)]
    for following in _anniversaries(day, until)[1:]:
        counts = year_older(counts, shares, following.year)
        found.append(sum(counts.values(), NONE))
    return found


def _made(kind: Kind, points: Sequence[Point], until: int, chance: Chance, left: Left) -> Projection:
    """Make the steps. Nobody comes in, so no end of the band lies above that of the year before."""
    ordered = in_order(points)
    last = ordered[-1]
    steps: list[Step] = []
    for years, day in enumerate(_anniversaries(last.day, until)):
        step = Step(day, *chance.band(last.count, years, left))
        before = steps[-1] if steps else step
        steps.append(replace(step, fewest=min(step.fewest, before.fewest), most=min(step.most, before.most)))
    return Projection(kind, tuple(ordered), tuple(steps))


def _anniversaries(day: date, until: int) -> list[date]:
    """Return the day itself and the same day in every year after it, up to the year `until`."""
    return [years_before(day, -years) for years in range(max(until - day.year, 0) + 1)]


def _first_day(days: Sequence[date], line: Sequence[Decimal], threshold: int) -> date | None:
    for place, count in enumerate(line):
        if count > threshold:
            continue
        if place == 0:
            return days[0]
        before = line[place - 1]
        part = (before - threshold) / (before - count)
        return days[place - 1] + timedelta(days=_whole(part * (days[place] - days[place - 1]).days))
    return None


def years_on(day: date, years: Decimal) -> date | None:
    """Return the day so many years later; None beyond the calendar."""
    try:
        return day + timedelta(days=_whole(years * _DAYS))
    except OverflowError:
        return None


def _whole(number: Decimal) -> int:
    return max(0, int(number.quantize(ONE, ROUND_HALF_UP)))
