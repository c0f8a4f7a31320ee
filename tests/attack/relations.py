"""Which cells add up to which, from what the cells mean.

Along each variable the sets of codes of a family of cells (all else the same) are cut into the largest pieces that no
set divides; every set is the sum of its pieces. Pieces that nobody shows are cells to be derived.
What does not belong here: values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from attack.world import Cell, Codes, World


@dataclass(frozen=True)
class Relation:
    """`whole` is the sum of `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]


def relations(world: World, cells: Collection[Cell]) -> list[Relation]:
    """All relations between cells and the pieces into which they divide each other."""
    found: dict[tuple[Cell, frozenset[Cell]], None] = {}
    for context, variable, sets in _families(world, cells):
        for relation in _of_family(world, context, variable, sets):
            found.setdefault((relation.whole, frozenset(relation.parts)))
    return [Relation(whole, tuple(sorted(parts, key=_order))) for whole, parts in found]


def _order(cell: Cell) -> list[tuple[str, list[str]]]:
    return sorted((variable, sorted(codes)) for variable, codes in cell)


def _families(world: World, cells: Collection[Cell]) -> Iterator[tuple[Cell, str, list[Codes]]]:
    """Cells that differ in one variable only; a cell without the variable has all its codes."""
    families: dict[tuple[Cell, str], set[Codes]] = defaultdict(set)
    for cell in cells:
        for part in cell:
            families[cell - {part}, part[0]].add(part[1])
    everything = set(cells)
    for (context, variable), sets in families.items():
        if context in everything:
            sets.add(world.universe[variable])
        if len(sets) > 1:
            yield context, variable, sorted(sets, key=lambda codes: (len(codes), sorted(codes)))


def _of_family(world: World, context: Cell, variable: str, sets: list[Codes]) -> Iterator[Relation]:
    pieces = _pieces(sets)
    for codes in sets:
        inside = [piece for piece in pieces if piece <= codes]
        if len(inside) > 1:
            yield Relation(
                _cell(world, context, variable, codes),
                tuple(_cell(world, context, variable, piece) for piece in inside),
            )


def _cell(world: World, context: Cell, variable: str, codes: Codes) -> Cell:
    return context if codes == world.universe[variable] else context | {(variable, codes)}


def _pieces(sets: list[Codes]) -> list[Codes]:
    """The codes by which of the sets they are in."""
    member: dict[str, list[int]] = defaultdict(list)
    for number, codes in enumerate(sets):
        for code in codes:
            member[code].append(number)
    groups: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for code, numbers in member.items():
        groups[tuple(numbers)].add(code)
    return [frozenset(codes) for _, codes in sorted(groups.items())]
