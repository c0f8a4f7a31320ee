"""Many trials: a population, its release, somebody comes or leaves, the next release, and how well that is guessed.

What does not belong here: how one guesses (see `attack`), and more than two releases (see `series`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.chances import Known
from benchmarks.releases.guesses import Gains, Guesses, Pair
from benchmarks.releases.people import COUNTRY, PLACE, STUDY, People, people
from benchmarks.releases.release import BY_PERSONS, FRESH, Members, Release
from benchmarks.releases.views import as_row

_RENEWED = 20
"""After so many trials there is a fresh population."""
_LEARNING = 40
"""So many trials come before the first that counts, for what a reader learns."""
FIRST, SECOND = "2022-07-01", "2023-07-01"


@dataclass(frozen=True)
class Way:
    """How the persons who come (`change` above 0) or leave are chosen, and how the second release is drawn.

    A family is of one municipality and one country.
    """

    change: int
    family: bool = False
    drawn: str = FRESH
    base: int = 5
    women: float = STUDY

    @property
    def known(self) -> Known:
        """What a reader knows of it."""
        return Known(self.base, max(self.change, 0), max(-self.change, 0), self.drawn == BY_PERSONS)


@dataclass(frozen=True)
class Trial:
    """Two releases, the persons in the first, and the persons who are in one of them only."""

    population: People
    before: Release
    after: Release
    moved: People


def trials(way: Way, number: int, seed: int) -> Iterator[Trial]:
    """So many trials; the same seed gives the same."""
    random = np.random.default_rng(seed)
    for at in range(number):
        if at % _RENEWED == 0:
            members = Members(people(random, way.women), random)
        moved = _chosen(members.everybody, way, random)
        both = [np.ones(len(members.everybody), dtype=np.bool_) for _ in (FIRST, SECOND)]
        both[0 if way.change > 0 else 1][moved] = False
        before, after = (
            members.release(
                one, way.base, members.drawn(one, way.drawn, way.base, f"{seed} {at}".encode(), day)
            )
            for one, day in zip(both, (FIRST, SECOND), strict=True)
        )
        yield Trial(members.everybody[both[0]], before, after, members.everybody[moved])


def _chosen(everybody: People, way: Way, random: np.random.Generator) -> NDArray[np.int64]:
    number = abs(way.change)
    if not way.family:
        return random.choice(len(everybody), number, replace=False)
    while True:
        one = everybody[random.integers(len(everybody))]
        alike = np.flatnonzero((everybody[:, [PLACE, COUNTRY]] == one[[PLACE, COUNTRY]]).all(axis=1))
        if len(alike) >= number:
            return random.choice(alike, number, replace=False)


def advantages(
    way: Way, number: int, seed: int, watch: Callable[[Trial], None] = lambda trial: None
) -> Gains:
    """What the second release is worth to somebody who guesses; `watch` sees every trial."""
    reader = Guesses(way.known)
    for at, trial in enumerate(trials(way, number + _LEARNING, seed)):
        nobody = trial.moved[:0]
        came, left = (trial.moved, nobody) if way.change > 0 else (nobody, trial.moved)
        pair = Pair(as_row(trial.before.shown), as_row(trial.after.shown), trial.population, came, left)
        if at >= _LEARNING:
            watch(trial)
            reader.guess(pair)
        reader.learn(pair)
    return reader.gains()
