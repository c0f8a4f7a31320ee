"""Outflow of the follow-up delivery: the count of the step against SQL on the file, and a projection that uses it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shared import Made

from benchmarks.scenarios import published
from schemas.outflow import AGE_AT_START
from schemas.tempo_tables import OUTLOOK, TEMPO, WAYS
from wi2007 import reference
from wi2007.project import DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM
from wi2007.protection.outflow import Persons
from wi2007.tables.variables import Category
from wi2007.tempo import cells, rates
from wi2007.tempo.outlook import Seen, outlook

PEILDATUM = date.fromisoformat(FOLLOW_UP_PEILDATUM)
AXES = {
    AGE_AT_START: [Category(label, (label,)) for label in reference.age_labels()],
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


def test_a_scenario_by_age_reaches_the_threshold_within_its_band(outflow: pa.Table) -> None:
    chosen = cells.load_choices()
    periods = [cells.recent(PEILDATUM), *cells.calendar_years(PEILDATUM, chosen.eerste_jaar)]
    shown = Persons(outflow).counts(cells.needed(periods, AXES))
    rows = rates.tempo_rows(shown, periods, AXES, chosen.minstens_plichtig, chosen.minstens_uitgestroomd)
    found = outlook(Seen(PEILDATUM, rows), chosen)
    (made,) = [one for one in found.projections if one.kind == "per_leeftijdsklasse"]
    assert made.steps[0].shown[0] == shown[cells.obliged()]
    reach = made.reach(chosen.verwaarloosbaar.aantal)
    assert reach.earliest is not None
    assert reach.central is not None
    assert date(2027, 1, 1) < reach.earliest < reach.central < date(2050, 1, 1)


def test_bands_on_the_years_of_the_demonstration(demonstration: Made) -> None:
    """What `docs/tempo.md` says of it: the pace broke, and bands from the years before the break did not hold."""
    path = demonstration.trial.processed(FOLLOW_UP_PEILDATUM) / "publicatie" / TEMPO.file
    found, lines = published(TEMPO.read(path))
    assert len(lines) == 12
    held = {way: sum(counts[True] for (one, _), counts in found.items() if one == way) for way in WAYS}
    assert held == {"rechte_lijn": 6, "vast_percentage": 1, "per_leeftijdsklasse": 0}
    assert {counts.total() for counts in found.values()} == {1, 2, 3}


def test_the_report_says_what_the_one_before_expected(demonstration: Made) -> None:
    folders = [
        demonstration.trial.processed(day) / "publicatie"
        for day in (DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM)
    ]
    before, now = (
        json.loads((folder / "vooruitzicht.json").read_text(encoding="utf-8")) for folder in folders
    )
    assert before["eerder"] is None
    told = now["eerder"]
    counted = told["geteld"]
    assert told["peildatum"] == DEMONSTRATION_PEILDATUM
    cube = pq.ParquetFile(demonstration.trial.processed(FOLLOW_UP_PEILDATUM) / "kubus.parquet").read()
    assert abs(counted - sum(row["aantal"] for row in cube.to_pylist() if row["statuscode"] == "IBP")) < 5
    for way, expected in told["manieren"].items():
        own = [one for one in OUTLOOK.read(folders[0] / OUTLOOK.file) if one.manier == way]
        earlier, later = own[1:3]
        assert (earlier.dag, later.dag) == ("2023-07-01", "2024-07-01")
        part = Decimal(92) / 366
        for name in ("verwacht", "minst", "meest"):
            between = getattr(earlier, name) + part * (getattr(later, name) - getattr(earlier, name))
            assert abs(expected[name] - between) <= 1
        assert expected["binnen"] == (expected["minst"] <= counted <= expected["meest"])
