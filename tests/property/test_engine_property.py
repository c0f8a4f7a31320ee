"""For any population: the cube is what another way of counting gives, and adds up, however the rows come."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from engine_deliveries import PEILDATUM, Row, Run, person, random_people, run, run_rows, text_of
from engine_oracle import count
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.columns import COLUMNS
from schemas.cube import CUBE, DIMENSIONS
from schemas.persons import PERSONS
from wi2007.delivery.text import rows as reader
from wi2007.population.cube import merge

populations = st.builds(random_people, st.integers(1, 400), st.integers(0, 10_000))


@pytest.fixture(autouse=True, params=[(8 << 20, 250_000), (4000, 60)], ids=["one batch", "many batches"])
def _batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BLOCK_BYTES", request.param[0])
    monkeypatch.setattr(reader, "BATCH_ROWS", request.param[1])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


def cells(result: Run) -> dict[tuple[str, ...], int]:
    assert result.message is None
    return {tuple(row[name] for name in DIMENSIONS): row["aantal"] for row in result.cube}


@examples(20)
@given(people=populations)
def test_the_cube_is_what_sql_counts_in_the_text(folder: Path, people: list[Row]) -> None:
    result = run_rows(folder / "a", people)
    assert cells(result) == count(folder / "a" / "levering.csv", date.fromisoformat(PEILDATUM))


@examples(15)
@given(people=populations, peildatum=st.dates(date(2022, 7, 1), date(2031, 12, 31)))
def test_the_same_at_any_peildatum(folder: Path, people: list[Row], peildatum: date) -> None:
    result = run(folder / "a", text_of(people), peildatum.isoformat())
    assert cells(result) == count(folder / "a" / "levering.csv", peildatum)


@examples(15)
@given(people=populations, seed=st.integers())
def test_the_order_of_rows_and_columns_changes_no_byte_of_the_cube(
    folder: Path, people: list[Row], seed: int
) -> None:
    rng = random.Random(seed)
    columns = tuple(rng.sample(COLUMNS, len(COLUMNS)))
    run_rows(folder / "a", people)
    result = run(folder / "b", text_of(rng.sample(people, len(people)), columns))
    assert (folder / "a" / "kubus.parquet").read_bytes() == (folder / "b" / "kubus.parquet").read_bytes()
    trechter = [step["aantal"] for step in result.processing["trechter"]]
    assert trechter[0] == len(people) == trechter[1] + trechter[2]


@examples(15)
@given(people=populations, cut=st.floats(0.05, 0.95))
def test_cubes_of_parts_add_up_to_the_cube_of_the_whole(folder: Path, people: list[Row], cut: float) -> None:
    at = min(max(1, round(cut * len(people))), len(people))
    parts = [part for part in (people[:at], people[at:]) if part]
    cubes = []
    for number, part in enumerate(parts):
        run_rows(folder / str(number), part)
        cubes.append(pq.ParquetFile(folder / str(number) / "kubus.parquet").read())
    run_rows(folder / "whole", people)
    whole = pq.ParquetFile(folder / "whole" / "kubus.parquet").read()
    assert merge(cubes).equals(whole)
    assert merge(reversed(cubes)).equals(whole)


@examples(15)
@given(people=populations, more=st.integers(1, 50), seed=st.integers(0, 100))
def test_turkish_rows_change_nothing_but_the_funnel(
    folder: Path, people: list[Row], more: int, seed: int
) -> None:
    turkish = [
        row | {"gevraagde_nationaliteit": "Turks"} for row in random_people(more, seed, first=1_000_000)
    ]
    both = [*people, *turkish]
    random.Random(seed).shuffle(both)
    before, after = run_rows(folder / "a", people), run_rows(folder / "b", both)
    assert (folder / "a" / "kubus.parquet").read_bytes() == (folder / "b" / "kubus.parquet").read_bytes()
    assert sorted(map(str, before.persons)) == sorted(map(str, after.persons))
    assert before.processing["tellingen"] == after.processing["tellingen"]
    excluded = [step["aantal"] for run_ in (before, after) for step in run_.processing["trechter"][1:2]]
    assert excluded[1] - excluded[0] == more


@examples(10)
@given(people=populations)
def test_the_files_keep_their_contracts(folder: Path, people: list[Row]) -> None:
    result = run_rows(folder / "a", people)
    PERSONS.schema().validate(pq.read_table(folder / "a" / "personen.parquet").to_pandas())
    CUBE.schema().validate(pq.read_table(folder / "a" / "kubus.parquet").to_pandas())
    keys = [tuple(row[name] for name in DIMENSIONS) for row in result.cube]
    assert keys == sorted(keys)
    assert sum(row["aantal"] for row in result.cube) == len(result.persons)


@examples(15)
@given(people=populations, data=st.data())
def test_failures_are_exactly_the_rows_that_were_spoilt(
    folder: Path, people: list[Row], data: st.DataObject
) -> None:
    rows = [dict(row) for row in people]
    spoilt = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1))))
    for at in spoilt:
        rows[at]["statuscode"] = f"X{at}"
    result = run_rows(folder / "a", rows)
    assert result.rows("codelijst", "statuscode") == [at + 2 for at in spoilt]
    assert (result.message is None) == (not spoilt)


@examples(15)
@given(
    numbers=st.lists(
        st.text(alphabet="abé0 1-", min_size=1, max_size=20).map(lambda t: f"x{t}x"), max_size=300
    )
)
def test_double_numbers_are_found_wherever_they_are(folder: Path, numbers: list[str]) -> None:
    rows = [person(at, persoonsnummer=number) for at, number in enumerate(["zz", *numbers])]
    result = run_rows(folder / "a", rows)
    expected = [at + 3 for at, number in enumerate(numbers) if numbers.count(number) > 1]
    assert result.rows("persoonsnummer_dubbel", "persoonsnummer") == expected


def test_nothing_merged_is_an_empty_cube() -> None:
    assert merge([]).equals(CUBE.arrow.empty_table())
