"""The audit: what somebody who has every rounded count, and knows how they were made, can still tell of each.

For each cell the least and the greatest whole number that agree with everything published. Rounding itself leaves
`base - 1` either way; a cell about which the relations tell more is a breach.
Solutions found for one cell are witnesses for the others, so that few programs are solved for many cells.
What does not belong here: what to do about a breach.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.program import Program, Vector
from wi2007.disclosure.relations import Relation

_WHOLE = 1e-6


@dataclass(frozen=True)
class Interval:
    """What can be derived of a cell: at least `least`, at most `most` persons; `allowed` is what rounding leaves."""

    least: int
    most: int
    allowed: tuple[int, int]

    @property
    def narrower(self) -> bool:
        """Whether more can be derived than from the rounding alone."""
        return self.least > self.allowed[0] or self.most < self.allowed[1]


def leaves(shown: int, base: int) -> tuple[int, int]:
    """The counts that a rounded count can stand for: less than the base away, and not below zero."""
    return max(0, shown - base + 1), shown + base - 1


def intervals(
    shown: Mapping[Cell, int],
    relations: Sequence[Relation],
    spread: Mapping[Cell, int],
    looked_at: Collection[Cell],
) -> dict[Cell, Interval]:
    """The interval of each cell of `looked_at`, from all rounded counts and all relations together.

    `spread` is what each count is off by less than: the base, as a rule, and more for a sum of rounded counts. No cell
    may be narrower than what the least of these leaves.
    `shown` holds the cells with persons only: the reader is taken to know which zeros were zero, which is more than the
    tables tell. Raises `NoSolutionError` when no counts at all agree with what is shown.
    """
    problem = _Problem(shown, relations, spread)
    least = dict.fromkeys(looked_at, np.inf)
    most = dict.fromkeys(looked_at, -np.inf)

    def witness(counts: Vector) -> None:
        for at in looked_at:
            value = counts[problem.column[at]]
            least[at], most[at] = min(least[at], value), max(most[at], value)

    witness(np.array(list(shown.values()), dtype=float))
    least_spread = min(spread.values(), default=0)
    allowed = {at: leaves(shown[at], least_spread) for at in looked_at}
    for sign, reached, place in ((1, most, 1), (-1, least, 0)):
        goal = {at: sign * allowed[at][place] for at in looked_at}
        pending = _short_of(goal, reached, sign)
        before = len(pending) + 1
        while pending and len(pending) < before:
            witness(problem.furthest(pending, sign))
            pending, before = _short_of(goal, reached, sign), len(pending)
        for at in pending:
            if sign * reached[at] < goal[at]:
                witness(problem.furthest([at], sign))
    return {at: Interval(int(least[at]), int(most[at]), allowed[at]) for at in looked_at}


def _short_of(goal: Mapping[Cell, float], reached: Mapping[Cell, float], sign: int) -> list[Cell]:
    """The cells for which no witness has reached what rounding leaves, in a fixed order."""
    return sorted(at for at in goal if sign * reached[at] < goal[at])


class _Problem:
    """All counts that agree with what is shown."""

    def __init__(
        self, shown: Mapping[Cell, int], relations: Sequence[Relation], spread: Mapping[Cell, int]
    ) -> None:
        self.program = Program(shown, relations)
        self.column = self.program.column
        ends = np.array([leaves(count, spread[at]) for at, count in shown.items()], dtype=float).reshape(
            -1, 2
        )
        self.lower, self.upper = ends[:, 0], ends[:, 1]

    def furthest(self, cells: Collection[Cell], sign: int) -> Vector:
        """Whole counts that agree, with as many (`sign` 1) or as few (-1) persons in the cells together as can be."""
        price = np.zeros(len(self.column))
        price[[self.column[at] for at in cells]] = -sign
        bounds = (self.lower, self.upper)
        found = self.program.solve(price, bounds, 0, whole=False)
        if np.abs(found - found.round()).max() > _WHOLE:
            found = self.program.solve(price, bounds, 0, whole=True)
        return found.round()
