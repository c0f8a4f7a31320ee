"""The integer program over cells that rounding and audit share: numbers within bounds for which every relation holds.

What does not belong here: what the numbers stand for, and what they cost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, hstack  # type: ignore[import-untyped]

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.relations import Relation

Vector = NDArray[np.float64]


class NoSolutionError(Exception):
    """There are no numbers within the bounds for which every relation holds."""


class Program:
    """The relations as a matrix: a row for each relation, a column for each cell in the order of `cells`."""

    def __init__(self, cells: Collection[Cell], relations: Sequence[Relation]) -> None:
        self.column = {at: place for place, at in enumerate(cells)}
        sides = [[(one.whole, 1.0), *((part, -1.0) for part in one.parts)] for one in relations]
        row = np.repeat(np.arange(len(sides)), [len(side) for side in sides])
        place = np.array([self.column[at] for side in sides for at, _ in side], dtype=np.int64)
        signs = np.array([sign for side in sides for _, sign in side], dtype=np.float64)
        self.matrix = csr_array((signs, (row, place)), shape=(len(sides), len(self.column)))

    def differences(self, values: ArrayLike) -> Vector:
        """For each relation the whole less its parts."""
        return np.asarray(self.matrix @ np.asarray(values, dtype=np.float64))

    def repeated(self, signs: Sequence[int]) -> Program:
        """The same relations over several numbers for each cell, which count with these signs."""
        wider = copy(self)
        wider.matrix = csr_array(hstack([sign * self.matrix for sign in signs]))
        return wider

    def solve(
        self, price: ArrayLike, bounds: tuple[ArrayLike, ArrayLike], owed: ArrayLike, whole: bool
    ) -> Vector:
        """The cheapest numbers between `bounds` with `owed` for differences; whole numbers when `whole`.

        Raises `NoSolutionError`.
        """
        answer = milp(
            price,
            integrality=np.full(self.matrix.shape[1], int(whole)),
            bounds=Bounds(*bounds),
            constraints=LinearConstraint(self.matrix, owed, owed) if self.matrix.shape[0] else (),
            options={"mip_rel_gap": 1e-4},
        )
        if answer.x is None or answer.status != 0:
            raise NoSolutionError
        return np.asarray(answer.x, dtype=np.float64)
