"""From rounded counts to the rows of outflow (`schemas.tempo_tables`), and from a row back to a rate.

What does not belong here: computing (see `rates` and `outlook`), files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.tempo_tables import NO_DATE, TempoRow
from wi2007.tempo.cells import ALL_ROUTES, Axes, Cell, obliged
from wi2007.tempo.cells import groups as groups_of
from wi2007.tempo.periods import Period
from wi2007.tempo.rates import Rate, rates, six_decimals, undated


def rate_of(row: TempoRow) -> Rate:
    """Give a row as a rate of one year."""
    return Rate(row.periode, row.kenmerk, row.categorie, row.route, row.uitgestroomd, row.plichtig_begin or 0)


def tempo_rows(
    shown: Mapping[Cell, int], periods: Sequence[Period], axes: Axes, least: int
) -> list[TempoRow]:
    """Every rate and who left on a day that is not known; no percentage of fewer than `least` at the start."""
    by_label = {period.label: period for period in periods}
    now = {
        (name, category.label): shown.get(obliged((name, category)), 0) for name, category in groups_of(axes)
    }
    rows = []
    for one in rates(shown, periods, axes):
        period = by_label[one.period]
        enough = one.at_risk >= max(least, 1)
        rows.append(
            TempoRow(
                one.period,
                period.first.isoformat(),
                period.last.isoformat(),
                one.variable,
                one.category,
                one.route,
                one.left,
                one.at_risk,
                now[one.variable, one.category],
                six_decimals(one.per_100) if enough else None,
            )
        )
    rows += [
        TempoRow(NO_DATE, "", "", ALL_ROUTES, ALL_ROUTES, one_.route, one_.count, None, None, None)
        for one_ in undated(shown)
    ]
    return rows
