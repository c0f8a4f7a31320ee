"""Many trials: a population, its release, somebody comes or leaves, the next release, and how well that is guessed.

What does not belong here: how one guesses (see `attack`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.attack import ALONE, ATTRIBUTES, Experience, changed_places, strategies
from benchmarks.releases.people import COUNTRY, PLACE, STUDY, People, people
from benchmarks.releases.views import as_row, exact
from wi2007.protection.cells import Cell, Relation
from wi2007.protection.rounding import Draw, draw, rounded
from wi2007.protection.rounding import RoundingOptions as Rounding

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
    same_draw: bool = False
    base: int = 5
    women: float = STUDY


@dataclass(frozen=True)
class Release:
    """Rounded counts with their relations."""

    shown: dict[Cell, int]
    relations: list[Relation]
    exact: dict[Cell, int]


@dataclass(frozen=True)
class Trial:
    """Two releases, and the persons who are in one of them only."""

    population: People
    before: Release
    after: Release
    moved: People


def trials(way: Way, number: int, seed: int) -> Iterator[Trial]:
    """So many trials; the same seed gives the same."""
    random = np.random.default_rng(seed)
    for at in range(number):
        if at % _RENEWED == 0:
            everybody = people(random, way.women)
            all_cells = exact(everybody)
        moved = _chosen(everybody, way, random)
        fewer = np.delete(everybody, moved, axis=0)
        pair = [(everybody, all_cells), (fewer, exact(fewer))]
        if way.change > 0:
            pair.reverse()
        key = f"{seed} {at}".encode()
        draws = [draw(key, day, way.base) for day in (FIRST, FIRST if way.same_draw else SECOND)]
        before, after = (_release(one[1], way.base, drawn) for one, drawn in zip(pair, draws, strict=True))
        yield Trial(pair[0][0], before, after, everybody[moved])


def _chosen(everybody: People, way: Way, random: np.random.Generator) -> NDArray[np.int64]:
    number = abs(way.change)
    if not way.family:
        return random.choice(len(everybody), number, replace=False)
    while True:
        one = everybody[random.integers(len(everybody))]
        alike = np.flatnonzero((everybody[:, [PLACE, COUNTRY]] == one[[PLACE, COUNTRY]]).all(axis=1))
        if len(alike) >= number:
            return random.choice(alike, number, replace=False)


def _release(cells: tuple[dict[Cell, int], list[Relation]], base: int, drawn: Draw) -> Release:
    counts, relations = cells
    return Release(rounded(counts, relations, Rounding(base, drawn)), relations, counts)


@dataclass(frozen=True)
class Advantage:
    """In percentage points: how often the first release alone guesses right, and how much more both together do.

    `half` is half the 95% confidence interval.
    """

    alone: float
    more: float
    half: float

    @property
    def at_least(self) -> float:
        """The lower end of the confidence interval."""
        return self.more - self.half


def advantages(
    way: Way, number: int, seed: int, watch: Callable[[Trial], None] = lambda trial: None
) -> dict[tuple[str, str], Advantage]:
    """By strategy and attribute what the second release is worth to somebody who guesses; `watch` sees every trial."""
    learnt = Experience(way.base)
    guessed: dict[str, list[list[int]]] = {}
    truth, shares = [], []
    for at, trial in enumerate(trials(way, number + _LEARNING, seed)):
        before, after = as_row(trial.before.shown), as_row(trial.after.shown)
        if at >= _LEARNING:
            watch(trial)
            made = strategies(before, after, way.base, way.change, learnt)
            for name, codes in made.items():
                guessed.setdefault(name, []).append(codes)
            truth.append(trial.moved[0])
            shares.append(_shares(trial.population, made[ALONE]))
        learnt.add(before, after, changed_places(trial.moved))
    right = {
        name: np.array(codes) == np.array(truth)[:, list(ATTRIBUTES.values())]
        for name, codes in guessed.items()
    }
    alone = right[ALONE]
    return {
        (name, attribute): _advantage(hits[:, place], alone[:, place], np.mean(shares, axis=0)[place])
        for name, hits in right.items()
        if name != ALONE
        for place, attribute in enumerate(ATTRIBUTES)
    }


def _shares(population: People, codes: list[int]) -> list[float]:
    """How many of the population have the codes that are guessed."""
    return [
        float((population[:, axis] == code).mean())
        for axis, code in zip(ATTRIBUTES.values(), codes, strict=True)
    ]


def _advantage(hits: NDArray[np.bool_], alone: NDArray[np.bool_], share: float) -> Advantage:
    """Apart for persons whom the first release alone gets right and others, weighed by how many there are of each."""
    lost, won = ~hits[alone], hits[~alone]
    parts = [(share, -1, lost), (1 - share, 1, won)]
    more = sum(weight * sign * float(one.mean() if one.size else 0) for weight, sign, one in parts)
    variance = sum(weight**2 * float(one.var() / one.size if one.size else 0) for weight, _, one in parts)
    return Advantage(100 * share, 100 * more, 196 * sqrt(variance))
