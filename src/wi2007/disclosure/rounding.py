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

import numpy as np

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.program import Program
from wi2007.disclosure.relations import Relation

Draw = Callable[[Cell], float]
_STEPS = 2**32


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
    """The rounded count of every cell. Raises `NoSolutionError` when no rounding keeps all relations.

    Rounding up costs less than nothing when the draw falls within the part of the base that is filled.
    """
    if not counts:
        return {}
    cells = sorted(counts)
    exact = np.array([counts[at] for at in cells])
    over = exact % base
    program = Program(cells, relations)
    price = np.array([drawn(at) for at in cells]) - over / base
    owed = -program.differences(exact - over) / base
    up = program.solve(price, (np.zeros(len(cells)), np.minimum(over, 1)), owed, whole=True).round()
    made = (exact - over + base * up).astype(int)
    if program.differences(made).any():
        raise AssertionError("the solver's numbers do not keep all relations")
    return dict(zip(cells, made.tolist(), strict=True))
