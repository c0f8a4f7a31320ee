"""How well guesses are right, over many pairs of releases.

What does not belong here: how one guesses (see `attack`), and which releases there are (see `trials`, `series`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.attack import ALONE, ATTRIBUTES, Experience, strategies
from benchmarks.releases.chances import Known
from benchmarks.releases.people import People
from benchmarks.releases.views import Counts, Floats, tally

CONFIDENCE, DEVIATIONS = 95, 1.96


@dataclass(frozen=True)
class Pair:
    """Two releases as rows of shown counts, the persons in the first, and those who came and left.

    `further` is evidence from other releases, by strategy.
    """

    before: Counts
    after: Counts
    population: People
    came: People
    left: People
    further: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True)
class Advantage:
    """In percentage points: how often the first release alone guesses right, and how much more both together do.

    `half` is half the confidence interval.
    """

    alone: float
    more: float
    half: float

    @property
    def at_least(self) -> float:
        """The lower end of the confidence interval."""
        return self.more - self.half

    def __str__(self) -> str:
        return f"{self.more:+.1f} ± {self.half:.1f} (of {self.alone:.0f}%)"


Gains = dict[tuple[str, str], Advantage]
"""By strategy and attribute what the second release is worth to somebody who guesses."""


def best(gains: Gains, attribute: str) -> tuple[str, Advantage]:
    """The strategy that gains most for an attribute."""
    found = [(name, one) for (name, of), one in gains.items() if of == attribute]
    return max(found, key=lambda item: item[1].more)


class Guesses:
    """A reader who learns from some pairs of releases and guesses in others who came (or left)."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._learnt = Experience(known.base)
        self._found: dict[str, list[NDArray[np.float64]]] = {}
        """By strategy, for each pair: by attribute how often it is wrong where the first alone is right, and right
        where that is wrong."""
        self._right: list[NDArray[np.float64]] = []
        self._shares: list[NDArray[np.float64]] = []

    def learn(self, pair: Pair) -> None:
        """See who it was."""
        asked = pair.came if self._known.sign > 0 else pair.left
        self._learnt.add(pair.before, pair.after, tally(asked), tally(np.concatenate([pair.came, pair.left])))

    def guess(self, pair: Pair) -> None:
        """Guess, and count how often that is right."""
        axes = list(ATTRIBUTES.values())
        truth = (pair.came if self._known.sign > 0 else pair.left)[:, axes]
        made = strategies(pair.before, pair.after, self._known, self._learnt, pair.further)
        alone = truth == made[ALONE]
        self._right.append(alone.mean(axis=0))
        self._shares.append((pair.population[:, axes] == made[ALONE]).mean(axis=0))
        for name, codes in made.items():
            hits = truth == codes
            changes = [(alone & ~hits).mean(axis=0), (hits & ~alone).mean(axis=0)]
            self._found.setdefault(name, []).append(np.array(changes))

    def gains(self) -> Gains:
        """What the second release was worth."""
        right, share = np.array(self._right), np.mean(self._shares, axis=0)
        return {
            (name, attribute): _advantage(np.array(found)[:, :, place], right[:, place], share[place])
            for name, found in self._found.items()
            if name != ALONE
            for place, attribute in enumerate(ATTRIBUTES)
        }


def _advantage(changes: NDArray[np.float64], right: NDArray[np.float64], share: float) -> Advantage:
    """Apart for persons whom the first release alone gets right and others, weighed by how many there are of each."""
    more, off = 0.0, np.zeros(len(right))
    parts = ((-share, changes[:, 0], right), (1 - share, changes[:, 1], 1 - right))
    for weight, changed, whole in parts:
        if whole.sum():
            rate = changed.sum() / whole.sum()
            more += weight * rate
            off += weight * (changed - rate * whole) / whole.sum()
    return Advantage(100 * share, 100 * more, 100 * DEVIATIONS * float(np.sqrt((off**2).sum())))
