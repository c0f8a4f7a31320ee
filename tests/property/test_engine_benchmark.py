"""The yardstick of the benchmark counts the same and refuses the same; its deliveries are fresh persons that hold."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from engine_deliveries import Row, random_people, run_rows

from schemas.cube import DIMENSIONS
from wi2007.project import ROOT


def by_hand(delivery: Path) -> int:
    outputs = [str(delivery.parent / name) for name in ("hand.parquet", "hand_cube.parquet", "hand.csv")]
    command = [sys.executable, "benchmarks/researcher.py", str(delivery), *outputs]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=600).returncode


@pytest.mark.slow
def test_both_count_the_same_cube(tmp_path: Path) -> None:
    result = run_rows(tmp_path, random_people(3000, seed=7))
    assert by_hand(tmp_path / "levering.csv") == 0
    other = pq.ParquetFile(tmp_path / "hand_cube.parquet").read().to_pylist()
    names = (*DIMENSIONS, "aantal")
    assert sorted([row[name] for name in names] for row in other) == [
        [row[name] for name in names] for row in result.cube
    ]


@pytest.mark.slow
def test_both_find_the_same_rows_wrong(tmp_path: Path) -> None:
    wrong: list[Row] = [
        {"geslacht": "Z"},
        {"geboortedatum": "19701301"},
        {"geboortedatum": "20230000"},
        {"geboortedatum": "18500000"},
        {"gemeentecode": "1992"},
        {"gemeentecode": "9363"},
        {"statusdatum": "20229999"},
        {"statusdatum": "20250101"},
        {"startdatum_plicht": "19000101"},
        {"persoonsnummer": "P00000001"},
        {"nationaliteit_3": "x"},
        {"doelgroep": "?"},
        {"statuscode": ""},
    ]
    people = random_people(200, seed=3)
    for at, fields in enumerate(wrong):
        people[10 + 7 * at] |= fields
    result = run_rows(tmp_path, people)
    assert by_hand(tmp_path / "levering.csv") == 1
    with (tmp_path / "hand.csv").open(encoding="utf-8", newline="") as file:
        other = {row["rijnummer"] for row in csv.DictReader(file) if row["ernst"] == "fout"}
    assert other == {failure["rijnummer"] for failure in result.failures if failure["ernst"] == "fout"}


@pytest.mark.slow
def test_the_deliveries_of_the_benchmark_hold_and_are_the_same_every_time(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    for path in paths:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.generate", "260000", str(path)], cwd=ROOT, check=True
        )
    content = paths[0].read_bytes()
    assert content == paths[1].read_bytes()
    numbers = [line.split(b";", 1)[0] for line in content.splitlines()[1:]]
    assert len(numbers) == len(set(numbers)) == 260_000
