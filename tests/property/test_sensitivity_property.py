"""For any population: what a reading changes is what counting again by it gives, and no other count moves."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from engine_deliveries import PEILDATUM, Row, random_people, run_rows
from examples import examples
from hypothesis import given, reject
from hypothesis import strategies as st

from schemas.columns import NATIONALITIES
from schemas.cube import DIMENSIONS
from schemas.disclosure import Disclosure
from schemas.variants import IN, OUT
from wi2007.decisions import read
from wi2007.population.exclusion import EXCLUSIONS, read_sensitivity
from wi2007.project import CONFIG
from wi2007.protection.audit import NotSafeError
from wi2007.protection.cells import Tables, cells, linked, shown_counts
from wi2007.protection.change import figures_of
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.rounding import RoundingOptions, draw, rounded
from wi2007.protection.variants import Released, VariantsRequest, protected
from wi2007.reference import classification
from wi2007.tables.build import WHO, counted
from wi2007.tables.specification import load

populations = st.builds(random_people, st.integers(1, 300), st.integers(0, 10_000))
Cells = Counter[tuple[str, ...]]
TURKISH = {"gevraagde_nationaliteit": "Turks", **dict.fromkeys(NATIONALITIES, "0339")}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


def cube(folder: Path) -> Cells:
    rows = pq.ParquetFile(folder / "kubus.parquet").read().to_pylist()
    return Counter({tuple(row[name] for name in DIMENSIONS): row["aantal"] for row in rows})


def flows(folder: Path, reading: str, direction: str) -> Cells:
    rows = pq.ParquetFile(folder / "varianten.parquet").read().to_pylist()
    return Counter(
        {
            tuple(row[name] for name in DIMENSIONS): row["aantal"]
            for row in rows
            if (row["lezing"], row["richting"]) == (reading, direction)
        }
    )


def with_readings(folder: Path, people: list[Row]) -> Path:
    run_rows(folder, people, readings=read_sensitivity().lezingen)
    return folder


def read_as(folder: Path, reading: str) -> Cells:
    """The cube under a reading; nothing goes out that is not there."""
    made, out = cube(folder), flows(folder, reading, OUT)
    made.update(flows(folder, reading, IN))
    assert not out - made
    return made - out


def excluding(folder: Path, columns: list[str]) -> Path:
    """Exclusions on these columns, as a researcher would write them."""
    rules = [
        {"regel": f"r{at}", "kolom": column, "waarden": [TURKISH[column]], "omschrijving": "x", "bron": "x"}
        for at, column in enumerate(columns)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exclusions.yaml").write_text(yaml.safe_dump({"uitsluitingen": rules}), encoding="utf-8")
    return folder / "exclusions.yaml"


@examples(10)
@given(people=populations)
def test_the_tables_of_the_report_stay_what_they_are(folder: Path, people: list[Row]) -> None:
    run_rows(folder / "a", people)
    with_readings(folder / "b", people)
    for name in ("kubus.parquet", "uitstroom.parquet", "personen.parquet", "verwerking.json"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


@examples(10)
@given(people=populations)
def test_a_reading_of_the_exclusion_is_the_population_with_that_exclusion(
    folder: Path, people: list[Row]
) -> None:
    here = with_readings(folder / "a", people)
    for reading, columns in (("niemand_uitgesloten", []), ("elke_nationaliteit", list(TURKISH))):
        again = folder / "b"
        run_rows(again, people, exclusions=excluding(again, columns))
        assert read_as(here, reading) == cube(again)
    nobody, everything = read_as(here, "niemand_uitgesloten"), read_as(here, "elke_nationaliteit")
    assert everything <= cube(here) <= nobody
    assert nobody.total() == len(people)


@examples(10)
@given(people=populations)
def test_who_moves_keeps_everything_else(folder: Path, people: list[Row]) -> None:
    here = with_readings(folder / "a", people)
    for reading, name in (
        ("vroegste_geboortedatum", "leeftijdsklasse"),
        ("laatste_geboortedatum", "leeftijdsklasse"),
        ("indeling_1_januari", "gemeente"),
    ):
        at = DIMENSIONS.index(name)
        ends: list[Cells] = []
        for direction in (OUT, IN):
            left: Cells = Counter()
            for key, count in flows(here, reading, direction).items():
                left[key[:at] + key[at + 1 :]] += count
            ends.append(left)
        assert ends[0] == ends[1]
        assert read_as(here, reading).total() == cube(here).total()
    age = DIMENSIONS.index("leeftijdsklasse")
    assert {key[age] for key in flows(here, "vroegste_geboortedatum", OUT)} <= {"Onbekend"}
    first = classification(date(2022, 1, 1))
    where = DIMENSIONS.index("gemeente")
    now = {key[where] for key in read_as(here, "indeling_1_januari")}
    assert all(first[code].standing == "geldig" for code in now)


@examples(10)
@given(people=populations, base=st.sampled_from([5, 10]), seed=st.binary(min_size=1, max_size=4))
def test_a_reading_as_is_gives_the_tables_and_others_differ_by_multiples(
    folder: Path, people: list[Row], base: int, seed: bytes
) -> None:
    here = with_readings(folder / "a", people)
    specification, decided = load(CONFIG / "tables.yaml"), read_sensitivity()
    kept = pq.ParquetFile(here / "kubus.parquet").read()
    exact = counted(kept, specification)
    who = Tables(counted(kept, specification, WHO), specification)
    all_cells, relations = linked(cells(exact, specification, {}))
    try:
        released = rounded(all_cells, relations, RoundingOptions(base, draw(seed, PEILDATUM)))
    except NoSolutionError:
        reject()
    shown = shown_counts(exact, specification, released)
    figures = figures_of(kept, shown, specification)
    variants = pq.ParquetFile(here / "varianten.parquet").read()
    rules: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
    for found in (variants, variants.slice(0, 0)):
        asked = VariantsRequest(
            found, specification, decided, Released(shown, who, figures, base), 3, rules.klein
        )
        try:
            made = protected(asked, lambda names, attempt: draw(seed, PEILDATUM, *names, attempt))
        except (NotSafeError, NoSolutionError):
            continue
        for of_pairs in made.of_pairs.values():
            for pair, counts in of_pairs.items():
                off = [(count - shown[pair].get(key, 0)) % decided.basis for key, count in counts.items()]
                assert not any(off)
        if not found.num_rows:
            assert all(of_pairs == shown for of_pairs in made.of_pairs.values())
            assert set(made.spread.values()) == {0}


def test_the_exclusion_of_the_report_is_the_first_of_the_wider_one() -> None:
    (base,) = yaml.safe_load(EXCLUSIONS.read_text(encoding="utf-8"))["uitsluitingen"]
    wider = next(one for one in read_sensitivity().lezingen if one.id == "elke_nationaliteit")
    assert {rule.kolom: rule.waarden for rule in wider.uitsluiting or []}[base["kolom"]] == base["waarden"]
