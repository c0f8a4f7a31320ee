"""Which cells add up to which: everything that a reader can compute from one published count and another.

What does not belong here: counting, rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from wi2007.disclosure.cells import Cell, Codes

REMAINDER = ("*",)
"""Stands for all codes of a variable that no table names: what is left when the named ones are subtracted."""


@dataclass(frozen=True)
class Relation:
    """`whole` is the sum of `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]


def linked(counts: Mapping[Cell, int]) -> tuple[dict[Cell, int], list[Relation]]:
    """All relations between cells, and the cells with those that a subtraction gives.

    For every variable of a cell: the cell without it, and every set of its codes, is the sum of the smallest sets that
    there are (single codes, or routes where no table shows status codes). Where these do not make up the whole, the
    difference is a cell too: whoever subtracts has it.
    """
    cells = dict(counts)
    families: dict[tuple[Cell, str], dict[Codes, Cell]] = defaultdict(dict)
    for at in counts:
        for place, (variable, codes) in enumerate(at):
            families[at[:place] + at[place + 1 :], variable][codes] = at
    relations: list[Relation] = []
    for (without, variable), family in sorted(families.items()):
        found = _Family(without, variable, cells, family)
        several = [codes for codes in family if len(codes) != 1]
        for codes in sorted(several, key=lambda codes: (len(codes), codes)):
            relations += found.add(codes, family[codes])
        if without in counts:
            relations.append(found.of_everybody(counts[without]))
    return cells, relations


class _Family:
    """The cells that differ in the codes of one variable: the smallest of them, and the others as their sums."""

    def __init__(
        self, without: Cell, variable: str, cells: dict[Cell, int], family: Mapping[Codes, Cell]
    ) -> None:
        self._without = without
        self._variable = variable
        self._cells = cells
        single = {codes[0]: family[codes] for codes in sorted(codes for codes in family if len(codes) == 1)}
        self._owner: dict[str, Cell] = dict(single)
        self._codes: dict[Cell, Codes] = {at: (code,) for code, at in single.items()}

    def add(self, codes: Codes, at: Cell) -> list[Relation]:
        """Take the next larger set of codes; the relation that makes it up, if it is no smallest one itself."""
        parts = list(dict.fromkeys(self._owner[code] for code in codes if code in self._owner))
        if not parts:
            self._own(codes, at)
            return []
        inside = set(codes)
        if not all(inside.issuperset(self._codes[part]) for part in parts):
            raise ValueError(f"categories of {self._variable} cut through each other in two tables")
        left = self._cells[at] - sum(map(self._cells.__getitem__, parts))
        if left:
            rest = tuple(code for code in codes if code not in self._owner)
            cell = self._cell(rest)
            self._cells[cell] = left
            self._own(rest, cell)
            parts.append(cell)
        return [Relation(at, tuple(parts))]

    def of_everybody(self, count: int) -> Relation:
        """The cell without a condition on the variable is the sum of all smallest sets, and of what is left."""
        parts = list(self._codes)
        left = count - sum(map(self._cells.__getitem__, parts))
        if left:
            cell = self._cell(REMAINDER)
            self._cells[cell] = left
            parts.append(cell)
        return Relation(self._without, tuple(parts))

    def _cell(self, codes: Codes) -> Cell:
        return tuple(sorted((*self._without, (self._variable, codes))))

    def _own(self, codes: Codes, at: Cell) -> None:
        self._codes[at] = codes
        self._owner.update(dict.fromkeys(codes, at))
