"""Counts around the tables: rows read, left out and kept are tied to each other and to everybody.

What does not belong here: cells of tables.
"""

from __future__ import annotations

from attack.facts import Facts
from attack.relations import Relation
from attack.world import EVERYBODY, Cell

_READ, _OUT, _KEPT = "gelezen rijen", "niet meegeteld", "personen in dit rapport"


def levels(facts: Facts) -> tuple[dict[Cell, int], list[Relation]]:
    """All counts with those around the tables as cells, and how they add up."""
    counts = dict(facts.counts)
    around: dict[str, Cell] = {}
    for (label, head), value in facts.aside.items():
        cell: Cell = frozenset({("rijen", frozenset({f"{label} {head}"}))})
        counts[cell] = value
        around.setdefault(label, cell)
    if _READ not in around:
        return counts, []
    out = tuple(cell for label, cell in around.items() if label.startswith(_OUT))
    found = [Relation(around[_READ], (*out, EVERYBODY))]
    if _KEPT in around:
        found.append(Relation(around[_KEPT], (EVERYBODY,)))
    return counts, found
