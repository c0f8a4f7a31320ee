"""The contracts: what was counted holds to the contract, or the report is not put in place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from invented import policy_of
from pandera.errors import SchemaErrors
from steps import InFolder
from test_tables_step import CUBE

from schemas.cbs import CBS
from schemas.change import CHANGE
from schemas.statement_tables import OUTCOMES, REPRODUCTION, Outcome
from schemas.tempo_tables import TEMPO
from schemas.tidy import TIDY
from tests.helpers.exact_tables import tidy_tables
from wi2007.project import CONFIG
from wi2007.steps.gate import contracts
from wi2007.tables.specification import load

HELD = (CBS, CHANGE, TEMPO, OUTCOMES, REPRODUCTION)
FLOWS = {
    "deel": ["uitgestroomd", "uitgestroomd"],
    "richting": ["in", "uit"],
    "route": ["Inburgering voldaan", "Inburgering voldaan"],
    **{name: values[:2] for name, values in CUBE.items()},
}
VARIANTS = {
    "lezing": ["zonder", "zonder"],
    "richting": ["erbij", "eraf"],
    **{name: values[:2] for name, values in CUBE.items()},
}
OUTFLOW = {
    "land_van_herkomst": ["5022", "5022"],
    "leeftijdsklasse": ["35 tot 45", "35 tot 45"],
    "leeftijdsklasse_begin": ["25 tot 35", "35 tot 45"],
    "statuscode": ["IBP", "VOLDAAN"],
    "statusperiode": ["Onbekend", "2021-07-02"],
    "aantal": [1, sum(CUBE["aantal"]) - 1],
    "wie": np.array([55, 66], dtype="uint64"),
}


@pytest.fixture
def case(tmp_path: Path) -> InFolder:
    made = InFolder("2022-07-01", tmp_path)
    cube = pa.table(CUBE)
    pq.write_table(cube, made.made("kubus.parquet"))
    pq.write_table(pa.table(OUTFLOW), made.made("uitstroom.parquet"))
    pq.write_table(policy_of(cube), made.made("beleid.parquet"))
    pq.write_table(pa.table(VARIANTS), made.made("varianten.parquet"))
    kept = {"trechter": [{"stap": "overgebleven", "aantal": sum(CUBE["aantal"])}]}
    made.made("verwerking.json").write_text(json.dumps(kept), encoding="utf-8")
    tables = TIDY.to_csv(tidy_tables(cube, load(CONFIG / "tables.yaml"), date(2022, 7, 1)))
    pq.write_table(pa.table(FLOWS), made.made("stromen.parquet"))
    (tmp_path / "publicatie").mkdir()
    for name in ("tabellen.csv", "publicatie/tabellen.csv"):
        made.made(name).write_text(tables, encoding="utf-8")
    for dataset in HELD:
        made.made(f"publicatie/{dataset.file}").write_text(dataset.to_csv(()), encoding="utf-8")
    return made


def test_what_holds_is_recorded_with_its_number_of_rows(case: InFolder) -> None:
    contracts.make(case)
    rows = json.loads(case.made("contracten.json").read_text(encoding="utf-8"))
    lines = len(pd.read_csv(case.made("tabellen.csv")))
    assert rows == {
        "kubus.parquet": 4,
        "uitstroom.parquet": 2,
        "beleid.parquet": CUBE["statuscode"].count("IBP"),
        "tabellen.csv": lines,
        "publicatie/tabellen.csv": lines,
        "stromen.parquet": 2,
        "varianten.parquet": 2,
        **{f"publicatie/{dataset.file}": 0 for dataset in HELD},
    }


@pytest.mark.parametrize(
    ("column", "value"), [("gemeente", "9999"), ("geslacht", "X"), ("aantal", 0), ("statuscode", "ibp")]
)
def test_a_cube_with_an_impossible_value_does_not_hold(case: InFolder, column: str, value: object) -> None:
    cube = pa.table(CUBE).to_pandas()
    cube.loc[0, column] = value
    pq.write_table(pa.Table.from_pandas(cube, preserve_index=False), case.made("kubus.parquet"))
    with pytest.raises(SchemaErrors):
        contracts.make(case)
    assert not case.made("contracten.json").exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [("statusperiode", "2021"), ("leeftijdsklasse", "35-45"), ("leeftijdsklasse_begin", ""), ("aantal", 0)],
)
def test_an_outflow_with_an_impossible_value_does_not_hold(
    case: InFolder, column: str, value: object
) -> None:
    pq.write_table(pa.table({**OUTFLOW, column: [value, OUTFLOW[column][1]]}), case.made("uitstroom.parquet"))
    with pytest.raises(SchemaErrors):
        contracts.make(case)


@pytest.mark.parametrize(("column", "value"), [("richting", "in"), ("gemeente", "9999"), ("aantal", 0)])
def test_variants_with_an_impossible_value_do_not_hold(case: InFolder, column: str, value: object) -> None:
    wrong = {**VARIANTS, column: [value, VARIANTS[column][1]]}
    pq.write_table(pa.table(wrong), case.made("varianten.parquet"))
    with pytest.raises(SchemaErrors):
        contracts.make(case)


def test_a_combination_that_stands_twice_does_not_hold(case: InFolder) -> None:
    twice = pa.table({name: [values[0]] * 2 for name, values in VARIANTS.items()})
    pq.write_table(twice, case.made("varianten.parquet"))
    with pytest.raises(SchemaErrors):
        contracts.make(case)


def test_an_outflow_that_lost_a_person_does_not_hold(case: InFolder) -> None:
    pq.write_table(pa.table({**OUTFLOW, "aantal": [1, 1]}), case.made("uitstroom.parquet"))
    with pytest.raises(ValueError, match="population"):
        contracts.make(case)


def test_policy_groups_of_other_persons_do_not_hold(case: InFolder) -> None:
    policy = policy_of(pa.table(CUBE))
    others = policy.set_column(0, "geslacht", pa.array(["O"] * len(policy)))
    for wrong in (policy.slice(1), others, policy.slice(0, 0)):
        pq.write_table(wrong, case.made("beleid.parquet"))
        with pytest.raises(ValueError, match="policy groups"):
            contracts.make(case)


def test_a_cube_that_lost_a_person_does_not_hold(case: InFolder) -> None:
    pq.write_table(pa.table({**CUBE, "aantal": [3, 1, 2, 8]}), case.made("kubus.parquet"))
    with pytest.raises(ValueError, match="population"):
        contracts.make(case)


@pytest.mark.parametrize("which", ["tabellen.csv", "publicatie/tabellen.csv"])
@pytest.mark.parametrize(("column", "add"), [("aantal", 1), ("noemer", 1), ("procent", 0.5)])
def test_a_table_whose_figures_disagree_does_not_hold(
    case: InFolder, which: str, column: str, add: float
) -> None:
    path = case.made(which)
    table = pd.read_csv(path, dtype={"tabel": str}, keep_default_na=False, na_values={"procent": [""]})
    row = table.index[(table["aantal"] > 0) & (table["rijvariabele"] != "totaal")][0]
    table.loc[row, column] += add
    table.to_csv(path, index=False)
    with pytest.raises(SchemaErrors):
        contracts.make(case)


@pytest.mark.parametrize(
    ("column", "value"), [("deel", "verdwenen"), ("richting", "erin"), ("route", "Elders"), ("aantal", 0)]
)
def test_events_with_an_impossible_value_do_not_hold(case: InFolder, column: str, value: object) -> None:
    events = pa.table(FLOWS).to_pandas()
    events.loc[0, column] = value
    pq.write_table(pa.Table.from_pandas(events, preserve_index=False), case.made("stromen.parquet"))
    with pytest.raises(SchemaErrors):
        contracts.make(case)
    assert not case.made("contracten.json").exists()


OUTCOME = Outcome("c01", "rapport", "", "niet te berekenen", "nee")


def test_other_published_tables_are_held_against_their_declarations(case: InFolder) -> None:
    path = case.made(f"publicatie/{OUTCOMES.file}")
    path.write_text(OUTCOMES.to_csv([OUTCOME]), encoding="utf-8")
    contracts.make(case)
    assert case.json("contracten.json")[f"publicatie/{OUTCOMES.file}"] == 1
    path.write_text(OUTCOMES.to_csv([replace(OUTCOME, oordeel="misschien")]), encoding="utf-8")
    with pytest.raises(SchemaErrors):
        contracts.make(case)
