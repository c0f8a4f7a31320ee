"""The integer program over cells that rounding and audit share: numbers within bounds for which every relation holds.

What does not belong here: what the numbers stand for, and what they cost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds as Between  # type: ignore[import-untyped]
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, hstack  # type: ignore[import-untyped]

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.order import Order
from wi2007.disclosure.relations import Relation

Vector = NDArray[np.float64]
Least = tuple[Any, Vector]
"""Rows, and the least that each may come to."""
Rows = tuple[Any, ArrayLike, ArrayLike]
"""Rows, and the least and the most that each may come to."""
Bounds = tuple[ArrayLike, ArrayLike]

_GAP = 0.01


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

    def ordered(self, order: Sequence[Order], below: ArrayLike, base: int) -> Least:
        """Each order as a row over the steps above `below`, with the least that it may come to."""
        known, start = self.column, np.asarray(below, dtype=np.float64)
        rows, places, signs, least = [], [], [], []
        for row, one in enumerate(order):
            total = float(one.least)
            for at, sign in ((one.larger, 1.0), (one.smaller, -1.0)):
                if at is not None:
                    rows.append(row)
                    places.append(known[at])
                    signs.append(sign)
                    total -= sign * start[known[at]]
            least.append(total / base)
        matrix = csr_array((signs, (rows, places)), shape=(len(order), len(known)))
        return matrix, np.array(least)

    def solve(  # noqa: PLR0913
        self,
        price: ArrayLike,
        bounds: Bounds,
        owed: ArrayLike,
        *,
        whole: bool,
        least: Least | None = None,
        signs: Sequence[int] = (1,),
    ) -> Vector:
        """The cheapest numbers between `bounds` with `owed` for differences; whole numbers when `whole`.

        With several `signs` there are so many numbers for each cell, which count with these. Raises `NoSolutionError`.
        """
        rows: list[Rows] = [(_repeated(self.matrix, signs), owed, owed)]
        if least is not None:
            rows.append((_repeated(least[0], signs), least[1], np.inf))
        return cheapest(price, bounds, rows, whole=whole)


def cheapest(
    price: ArrayLike, bounds: Bounds, rows: Sequence[Rows], *, whole: bool, presolve: bool = True
) -> Vector:
    """The cheapest numbers between `bounds` for which every row is between its ends; whole numbers when `whole`.

    The answer is within a hundredth of the cheapest: which of two that are as good comes out says nothing.
    Raises `NoSolutionError`.
    """
    answer = milp(
        price,
        integrality=np.full(len(np.asarray(price)), int(whole)),
        bounds=Between(*bounds),
        constraints=[LinearConstraint(*one) for one in rows if one[0].shape[0]],
        options={"mip_rel_gap": _GAP, "presolve": presolve},
    )
    if answer.x is None or answer.status != 0:
        raise NoSolutionError
    return np.asarray(answer.x, dtype=np.float64)


def _repeated(matrix: Any, signs: Sequence[int]) -> Any:
    """The same rows over several numbers for each cell, which count with these signs."""
    return csr_array(hstack([sign * matrix for sign in signs]))
