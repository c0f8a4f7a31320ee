"""Percentages: which count and whole they can be of.

A percentage that follows from the counts that are shown tells nothing more. Any other was computed from something else:
it is taken for one of true counts, and narrows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from attack.world import Cell

_SAME = 1e-9


@dataclass(frozen=True)
class Part:
    """`percent` of `whole` is in `cell`, give or take `slack` percentage points."""

    cell: Cell
    whole: Cell
    percent: float
    slack: float
    where: str


def explains(count: float, whole: float, percent: float, digits: int | None) -> bool:
    """Whether shown counts give this percentage: unrounded (`digits` None) or rounded to so many decimals."""
    exact = 100 * count / whole if whole else 0.0
    return abs(exact - percent) < _SAME if digits is None else of_shown(exact, percent, digits)


def of_shown(exact: float, percent: float, digits: int) -> bool:
    """Whether `percent` is `exact`, or rounded from it to `digits` decimals."""
    if abs(exact - percent) < _SAME:
        return True
    step = Decimal(1).scaleb(-digits)
    ways = (Decimal(repr(exact)).quantize(step, way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN))
    return any(abs(float(one) - percent) < _SAME for one in ways)
