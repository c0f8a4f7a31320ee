"""Who left and who entered which cell since the peildatum before, by part of the change, and how these counts add up.

What does not belong here: rounding (`protection.change`), which persons change (`comparison.chain`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from schemas.comparison import IN, MERGED, OUT, Comparison
from schemas.tables import Specification
from wi2007.comparison.decomposition import Part
from wi2007.protection.cells import Cell, Order, Relation, Sets, Sums, cells, linked, with_rests
from wi2007.protection.groups import At
from wi2007.protection.mergers import MUNICIPALITY
from wi2007.tables.build import COUNT, WHO, Counted, counted

DIRECTION: Final = "richting"
_CHANGES: Final[Mapping[str, str]] = {
    MERGED: MUNICIPALITY,
    "verhuisd": "gemeente",
    "ouder": "leeftijdsklasse",
    "uitgestroomd": "statuscode",
    "teruggekomen": "statuscode",
    "andere_route": "statuscode",
    "andere_code": "statuscode",
}
"""The one variable that a part changes: of a cell that says nothing of it, as many are left as entered."""

Both = tuple[Counted, Counted]
"""Who leaves, and who enters."""


@dataclass(frozen=True)
class Summed:
    """The cells of who left and of who entered, with their counts; and all of them together as one set of sums."""

    own: tuple[dict[Cell, int], dict[Cell, int]]
    sums: Sums


@dataclass(frozen=True)
class Flows:
    """The exact parts of a change. What is added up once is kept."""

    events: pa.Table
    specification: Specification
    decisions: Comparison
    _kept: dict[tuple[Part, str], Summed] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The digest of all events."""
        return hashlib.sha256(repr(self.events.to_pylist()).encode()).hexdigest()

    @cached_property
    def parts(self) -> dict[Part, Both]:
        """By part, in the order of the chain: who left which cells, and who entered which."""
        return directions(self.events, self.specification, self.decisions)

    @cached_property
    def who(self) -> dict[Part, Both]:
        """The sets of these persons."""
        return directions(self.events, self.specification, self.decisions, WHO)

    @cached_property
    def occurring(self) -> dict[Part, dict[At, set[str]]]:
        """The codes that occur in each part."""
        return {part: _occurring(both) for part, both in self.parts.items()}

    def cells(self, both: Both, groups: Sets | None = None) -> tuple[dict[Cell, int], dict[Cell, int]]:
        """The cells of who left and of who entered, with those of `groups`."""
        leaves, enters = (cells(of_pairs, self.specification, groups or {}) for of_pairs in both)
        return leaves, enters

    def summed(self, part: Part, groups: Sets) -> Summed:
        """How the counts of a part add up, with the categories of several codes in `groups`."""
        key = part, repr(sorted((at, sorted(codes)) for at, codes in groups.items()))
        if key not in self._kept:
            own = self.cells(self.parts[part], groups)
            exact, relations = linked(both_ways(own))
            relations = [*relations, *_as_many(exact, part[0])]
            who = with_rests(both_ways(self.cells(self.who[part], groups)), relations)
            self._kept[key] = Summed(own, Sums(exact, relations, who))
        return self._kept[key]


def directions(
    events: pa.Table, specification: Specification, decisions: Comparison, measure: str = COUNT
) -> dict[Part, Both]:
    """By part, in the order of the chain: who left which cells, and who entered which (`measure`: how many, or who)."""
    found: dict[Part, Both] = {}
    for part in decisions.order:
        some = events.filter(pc.equal(events["deel"], part))
        for route in sorted(some["route"].unique().to_pylist()) if part in decisions.by_route else [""]:
            of_route = some.filter(pc.equal(some["route"], route)) if route else some
            if of_route.num_rows:
                found[part, route] = (
                    _of(of_route, OUT, specification, measure),
                    _of(of_route, IN, specification, measure),
                )
    return found


def _of(events: pa.Table, direction: str, specification: Specification, measure: str) -> Counted:
    return counted(events.filter(pc.equal(events["richting"], direction)), specification, measure)


def _as_many(exact: Mapping[Cell, int], part: str) -> Iterator[Relation]:
    """As many leave as enter, wherever the part changes nothing that the cell is about."""
    variable = _CHANGES.get(part)
    if variable is None:
        return
    for at in exact:
        names = {name for name, _ in at}
        if (DIRECTION, (IN,)) in at and variable not in names:
            other = tuple((name, (OUT,)) if name == DIRECTION else (name, codes) for name, codes in at)
            if exact.get(other) == exact[at]:
                yield Relation(at, (other,))


def both_ways(both: Iterable[Mapping[Cell, int]]) -> dict[Cell, int]:
    """The cells of who leaves and of who enters, told apart by a variable of their own."""
    return {
        tagged(at, direction): count
        for direction, found in zip((OUT, IN), both, strict=True)
        for at, count in found.items()
    }


def of_part(part: Part, sums: Sums, shown: Mapping[Cell, int], within: Iterable[Cell]) -> Sums:
    """The same cells, told apart from those of other parts, with what was shown of them.

    Who is in the cells of `within` is in the same cell of the tables.
    """
    own = {at: tuple(sorted((*at, ("deel", part)))) for at in sums.exact}
    relations = [Relation(own[one.whole], tuple(own[at] for at in one.parts)) for one in sums.relations]
    exact, who, figures = (
        {own[at]: number for at, number in of_cells.items()} for of_cells in (sums.exact, sums.who, shown)
    )
    orders = [Order(tuple(one for one in at if one[0] != DIRECTION), own[at], 0) for at in within]
    return Sums(exact, relations, who, figures, orders)


@lru_cache(maxsize=2**17)
def tagged(at: Cell, direction: str) -> Cell:
    return tuple(sorted((*at, (DIRECTION, (direction,)))))


def _occurring(both: Both) -> dict[At, set[str]]:
    found: dict[At, set[str]] = defaultdict(set)
    for of_pairs in both:
        for (population, row, column), counts in of_pairs.items():
            for at, codes in zip(
                ((population, row), (population, column)), zip(*counts, strict=True), strict=False
            ):
                found[at].update(codes)
    return found
