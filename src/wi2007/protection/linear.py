"""Linear programs: the cheapest numbers between bounds, of which given sums lie between their ends.

Solved by HiGHS (Huangfu and Hall, 2018), on one thread: the same program has the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
Places = NDArray[np.int64]
Bounds = tuple[ArrayLike, ArrayLike]
"""The least and the most that each number may be."""

_OPTIONS = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}
_BROKEN_OR_WHOLE, _WHOLE_ONLY = 0, 1
_ENDED = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit
_FEASIBLE = 2
_APART = 1e-6
_ALL = 2**31 - 1
"""So many parts of a search as there are."""
_NARROWEST = 0.3
_WIDER = 4


class NoSolutionError(Exception):
    """There are no numbers within the bounds for which every sum lies between its ends."""


@dataclass(frozen=True)
class Matrix:
    """Numbers by row and column, in the order of the rows; all other numbers are zero."""

    row: Places
    column: Places
    value: Vector
    height: int
    width: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[tuple[int, float]]], width: int) -> Matrix:
        """Return a matrix with for each row its numbers, each with its column."""
        lengths = [len(row) for row in rows]
        return cls(
            np.repeat(np.arange(len(rows)), lengths),
            np.array([column for row in rows for column, _ in row], dtype=np.int64),
            np.array([value for row in rows for _, value in row], dtype=np.float64),
            len(rows),
            width,
        )

    def __matmul__(self, numbers: ArrayLike) -> Vector:
        """Return the sum of each row: every number of it times the one of `numbers` for its column."""
        terms = self.value * np.asarray(numbers, dtype=np.float64)[self.column]
        return np.bincount(self.row, terms, self.height).astype(np.float64)

    def beside(self, columns: Places, sign: float) -> Matrix:
        """Return the matrix with some of its columns once more to the right of it, times `sign`."""
        place = np.full(self.width, -1)
        place[columns] = self.width + np.arange(len(columns))
        again = np.flatnonzero(place[self.column] >= 0)
        row = np.concatenate([self.row, self.row[again]])
        order = np.argsort(row, kind="stable")
        return Matrix(
            row[order],
            np.concatenate([self.column, place[self.column[again]]])[order],
            np.concatenate([self.value, sign * self.value[again]])[order],
            self.height,
            self.width + len(columns),
        )


Rows = tuple[Matrix, ArrayLike, ArrayLike]
"""Rows, and the least and the most that the sum of each may come to."""


class LinearProgram:
    """Unknown numbers between `bounds`, one for each column, of which the sums of `rows` lie between their ends."""

    def __init__(self, bounds: Bounds, rows: Sequence[Rows], width: int) -> None:
        self._lower, self._upper = (_each(ends, width) for ends in bounds)
        self._columns = np.arange(width, dtype=np.int32)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _OPTIONS.items():
            self._solver.setOptionValue(name, value)
        self._solver.passModel(self._model(rows))

    def _model(self, rows: Sequence[Rows]) -> highspy.HighsLp:
        matrices = [matrix for matrix, _, _ in rows]
        lengths = np.concatenate([np.bincount(one.row, minlength=one.height) for one in matrices])
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._columns), len(lengths)
        model.col_cost_ = np.zeros(len(self._columns))
        model.col_lower_, model.col_upper_ = self._lower, self._upper
        model.row_lower_ = np.concatenate([_each(least, matrix.height) for matrix, least, _ in rows])
        model.row_upper_ = np.concatenate([_each(most, matrix.height) for matrix, _, most in rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate([one.column for one in matrices]).astype(np.int32)
        model.a_matrix_.value_ = np.concatenate([one.value for one in matrices])
        return model

    def cheapest(self, price: ArrayLike) -> Vector:
        """Return the cheapest numbers, broken or whole. Raises `NoSolutionError`.

        The solver looks for no smaller program first: on linked tables that takes ten times as long as the rest.
        """
        self._set(_BROKEN_OR_WHOLE, price, self._lower, self._upper)
        return self._solved(presolve=False)

    def cheapest_whole(self, price: ArrayLike) -> Vector:
        """Return the cheapest whole numbers; the bounds are whole. Raises `NoSolutionError`."""
        return self._near_broken(price, _APART, _ALL)

    def nearly_cheapest_whole(self, price: ArrayLike, apart: float, nodes: int) -> Vector:
        """Return whole numbers that are at most `apart` dearer than the cheapest, found near the broken ones.

        When none are found so soon, the cheapest that are found among `nodes` parts of a search. Raises
        `NoSolutionError`.
        """
        return self._near_broken(price, apart, nodes)

    def _near_broken(self, price: ArrayLike, apart: float, nodes: int) -> Vector:
        """Return whole numbers at most `apart` dearer than the cheapest broken ones, or else the cheapest whole ones.

        The broken ones are cheaper than any whole ones, and tell of each number what it costs at the least to leave its
        bound. So whole numbers that are no more than `width` dearer are at their bound wherever leaving it costs more:
        the others alone are looked for. Wider where there are none.
        """
        broken = self.cheapest(price)
        if np.abs(broken - broken.round()).max(initial=0) < _APART:
            return broken.round()
        least, leaving = self._cost(), np.abs(self._solver.getSolution().col_dual)
        self._search(apart, nodes)
        width = _NARROWEST
        while True:
            fixed = leaving > width
            lower = np.where(fixed, broken.round(), self._lower)
            upper = np.where(fixed, broken.round(), self._upper)
            self._set(_WHOLE_ONLY, price, lower, upper)
            try:
                found = self._solved(presolve=True).round()
            except NoSolutionError:
                if not fixed.any():
                    raise
                width *= _WIDER
                continue
            if self._cost() <= least + max(width, apart) + _APART or not fixed.any():
                return found
            width = self._cost() - least

    def cheap_whole(self, price: ArrayLike, apart: float, nodes: int) -> Vector:
        """Return whole numbers that are at most `apart` dearer than the cheapest, wherever. Raises `NoSolutionError`.

        When none are found so soon, the cheapest that are found among `nodes` parts of the search.
        """
        self._search(apart, nodes)
        self._set(_WHOLE_ONLY, price, self._lower, self._upper)
        return self._solved(presolve=True).round()

    def _search(self, apart: float, nodes: int) -> None:
        """Say how much dearer than the cheapest the next whole numbers may be, and how long they are looked for."""
        for name, value in (("mip_abs_gap", apart), ("mip_max_nodes", nodes)):
            self._solver.setOptionValue(name, value)

    def _set(self, kind: int, price: ArrayLike, lower: Vector, upper: Vector) -> None:
        """Change what differs between the questions to one program; nothing is left of the solution before."""
        count = len(self._columns)
        self._solver.changeColsCost(count, self._columns, np.asarray(price, dtype=np.float64))
        self._solver.changeColsBounds(count, self._columns, lower, upper)
        self._solver.changeColsIntegrality(count, self._columns, np.full(count, kind, dtype=np.uint8))
        self._solver.clearSolver()

    def _solved(self, *, presolve: bool) -> Vector:
        self._solver.setOptionValue("presolve", "choose" if presolve else "off")
        self._solver.run()
        ended = self._solver.getModelStatus()
        if ended not in _ENDED or self._solver.getInfo().primal_solution_status != _FEASIBLE:
            raise NoSolutionError
        return np.array(self._solver.getSolution().col_value)

    def _cost(self) -> float:
        return float(self._solver.getInfo().objective_function_value)


def _each(ends: ArrayLike, count: int) -> Vector:
    return np.array(np.broadcast_to(np.asarray(ends, dtype=np.float64), count))
