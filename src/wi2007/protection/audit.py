"""The audit: what somebody who has every rounded count, and knows how they were made, can still tell of each.

For each cell the least and the greatest whole number that agree with everything published. Rounding itself leaves
`base - 1` either way; a cell about which the relations tell more is a breach, and then all is drawn again.
Solutions found for one cell are witnesses for the others, so that few programs are solved for many cells.
What does not belong here: how counts are rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from wi2007.protection.cells import Cell, Relation
from wi2007.protection.linear import LinearProgram, Places, Vector
from wi2007.protection.rounding import Program, RoundedTables

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


class NotSafeError(Exception):
    """Of `cells` a reader can derive more than rounding itself leaves, at every draw that was tried."""

    def __init__(self, cells: int) -> None:
        super().__init__(f"{cells} cells can be narrowed")
        self.cells = cells


Rounded = TypeVar("Rounded", bound=RoundedTables)


@dataclass(frozen=True)
class Audited(Generic[Rounded]):
    """Rounded tables of which a reader can derive no more than rounding leaves, and after how many `attempts`."""

    made: Rounded
    found: Mapping[Cell, Interval]
    attempts: int


def safely(
    make: Callable[[int], Rounded],
    attempts: int,
    small: int,
) -> Audited[Rounded]:
    """Round, audit, and draw again until nothing is told of cells of fewer than `small` bases that may not be.

    `make` rounds with the draw of an attempt, from 0. Raises `NotSafeError` when every draw tells more,
    `NoSolutionError` when `make` finds no rounding.
    """
    narrowed = 0
    for attempt in range(attempts):
        made = make(attempt)
        found = audited(made, small)
        narrowed = sum(one.narrower for one in found.values())
        if not narrowed:
            return Audited(made, found, attempt + 1)
    raise NotSafeError(narrowed)


def audited(made: RoundedTables, small: int) -> dict[Cell, Interval]:
    """The interval of each cell of fewer than `small` bases."""
    usual, free = made.base * made.reach, made.base * len(made.shown)
    spread = {at: free if at in made.loose else usual for at in made.shown}
    looked_at = [
        at for at, count in made.exact.items() if count < small * made.base and at not in made.hidden
    ]
    return intervals(made.shown, made.relations, spread, looked_at)


def intervals(
    shown: Mapping[Cell, int],
    relations: Sequence[Relation],
    spread: Mapping[Cell, int],
    looked_at: Collection[Cell],
) -> dict[Cell, Interval]:
    """The interval of each cell of `looked_at`, from all rounded counts and all relations together.

    `spread` is what each count is off by less than: the base, as a rule, and more for a sum of rounded counts. No cell
    may be narrower than what the least of these leaves.
    A cell that is off further than others has no end of its own: what is found of it depends on the way to a solution.
    `shown` holds the cells with persons only: the reader is taken to know which zeros were zero, which is more than the
    tables tell. Raises `NoSolutionError` when no counts at all agree with what is shown.
    """
    cells = sorted(looked_at)
    if not cells:
        return {}
    least_spread = min(spread.values())
    alike = all(spread[at] == least_spread for at in cells)
    agrees = _agree(shown, relations)
    problem = (_Steps if alike and agrees else _Counts)(shown, relations, spread)
    allowed = [leaves(shown[at], least_spread) for at in cells]
    found = _Reached(problem, cells, problem.shown if agrees else problem.furthest(np.array([], int), 1))
    for place, sign in ((1, 1), (0, -1)):
        found.towards(np.array([ends[place] for ends in allowed]), sign)
    return {
        at: Interval(int(least), int(most), ends)
        for at, least, most, ends in zip(cells, found.least, found.most, allowed, strict=True)
    }


class _Reached:
    """The least and the most that any solution so far has in each of some cells."""

    def __init__(self, problem: _Counts, cells: Sequence[Cell], first: Vector) -> None:
        """`first` is a solution."""
        self._problem = problem
        self._places = np.array([problem.place[at] for at in cells])
        self.least = self.most = first[self._places]

    def towards(self, goal: Places, sign: int) -> None:
        """Solve until every cell reaches its goal, upward (`sign` 1) or downward (-1), or comes as near as it can."""
        pending = self._short_of(goal, sign)
        before = len(pending) + 1
        while 0 < len(pending) < before:
            self._solve(pending, sign)
            pending, before = self._short_of(goal, sign), len(pending)
        for one in pending:
            if one in self._short_of(goal, sign):
                self._solve(np.array([one]), sign)

    def _short_of(self, goal: Places, sign: int) -> Places:
        reached = self.most if sign > 0 else self.least
        return np.flatnonzero(sign * reached < sign * goal)

    def _solve(self, which: Places, sign: int) -> None:
        values = self._problem.furthest(self._places[which], sign)[self._places]
        self.least, self.most = np.minimum(self.least, values), np.maximum(self.most, values)


class _Counts:
    """All counts that agree with what is shown; `place` says where the count of a cell stands in a solution."""

    def __init__(
        self, shown: Mapping[Cell, int], relations: Sequence[Relation], spread: Mapping[Cell, int]
    ) -> None:
        self._program = Program(shown, relations)
        self.place: Mapping[Cell, int] = self._program.column
        self.shown = np.array(list(shown.values()), dtype=float)
        self._lower, self._upper = np.array([leaves(count, spread[at]) for at, count in shown.items()]).T

    def furthest(self, places: Places, sign: int) -> Vector:
        """Whole counts that agree, with as many (`sign` 1) or as few (-1) persons in these cells together as can be."""
        price = -sign * np.bincount(places, minlength=len(self.shown)).astype(float)
        found = self._cheapest(price, whole=False)
        if np.abs(found - found.round()).max() > _WHOLE:
            found = self._cheapest(price, whole=True)
        return found.round()

    @cached_property
    def _solver(self) -> LinearProgram:
        return LinearProgram((self._lower, self._upper), [(self._program.matrix, 0, 0)], len(self.shown))

    def _cheapest(self, price: Vector, *, whole: bool) -> Vector:
        return self._solver.cheapest_whole(price) if whole else self._solver.cheapest(price)


class _Steps(_Counts):
    """The same as what is shown with persons more and persons less, which is a solution to begin with.

    So the solver has few steps to take. Cells that are each other's only part are one number.
    """

    def __init__(
        self, shown: Mapping[Cell, int], relations: Sequence[Relation], spread: Mapping[Cell, int]
    ) -> None:
        first = _first_of_each(shown, relations)
        told = [Relation(first[one.whole], tuple(first[at] for at in one.parts)) for one in relations]
        once = {at: count for at, count in shown.items() if first[at] == at}
        super().__init__(once, [one for one in dict.fromkeys(told) if len(one.parts) > 1], spread)
        self.place = {at: self.place[first[at]] for at in shown}
        self._less = np.flatnonzero(self.shown > self._lower)
        self._room = np.concatenate([self._upper - self.shown, (self.shown - self._lower)[self._less]])

    @cached_property
    def _solver(self) -> LinearProgram:
        rows = self._program.matrix.beside(self._less, -1.0)
        return LinearProgram((0, self._room), [(rows, 0, 0)], len(self._room))

    def _cheapest(self, price: Vector, *, whole: bool) -> Vector:
        prices = np.concatenate([price, -price[self._less]])
        solver = self._solver
        steps = solver.cheapest_whole(prices) if whole else solver.cheapest(prices)
        found = self.shown + steps[: len(price)]
        found[self._less] -= steps[len(price) :]
        return np.asarray(found)


def _agree(shown: Mapping[Cell, int], relations: Sequence[Relation]) -> bool:
    """Whether what is shown adds up and could be what is, so that it is a solution to begin with."""
    return min(shown.values()) >= 0 and all(
        shown[one.whole] == sum(shown[part] for part in one.parts) for one in relations
    )


def _first_of_each(cells: Iterable[Cell], relations: Sequence[Relation]) -> dict[Cell, Cell]:
    """For each cell the one that stands for all that must be as large: wholes of one part, and those of these."""
    first = {at: at for at in cells}

    def of(at: Cell) -> Cell:
        while first[at] != at:
            first[at] = at = first[first[at]]
        return at

    for one in relations:
        if len(one.parts) == 1:
            first[of(one.whole)] = of(one.parts[0])
    return {at: of(at) for at in first}
