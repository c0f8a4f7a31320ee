"""Controlled rounding: every cell up or down to a multiple of the base, so that all relations still hold.

Zeros and other multiples stay what they are; every other cell is off by less than the base. The choice between up and
down is drawn, nearer multiples more often, and the draw follows from a key: see `draw`.
Method: Cox (1987), A constructive procedure for unbiased controlled rounding; here as one integer program over all
linked tables. What does not belong here: where the key comes from.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.relations import Relation

Draw = Callable[[Cell], float]
_STEPS = 2**32


class NoRoundingError(Exception):
    """There is no rounding that keeps every relation."""


def draw(key: bytes, *release: object) -> Draw:
    """A number in [0, 1) for each cell, the same for the same key, release (peildatum, base) and cell."""
    stem = hmac.new(key, repr(release).encode(), hashlib.sha256)

    def drawn(at: Cell) -> float:
        own = stem.copy()
        own.update(repr(at).encode())
        return int.from_bytes(own.digest()[:4], "big") / _STEPS

    return drawn


def rounded(
    counts: Mapping[Cell, int], relations: Sequence[Relation], base: int, drawn: Draw
) -> dict[Cell, int]:
    """The rounded count of every cell. Raises `NoRoundingError` when no rounding keeps all relations."""
    free = [at for at in sorted(counts) if counts[at] % base]
    column = {at: number for number, at in enumerate(free)}
    lower = {at: count - count % base for at, count in counts.items()}
    up = _solved(column, _price(counts, free, base, drawn), _rows(relations, column, lower, base))
    made = {at: lower[at] + base * up[column[at]] if at in column else lower[at] for at in counts}
    if any(made[one.whole] != sum(made[part] for part in one.parts) for one in relations):
        raise AssertionError("the solver's numbers do not keep all relations")
    return made


def _price(counts: Mapping[Cell, int], free: Iterable[Cell], base: int, drawn: Draw) -> list[float]:
    """What rounding up costs: nothing or less when the draw falls within the part of the base that is filled."""
    return [drawn(at) - (counts[at] % base) / base for at in free]


def _rows(
    relations: Iterable[Relation], column: Mapping[Cell, int], lower: Mapping[Cell, int], base: int
) -> list[tuple[list[int], list[int], int]]:
    """For each relation the columns, their signs, and the sum they must have."""
    rows = []
    for one in relations:
        sides = [(one.whole, 1), *((part, -1) for part in one.parts)]
        places = [(column[at], sign) for at, sign in sides if at in column]
        owed = -sum(sign * lower[at] for at, sign in sides) // base
        if places:
            rows.append(([place for place, _ in places], [sign for _, sign in places], owed))
    return rows


def _solved(
    column: Mapping[Cell, int], price: list[float], rows: list[tuple[list[int], list[int], int]]
) -> list[int]:
    if not price:
        return []
    constraints = []
    if rows:
        row = np.repeat(np.arange(len(rows)), [len(places) for places, _, _ in rows])
        places = np.concatenate([places for places, _, _ in rows])
        signs = np.concatenate([signs for _, signs, _ in rows]).astype(float)
        matrix = csr_array((signs, (row, places)), shape=(len(rows), len(column)))
        owed = [owed for _, _, owed in rows]
        constraints = [LinearConstraint(matrix, owed, owed)]
    answer = milp(
        price, integrality=np.ones(len(price)), bounds=Bounds(0, 1), constraints=constraints,
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    if answer.x is None or answer.status != 0:
        raise NoRoundingError
    return [round(value) for value in answer.x]
