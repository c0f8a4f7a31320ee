"""What is asked of the gate: the exact counts of a peildatum, and all of them as the cells of one program.

What does not belong here: rounding them (`protection.gate`), what ranks (`protection.ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.protection import closed_years, funnel
from wi2007.protection.cells import Cell, Relation, Sets, Sums, cells, linked, with_rests
from wi2007.protection.outflow import Outflow
from wi2007.tables.build import Counted, by_code


@dataclass(frozen=True)
class Who:
    """The set of persons of every count of the tables and of the funnel: cells with the same persons are one figure."""

    of_pairs: Counted
    around: Mapping[Cell, int]


@dataclass(frozen=True)
class ProtectionRequest:
    """What is to be protected: exact counts of every pair, those of the funnel (`around`), outflow in time, and how.

    Without `who` every cell is rounded by itself. `closed` is whether closed years have figures of their own, and
    `earlier` has those of the report before, by the set of persons.
    """

    of_pairs: Counted
    around: Mapping[Cell, int]
    specification: Specification
    peildatum: date
    base: int
    rules: Disclosure
    outflow: Outflow | None = None
    who: Who = field(default_factory=lambda: Who({}, {}))
    closed: bool = False
    earlier: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def sizes(self) -> dict[tuple[str, str], dict[str, int]]:
        """Exact persons by code, for every population and variable."""
        return sizes_of(self.of_pairs)


def sizes_of(of_pairs: Counted) -> dict[tuple[str, str], dict[str, int]]:
    """Persons by code, for every population and variable."""
    return {
        (population, variable): by_code(counts, place)
        for (population, *names), counts in of_pairs.items()
        for place, variable in enumerate(names)
    }


def all_cells(request: ProtectionRequest, sets: Sets) -> Sums:
    """Every cell with its count, the relations, and the set of persons of every cell where that is known."""
    inside = cells(request.of_pairs, request.specification, sets)
    around = dict(request.around)
    unknown = {at: around.pop(at) for at in (funnel.UNKNOWN_AGE,) if at in around}
    timed = request.outflow.counts if request.outflow else {}
    if any(inside[at] != timed[at] for at in inside.keys() & timed.keys()):
        raise AssertionError("a cell has two counts")
    exact, relations = linked(unknown | inside | timed)
    more, outer = funnel.related(exact | around)
    exact |= around | more
    relations += outer
    who = _who(request, sets, relations)
    if request.closed:
        exact, relations = closed_years.with_before(exact, relations)
    return Sums(exact, relations, who)


def _who(request: ProtectionRequest, sets: Sets, relations: Sequence[Relation]) -> dict[Cell, int]:
    if not request.who.of_pairs:
        return {}
    inside = cells(request.who.of_pairs, request.specification, sets)
    timed = request.outflow.who if request.outflow else {}
    return with_rests({**request.who.around, **inside, **timed}, relations)
