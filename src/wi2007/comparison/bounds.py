"""The most that a rounded part may show of a cell: who leaves a cell was in it, and who enters it is in it afterwards.

A part shown above what is shown of the cell itself would tell that the one is smaller and the other larger than
rounding leaves. What does not belong here: rounding (`protection`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from wi2007.disclosure.cells import Cell
from wi2007.disclosure.rounding import Draw

_FORCED = 1000.0
"""A price of rounding up that is above that of any draw."""


@dataclass(frozen=True)
class UpperBounds:
    """By cell, the most that may be shown of it; a cell that is not there has no bound."""

    of: Mapping[Cell, int]

    def held(self, drawn: Draw, exact: Mapping[Cell, int], base: int) -> Draw:
        """The draw, but down wherever up would be more than that: as far as all sums allow."""

        def chosen(at: Cell) -> float:
            up = exact[at] // base * base + base
            return _FORCED if up > self.of.get(at, inf) else drawn(at)

        return chosen

    def passed(self, shown: Mapping[Cell, int]) -> int:
        """How many cells are shown above it."""
        return sum(count > self.of.get(at, inf) for at, count in shown.items())
