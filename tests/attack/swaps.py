"""More witnesses from one solution: what it adds to one municipality or country can as well be added to another.

Relations are sums over codes. If two codes have cells in the same places and lie in the same categories, then what a
solution adds to the shown counts of the one and of the other can change places: every relation is kept, and only the
bounds must allow it. What does not belong here: solving.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attack.world import Cell, Codes

Numbers = NDArray[np.float64]
_CLOSE = 1e-6


@dataclass(frozen=True)
class Giver:
    """A cell to push up, the cells that may profit, and cells that must not go down meanwhile."""

    wanted: np.intp
    profit: NDArray[np.intp]
    kept: NDArray[np.intp]


class Swaps:
    """Groups of codes that can change places, each as a matrix: a row for each code, a column for each context."""

    def __init__(
        self, at: Mapping[Cell, int], ends: tuple[Numbers, Numbers, Numbers], apart: Collection[Cell]
    ) -> None:
        self._shown, lower, upper = ends
        self._down, self._up = lower - self._shown, upper - self._shown
        self._groups = _groups(at, apart)

    def givers(self) -> Iterator[Giver]:
        """A code for every context that can be given what it gets to all other codes of its group.

        What is only added can be given to any code; what the giver takes in return must suit it, so it is one with
        something in most contexts, and the others of its group are asked not to go down either.
        """
        for group in self._groups:
            rich = np.argsort(-(self._shown[group] > 0).sum(axis=1), kind="stable")
            for context in range(group.shape[1]):
                wanted = group[rich[0], context]
                yield Giver(wanted, group[:, context], group.ravel())
                yield Giver(wanted, group[:, context], group[rich[0]])

    def extremes(self, solution: Numbers) -> tuple[Numbers, Numbers]:
        """The least and greatest value of each cell in the solution and in all that two codes changing places give."""
        least, most = solution.copy(), solution.copy()
        added = solution - self._shown
        for group in self._groups:
            own, low, high = added[group], self._down[group], self._up[group]
            fits = (own[:, None, :] >= low[None] - _CLOSE) & (own[:, None, :] <= high[None] + _CLOSE)
            takes = fits.all(axis=2)
            both = takes & takes.T
            for code in range(len(group)):
                given = own[both[:, code]]
                if len(given):
                    at = group[code]
                    least[at] = np.minimum(least[at], self._shown[at] + given.min(axis=0))
                    most[at] = np.maximum(most[at], self._shown[at] + given.max(axis=0))
        return least, most


def _groups(at: Mapping[Cell, int], apart: Collection[Cell]) -> list[NDArray[np.intp]]:
    single: dict[tuple[str, str], dict[Cell, int]] = defaultdict(dict)
    several: dict[str, set[Codes]] = defaultdict(set)
    for cell, place in at.items():
        for variable, codes in cell:
            if len(codes) == 1:
                (code,) = codes
                single[variable, code][cell - {(variable, codes)}] = place
            else:
                several[variable].add(codes)
    own = {(variable, code) for cell in apart for variable, codes in cell for code in codes}
    groups: dict[object, list[list[int]]] = defaultdict(list)
    for (variable, code), contexts in sorted(single.items()):
        if (variable, code) not in own:
            within = frozenset(codes for codes in several[variable] if code in codes)
            order = sorted(contexts, key=_order)
            groups[variable, within, frozenset(contexts)].append([contexts[context] for context in order])
    return [np.array(rows, dtype=np.intp) for rows in groups.values() if len(rows) > 1]


def _order(cell: Cell) -> list[tuple[str, list[str]]]:
    return sorted((variable, sorted(codes)) for variable, codes in cell)
