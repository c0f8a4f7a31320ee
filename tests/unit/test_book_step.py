"""The step writes the workbooks and the data package, the same everywhere, and leaves nothing else behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from book_sample import document, opened, read

from wi2007.project import ROOT
from wi2007.publication.document import to_json
from wi2007.publication.workbook.sheets import numbered_tables
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text

NAMES = ["datapackage.json", "wi2007_2022-07-01.ods", "wi2007_2022-07-01.xlsx"]
SINGLES = [f"tabel_{table.number}.xlsx" for table in numbered_tables(document())]


def run(folder: Path, environment: dict[str, str]) -> Path:
    case = Case("2022-07-01", folder)
    for table in numbered_tables(document()):
        if table.download:
            write_text(case.made(f"rapport/downloads/tabellen/{table.download}"), f"tabel\n{table.number}\n")
    write_text(case.made("publicatie/inhoud.json"), to_json(document()))
    out = case.made("rapport/werkboeken/tabellen")
    write_text(out / "wi2007_2021-01-01.xlsx", "oud")
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    subprocess.run(
        [sys.executable, "-m", "wi2007.steps", "workbooks", case.peildatum],
        check=True,
        env={**os.environ, **paths, **environment},
        cwd=folder,
    )
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("stap"), {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"})


def test_the_files_and_no_others(out: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == sorted([*NAMES, *SINGLES])


def test_a_workbook_of_one_table_has_its_sheet_as_the_whole_one_has_it(out: Path) -> None:
    whole, alone = ((out / name).read_bytes() for name in (NAMES[2], "tabel_B.3.xlsx"))
    assert opened(alone).sheetnames == ["Tabel B.3"]
    shown = [row for row in read(whole, "Tabel B.3") if row[:1] != ["Naar de inhoud"]]
    assert read(alone, "Tabel B.3") == shown


def test_both_workbooks_have_a_sheet_for_every_table(out: Path) -> None:
    names = opened((out / NAMES[2]).read_bytes()).sheetnames
    assert names[3:] == [f"Tabel {table.number}" for table in numbered_tables(document())]
    for name in NAMES[1:]:
        assert read((out / name).read_bytes(), "Tabel B.3")[8] == ["Totaal", 236995, 54.613472, 3.341252]


def test_the_package_names_every_file(out: Path) -> None:
    package = json.loads((out / NAMES[0]).read_text(encoding="utf-8"))
    assert [each["path"] for each in package["resources"]] == [
        "tabel_2_1.csv",
        "tabel_B.3.csv",
        NAMES[2],
        NAMES[1],
        *SINGLES,
    ]


def test_surroundings_do_not_matter(out: Path, tmp_path: Path) -> None:
    user = {"TZ": "UTC", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "USER": "iemand", "LOGNAME": "iemand"}
    (tmp_path / "elders").mkdir()
    again = run(tmp_path / "elders", user)
    assert all((again / name).read_bytes() == (out / name).read_bytes() for name in (*NAMES, *SINGLES))
