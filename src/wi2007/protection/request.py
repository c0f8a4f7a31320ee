"""What is asked of the gate: the exact counts of a peildatum, and all of them as the cells of one program.

What does not belong here: rounding them (`protection.gate`), what ranks (`protection.ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.protection import closed_years, funnel
from wi2007.protection.cells import Cell, Relation, Sets, Sums, Tables, linked, with_rests
from wi2007.protection.outflow import Outflow
from wi2007.tables.build import Counted


@dataclass(frozen=True)
class Who:
    """The set of persons of every count of the tables and of the funnel: cells with the same persons are one figure."""

    tables: Tables
    around: Mapping[Cell, int]


@dataclass(frozen=True)
class ProtectionRequest:
    """What is to be protected: exact counts of every pair, those of the funnel (`around`), outflow in time, and how.

    Without `who` every cell is rounded by itself. `closed` is whether closed years have figures of their own, and
    `earlier` has those of the report before, by the set of persons.
    """

    tables: Tables
    around: Mapping[Cell, int]
    peildatum: date
    base: int
    rules: Disclosure
    outflow: Outflow | None = None
    who: Who | None = None
    closed: bool = False
    earlier: Mapping[int, int] = field(default_factory=dict)

    @property
    def of_pairs(self) -> Counted:
        """The exact counts of every pair."""
        return self.tables.of_pairs

    @property
    def specification(self) -> Specification:
        """The tables that are shown."""
        return self.tables.specification

    @property
    def sizes(self) -> dict[tuple[str, str], dict[str, int]]:
        """Exact persons by code, for every population and variable."""
        return self.tables.sizes


def all_cells(request: ProtectionRequest, sets: Sets) -> Sums:
    """Every cell with its count, the relations, and the set of persons of every cell where that is known."""
    inside = request.tables.cells(sets)
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
    if request.who is None:
        return {}
    inside = request.who.tables.cells(sets)
    timed = request.outflow.who if request.outflow else {}
    return with_rests({**request.who.around, **inside, **timed}, relations)
