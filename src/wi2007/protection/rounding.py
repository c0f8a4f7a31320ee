"""Controlled rounding: every cell up or down to a multiple of the base, so that all relations still hold.

Zeros and other multiples stay what they are; every other cell is off by less than the base. The choice between up and
down is drawn, nearer multiples more often, and the draw follows from a key: see `draw`.
Method: Cox (1987), A constructive procedure for unbiased controlled rounding; here as one integer program over all
linked tables. The audit solves programs over the same cells. What does not belong here: where the key comes from.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds as Between  # type: ignore[import-untyped]
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, hstack  # type: ignore[import-untyped]

from wi2007.protection.cells import Cell, Order, Relation

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


Draw = Callable[[Cell], float]
_STEPS = 2**32
_FURTHER = 1000.0
"""The price of going a base further than up or down: above that of any choice between those two."""


def draw(key: bytes, *release: object) -> Draw:
    """A number in [0, 1) for each cell, the same for the same key, release (peildatum, base) and cell."""
    stem = hmac.new(key, repr(release).encode(), hashlib.sha256)

    @cache
    def drawn(at: Cell) -> float:
        own = stem.copy()
        own.update(repr(at).encode())
        return int.from_bytes(own.digest()[:4], "big") / _STEPS

    return drawn


@dataclass(frozen=True)
class RoundingOptions:
    """How to round: to multiples of `base`, by this draw, in such a way that every `order` holds.

    With a `reach` above 1 a cell with persons may be off by up to so many times the base, as seldom as can be: with few
    persons there may be no rounding within the base itself.
    """

    base: int
    drawn: Draw
    order: Sequence[Order] = ()
    reach: int = 1


@dataclass(frozen=True)
class RoundedTables:
    """The exact and the shown count of every cell, with the relations that hold for both.

    `reach` times `base` is more than any cell is off, but for those of `loose`: sums of rounded counts.
    """

    exact: Mapping[Cell, int]
    shown: Mapping[Cell, int]
    relations: Sequence[Relation]
    base: int
    reach: int = 1
    loose: frozenset[Cell] = frozenset()


def nearest(
    exact: Mapping[Cell, int], relations: Sequence[Relation], options: RoundingOptions, furthest: int
) -> RoundedTables:
    """The rounding with the least reach, of those up to `furthest`, for which there is one.

    Raises `NoSolutionError` when there is none.
    """
    for reach in range(1, furthest + 1):
        with suppress(NoSolutionError):
            shown = rounded(exact, relations, replace(options, reach=reach))
            return RoundedTables(exact, shown, relations, options.base, reach)
    raise NoSolutionError


def rounded(
    counts: Mapping[Cell, int], relations: Sequence[Relation], options: RoundingOptions
) -> dict[Cell, int]:
    """The rounded count of every cell. Raises `NoSolutionError` when no rounding keeps all relations.

    Rounding up costs less than nothing when the draw falls within the part of the base that is filled.
    """
    if not counts:
        return {}
    cells = sorted(counts)
    exact = np.array([counts[at] for at in cells])
    over = exact % options.base
    below = exact - over
    program = Program(cells, relations)
    price = np.array([options.drawn(at) for at in cells]) - over / options.base
    owed = -program.differences(below) / options.base
    ordered = program.ordered(options.order, below, options.base)
    zero, one = np.zeros(len(cells)), np.minimum(over, 1)
    if options.reach == 1:
        steps = program.solve(price, (zero, one), owed, whole=True, least=ordered)
    else:
        more = np.minimum(exact, 1) * (options.reach - 1)
        prices = np.concatenate([price, np.full(2 * len(cells), _FURTHER)])
        bounds = (np.tile(zero, 3), np.concatenate([one, more, np.minimum(more, exact // options.base)]))
        found = program.solve(prices, bounds, owed, whole=True, least=ordered, signs=(1, 1, -1))
        steps = np.array([1, 1, -1]) @ found.reshape(3, -1)
    return _checked(program, cells, below + options.base * steps.round())


def _checked(program: Program, cells: Sequence[Cell], made: Vector) -> dict[Cell, int]:
    if program.differences(made).any():
        raise AssertionError("the solver's numbers do not keep all relations")
    return dict(zip(cells, made.astype(int).tolist(), strict=True))
