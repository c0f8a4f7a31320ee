"""Linear and integer programs over everything that is known: how small and how large can each small cell be?

Solutions found for one cell are witnesses for all, so that few programs answer for thousands of cells.
What does not belong here: what the cells mean.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, vstack  # type: ignore[import-untyped]

from attack.relations import Relation
from attack.swaps import Swaps
from attack.verdict import Narrowed
from attack.world import Cell

Row = dict[Cell, float]
_WHOLE = 1e-6
_FEW = 12
_MANY = 400
"""So many programs without progress, and in all; where sums are broken anyway, few will do."""
_SOME = 5
"""From so many open cells on a giver is worth a program."""
_FOUND: dict[object, list[Narrowed]] = {}
"""Verdicts by problem: copies of a folder that tell the same of the cells are solved once."""
_TIRED = 10
"""So many cells are proven to be narrower; that is enough to say that it is broken."""


class ContradictionError(Exception):
    """No numbers at all agree with everything that is told."""


@dataclass
class Problem:
    """Bounds for every cell, sums that hold, and sums that are at least nothing (of percentages and rankings)."""

    lower: dict[Cell, float]
    upper: dict[Cell, float]
    equal: Sequence[Relation]
    least: Sequence[Row] = ()
    solved: int = 0
    _at: dict[Cell, int] = field(default_factory=dict)
    _start: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        self._at = {cell: place for place, cell in enumerate(self.lower)}
        sums = [{one.whole: 1.0, **dict.fromkeys(one.parts, -1.0)} for one in self.equal]
        self._sums, self._rest = self._matrix(sums), self._matrix(self.least)
        self._ends = Bounds(np.array(list(self.lower.values())), np.array(list(self.upper.values())))

    def told(self) -> object:
        """Everything that makes this problem another one."""
        return (
            tuple(self.lower.items()),
            tuple(self.upper.values()),
            tuple(self.equal),
            tuple(tuple(row.items()) for row in self.least),
        )

    def place(self, cells: Sequence[Cell]) -> NDArray[np.intp]:
        """Where cells stand in a solution."""
        return np.array([self._at[cell] for cell in cells], dtype=np.intp)

    def fits(self, values: NDArray[np.float64]) -> bool:
        """Whether numbers agree with everything."""
        inside = (values >= self._ends.lb - _WHOLE).all() and (values <= self._ends.ub + _WHOLE).all()
        return bool(
            inside
            and not (abs(self._sums @ values) > _WHOLE).any()
            and (self._rest @ values >= -_WHOLE).all()
        )

    def swaps(self, start: NDArray[np.float64]) -> Swaps:
        """More witnesses around what is shown, which agrees with everything."""
        self._start = start
        apart = {cell for row in self.least for cell in row}
        return Swaps(self._at, (start, self._ends.lb, self._ends.ub), apart)

    def best(self, price: NDArray[np.float64], kept: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
        """Whole numbers that agree with everything, at the least price; cells `kept` are no less than shown."""
        ends = self._ends
        if kept is not None:
            lower = ends.lb.copy()
            lower[kept] = self._start[kept]
            ends = Bounds(lower, ends.ub)
        for whole in (0,) if self.least else (0, 1):
            self.solved += 1
            found = milp(
                price,
                integrality=np.full(len(price), whole),
                bounds=ends,
                constraints=LinearConstraint(
                    vstack([self._sums, self._rest]),
                    np.zeros(self._sums.shape[0] + self._rest.shape[0]),
                    np.concatenate([np.zeros(self._sums.shape[0]), np.full(self._rest.shape[0], np.inf)]),
                ),
                options={"mip_rel_gap": 0, "time_limit": 20},
            )
            if found.x is None:
                raise ContradictionError
            values: NDArray[np.float64] = np.asarray(found.x)
            if (abs(values - values.round()) < _WHOLE).all():
                return values.round()
        return values

    def _matrix(self, rows: Sequence[Row]) -> csr_array:
        entries = [
            (number, self._at[cell], value) for number, row in enumerate(rows) for cell, value in row.items()
        ]
        numbers, places, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(rows), len(self._at))
        return csr_array(
            (np.array(values, dtype=float), (np.array(numbers, dtype=int), np.array(places, dtype=int))),
            shape,
        )


def narrower(
    problem: Problem,
    shown: Mapping[Cell, int],
    allowed: Mapping[Cell, tuple[int, int]],
    names: Mapping[Cell, str],
) -> list[Narrowed]:
    """The cells of `allowed` about which more can be derived than that. Raises `ContradictionError`."""
    if not allowed:
        return []
    key = (problem.told(), tuple(allowed.items()))
    if key not in _FOUND:
        _FOUND[key] = _narrower(problem, shown, allowed, names)
    return _FOUND[key]


def _narrower(
    problem: Problem,
    shown: Mapping[Cell, int],
    allowed: Mapping[Cell, tuple[int, int]],
    names: Mapping[Cell, str],
) -> list[Narrowed]:
    search = _Search(problem, shown, allowed)
    for sign in (1, -1):
        search.together(sign)
    search.one_by_one()
    return [
        Narrowed(names.get(cell, ""), shown.get(cell, 0), allowed[cell], least, most)
        for cell, least, most in search.proven()
    ]


class _Search:
    """How far each cell has been seen to go, in any solution."""

    def __init__(
        self, problem: Problem, shown: Mapping[Cell, int], allowed: Mapping[Cell, tuple[int, int]]
    ) -> None:
        self._problem, self._cells = problem, list(allowed)
        self._places = problem.place(self._cells)
        self._ends = {
            1: np.array([low for low, _ in allowed.values()]),
            -1: np.array([high for _, high in allowed.values()]),
        }
        self._least, self._most = (np.full(len(problem.lower), sign * np.inf) for sign in (1, -1))
        start = np.array([shown.get(cell, 0) for cell in problem.lower], dtype=float)
        self._swaps = problem.swaps(start) if problem.fits(start) else None
        self._proven: set[int] = set()
        self._limit = _MANY if self._swaps else _FEW
        self._witness(start if self._swaps else problem.best(np.zeros(len(start))))

    def together(self, sign: int) -> None:
        """All cells that have not got to their end at once, and again the ones that are left, while that helps."""
        if sign == -1 and self._swaps:
            self._give(self._swaps)
        draw = np.random.default_rng(1)
        before, stuck = len(self._places) + 1, 0
        while stuck < _FEW and self._problem.solved < self._limit:
            pending = self._open(sign)
            if not len(pending):
                return
            stuck = 0 if len(pending) < before else stuck + 1
            before = len(pending)
            chosen = pending if stuck < 2 else draw.choice(pending, max(1, len(pending) // 2), replace=False)
            self._push(chosen, sign)

    def _give(self, swaps: Swaps) -> None:
        """Push up what can be passed on to all codes alike, for contexts in which cells are still open."""
        for giver in swaps.givers():
            if np.isin(self._places[self._open(-1)], giver.profit).sum() >= _SOME:
                price = np.zeros(len(self._problem.lower))
                price[giver.wanted] = -1
                with contextlib.suppress(ContradictionError):
                    self._witness(self._problem.best(price, giver.kept))

    def one_by_one(self) -> None:
        """Cells that are still open by a program of their own: all, or where it is broken anyway the first few."""
        for sign in (1, -1):
            tried = 0
            for at in sorted(self._open(sign), key=self._suspect):
                enough = len(self._proven) >= _TIRED or (self._swaps is None and tried >= _TIRED)
                if enough or at not in self._open(sign):
                    continue
                self._push(np.array([at]), sign)
                tried += 1
                if at in self._open(sign):
                    self._proven.add(int(at))

    def proven(self) -> Iterator[tuple[Cell, int, int]]:
        """The cells that cannot get to both ends, with how far they get."""
        for at in sorted(self._proven):
            place = self._places[at]
            yield self._cells[at], ceil(self._least[place] - _WHOLE), floor(self._most[place] + _WHOLE)

    def _suspect(self, at: np.intp) -> tuple[bool, int]:
        """Cells of which more is told than their rounded count come first."""
        cell = self._cells[at]
        ends = (self._problem.lower[cell], self._problem.upper[cell])
        told = ends != (self._ends[1][at], self._ends[-1][at]) or any(
            cell in row for row in self._problem.least
        )
        return not told, int(at)

    def _open(self, sign: int) -> NDArray[np.intp]:
        reached = (self._least if sign == 1 else self._most)[self._places]
        return np.flatnonzero(sign * (reached - self._ends[sign]) > _WHOLE)

    def _push(self, chosen: NDArray[np.intp], sign: int) -> None:
        price = np.zeros(len(self._problem.lower))
        price[self._places[chosen]] = sign
        self._witness(self._problem.best(price))

    def _witness(self, values: NDArray[np.float64]) -> None:
        least, most = self._swaps.extremes(values) if self._swaps else (values, values)
        np.minimum(self._least, least, out=self._least)
        np.maximum(self._most, most, out=self._most)
