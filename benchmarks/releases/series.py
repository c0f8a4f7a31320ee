"""Many series of releases: persons come and leave before each, and every way to draw between them is measured.

What does not belong here: what is told of unchanged figures (see `unchanged`) and of who came (see `guesses`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from benchmarks.releases.chances import Known, evidence_of_all
from benchmarks.releases.guesses import Gains, Guesses, Pair
from benchmarks.releases.people import PERSONS, STUDY, people
from benchmarks.releases.release import BY_PERSONS, FRESH, Members, Present
from benchmarks.releases.unchanged import Left, Unchanged
from benchmarks.releases.views import as_row

AFTER = (1, 2, 4, 8)
"""Releases after which is told what is left."""
CHANGES = (1, 5, 100, 1000)
RELEASES = max(AFTER)
_LEARNING = 40
FEW = 10
"""Up to so many changes a reader can compare all releases before and after."""


@dataclass(frozen=True)
class Setting:
    """How a series is made: the way to draw, the base, and how many come or leave before each next release."""

    way: str
    base: int
    changes: int

    @property
    def known(self) -> Known:
        """What a reader knows of it."""
        return Known(self.base, *_come_and_leave(self.changes), self.way == BY_PERSONS)


SETTINGS = tuple(
    Setting(way, base, many) for many, base, way in product(CHANGES, (5, 10), (FRESH, BY_PERSONS))
)


@dataclass(frozen=True)
class Measured:
    """What is told of unchanged figures after some releases, and of somebody who came.

    `pointing` is the part of all figures shown otherwise in the next release in which somebody did change.
    """

    figures: int
    otherwise: float
    pointing: float
    left: dict[int, Left]
    gains: Gains


def _come_and_leave(changes: int) -> tuple[int, int]:
    """Half each; of one, one comes."""
    return changes - changes // 2, changes // 2


@dataclass(frozen=True)
class Series:
    """Everybody, and who is in each release."""

    members: Members
    present: Sequence[Present]


def _series(random: np.random.Generator, changes: int, women: float) -> Series:
    came, left = _come_and_leave(changes)
    everybody = people(random, women, PERSONS + (RELEASES - 1) * came)
    present = [np.arange(len(everybody)) < PERSONS]
    for at in range(RELEASES - 1):
        following = present[-1].copy()
        following[random.choice(np.flatnonzero(following), left, replace=False)] = False
        following[PERSONS + at * came :][:came] = True
        present.append(following)
    return Series(Members(everybody, random), present)


class _Measurement:
    """One setting, series after series."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._unchanged = Unchanged(setting.base, setting.way == BY_PERSONS)
        self._reader = Guesses(setting.known)
        self._otherwise = np.zeros(2)
        """Figures shown otherwise in the next release, and how many of them somebody came into or left."""

    def add(self, series: Series, key: bytes, guess: bool) -> None:
        """Release all, and see what is told; the reader guesses, or learns alone."""
        members, present, base = series.members, series.present, self._setting.base
        drawn = [members.drawn(one, self._setting.way, base, key, at) for at, one in enumerate(present)]
        made = [members.release(one, base, drawn_).shown for one, drawn_ in zip(present, drawn, strict=True)]
        sums = np.array([members.sums(one) for one in present])
        shown = np.array([[one[at] for at in members.cells] for one in made])
        self._unchanged.add(np.array([members.counts(one) for one in present]), sums, shown)
        otherwise, changed = (one[1:] != one[:-1] for one in (shown, sums))
        self._otherwise += [otherwise.sum(), (otherwise & changed).sum()]
        for pair in self._pairs(series, np.array([as_row(shown) for shown in made])):
            if guess:
                self._reader.guess(pair)
            self._reader.learn(pair)

    def _pairs(self, series: Series, rows: np.ndarray) -> Iterator[Pair]:
        everybody, known = series.members.everybody, self._setting.known
        of_all = self._setting.way == FRESH and self._setting.changes <= FEW
        for at, (first, second) in enumerate(pairwise(series.present)):
            further = {"all releases": evidence_of_all(rows, at + 1, known)} if of_all else {}
            came, left = everybody[second & ~first], everybody[first & ~second]
            yield Pair(rows[at], rows[at + 1], everybody[first], came, left, further)

    def result(self) -> Measured:
        """What was measured."""
        left = {after: self._unchanged.left(after) for after in AFTER}
        pointing = float(self._otherwise[1] / self._otherwise[0])
        unchanged = self._unchanged
        return Measured(unchanged.figures, unchanged.otherwise, pointing, left, self._reader.gains())


def measure(changes: int, pairs: int, seed: int, women: float = STUDY) -> dict[Setting, Measured]:
    """Every way and base with so many changes, on the same persons, over at least so many pairs of releases."""
    random = np.random.default_rng([seed, changes])
    found = {setting: _Measurement(setting) for setting in SETTINGS if setting.changes == changes}
    learning, number = (-(-many // (RELEASES - 1)) for many in (_LEARNING, pairs))
    for at in range(learning + number):
        series = _series(random, changes, women)
        for one in found.values():
            one.add(series, f"{seed} {changes} {at}".encode(), guess=at >= learning)
    return {setting: one.result() for setting, one in found.items()}
