"""The step compare on files: what it compares, what it refuses, and nothing of a person in what it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from engine_deliveries import Row, person, random_people, run, text_of
from steps import InFolder, ended

from schemas.columns import COLUMNS
from wi2007.comparison.people import balanced
from wi2007.comparison.settings import read_comparison
from wi2007.project import ROOT
from wi2007.steps import compare, following

LATER = "2023-10-01"


def follow_up(rows: list[Row]) -> list[Row]:
    """The same people later: every tenth gone, every seventh moved, every fifth through, some put right, some new."""
    kept = [dict(row) for at, row in enumerate(rows) if at % 10]
    for at, row in enumerate(kept):
        if at % 7 == 0:
            row["gemeentecode"] = "0518"
        if at % 5 == 0:
            row |= {"statuscode": "VOLDAAN", "statusdatum": "20230301"}
        if at % 11 == 0:
            row["gevraagde_nationaliteit"] = "Turks"
        if at % 13 == 0:
            row["geboortedatum"] = "19640229"
    return [*kept[::-1], *random_people(20, seed=8, first=90_000)]


def delivered(folder: Path, rows: list[Row], peildatum: str, columns: tuple[str, ...] = COLUMNS) -> Path:
    made = run(folder, text_of(rows, columns), peildatum=peildatum)
    assert made.message is None, made.message
    return folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    rows = random_people(600, seed=4)
    return (
        delivered(tmp_path / "toen", rows, "2022-07-01"),
        delivered(tmp_path / "nu", follow_up(rows), LATER),
    )


def make(processed: Path, earlier: Path | None) -> dict[str, Any]:
    compare.make(InFolder(LATER, processed, str(earlier) if earlier else None))
    found: dict[str, Any] = json.loads((processed / "stromen.json").read_text(encoding="utf-8"))
    return found


def read(folder: Path, name: str) -> pa.Table:
    return pq.ParquetFile(folder / name).read()


def command(processed: Path, earlier: Path, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """The step as a process, on the same files in their place."""
    folder = processed.parent / "werk"
    for peildatum, source in (("2022-07-01", earlier), (LATER, processed)):
        shutil.copytree(source, folder / "data" / "processed" / peildatum, dirs_exist_ok=True)
    program = [sys.executable, "-P", "-m", "wi2007.steps", "compare", LATER, "--earlier", "2022-07-01"]
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(
        program,
        cwd=folder,
        env=os.environ | paths | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_events_lead_from_the_one_cube_to_the_other(two: tuple[Path, Path]) -> None:
    then, now = two
    told = make(now, then)
    events = read(now, "stromen.parquet")
    assert balanced(read(then, "kubus.parquet"), events, read(now, "kubus.parquet"))
    assert (told["peildatum"], told["vorige"], told["pseudoniemen"]) == (LATER, "2022-07-01", "gelijk")
    assert told["herkend"]["in_vorige_levering"] == 600
    assert told["herkend"]["daarvan_in_deze_levering"] == 540
    parts = {part["deel"]: part for part in told["delen"]}
    assert {
        "herindeling",
        "uit_register",
        "gecorrigeerd",
        "verhuisd",
        "ouder",
        "uitgestroomd",
    } <= parts.keys()
    assert parts["uit_register"]["in"] == parts["nieuw_in_register"]["uit"] == 0
    assert pq.read_schema(now / "stromen.parquet").metadata is None


def test_a_large_file_is_followed_in_parts_with_the_same_bytes(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    then, now = two
    make(now, then)
    whole = [(now / name).read_bytes() for name in ("stromen.parquet", "stromen.json")]
    monkeypatch.setattr(following, "ROWS_AT_ONCE", 100)
    make(now, then)
    assert [(now / name).read_bytes() for name in ("stromen.parquet", "stromen.json")] == whole


def test_a_delivery_beside_itself_has_no_events(two: tuple[Path, Path]) -> None:
    then, _ = two
    told = make(then, then)
    assert (told["pseudoniemen"], told["delen"]) == ("gelijk", [])
    assert read(then, "stromen.parquet").num_rows == 0


def test_without_an_earlier_delivery_there_is_nothing_to_compare(two: tuple[Path, Path]) -> None:
    then, _ = two
    assert make(then, None) == {
        "peildatum": "2022-07-01",
        "vorige": None,
        "vergeleken": False,
        "waarom_niet": "geen_eerdere_levering",
    }
    assert read(then, "stromen.parquet").num_rows == 0


def test_a_demonstration_is_not_compared_with_a_real_delivery(two: tuple[Path, Path], tmp_path: Path) -> None:
    rows = [row | {"persoonsnummer": f"DEMO{at}"} for at, row in enumerate(random_people(30))]
    demonstration = delivered(tmp_path / "demo", rows, "2022-07-01")
    told = make(two[1], demonstration)
    assert (told["vergeleken"], told["waarom_niet"]) == (False, "demonstratie_naast_echt")
    assert read(two[1], "stromen.parquet").num_rows == 0


def test_a_delivery_without_the_target_group_is_another_definition(tmp_path: Path) -> None:
    rows = [person(at) for at in range(30)]
    without = tuple(name for name in COLUMNS if name != "doelgroep")
    then = delivered(tmp_path / "toen", rows, "2022-07-01", without)
    now = delivered(tmp_path / "nu", rows, "2022-08-01")
    told = make(now, then)
    assert told["kolom_ontbreekt"] == ["doelgroep"]
    assert told["delen"] == [{"deel": "definitie", "uit": 30, "in": 30}]


def test_the_same_serial_numbers_for_other_people_are_renewed_pseudonyms(tmp_path: Path) -> None:
    then = delivered(
        tmp_path / "toen", [person(at, geboortedatum="19610101") for at in range(30)], "2022-07-01"
    )
    now = delivered(tmp_path / "nu", [person(at, geslacht="M") for at in range(40)], "2022-08-01")
    told = make(now, then)
    assert told["pseudoniemen"] == "vernieuwd"
    assert {part["deel"] for part in told["delen"]} == {"netto"}


def test_everyone_excluded_at_either_peildatum_is_put_right(tmp_path: Path) -> None:
    rows = [person(at) for at in range(30)]
    turkish = [row | {"gevraagde_nationaliteit": "Turks"} for row in rows]
    then = delivered(tmp_path / "toen", turkish, "2022-07-01")
    now = delivered(tmp_path / "nu", rows, "2022-08-01")
    assert make(now, then)["delen"] == [{"deel": "gecorrigeerd", "uit": 0, "in": 30}]
    assert make(then, now)["delen"] == [{"deel": "gecorrigeerd", "uit": 30, "in": 0}]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def lose_a_person(path: Path) -> None:
    persons = pq.ParquetFile(path).read()
    pq.write_table(persons.slice(1), path)


def other_code(path: Path) -> None:
    persons = pq.ParquetFile(path).read()
    place = persons.column_names.index("gemeente")
    pq.write_table(persons.set_column(place, "gemeente", pa.array(["P123"] * persons.num_rows)), path)


DAMAGE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a persons file cut off": ("personen.parquet", cut),
    "a persons file that lost somebody": ("personen.parquet", lose_a_person),
    "a persons file with a code of no list": ("personen.parquet", other_code),
    "no list of who is excluded": ("uitgesloten.parquet", Path.unlink),
    "a cube that lost a cell": ("kubus.parquet", lose_a_person),
    "a record cut off": ("verwerking.json", cut),
}


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_gives_no_events_and_tells_nothing_of_a_person(
    two: tuple[Path, Path], damage: str, which: int
) -> None:
    name, harm = DAMAGE[damage]
    harm(two[which] / name)
    done = ended(lambda: compare.make(InFolder(LATER, two[1], str(two[0]))))
    assert done.returncode == 1
    assert done.stderr.startswith("Onverwachte fout")
    assert "Traceback" not in done.stderr
    assert "P0" not in done.stderr and "P123" not in done.stderr
    assert not (two[1] / "stromen.parquet").exists() and not (two[1] / "stromen.json").exists()


def test_a_mistake_in_the_decisions_ends_with_exit_2(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions = tmp_path / "vergelijking.yaml"
    decisions.write_text("delen: []\n", encoding="utf-8")
    monkeypatch.setattr(following, "read_comparison", lambda: read_comparison(decisions))
    done = ended(lambda: compare.make(InFolder(LATER, two[1], str(two[0]))))
    assert done.returncode == 2
    assert "vergelijking.yaml is niet goed ingevuld" in done.stderr
    assert not (two[1] / "stromen.parquet").exists()


def test_the_same_bytes_in_any_surroundings(two: tuple[Path, Path]) -> None:
    done = command(two[1], two[0], PYTHONHASHSEED="5", TZ="Asia/Tokyo", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    make(two[1], two[0])
    elsewhere = two[1].parent / "werk" / "data" / "processed" / LATER / "stromen.parquet"
    assert (two[1] / "stromen.parquet").read_bytes() == elsewhere.read_bytes()
