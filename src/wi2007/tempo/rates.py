"""Compute outflow per 100 still obliged, from counts as the gate shows them, as rows of `schemas.tempo_tables`.

At risk are those who were still obliged at the start of the period: who still is at the peildatum, and who left from
that day on by statusdatum. One delivery does not show who came back, was new or is gone: those are not in it, and who
left on an unknown day is in no period. Age classes are those at the start of the period, for who left and for who was
at risk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.outflow import AGE, AGE_AT_START
from schemas.tempo_tables import GROUND, NO_DATE, TempoRow
from wi2007 import reference
from wi2007.tempo import cells
from wi2007.tempo.cells import ALL_ROUTES, Axes, Cell, Period

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


def rates(shown: Mapping[Cell, int], periods: Sequence[Period], axes: Axes) -> list[Rate]:
    """Return every rate, from the counts of `cells.needed` as the gate shows them; a missing cell has nobody.

    The counts of one rate are rounded separately, so a group may have lost more than it had; it then has as many at
    risk as it lost.
    """
    routes = cells.routes()
    found = []
    for period in periods:
        for group in cells.groups(axes):
            if not cells.told(period, group):
                continue
            variable, category = group
            since = [cells.left(codes, routes[ALL_ROUTES], group) for codes in cells.since(period, periods)]
            at_risk = shown.get(cells.obliged(group), 0) + sum(shown.get(cell, 0) for cell in since)
            for route, statuses in routes.items():
                left = shown.get(cells.left(period.codes, statuses, group), 0)
                of_group = (period.label, variable, category.label, route)
                found.append(Rate(*of_group, left, max(at_risk, left), period.years))
    return found


def six_decimals(number: Decimal | None) -> Decimal | None:
    """Round to at most six decimals, without zeros at the end."""
    if number is None:
        return None
    text = f"{number:.6f}"
    return Decimal(text.rstrip("0").rstrip("."))


def rate_of(row: TempoRow) -> Rate:
    """Give a row as a rate of one year."""
    return Rate(row.periode, row.kenmerk, row.categorie, row.route, row.uitgestroomd, row.plichtig_begin or 0)


def tempo_rows(
    shown: Mapping[Cell, int], periods: Sequence[Period], axes: Axes, least: int, least_left: int = 0
) -> list[TempoRow]:
    """Every rate, also by ground of exemption, and who left on a day that is not known.

    There is no percentage of fewer than `least` at the start, nor of fewer than `least_left` who left.
    """
    by_label = {period.label: period for period in periods}
    now = {
        (group[0], group[1].label): shown.get(cells.obliged(cells.at_peildatum(group)), 0)
        for group in cells.groups(axes)
    }
    found = rates(shown, periods, axes)
    rows = []
    for one in (*found, *_of_grounds(found, shown, by_label)):
        period = by_label[one.period]
        enough = one.at_risk >= max(least, 1) and one.left >= least_left
        rows.append(
            TempoRow(
                one.period,
                period.first.isoformat(),
                period.last.isoformat(),
                AGE if one.variable == AGE_AT_START else one.variable,
                one.category,
                one.route,
                one.left,
                one.at_risk,
                now.get((one.variable, one.category), now[ALL_ROUTES, ALL_ROUTES]),
                six_decimals(one.per_100) if enough else None,
            )
        )
    for route, statuses in cells.routes().items():
        count = shown.get(cells.undated(statuses), 0)
        rows.append(TempoRow(NO_DATE, "", "", ALL_ROUTES, ALL_ROUTES, route, count, None, None, None))
    return rows


def _of_grounds(
    found: Sequence[Rate], shown: Mapping[Cell, int], periods: Mapping[str, Period]
) -> Iterator[Rate]:
    """Yield for each ground of exemption who left by it, of everybody at the start of each period."""
    route_of = {status.ground: status.route for status in reference.statuses().values()}
    for one in found:
        if (one.variable, one.route) == (ALL_ROUTES, ALL_ROUTES):
            for ground, statuses in cells.grounds().items():
                left = shown.get(cells.left(periods[one.period].codes, statuses), 0)
                of_ground = (one.period, GROUND, ground, route_of[ground])
                yield Rate(*of_ground, left, max(one.at_risk, left), one.years)
