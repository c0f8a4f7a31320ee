"""The tidy tables of outflow and of the projections, as they are published: rows, CSV, and back.

What does not belong here: computing (see `rates` and `outlook`), files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final

from wi2007.tempo.cells import ALL_ROUTES, Axes, Cell, obliged
from wi2007.tempo.cells import groups as groups_of
from wi2007.tempo.periods import Period
from wi2007.tempo.rates import Rate, rates, undated, written

TEMPO_FILE: Final = "tempo.csv"
OUTLOOK_FILE: Final = "vooruitzicht.csv"
NO_DATE: Final = "Onbekend"
"""Stands for the period of who left on a day that is not known."""


@dataclass(frozen=True)
class TempoRow:
    """How many of a group left by a route in a period, of how many at its start; `per_100` where that says something.

    Without a period (`NO_DATE`) there is only who left.
    """

    periode: str
    begin: str
    einde: str
    kenmerk: str
    categorie: str
    route: str
    uitgestroomd: int
    plichtig_begin: int | None
    plichtig_peildatum: int | None
    per_100: str

    @property
    def share(self) -> Decimal | None:
        """Persons of every hundred."""
        return Decimal(self.per_100) if self.per_100 else None

    @property
    def rate(self) -> Rate:
        """The same as a rate of one year."""
        return Rate(
            self.periode,
            self.kenmerk,
            self.categorie,
            self.route,
            self.uitgestroomd,
            self.plichtig_begin or 0,
        )


@dataclass(frozen=True)
class OutlookRow:
    """How many are still obliged on a day by one way of looking ahead, with the band; or as it was counted."""

    manier: str
    dag: str
    verwacht: int
    minst: int
    meest: int


TEMPO_COLUMNS = tuple(field.name for field in fields(TempoRow))
OUTLOOK_COLUMNS = tuple(field.name for field in fields(OutlookRow))


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
                written(one.per_100) if enough else "",
            )
        )
    rows += [
        TempoRow(NO_DATE, "", "", ALL_ROUTES, ALL_ROUTES, one_.route, one_.count, None, None, "")
        for one_ in undated(shown)
    ]
    return rows


def to_csv(
    rows: Iterable[TempoRow] | Iterable[OutlookRow], columns: Sequence[str], mark: Mapping[str, str]
) -> str:
    """CSV text; the columns of `mark` stand behind the others."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*columns, *mark])
    writer.writerows([*("" if v is None else v for v in astuple(row)), *mark.values()] for row in rows)
    return text.getvalue()


def read_tempo(text: str) -> list[TempoRow]:
    """What `to_csv` wrote of outflow."""
    return [
        TempoRow(
            **{
                name: row[name]
                for name in ("periode", "begin", "einde", "kenmerk", "categorie", "route", "per_100")
            },
            uitgestroomd=int(row["uitgestroomd"]),
            plichtig_begin=int(row["plichtig_begin"]) if row["plichtig_begin"] else None,
            plichtig_peildatum=int(row["plichtig_peildatum"]) if row["plichtig_peildatum"] else None,
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def read_outlook(text: str) -> list[OutlookRow]:
    """What `to_csv` wrote of the projections."""
    return [
        OutlookRow(row["manier"], row["dag"], int(row["verwacht"]), int(row["minst"]), int(row["meest"]))
        for row in csv.DictReader(io.StringIO(text))
    ]


def day_of(row: OutlookRow) -> date:
    """The day of a row."""
    return date.fromisoformat(row.dag)
