"""Whole numbers that keep conditions and lie near their aims: an integer program, with one best answer only.

Its cells may be anything that sorts. A person more or less costs more the further a cell is from its aim, and every
cell has a price of its own, so that no two answers cost the same: the answer does not depend on the solver's path.

What does not belong here: what the cells and conditions mean (see `conditions`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from wi2007.demo.draws import Draws
from wi2007.demo.settings import impossible

Cell = frozenset[tuple[str, str]]

# How far from the aim, as shares of half the room that a cell has, and what a person costs there.
SEGMENTS = ((Fraction(1, 4), 1), (Fraction(1, 2), 3), (Fraction(1), 9))
_PRICE = 1 << 24
_OWN = 1 << 12


@dataclass(frozen=True)
class Relation:
    """The weighted sum of some cells lies from `lower` to `upper` (None: no limit), both included."""

    terms: Mapping[Cell, int]
    lower: int
    upper: int | None

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether these counts keep the condition."""
        total = sum(weight * counts[cell] for cell, weight in self.terms.items())
        return self.lower <= total and (self.upper is None or total <= self.upper)


@dataclass
class Problem:
    """What is known of each cell: its least and greatest value, its aim, and how cells hang together.

    `weight` makes it dearer for a cell to be away from its aim; 1 where it is not given.
    """

    lower: dict[Cell, int] = field(default_factory=dict)
    upper: dict[Cell, int] = field(default_factory=dict)
    aim: dict[Cell, int] = field(default_factory=dict)
    weight: dict[Cell, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def narrow(self, cell: Cell, lower: int, upper: int) -> None:
        """Cut a cell's room down to what it shares with `lower` … `upper`."""
        self.lower[cell] = max(lower, self.lower.get(cell, 0))
        self.upper[cell] = min(upper, self.upper.get(cell, upper))

    def cells(self) -> list[Cell]:
        """Every cell, in a fixed order."""
        named = set(self.lower) | {cell for relation in self.relations for cell in relation.terms}
        return sorted(named, key=sorted)

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether these counts keep every condition; in whole numbers, without the solver's tolerance."""
        return (
            all(counts[cell] >= least for cell, least in self.lower.items())
            and all(counts[cell] <= most for cell, most in self.upper.items())
            and all(relation.holds(counts) for relation in self.relations)
        )


@dataclass
class Program:
    """A problem in the solver's terms: a column for each cell, then a column for each segment of cost."""

    cells: Sequence[Cell]
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)

    def column(self, lower: float, upper: float, cost: float) -> int:
        """Add a column and give its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        return len(self.cost) - 1

    def solve(self) -> dict[Cell, int]:
        """The cheapest whole numbers, by cell; raises `UserError` when there are none."""
        row, column, value = zip(
            *((r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()), strict=True
        )
        place = (np.array(row, dtype=np.int32), np.array(column, dtype=np.int32))
        matrix = csr_array((np.array(value), place), shape=(len(self.rows), len(self.cost)))
        limits = LinearConstraint(
            matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        )
        answer = milp(
            self.cost,
            integrality=[int(number < len(self.cells)) for number in range(len(self.cost))],
            bounds=Bounds(self.lower, self.upper),
            constraints=limits,
            options={"mip_rel_gap": 0},
        )
        if answer.x is None or answer.status != 0:
            raise impossible("er zijn geen gehele aantallen die aan alle voorwaarden voldoen")
        return dict(zip(self.cells, (round(count) for count in answer.x), strict=False))


def program(problem: Problem, draws: Draws) -> Program:
    """The problem, with a price for every cell that has an aim."""
    cells = problem.cells()
    made = Program(cells)
    index = {cell: made.column(problem.lower.get(cell, 0), problem.upper.get(cell, inf), 0) for cell in cells}
    for relation in problem.relations:
        terms = {index[cell]: weight for cell, weight in relation.terms.items()}
        made.rows.append((terms, relation.lower, inf if relation.upper is None else relation.upper))
    for number, cell in enumerate(cells):
        if cell in problem.aim:
            _draw_near(made, problem, cell, index[cell], draws.below("prijs", _OWN, number))
    return made


def _draw_near(made: Program, problem: Problem, cell: Cell, column: int, own: int) -> None:
    """Let the cell be its aim, plus what it has more and less what it has fewer: both in segments, ever dearer."""
    lower, upper = problem.lower[cell], problem.upper[cell]
    half = max(1, (upper - lower) // 2)
    common = problem.weight.get(cell, 1) * _PRICE // half
    price = common + (common * own) // (8 * _OWN)
    aim = min(max(problem.aim[cell], lower), upper)
    terms = {column: 1}
    for sign in (-1, 1):
        start = 0
        for share, slope in SEGMENTS:
            end = ceil(half * share) if share < 1 else upper - lower
            terms[made.column(0, max(0, end - start), slope * price + (sign > 0))] = -sign
            start = end
    made.rows.append((terms, aim, aim))


def solve(problem: Problem, draws: Draws) -> dict[Cell, int]:
    """The whole numbers nearest to their aims; raises `UserError` when no numbers keep all conditions."""
    counts = program(problem, draws).solve()
    if not problem.holds(counts):
        raise AssertionError("the solver's numbers do not keep all conditions")
    return counts
