"""For any population: the outflow cube is what plain counting of the persons gives, and adds up, however rows come."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from at_start import class_at_start, first_day
from engine_deliveries import Row, random_people, run, text_of
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from invented import set_of

from schemas.outflow import DIMENSIONS, OUTFLOW
from wi2007.delivery.text import rows as reader
from wi2007.population.cube import merge
from wi2007.protection.outflow import Persons, outflow_of
from wi2007.tempo import cells
from wi2007.tempo.rates import tempo_rows

populations = st.builds(random_people, st.integers(1, 300), st.integers(0, 10_000))
peildata = st.sampled_from([date(2022, 7, 1), date(2024, 2, 29), date(2023, 12, 31), date(2023, 1, 1)])


@pytest.fixture(autouse=True, params=[(8 << 20, 250_000), (4000, 60)], ids=["one batch", "many batches"])
def _batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BLOCK_BYTES", request.param[0])
    monkeypatch.setattr(reader, "BATCH_ROWS", request.param[1])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


def dated(people: list[Row], peildatum: date, seed: int) -> list[Row]:
    """The same persons with other days on which their status was reached: near every edge, or none.

    Half of them are born about where a class begins, at the peildatum or twelve months before.
    """
    rng = random.Random(seed)
    year = peildatum - timedelta(days=365)
    edges = [year, peildatum, date(2006, 12, 31), date(2007, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]
    days = [edge + timedelta(days=shift) for edge in edges for shift in (-2, -1, 0, 1, 2)]
    texts = ["", *(day.strftime("%Y%m%d") for day in days if day <= peildatum)]
    births = [
        (edge.replace(day=min(edge.day, 28), year=edge.year - age) + timedelta(days=shift)).strftime("%Y%m%d")
        for edge in (peildatum, first_day(peildatum))
        for age in (35, 45, 55, 65)
        for shift in (-2, -1, 0, 1, 2)
    ]
    births += [f"{one[:cut]}{'0' * (8 - cut)}" for one in births for cut in (4, 6)]

    def birth(row: Row) -> Row:
        return {"geboortedatum": rng.choice(births)} if rng.random() < 0.5 else {}

    return [row | {"statusdatum": rng.choice(texts)} | birth(row) for row in people]


def stretch(day: date | None, peildatum: date) -> str:
    """The first day of a calendar year or of the last twelve months, whichever is nearest before."""
    if day is None:
        return "Onbekend"
    if day.year < 2007:
        return "voor 2007"
    last = peildatum.replace(day=28) if (peildatum.month, peildatum.day) == (2, 29) else peildatum
    cut = last.replace(year=peildatum.year - 1) + timedelta(days=1)
    start = date(day.year, 1, 1)
    return (cut if start < cut <= day else start).isoformat()


def made(folder: Path, people: list[Row], peildatum: date) -> tuple[Any, list[dict[str, Any]]]:
    result = run(folder, text_of(people), peildatum.isoformat())
    assert result.message is None
    return pq.ParquetFile(folder / "uitstroom.parquet").read(), result.persons


@examples(25)
@given(people=populations, peildatum=peildata, seed=st.integers(0, 99))
def test_the_outflow_is_what_plain_counting_gives(
    folder: Path, people: list[Row], peildatum: date, seed: int
) -> None:
    outflow, persons = made(folder / "a", dated(people, peildatum, seed), peildatum)
    expected: dict[tuple[str, ...], list[str]] = {}
    for one in persons:
        start = class_at_start(one["geboortedatum"], peildatum)
        traits = (one["land_van_herkomst"], one["leeftijdsklasse"], start, one["statuscode"])
        expected.setdefault((*traits, stretch(one["statusdatum"], peildatum)), []).append(
            one["persoonsnummer"]
        )
    rows = outflow.to_pylist()
    found = {tuple(row[name] for name in DIMENSIONS): (row["aantal"], row["wie"]) for row in rows}
    assert found == {key: (len(names), set_of(names)) for key, names in expected.items()}
    assert list(found) == sorted(found)
    assert outflow.schema.remove_metadata() == OUTFLOW.arrow
    OUTFLOW.schema().validate(outflow.to_pandas())


@examples(15)
@given(people=populations, peildatum=peildata, seed=st.integers(0, 99))
def test_periods_count_the_days_that_they_say(
    folder: Path, people: list[Row], peildatum: date, seed: int
) -> None:
    outflow, persons = made(folder / "a", dated(people, peildatum, seed), peildatum)
    every = cells.routes()[cells.ALL_ROUTES]
    for period in [cells.recent(peildatum), *cells.calendar_years(peildatum, 2019)]:
        for codes, last in ((period.codes, period.last), ((*period.codes, *period.after), peildatum)):
            by_hand = sum(
                one["statuscode"] != "IBP"
                and one["statusdatum"] is not None
                and period.first <= one["statusdatum"] <= last
                for one in persons
            )
            cell = cells.left(codes, every)
            assert Persons(outflow).counts([cell]).get(cell, 0) == by_hand


@examples(25)
@given(people=populations, peildatum=peildata, seed=st.integers(0, 99))
def test_a_row_by_age_is_of_a_closed_group(
    folder: Path, people: list[Row], peildatum: date, seed: int
) -> None:
    """Who was obliged at the start, by age at the start; who of them left since; and by age now who still is."""
    outflow, persons = made(folder / "a", dated(people, peildatum, seed), peildatum)
    told = outflow_of(outflow, peildatum, cells.load_choices())
    rows = tempo_rows(told.counts, told.periods, told.axes, 1)
    by_age = [row for row in rows if row.kenmerk == "leeftijdsklasse"]
    assert {row.periode for row in by_age} <= {cells.RECENT}
    for row in by_age:
        group = [one for one in persons if class_at_start(one["geboortedatum"], peildatum) == row.categorie]
        still = [one for one in group if one["statuscode"] == "IBP"]
        gone = [
            one
            for one in group
            if one["statuscode"] != "IBP"
            and one["statusdatum"] is not None
            and first_day(peildatum) <= one["statusdatum"] <= peildatum
        ]
        by_route = [one for one in gone if row.route in ("totaal", one["uitstroomroute"])]
        assert (row.uitgestroomd, row.plichtig_begin) == (len(by_route), len(still) + len(gone))
        assert row.plichtig_peildatum == sum(
            (one["statuscode"], one["leeftijdsklasse"]) == ("IBP", row.categorie) for one in persons
        )


@examples(10)
@given(people=populations, cut=st.floats(0.05, 0.95), seed=st.integers(0, 99))
def test_parts_add_up_and_order_makes_no_difference(
    folder: Path, people: list[Row], cut: float, seed: int
) -> None:
    day = date(2022, 7, 1)
    people = dated(people, day, seed)
    at = min(max(1, round(cut * len(people))), len(people))
    parts = [made(folder / str(n), part, day)[0] for n, part in enumerate((people[:at], people[at:])) if part]
    whole, _ = made(folder / "whole", people, day)
    assert merge(parts, OUTFLOW.arrow).equals(whole)
    mixed = random.Random(seed).sample(people, len(people))
    made(folder / "mixed", mixed, day)
    names = [folder / name / "uitstroom.parquet" for name in ("whole", "mixed")]
    assert names[0].read_bytes() == names[1].read_bytes()
