"""Controlled rounding: every cell up or down to a multiple of the base, so that all relations still hold.

Zeros and other multiples stay what they are; every other cell is off by less than the base. The choice between up and
down is drawn, nearer multiples more often, and the draw follows from a key: see `draw`.
Method: Cox (1987), A constructive procedure for unbiased controlled rounding; here as one integer program over all
linked tables. What does not belong here: where the key comes from.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.order import Order
from wi2007.disclosure.program import NoSolutionError, Program, Vector
from wi2007.disclosure.relations import Relation

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
