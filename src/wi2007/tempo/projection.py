"""Project the number still obliged at a pace, a step a year, to the day on which the group is negligible.

Three ways that rest on different things: a straight line (as many persons every year), a constant rate (the same
share every year), and a projection by age class (each class its own share; persons grow older into the next class; at
the AOW age the obligation ends). None of them foresees another policy, or people who are new or come back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal

from wi2007 import reference
from wi2007.dates import years_before
from wi2007.tempo.pace import NONE, ONE, Pace, Point

Kind = Literal["rechte_lijn", "vast_percentage", "per_leeftijdsklasse"]
ALL_AGES = "totaal"
_MONTHS = 12
_DAYS = Decimal("365.25")


@cache
def aow_ages() -> Mapping[int, Decimal]:
    """Return the AOW age in years by calendar year, as far as it is fixed (`reference/aow_leeftijd.csv`).

    Raises `UserError` for a damaged file.
    """
    found: dict[int, Decimal] = {}
    for row in reference.rows("aow_leeftijd", ["jaar", "jaren", "maanden"], ["jaar"]):
        year, months = row.whole("jaar"), row.whole("maanden")
        if found and year != max(found) + 1:
            raise row.wrong("jaar", "de jaren horen op te lopen zonder gat")
        if months >= _MONTHS:
            raise row.wrong("maanden", f"hier hoort minder dan {_MONTHS}")
        found[year] = Decimal(row.whole("jaren")) + Decimal(months) / _MONTHS
    return found


def aow_age(year: int) -> Decimal:
    """Return the AOW age in years in a calendar year: that of the first or last year in the list where it has none
    for this one.
    """
    known = aow_ages()
    return known[min(max(year, min(known)), max(known))]


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
    """The first day with at most a given number of persons: expected, earliest and latest; None when not within the
    steps.
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
        lines = ([getattr(step, name) for step in self.steps] for name in ("central", "fewest", "most"))
        return Reach(*(_first_day([step.day for step in self.steps], line, threshold) for line in lines))


def straight(points: Sequence[Point], pace: Pace, until: int) -> Projection:
    """Return the projection with as many persons fewer every year (`pace.persons_a_year`), up to the year `until`."""
    last = max(points, key=lambda point: point.day)

    def left(years: int, decline: Decimal) -> Decimal:
        return last.count - years * decline

    return _made("rechte_lijn", points, pace, until, left)


def constant(points: Sequence[Point], pace: Pace, until: int) -> Projection:
    """Return the projection in which the same share of those left leaves every year (`pace.share_a_year` or
    `share_of`).

    It goes up to the year `until`.
    """
    last = max(points, key=lambda point: point.day)

    def left(years: int, share: Decimal) -> Decimal:
        return last.count * (ONE - share) ** years if years else Decimal(last.count)

    return _made("vast_percentage", points, pace, until, left)


def by_age(
    start: Mapping[str, int], paces: Mapping[str, Pace], day: date, source: str, until: int
) -> Projection:
    """Return the projection of every age class by its own share a year, up to the year `until`.

    `start` has those still obliged on `day` by the label of their class; `paces` has shares a year by label, and
    under `totaal` that for a class without one. Within a class ages are taken to be spread evenly.
    """
    point = Point(day, sum(start.values()), source)
    lines = {}
    for name in ("central", "fastest", "slowest"):
        shares = {label: getattr(pace, name) for label, pace in paces.items()}
        lines[name] = _aged({label: Decimal(count) for label, count in start.items()}, shares, day, until)
    days = _anniversaries(day, until)
    steps = zip(days, lines["central"], lines["fastest"], lines["slowest"], strict=True)
    return Projection("per_leeftijdsklasse", (point,), tuple(Step(*step) for step in steps))


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


def _made(
    kind: Kind, points: Sequence[Point], pace: Pace, until: int, left: Callable[[int, Decimal], Decimal]
) -> Projection:
    ordered = tuple(sorted(points, key=lambda point: point.day))
    steps = [
        Step(day, left(years, pace.central), left(years, pace.fastest), left(years, pace.slowest))
        for years, day in enumerate(_anniversaries(ordered[-1].day, until))
    ]
    return Projection(kind, ordered, tuple(steps))


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
