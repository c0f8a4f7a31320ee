"""Which cells add up to which: everything that a reader can compute from one published count and another.

What does not belong here: counting, rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from wi2007.disclosure.cells import Cell

REMAINDER = ("*",)
"""Stands for all codes of a variable that no table names: what is left when the named ones are subtracted."""


@dataclass(frozen=True)
class Relation:
    """`whole` is the sum of `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]


def linked(counts: Mapping[Cell, int]) -> tuple[dict[Cell, int], list[Relation]]:
    """All relations between cells, and the cells with those that a subtraction gives.

    For every variable of a cell: the cell without it, and every set of its codes, is the sum of the single codes. Where
    the single codes do not make up the whole, the difference is a cell too: whoever subtracts has it.
    """
    cells = dict(counts)
    families: dict[tuple[Cell, str], dict[tuple[str, ...], Cell]] = defaultdict(dict)
    for at in counts:
        for place, (variable, codes) in enumerate(at):
            families[at[:place] + at[place + 1 :], variable][codes] = at
    relations = []
    for (without, variable), family in sorted(families.items()):
        singles = {codes[0]: at for codes, at in sorted(family.items()) if len(codes) == 1}
        for codes, at in sorted(family.items()):
            if len(codes) > 1:
                parts = tuple(single for code, single in singles.items() if code in codes)
                if sum(counts[part] for part in parts) != counts[at]:
                    raise AssertionError("a set of codes is not the sum of its codes")
                relations.append(Relation(at, parts))
        if without in counts:
            parts = tuple(singles.values())
            left = counts[without] - sum(counts[part] for part in parts)
            if left:
                remainder = tuple(sorted((*without, (variable, REMAINDER))))
                cells[remainder] = left
                parts = (*parts, remainder)
            relations.append(Relation(without, parts))
    return cells, relations
