"""Keep the figures of closed years of outflow: calendar years that are over look the same in every report.

Their figures are not tied to those of the tables within the base: who left before the years that are told, which nobody
is shown, takes what is left. What does not belong here: the tables (`protection.gate`), which cells are counted
(`protection.outflow`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schemas.outflow import PERIOD
from wi2007.protection.cells import REMAINDER, Cell, Relation, linked, with_rests
from wi2007.protection.outflow import Outflow
from wi2007.protection.rounding import RoundingOptions, nearest


def rounded_years(outflow: Outflow, options: RoundingOptions, earlier: Mapping[int, int]) -> dict[Cell, int]:
    """The rounded count of who left in each year that is over, by route and by what does not change in time.

    Each year is a program of its own, with a draw that follows from its persons alone: so whoever makes the report of a
    later peildatum has the same figures, until something about these persons is corrected. Then the sets of persons in
    which nothing was corrected keep the figure that they have in the report before, as far as the sums allow.
    Raises `NoSolutionError` when a year has no rounding within the base.
    """
    found: dict[Cell, int] = {}
    for year in outflow.closed:
        exact, relations = linked({at: outflow.counts[at] for at in year})
        who = with_rests({at: outflow.who[at] for at in year}, relations)
        wishes = [shown_before(who, earlier, earlier)]
        made = nearest(exact, relations, replace(options, who=who, wishes=wishes), furthest=1)
        found |= {at: made.shown[at] for at in year}
    return found


def shown_before(
    who: Mapping[Cell, int], figures: Mapping[int, int], earlier: Mapping[int, int]
) -> dict[Cell, int]:
    """The figure of each cell whose persons are in the report before."""
    return {at: figures[one] for at, one in who.items() if one in figures and one in earlier}


def with_before(
    exact: dict[Cell, int], relations: Iterable[Relation]
) -> tuple[dict[Cell, int], list[Relation]]:
    """The same with who left before the years that are told as a cell of its own, also where that was nobody."""
    found = []
    for one in relations:
        parts = dict.fromkeys(one.parts)
        if PERIOD in dict(one.parts[0]) and PERIOD not in dict(one.whole):
            left: Cell = tuple(sorted((*one.whole, (PERIOD, REMAINDER))))
            exact.setdefault(left, 0)
            parts[left] = None
        found.append(Relation(one.whole, tuple(parts)))
    return exact, found


def before(exact: Iterable[Cell]) -> frozenset[Cell]:
    """The cells of who left before the years that are told."""
    return frozenset(at for at in exact if (PERIOD, REMAINDER) in at)
