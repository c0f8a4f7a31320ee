"""The demonstration under other readings: what each counts otherwise, and which statements change."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from schemas.statement_tables import OUTCOMES, Outcome
from schemas.variants import DIRECTION, READING
from wi2007.demo import write_delivery
from wi2007.population.readings import SENSITIVITY
from wi2007.project import CONFIG

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


def step(name: str, **options: Path | str) -> None:
    words = [part for key, value in options.items() for part in (f"--{key.replace('_', '-')}", str(value))]
    done = subprocess.run(
        [sys.executable, "-m", f"wi2007.steps.{name}", *words], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lezingen")
    names = ("persons", "excluded", "outflow", "validation", "distribution", "report_html", "report_csv")
    read = {"cube": made / "kubus.parquet", "processing": made / "verwerking.json"}
    step(
        "population",
        peildatum="2022-07-01",
        delivery=write_delivery(made / "raw"),
        variants=made / "varianten.parquet",
        **{name: made / name for name in names},
        **read,
    )
    for rounding in ("5", "uit"):
        step(
            "disclosure",
            tables=CONFIG / "tables.yaml",
            rules=CONFIG / "disclosure.yaml",
            tempo=CONFIG / "tempo.yaml",
            outflow=made / "outflow",
            publication=made / rounding,
            check=made / f"controle {rounding}",
            key=made / "sleutel",
            register=made / "register.json",
            rounding=rounding,
            **read,
        )
        judge(made, rounding, SENSITIVITY, made / rounding)
    return made


def judge(made: Path, rounding: str, readings: Path, out: Path) -> None:
    step(
        "sensitivity",
        variants=made / "varianten.parquet",
        cube=made / "kubus.parquet",
        processing=made / "verwerking.json",
        rounded=made / f"controle {rounding}" / "afgerond.json",
        public_processing=made / rounding / "verwerking.json",
        publication=out,
        check=out / "gevoeligheid controle.json",
        key=made / "sleutel",
        readings=readings,
    )


def outcomes(folder: Path) -> list[Outcome]:
    return OUTCOMES.from_csv((folder / "gevoeligheid.csv").read_text(encoding="utf-8"))


def test_what_each_reading_counts_otherwise(folder: Path) -> None:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in pq.ParquetFile(folder / "varianten.parquet").read().to_pylist():
        found[row[READING], row[DIRECTION]] += row["aantal"]
    assert found == PERSONS


def test_which_statements_change(folder: Path) -> None:
    changed: dict[str, set[str]] = defaultdict(set)
    for one in outcomes(folder / "5"):
        if one.verandert == "ja":
            changed[one.lezing].add(one.uitspraak)
    assert changed == CHANGED


def test_exact_and_rounded_counts_tell_the_same_of_large_groups(folder: Path) -> None:
    exact, shown = (
        {(one.uitspraak, one.lezing): one for one in outcomes(folder / name)} for name in ("uit", "5")
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


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    judge(folder, "5", SENSITIVITY, tmp_path)
    for name in ("gevoeligheid.csv", "gevoeligheid.json"):
        assert (tmp_path / name).read_bytes() == (folder / "5" / name).read_bytes()


def test_of_a_small_group_nothing_is_shown(folder: Path, tmp_path: Path) -> None:
    text = SENSITIVITY.read_text(encoding="utf-8").replace("vanaf: 1000", "vanaf: 100000")
    (tmp_path / "gevoeligheid.yaml").write_text(text, encoding="utf-8")
    judge(folder, "5", tmp_path / "gevoeligheid.yaml", tmp_path)
    assert outcomes(tmp_path) == []
    assert "te_weinig" in (tmp_path / "gevoeligheid.json").read_text(encoding="utf-8")
