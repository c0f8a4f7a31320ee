"""The figures of a map, from the published table of municipalities by outflow route.

That table is known by what it shows, not by its number. What does not belong here: classes, areas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from schemas.tables import Specification, Table
from wi2007 import reference
from wi2007.errors import UserError
from wi2007.tables import variables
from wi2007.tables.tidy import TOTAL, TidyRow, percentage, rounded

EVERYONE = "wi2007"
OBLIGED = "nog_inburgeringsplichtig"
MUNICIPALITY: Final = "gemeente"
ROUTE: Final = "uitstroomroute"
NO_MUNICIPALITY = (reference.RNI, reference.UNKNOWN_CODE)


@dataclass(frozen=True)
class Figure:
    """A municipality: `count` of its `total` persons are still obliged; `share` in percent as the table shows it.

    `share` is None where there is nobody to take a percentage of. One that is not `alone` has no row of its own in the
    table: it stands there together with others.
    """

    code: str
    name: str
    count: int
    total: int
    share: Decimal | None
    alone: bool = True


def municipalities(peildatum: date) -> dict[str, str]:
    """Code to label of every municipality at the peildatum, in the order of a table."""
    every = variables.categories(MUNICIPALITY, peildatum)
    return {code: label for code, label in every.items() if code not in NO_MUNICIPALITY}


def table_of(specification: Specification) -> Table:
    """The table with every municipality and every outflow route. Raises `UserError` when there is none."""
    for table in specification.tables:
        every = [axis.variable for axis in table.rows if axis.largest is None]
        by_route = table.columns.variable == ROUTE and table.columns.largest is None
        if table.population == EVERYONE and by_route and MUNICIPALITY in every:
            return table
    raise UserError(
        "Voor de kaart is een tabel met alle gemeenten in de rijen en alle uitstroomroutes in de kolommen nodig "
        f"(populatie {EVERYONE}), en die staat niet in config/tables.yaml. Zet de tabel terug, of haal 'kaart' weg "
        "uit config/config.yaml."
    )


def figures(
    table: Table, rows: Iterable[TidyRow], specification: Specification, peildatum: date
) -> list[Figure]:
    """The figures of every municipality at the peildatum, by name."""
    routes = specification.populations[OBLIGED].filter[ROUTE]
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.tabel == table.number and row.rijvariabele == MUNICIPALITY:
            counts.setdefault(row.rij, {})[row.kolom] = row.aantal
    return [
        _figure(code, label, counts.get(label, {}), routes, table.decimals)
        for code, label in municipalities(peildatum).items()
    ]


def _figure(code: str, name: str, counts: dict[str, int], routes: list[str], decimals: int) -> Figure:
    count = sum(counts.get(route, 0) for route in routes)
    total = counts.get(TOTAL, sum(number for column, number in counts.items() if column != TOTAL))
    percent = percentage(count, total)
    share = None if percent is None else rounded(percent, decimals)
    return Figure(code, name, count, total, share, alone=bool(counts))
