"""Small figures of which no person changes over some releases: what is left of them to a reader who believes that.

The reader holds every count for as likely beforehand, and knows how often counts are rounded up, so often of so many
releases. What does not belong here: which releases there are (see `series`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.views import Counts, Floats

SMALL = 4
"""Figures of fewer persons than so many times the base are looked at."""
_LIKELIER = 0.5
_OWN_WEIGHT = 5
"""So many figures is what is expected of a residue worth, beside those that were seen."""


@dataclass(frozen=True)
class Left:
    """After some releases, means over figures: the chance that a reader gives the exact value, and the values left.

    `sure` is the part of figures whose exact value is likelier than not.
    """

    chance: float
    values: float
    sure: float


class Unchanged:
    """The small figures of many series: those of which nobody changes in any release."""

    def __init__(self, base: int, by_persons: bool) -> None:
        self._base, self._by_persons = base, by_persons
        self._ups = np.zeros((2, base))
        self._exact: list[Counts] = []
        self._shown: list[Counts] = []

    def add(self, exact: Counts, sums: NDArray[np.uint64], shown: Counts) -> None:
        """The figures of a series: a row for each release, a column for each cell."""
        small = (exact > 0) & (exact < SMALL * self._base)
        for up in (0, 1):
            of_residue = exact[small & ((shown > exact) == up)] % self._base
            self._ups[up] += np.bincount(of_residue, minlength=self._base)
        same = small[0] & (sums == sums[0]).all(axis=0) & (exact == exact[0]).all(axis=0)
        self._exact.append(exact[0, same])
        self._shown.append(shown[:, same])

    @property
    def figures(self) -> int:
        """How many there are."""
        return sum(map(len, self._exact))

    @property
    def otherwise(self) -> float:
        """How many of them are shown otherwise in the next release."""
        shown = np.concatenate(self._shown, axis=1)
        return float((shown[1:] != shown[:-1]).mean())

    @property
    def up(self) -> Floats:
        """By residue how often a count is rounded up."""
        return np.asarray(self._ups[1] / np.maximum(self._ups.sum(axis=0), 1))

    def left(self, releases: int) -> Left:
        """What is left after so many releases."""
        base, exact = self._base, np.concatenate(self._exact)
        shown = np.concatenate(self._shown, axis=1)[:releases]
        least, most = shown.min(axis=0), shown.max(axis=0)
        ups = (shown > exact).sum(axis=0)
        often = self._often(exact % base, ups, releases)
        likely = np.zeros((2 * base - 1, len(exact)))
        for row, value in zip(likely, least + np.arange(1 - base, base)[:, None], strict=True):
            allowed = (value >= 0) & (value > most - base)
            tops = np.where(least == most, releases * (value < least), (shown == most).sum(axis=0))
            one = np.where(value % base == 0, 1, often[value % base, tops])
            row[:] = np.where(allowed, one, 0)
        own = likely[exact - least + base - 1, np.arange(len(exact))]
        chance = own / likely.sum(axis=0)
        return Left(
            float(chance.mean()), float((likely > 0).sum(axis=0).mean()), float((chance > _LIKELIER).mean())
        )

    def _often(self, residue: Counts, ups: Counts, releases: int) -> Floats:
        """By residue how likely one row of releases with so many roundings up is."""
        up, times = self.up[:, None], np.arange(releases + 1)
        rows = np.array([comb(releases, many) for many in times])
        if self._by_persons:
            expected = (1 - up) * (times == 0) + up * (times == releases)
        else:
            expected = rows * up**times * (1 - up) ** (releases - times)
        seen = _OWN_WEIGHT * np.maximum(expected, 1 / (_OWN_WEIGHT * 100))
        np.add.at(seen, (residue, ups), 1)
        return np.asarray(seen / seen.sum(axis=1, keepdims=True) / rows)
