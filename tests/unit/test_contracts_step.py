"""The step contracts: what was counted holds to the contract, or the report is not put in place."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandera.errors import SchemaErrors
from test_tables_step import CUBE

from schemas.dataset import Dataset
from schemas.statement_tables import OUTCOMES, STATEMENTS, Outcome, Result
from schemas.tidy import TIDY
from wi2007.project import CONFIG
from wi2007.steps import contracts
from wi2007.tables.build import tidy_tables
from wi2007.tables.specification import load

FLOWS = {
    "deel": ["uitgestroomd", "uitgestroomd"],
    "richting": ["in", "uit"],
    "route": ["Inburgering voldaan", "Inburgering voldaan"],
    **{name: values[:2] for name, values in CUBE.items()},
}
OUTFLOW = {
    "land_van_herkomst": ["5022", "5022"],
    "leeftijdsklasse": ["35 tot 45", "35 tot 45"],
    "statuscode": ["IBP", "VOLDAAN"],
    "statusperiode": ["Onbekend", "2021-07-02"],
    "aantal": [1, sum(CUBE["aantal"]) - 1],
}


@pytest.fixture
def paths(tmp_path: Path) -> argparse.Namespace:
    cube = pa.table(CUBE)
    pq.write_table(cube, tmp_path / "kubus.parquet")
    pq.write_table(pa.table(OUTFLOW), tmp_path / "uitstroom.parquet")
    kept = {"trechter": [{"stap": "overgebleven", "aantal": sum(CUBE["aantal"])}]}
    (tmp_path / "verwerking.json").write_text(json.dumps(kept), encoding="utf-8")
    tables = TIDY.to_csv(tidy_tables(cube, load(CONFIG / "tables.yaml"), date(2022, 7, 1)))
    pq.write_table(pa.table(FLOWS), tmp_path / "stromen.parquet")
    for name in ("exact.csv", "public.csv"):
        (tmp_path / name).write_text(tables, encoding="utf-8")
    return argparse.Namespace(
        cube=tmp_path / "kubus.parquet",
        outflow=tmp_path / "uitstroom.parquet",
        processing=tmp_path / "verwerking.json",
        exact=tmp_path / "exact.csv",
        flows=tmp_path / "stromen.parquet",
        public_tables=tmp_path / "public.csv",
        record=tmp_path / "contracten.json",
        published=[],
    )


def test_what_holds_is_recorded_with_its_number_of_rows(paths: argparse.Namespace) -> None:
    contracts.make(paths)
    rows = json.loads(paths.record.read_text(encoding="utf-8"))
    lines = len(pd.read_csv(paths.exact))
    assert rows == {
        "kubus.parquet": 4,
        "uitstroom.parquet": 2,
        "tabellen.csv": lines,
        "publicatie/tabellen.csv": lines,
        "stromen.parquet": 2,
    }


@pytest.mark.parametrize(
    ("column", "value"), [("gemeente", "9999"), ("geslacht", "X"), ("aantal", 0), ("statuscode", "ibp")]
)
def test_a_cube_with_an_impossible_value_does_not_hold(
    paths: argparse.Namespace, column: str, value: object
) -> None:
    cube = pa.table(CUBE).to_pandas()
    cube.loc[0, column] = value
    pq.write_table(pa.Table.from_pandas(cube, preserve_index=False), paths.cube)
    with pytest.raises(SchemaErrors):
        contracts.make(paths)
    assert not paths.record.exists()


@pytest.mark.parametrize(
    ("column", "value"), [("statusperiode", "2021"), ("leeftijdsklasse", "35-45"), ("aantal", 0)]
)
def test_an_outflow_with_an_impossible_value_does_not_hold(
    paths: argparse.Namespace, column: str, value: object
) -> None:
    pq.write_table(pa.table({**OUTFLOW, column: [value, OUTFLOW[column][1]]}), paths.outflow)
    with pytest.raises(SchemaErrors):
        contracts.make(paths)


def test_an_outflow_that_lost_a_person_does_not_hold(paths: argparse.Namespace) -> None:
    pq.write_table(pa.table({**OUTFLOW, "aantal": [1, 1]}), paths.outflow)
    with pytest.raises(ValueError, match="population"):
        contracts.make(paths)


def test_a_cube_that_lost_a_person_does_not_hold(paths: argparse.Namespace) -> None:
    pq.write_table(pa.table({**CUBE, "aantal": [3, 1, 2, 8]}), paths.cube)
    with pytest.raises(ValueError, match="population"):
        contracts.make(paths)


@pytest.mark.parametrize("which", ["exact", "public_tables"])
@pytest.mark.parametrize(("column", "add"), [("aantal", 1), ("noemer", 1), ("procent", 0.5)])
def test_a_table_whose_figures_disagree_does_not_hold(
    paths: argparse.Namespace, which: str, column: str, add: float
) -> None:
    path: Path = getattr(paths, which)
    table = pd.read_csv(path, dtype={"tabel": str}, keep_default_na=False, na_values={"procent": [""]})
    row = table.index[(table["aantal"] > 0) & (table["rijvariabele"] != "totaal")][0]
    table.loc[row, column] += add
    table.to_csv(path, index=False)
    with pytest.raises(SchemaErrors):
        contracts.make(paths)


@pytest.mark.parametrize(
    ("column", "value"), [("deel", "verdwenen"), ("richting", "erin"), ("route", "Elders"), ("aantal", 0)]
)
def test_events_with_an_impossible_value_do_not_hold(
    paths: argparse.Namespace, column: str, value: object
) -> None:
    events = pa.table(FLOWS).to_pandas()
    events.loc[0, column] = value
    pq.write_table(pa.Table.from_pandas(events, preserve_index=False), paths.flows)
    with pytest.raises(SchemaErrors):
        contracts.make(paths)
    assert not paths.record.exists()


RESULT = Result("c01", "2.1", "", "", "", "personen", "", "", "niet te berekenen", "", "")
OUTCOME = Outcome("c01", "rapport", "", "niet te berekenen", "nee")


def declared(paths: argparse.Namespace, *tables: tuple[Dataset[Any], Any]) -> list[Path]:
    """The rows of published tables as files in a folder."""
    found = []
    for dataset, row in tables:
        found.append(paths.record.with_name(dataset.file))
        found[-1].write_text(dataset.to_csv([row]), encoding="utf-8")
    return found


def test_other_published_tables_are_held_against_their_declarations(paths: argparse.Namespace) -> None:
    paths.published = declared(paths, (STATEMENTS, RESULT), (OUTCOMES, OUTCOME))
    contracts.make(paths)
    rows = json.loads(paths.record.read_text(encoding="utf-8"))
    assert rows["publicatie/uitspraken.csv"] == rows["publicatie/gevoeligheid.csv"] == 1
    paths.published = declared(paths, (OUTCOMES, replace(OUTCOME, oordeel="misschien")))
    with pytest.raises(SchemaErrors):
        contracts.make(paths)


def test_a_table_that_refers_to_nothing_does_not_hold(paths: argparse.Namespace) -> None:
    paths.published = declared(paths, (STATEMENTS, RESULT), (OUTCOMES, replace(OUTCOME, uitspraak="c02")))
    with pytest.raises(ValueError, match=r"gevoeligheid\.csv refers to what is not in uitspraken.csv"):
        contracts.make(paths)
