"""Linear and integer programs over everything that is known: how small and how large can each small cell be?

Solutions found for one cell are witnesses for all, so that few programs answer for thousands of cells.
What does not belong here: what the cells mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, vstack  # type: ignore[import-untyped]

from attack.relations import Relation
from attack.verdict import Narrowed
from attack.world import Cell

Row = dict[Cell, float]
_WHOLE = 1e-6
_FEW = 12
_TIRED = 25
"""So many cells are proven narrower one by one; the others that are open then count as not proven."""


class ContradictionError(Exception):
    """No numbers at all agree with everything that is told."""


@dataclass
class Problem:
    """Bounds for every cell, sums that hold, and sums that are at least nothing (what a percentage or a ranking tells)."""

    lower: dict[Cell, float]
    upper: dict[Cell, float]
    equal: Sequence[Relation]
    least: Sequence[Row] = ()
    solved: int = 0
    _at: dict[Cell, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._at = {cell: place for place, cell in enumerate(self.lower)}
        sums = [{one.whole: 1.0, **dict.fromkeys(one.parts, -1.0)} for one in self.equal]
        self._sums, self._rest = self._matrix(sums), self._matrix(self.least)
        self._ends = Bounds(np.array(list(self.lower.values())), np.array(list(self.upper.values())))

    def place(self, cells: Sequence[Cell]) -> NDArray[np.intp]:
        """Where cells stand in a solution."""
        return np.array([self._at[cell] for cell in cells], dtype=np.intp)

    def fits(self, values: NDArray[np.float64]) -> bool:
        """Whether numbers agree with everything."""
        inside = (values >= self._ends.lb - _WHOLE).all() and (values <= self._ends.ub + _WHOLE).all()
        return bool(inside and not (abs(self._sums @ values) > _WHOLE).any() and (self._rest @ values >= -_WHOLE).all())

    def best(self, price: NDArray[np.float64]) -> NDArray[np.float64]:
        """Whole numbers that agree with everything, at the least price."""
        for whole in (0, 1):
            self.solved += 1
            found = milp(
                price,
                integrality=np.full(len(price), whole),
                bounds=self._ends,
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
        entries = [(number, self._at[cell], value) for number, row in enumerate(rows) for cell, value in row.items()]
        numbers, places, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(rows), len(self._at))
        return csr_array((np.array(values, dtype=float), (np.array(numbers, dtype=int), np.array(places, dtype=int))), shape)


def narrower(
    problem: Problem, shown: Mapping[Cell, int], allowed: Mapping[Cell, tuple[int, int]], names: Mapping[Cell, str]
) -> list[Narrowed]:
    """The cells of `allowed` about which more can be derived than that. Raises `ContradictionError`."""
    cells = list(allowed)
    if not cells:
        return []
    places = problem.place(cells)
    low = np.array([allowed[cell][0] for cell in cells])
    high = np.array([allowed[cell][1] for cell in cells])
    least, most = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)

    def witness(values: NDArray[np.float64]) -> None:
        np.minimum(least, values[places], out=least)
        np.maximum(most, values[places], out=most)

    start = np.array([shown.get(cell, 0) for cell in problem.lower], dtype=float)
    witness(start if problem.fits(start) else problem.best(np.zeros(len(start))))
    _together(problem, places, (least, low, 1), witness)
    _together(problem, places, (most, high, -1), witness)
    _one_by_one(problem, places, (least, most, low, high), witness)
    open_ = (least > low) | (most < high)
    return [
        Narrowed(names.get(cells[at], ""), shown.get(cells[at], 0), allowed[cells[at]], int(least[at]), int(most[at]))
        for at in np.flatnonzero(open_)
    ]


def _together(problem: Problem, places: NDArray[np.intp], side: tuple[object, object, int], witness: object) -> None:
    """All cells that have not got to their end at once, and again the ones that are left, while that helps."""
    reached, end, sign = side
    draw = np.random.default_rng(1)
    before, stuck = len(places) + 1, 0
    while stuck < _FEW:
        pending = np.flatnonzero(reached != end)
        if not len(pending):
            return
        stuck = 0 if len(pending) < before else stuck + 1
        before = len(pending)
        chosen = pending if stuck < 2 else draw.choice(pending, max(1, len(pending) // 2), replace=False)
        price = np.zeros(len(problem.lower))
        price[places[chosen]] = sign
        witness(problem.best(price))  # type: ignore[operator]


def _one_by_one(
    problem: Problem, places: NDArray[np.intp], ends: tuple[NDArray[np.float64], ...], witness: object
) -> None:
    least, most, low, high = ends
    proven = 0
    for sign, reached, end in ((1, least, low), (-1, most, high)):
        for at in np.flatnonzero(reached != end):
            if proven >= _TIRED:
                return
            if reached[at] != end[at]:
                price = np.zeros(len(problem.lower))
                price[places[at]] = sign
                witness(problem.best(price))  # type: ignore[operator]
                proven += bool(reached[at] != end[at])
