"""Compute outflow per 100 still obliged, from counts as the gate shows them.

At risk are those who were still obliged at the start of the period: who still is at the peildatum, and who left from
that day on by statusdatum. One delivery does not show who came back, was new or is gone: those are not in it, and who
left on an unknown day is in no period (`Undated`). Age classes are those at the peildatum. What does not belong here:
exact counts (see `cells`), changes between two deliveries by person (see `comparison`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wi2007.tempo import cells
from wi2007.tempo.cells import ALL_ROUTES, Axes, Cell
from wi2007.tempo.periods import Period

HUNDRED = 100


@dataclass(frozen=True)
class Rate:
    """Persons of a group who left by a route (`totaal`: by any) in a period of `years`, of `at_risk` persons at its
    start.

    `variable` and `category` are both `totaal` for everybody.
    """

    period: str
    variable: str
    category: str
    route: str
    left: int
    at_risk: int
    years: Decimal = Decimal(1)

    @property
    def per_100(self) -> Decimal | None:
        """The persons who left per hundred at the start of the period; None when there was nobody."""
        return Decimal(self.left * HUNDRED) / self.at_risk if self.at_risk else None


@dataclass(frozen=True)
class Undated:
    """Persons who left by a route on an unknown day, beside everybody who left by it in these periods."""

    route: str
    count: int


def rates(shown: Mapping[Cell, int], periods: Sequence[Period], axes: Axes) -> list[Rate]:
    """Return every rate, from the counts of `cells.cells` as the gate shows them; a missing cell has nobody.

    The counts of one rate are rounded separately, so a group may have lost more than it had; it then has as many at
    risk as it lost.
    """
    ways = cells.routes()
    found = []
    for period in periods:
        for group in cells.groups(axes):
            variable, category = group
            since = shown.get(cells.left(period.since, ways[ALL_ROUTES], group), 0)
            at_risk = shown.get(cells.obliged(group), 0) + since
            for route, statuses in ways.items():
                left = shown.get(cells.left(period.codes, statuses, group), 0)
                rate = Rate(
                    period.label,
                    variable,
                    category.label,
                    route,
                    left,
                    max(at_risk, left),
                    period.years,
                )
                found.append(rate)
    return found


def undated(shown: Mapping[Cell, int]) -> list[Undated]:
    """Return by route the persons who left on an unknown day."""
    return [
        Undated(route, shown.get(cells.undated(statuses), 0)) for route, statuses in cells.routes().items()
    ]


def six_decimals(number: Decimal | None) -> Decimal | None:
    """Round to at most six decimals, without zeros at the end."""
    if number is None:
        return None
    text = f"{number:.6f}"
    return Decimal(text.rstrip("0").rstrip("."))
