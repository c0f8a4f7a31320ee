"""The demonstration under other readings: what each counts otherwise, and which statements change."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from schemas.variants import DIRECTION, READING
from wi2007.cbs.table import COLUMNS
from wi2007.demo import write_delivery
from wi2007.population.readings import SENSITIVITY, read_sensitivity
from wi2007.project import DEMONSTRATION_PEILDATUM
from wi2007.sensitivity.result import Outcome, read_csv
from wi2007.steps import read
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text
from wi2007.steps.gate import tables, variants

pytestmark = pytest.mark.slow
PERSONS = {
    ("niemand_uitgesloten", "erbij"): 18_000,
    ("elke_nationaliteit", "eraf"): 12_455,
    ("vroegste_geboortedatum", "eraf"): 500,
    ("vroegste_geboortedatum", "erbij"): 500,
    ("laatste_geboortedatum", "eraf"): 500,
    ("laatste_geboortedatum", "erbij"): 500,
    ("indeling_1_januari", "eraf"): 240,
    ("indeling_1_januari", "erbij"): 240,
}
CHANGED = {
    "niemand_uitgesloten": {
        "c01",
        "c04",
        "c05",
        "c08",
        "c09",
        "c10",
        "c27",
        "c28",
        "c31",
        "c32",
        "c33",
        "c35",
    },
    "elke_nationaliteit": {"c01", "c08", "c09", "c27", "c28", "c31", "c33", "c35"},
    "indeling_1_januari": {"c08", "c09"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """The demonstration through the gate, by rounding; without figures of CBS."""
    found = {}
    for rounding in ("5", "uit"):
        case = Case(DEMONSTRATION_PEILDATUM, tmp_path_factory.mktemp("lezingen"), rounding=rounding)
        write_delivery(case.run.raw / case.peildatum)
        read.make(case)
        write_text(case.made("publicatie/cbs.csv"), ",".join(COLUMNS) + "\n")
        judge(case)
        found[rounding] = case
    return found


def judge(case: Case) -> None:
    exact = tables.read_exact(case)
    variants.make(case, exact, tables.make(case, exact))


@pytest.fixture(scope="module")
def folder(made: dict[str, Case]) -> Path:
    return made["5"].made("")


def outcomes(folder: Path) -> list[Outcome]:
    return read_csv((folder / "gevoeligheid.csv").read_text(encoding="utf-8"))


def test_what_each_reading_counts_otherwise(folder: Path) -> None:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in pq.ParquetFile(folder / "varianten.parquet").read().to_pylist():
        found[row[READING], row[DIRECTION]] += row["aantal"]
    assert found == PERSONS


def test_which_statements_change(folder: Path) -> None:
    changed: dict[str, set[str]] = defaultdict(set)
    for one in outcomes(folder / "publicatie"):
        if one.verandert == "ja":
            changed[one.lezing].add(one.uitspraak)
    assert changed == CHANGED


def test_exact_and_rounded_counts_tell_the_same_of_large_groups(made: dict[str, Case]) -> None:
    exact, shown = (
        {(one.uitspraak, one.lezing): one for one in outcomes(made[name].made("publicatie"))}
        for name in ("uit", "5")
    )
    assert exact.keys() == shown.keys()
    for name in ("c02", "c03", "c04", "c25", "c26", "c29", "c32"):
        for reading in ("rapport", *CHANGED):
            at = (name, reading)
            assert abs(float(exact[at].waarde) - float(shown[at].waarde)) <= 1
    assert exact["c01", "rapport"].waarde == "7919"
    assert shown["c01", "rapport"].waarde == "7920"
    for reading in CHANGED:
        off = int(exact["c01", reading].waarde) - int(shown["c01", reading].waarde)
        assert abs(off) < 5 + 10


def test_the_same_input_gives_the_same_bytes(made: dict[str, Case]) -> None:
    paths = [made["5"].made(f"publicatie/{name}") for name in ("gevoeligheid.csv", "gevoeligheid.json")]
    before = [path.read_bytes() for path in paths]
    judge(made["5"])
    assert [path.read_bytes() for path in paths] == before


def test_of_a_small_group_nothing_is_shown(
    made: dict[str, Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gevoeligheid.yaml"
    text = SENSITIVITY.read_text(encoding="utf-8").replace("vanaf: 1000", "vanaf: 100000")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(variants, "read_sensitivity", lambda: read_sensitivity(path))
    case = Case(DEMONSTRATION_PEILDATUM, tmp_path / "werk")
    shutil.copytree(made["5"].directory, case.directory)
    judge(case)
    assert outcomes(case.made("publicatie")) == []
    assert "te_weinig" in case.text("publicatie/gevoeligheid.json")
