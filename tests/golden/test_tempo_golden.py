"""Outflow of the follow-up delivery: the count of the step against SQL on the file, and a projection that uses it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shared import Made

from wi2007 import reference
from wi2007.project import FOLLOW_UP_PEILDATUM
from wi2007.protection.outflow import Persons
from wi2007.tables.variables import Category
from wi2007.tempo import cells, rates
from wi2007.tempo.pace import share_of
from wi2007.tempo.projection import by_age

PEILDATUM = date.fromisoformat(FOLLOW_UP_PEILDATUM)
AXES = {
    "leeftijdsklasse": [Category(label, (label,)) for label in reference.age_labels()],
    "land_van_herkomst": [Category("Marokko", ("5022",)), Category("China", ("6022",))],
}
KEPT = "gevraagde_nationaliteit <> 'Turks'"


@pytest.fixture(scope="module")
def delivery(demonstration: Made) -> Path:
    (path,) = demonstration.trial.raw(FOLLOW_UP_PEILDATUM).parent.glob("*.csv")
    return path


@pytest.fixture(scope="module")
def outflow(demonstration: Made) -> pa.Table:
    return pq.ParquetFile(demonstration.trial.processed(FOLLOW_UP_PEILDATUM) / "uitstroom.parquet").read()


def one(delivery: Path, condition: str) -> int:
    read = f"read_csv('{delivery}', all_varchar=true, header=true, delim=';', nullstr='')"
    with duckdb.connect() as base:
        row = base.execute(f"select count(*) from {read} where {KEPT} and ({condition})").fetchone()
    assert row is not None
    return int(row[0])


def test_the_last_twelve_months_are_those_of_the_file(delivery: Path, outflow: pa.Table) -> None:
    found = {
        (rate.category, rate.route): rate
        for rate in rates.rates(
            Persons(outflow).counts(cells.needed([cells.recent(PEILDATUM)], AXES)),
            [cells.recent(PEILDATUM)],
            AXES,
        )
    }
    window = "statuscode <> 'IBP' and statusdatum between '20221002' and '20231001'"
    everybody = found["totaal", "totaal"]
    assert everybody.left == one(delivery, window) > 900
    assert everybody.at_risk == everybody.left + one(delivery, "statuscode = 'IBP'")
    assert found["totaal", "Inburgering voldaan"].left == one(
        delivery, f"{window} and statuscode = 'VOLDAAN'"
    )
    morocco = found["Marokko", "totaal"]
    assert morocco.left == one(delivery, f"{window} and land_van_herkomst = '5022'")
    by_class = [found[label, "totaal"] for label in reference.age_labels()]
    assert sum(rate.left for rate in by_class) == everybody.left
    assert sum(rate.at_risk for rate in by_class) == everybody.at_risk
    assert (
        found["35 tot 45", "Inburgering voldaan"].per_100 > found["55 tot 65", "Inburgering voldaan"].per_100
    )


def test_who_has_no_statusdatum_is_counted_apart(delivery: Path, outflow: pa.Table) -> None:
    shown = Persons(outflow).counts(cells.needed([], {}))
    counts = {row.route: row.uitgestroomd for row in rates.tempo_rows(shown, [], {}, 1)}
    assert counts["totaal"] == one(delivery, "statuscode <> 'IBP' and statusdatum is null") > 0
    assert counts["totaal"] == sum(count for route, count in counts.items() if route != "totaal")


def test_a_projection_by_age_reaches_the_threshold_within_its_band(outflow: pa.Table) -> None:
    recent = cells.recent(PEILDATUM)
    shown = Persons(outflow).counts(cells.needed([recent], AXES))
    chosen = cells.load_choices()
    paces = {
        rate.category: share_of(rate, Decimal(chosen.bandbreedte))
        for rate in rates.rates(shown, [recent], AXES)
        if rate.route == "totaal" and rate.variable in {"totaal", "leeftijdsklasse"}
    }
    start = {
        category.label: shown.get(cells.obliged(("leeftijdsklasse", category)), 0)
        for category in AXES["leeftijdsklasse"]
    }
    made = by_age(start, paces, PEILDATUM, "DUO", chosen.tot_en_met)
    reach = made.reach(chosen.verwaarloosbaar.aantal)
    assert made.steps[0].shown[0] == shown[cells.obliged()]
    assert reach.earliest is not None
    assert reach.central is not None
    assert date(2027, 1, 1) < reach.earliest < reach.central < date(2050, 1, 1)
