"""What a row tells by being there: where empty rows are left out, a row that shows 0 is not empty.

What does not belong here: the numbers in rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attack.labels import axis
from attack.numbers import shown
from attack.pieces import TidyRow
from attack.verdict import Leak
from attack.world import TOTAL, World, base


def check(world: World, rows: Sequence[TidyRow]) -> Iterator[Leak]:
    """Tables that have a row with only zeros while they leave others out."""
    tables: dict[tuple[str, str, str], dict[str, list[float]]] = {}
    for row in rows:
        if row["rijvariabele"] != TOTAL:
            key = (row.where.rsplit(":", 1)[0], row["tabel"], row["rijvariabele"])
            tables.setdefault(key, {}).setdefault(row["rij"], []).append(shown(row["aantal"]) or 0)
    for (where, _, variable), labels in tables.items():
        here = axis(world, variable, labels)
        if here is None or here.rest:
            continue
        missing = world.universe[base(variable)].difference(
            *(codes for codes in here.codes.values() if codes)
        )
        empty = [label for label, counts in labels.items() if not any(counts)]
        if empty and missing and variable != "geslacht":
            told = f"{len(missing)} categories are left out, {empty[0]} with zeros is not"
            yield Leak("presence", where, told)
