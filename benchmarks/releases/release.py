"""A release of some of the persons: the counts of every cell, rounded by a draw, and the ways to draw between releases.

What does not belong here: which persons are in which release (see `trials`, `series`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.people import VARIABLES, People
from benchmarks.releases.views import exact
from wi2007.protection.cells import Cell, Relation
from wi2007.protection.rounding import Draw, RoundingOptions, draw, rounded

Present = NDArray[np.bool_]
"""Of every person whether a release counts him."""
FRESH, BY_PERSONS, SAME = "fresh", "by set of persons", "the same draw"
"""A draw for each release; for each set of persons; for each cell in all releases."""
_HALF = 32


def mark(persons: int) -> Cell:
    """What stands for a cell where only the persons in it count: the sum of their keys."""
    return (("persons", (str(persons),)),)


def by_persons(key: bytes, base: int, sums: Mapping[Cell, int]) -> Draw:
    """A draw that follows from the secret and the persons of a cell, the same in each release."""
    drawn = draw(key, base)
    return lambda at: drawn(mark(sums[at]))


class Members:
    """Everybody who is in one of some releases, the cells that each is in, and a key of 64 bits for each.

    The key stands for the keyed hash of a pseudonym.
    """

    def __init__(self, everybody: People, random: np.random.Generator) -> None:
        self.everybody = everybody
        counts, self.relations = exact(everybody)
        self.cells = tuple(counts)
        self._cell, self._person = np.nonzero([self._inside(at) for at in self.cells])
        keys = random.integers(0, 2**64, len(everybody), dtype=np.uint64)
        self._low, self._high = keys % 2**_HALF, keys >> _HALF

    def _inside(self, at: Cell) -> Present:
        inside = np.ones(len(self.everybody), dtype=np.bool_)
        for axis, one in enumerate(VARIABLES):
            for name, codes in at:
                if name == one.name:
                    inside &= np.isin(one.codes, codes)[self.everybody[:, axis]]
        return inside

    def _sum(self, of_persons: NDArray[np.generic]) -> NDArray[np.float64]:
        weights = of_persons[self._person].astype(np.float64)
        return np.bincount(self._cell, weights, len(self.cells)).astype(np.float64)

    def counts(self, present: Present) -> NDArray[np.int64]:
        """Of each cell how many of these persons are in it."""
        return self._sum(present).astype(np.int64)

    def sums(self, present: Present) -> NDArray[np.uint64]:
        """Of each cell the sum of their keys, modulo 2**64."""
        low, high = (self._sum(half * present).astype(np.uint64) for half in (self._low, self._high))
        return np.asarray((high << np.uint64(_HALF)) + low)

    def drawn(self, present: Present, way: str, base: int, key: bytes, release: object) -> Draw:
        """The draw of a release of these persons."""
        if way != BY_PERSONS:
            return draw(key, SAME if way == SAME else release, base)
        return by_persons(key, base, dict(zip(self.cells, self.sums(present).tolist(), strict=True)))

    def release(self, present: Present, base: int, drawn: Draw) -> Release:
        """The release of these persons."""
        counts = dict(zip(self.cells, self.counts(present).tolist(), strict=True))
        shown = rounded(counts, self.relations, RoundingOptions(base, drawn))
        return Release(shown, self.relations, {at: count for at, count in counts.items() if count})


@dataclass(frozen=True)
class Release:
    """Rounded counts with their relations, and the exact ones of the cells with persons."""

    shown: dict[Cell, int]
    relations: list[Relation]
    exact: dict[Cell, int]
