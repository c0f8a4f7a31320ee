"""What is certain to somebody who has two releases and knows who came or left: the persons each small cell may hold.

One program over both releases: counts for which all relations hold, that are less than the base from what is shown, and
that are so too when those who came are added (who left: taken away). Who does not know who it was can tell less.
The reader is told which cells are empty in both; a cell that is empty in one of them he sees as a nought, which may be
anything below the base. What does not belong here: guessing (see `attack`).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.trials import Trial, Way
from wi2007.protection.cells import Cell, linked
from wi2007.protection.linear import LinearProgram
from wi2007.protection.rounding import Program

Vector = NDArray[np.float64]
SMALL = 5
"""Cells with fewer persons are looked at."""
_WHOLE = 1e-6
_LOOKS = 6


class _Both:
    """All counts of the first release that agree with both."""

    def __init__(self, trial: Trial, way: Way, below: int) -> None:
        first, second = trial.before, trial.after
        every = {**first.exact, **second.exact}
        cells, relations = linked({at: first.exact.get(at, 0) + second.exact.get(at, 0) for at in every})
        program = Program(sorted(cells), relations)
        self.column = program.column
        shown, exact = (
            np.array([[counts.get(at, 0) for at in self.column] for counts in both], dtype=float)
            for both in ((first.shown, second.shown), (first.exact, second.exact))
        )
        self.came = exact[1] - exact[0]
        least, most = np.maximum(shown - way.base + 1, 0), shown + way.base - 1
        bounds = np.maximum(least[0], least[1] - self.came), np.minimum(most[0], most[1] - self.came)
        self.small = np.flatnonzero((exact < below).any(axis=0))
        if ((exact[0] < bounds[0]) | (exact[0] > bounds[1])).any():
            raise AssertionError("the true counts do not agree with both releases")
        self._solver = LinearProgram(bounds, [(program.matrix, 0, 0)], len(self.column))

    def furthest(self, cells: Iterable[int], sign: int) -> Vector:
        """Whole counts that agree, with as many (`sign` 1) or few (-1) persons in these cells as can be."""
        price = np.zeros(len(self.column))
        price[list(cells)] = -sign
        found = self._solver.cheapest(price)
        if np.abs(found - found.round()).max() > _WHOLE:
            found = self._solver.cheapest_whole(price)
        return found.round()


def left_over(trial: Trial, way: Way, enough: int, below: int = SMALL) -> dict[Cell, int]:
    """For each cell of fewer than `below` persons in one of the releases how many numbers of persons are left.

    Exact for those of which fewer than `enough` are left, and at least that many for the others.
    """
    both = _Both(trial, way, below)
    least, most = np.full(len(both.column), np.inf), np.full(len(both.column), -np.inf)

    def pending() -> NDArray[np.int64]:
        return np.asarray(both.small[(most - least + 1)[both.small] < enough])

    def witness(counts: Vector) -> None:
        np.minimum(least, counts, out=least)
        np.maximum(most, counts, out=most)

    for look in range(_LOOKS):
        if pending().size:
            witness(both.furthest(pending(), 1 - 2 * (look % 2)))
    for column in pending():
        for sign in (1, -1):
            if most[column] - least[column] + 1 < enough:
                witness(both.furthest([column], sign))
    cells = list(both.column)
    return {cells[column]: int(most[column] - least[column] + 1) for column in both.small}
