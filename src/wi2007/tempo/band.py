"""The band of a scenario: between which counts a day to come lies, as often as the configuration claims.

Three things put a count elsewhere than a scenario has it, and a fourth moves what is shown:

- the pace rests on so many persons who left (L): its logarithm is off by about 1 / sqrt(L);
- the pace differs from year to year. What that did is measured on the years that are over: from each year on, as if a
  scenario had been made then, how far the pace of the next one, two, … years was from that of the year itself;
- of n persons who each leave by chance, the number left varies as a binomial count;
- counts are rounded.

`docs/tempo.md` has the formula, its sources, and how often bands held. Numbers are `Decimal`: every machine computes
the same. What does not belong here: what a scenario expects (`projection`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from statistics import NormalDist

from wi2007.tempo.pace import NONE, ONE

Left = Callable[[int, Decimal], Decimal]
"""The persons left after so many years, when the pace is so many times what the scenario has."""
LEAST_YEARS = 3
"""Fewer years show no two differences."""


@dataclass(frozen=True)
class Year:
    """The pace of a year that is over, in persons or as a rate (`pace.hazard`), and how many left in it."""

    pace: Decimal
    left: int


@dataclass(frozen=True)
class Spread:
    """How far the mean pace of years to come is from that of the last: the variance of its logarithm.

    `steady` is the part that is the same however far ahead (one year is not like another), `growing` the part of a
    pace that moves away. `years` is on how many differences between two years this rests.
    """

    steady: Decimal
    growing: Decimal
    years: int

    def variance(self, years: int) -> Decimal:
        """Return the variance of the mean over so many years ahead."""
        return self.steady + self.growing * _drift(years)


def spread_of(years: Sequence[Year]) -> Spread:
    """Return the spread that years one after another show.

    From every year on, the pace of the next years is held against that of the year itself. What chance alone does to
    two counts of persons is taken off. A line is fitted to the mean squares by how far ahead, each with the weight of
    its number. Raises `ValueError` with fewer than three years.
    """
    if len(years) < LEAST_YEARS:
        raise ValueError("a spread needs three years")
    ahead = range(1, len(years))
    weights = [Decimal(len(years) - far) for far in ahead]
    squares = [_mean([_square(years[start:], far) for start in range(len(years) - far)]) for far in ahead]
    return Spread(*_line([_drift(far) for far in ahead], squares, weights), len(years) - 1)


def _square(years: Sequence[Year], far: int) -> Decimal:
    """Return how far the pace of the next `far` years was from that of the first, squared, without what chance does."""
    first, later = years[0], years[1 : 1 + far]
    ratio = _mean([year.pace for year in later]) / first.pace
    chance = ONE / first.left + ONE / sum(year.left for year in later)
    return ratio.ln() ** 2 - chance


def _line(
    places: Sequence[Decimal], values: Sequence[Decimal], weights: Sequence[Decimal]
) -> tuple[Decimal, Decimal]:
    """Return the height at nil and the slope, both at least nil, of the line that fits best by weighted squares."""
    triples = list(zip(places, values, weights, strict=True))
    whole = sum(weights, NONE)
    middle = sum((w * x for x, _, w in triples), NONE) / whole
    height = sum((w * y for _, y, w in triples), NONE) / whole
    across = sum((w * (x - middle) * (y - height) for x, y, w in triples), NONE)
    slope = across / sum((w * (x - middle) ** 2 for x, _, w in triples), NONE)
    if slope <= 0:
        return max(NONE, height), NONE
    if height < slope * middle:
        through = sum((w * x * y for x, y, w in triples), NONE) / sum(
            (w * x * x for x, _, w in triples), NONE
        )
        return NONE, max(NONE, through)
    return height - slope * middle, slope


def _drift(years: int) -> Decimal:
    """Return the square of how far the mean of so many years lies off, when the pace moves away by one a year."""
    return (Decimal(years + 1) / 2) ** 2


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, NONE) / len(values)


@dataclass(frozen=True)
class Chance:
    """What puts a count elsewhere than a scenario has it: at which level (percent), by which spread of the pace.

    The pace rests on `persons` who left; `off` is how far a shown count may be off by rounding.
    """

    level: int
    spread: Spread
    persons: int
    off: int = 0

    @property
    def _rounding(self) -> Decimal:
        """The variance of a count that is rounded up or down by chance to a multiple of `off` + 1, on average."""
        return Decimal(self.off * (self.off + 2)) / 6

    def band(self, start: int, years: int, left: Left) -> tuple[Decimal, Decimal, Decimal]:
        """Return expectation, fewest and most after so many years, of `start` persons: nobody comes in.

        As a line that goes on, the expectation may lie below nil.
        """
        whole = Decimal(start)
        if not start or not years:
            return whole, whole, whole
        often, persons = normal(self.level), Decimal(self.persons)
        own = often**2 * (ONE / persons + 2 * self._rounding / persons**2)
        moved = student(self.level, self.spread.years) ** 2 * self.spread.variance(years)
        times = (own + moved).sqrt().exp()
        expected = left(years, ONE)
        central, fast, slow = (
            min(max(one, NONE), whole) for one in (expected, left(years, times), left(years, ONE / times))
        )
        chance = often**2 * (central * (ONE - central / whole) + 2 * self._rounding)
        below, above = (((central - end) ** 2 + chance).sqrt() for end in (fast, slow))
        return expected, min(expected, max(NONE, central - below)), min(whole, central + above)


@cache
def normal(level: int) -> Decimal:
    """Return how many standard deviations on each side of a normal variable hold `level` percent (80: 1.28)."""
    return Decimal(f"{NormalDist().inv_cdf((1 + level / 100) / 2):.6f}")


@cache
def student(level: int, freedom: int) -> Decimal:
    """Return the same where the deviation itself is estimated from `freedom` squares: Student's t.

    By the expansion in Abramowitz and Stegun (1964), 26.7.5: off by less than 0.01 to 90 percent, from two squares on.
    """
    z = normal(level)
    parts = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum((part / Decimal(freedom) ** power for power, part in enumerate(parts, 1)), NONE)
