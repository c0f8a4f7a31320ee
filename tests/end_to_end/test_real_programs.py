"""Files that R and LibreOffice write themselves: the same persons, or a refusal that names what the file is.

Each program writes all of its files once; skipped with the reason where the program, or a package of R, is missing.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from faults_people import GOOD
from faults_trial import Attempt, attempt

pytestmark = pytest.mark.long

PROGRAM = Path(__file__).with_name("real_programs.R")
PACKAGES = ("haven", "data.table", "readr")
R_READ = (
    "write_csv.csv", "write_csv2.csv", "write_csv2_norow.csv", "write_table_semicolon.csv", "write_table_tab.txt",
    "fwrite.csv", "fwrite_time.csv", "fwrite_number.csv.gz",
    "readr_csv.csv", "readr_csv2.csv", "readr_tsv.tsv", "readr_excel.csv",
    "haven.sav", "haven_factor.sav", "haven_number.sav", "haven_time.sav", "haven.zsav",
    "haven.dta", "haven_factor.dta", "haven_number.dta", "haven_time.dta", "haven8.xpt",
)  # fmt: skip
R_NAMED = {
    "frame.rds": "haven::write_sav", "plain.rds": "haven::write_sav", "frame.RData": "haven::write_sav",
}  # fmt: skip
OFFICE_READ = ("xlsx", "ods", "xls")
OFFICE_NAMED = {"html": "webpagina"}
AS_CSV = "Text - txt - csv (StarCalc):59,34,76,1,,1043,true,false"
"""How LibreOffice is told to read the text: semicolons, UTF-8, Dutch, fields between quotation marks as text."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The persons as text, every field between quotation marks."""
    path = tmp_path_factory.mktemp("programma") / "basis.csv"
    path.write_text(GOOD.text(quoted=True), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def by_r(source: Path) -> Path:
    """The folder with what R wrote."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("Rscript is not installed")
    wanted = ", ".join(f"'{name}'" for name in PACKAGES)
    asked = f"quit(status = sum(!(c({wanted}) %in% rownames(installed.packages()))))"
    if subprocess.run([program, "--vanilla", "-e", asked], check=False).returncode:
        pytest.skip(f"R has not all of: {', '.join(PACKAGES)}")
    subprocess.run([program, "--vanilla", str(PROGRAM), str(source.parent)], check=True, capture_output=True)
    return source.parent


@pytest.fixture(scope="module")
def by_office(source: Path) -> Path:
    """The folder with what LibreOffice wrote."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice (LibreOffice) is not installed")
    folder = source.parent / "kantoor"
    for kind in (*OFFICE_READ, *OFFICE_NAMED):
        subprocess.run(
            [program, "--headless", f"-env:UserInstallation={(folder / 'profiel').as_uri()}",
             "--convert-to", kind, f"--infilter={AS_CSV}", "--outdir", str(folder), str(source)],
            check=True, capture_output=True,
        )  # fmt: skip
    return folder


def tried(path: Path, folder: Path) -> Attempt:
    """The file as a delivery; what it is called does not matter, its suffixes do."""
    return attempt(folder, {f"levering{''.join(path.suffixes)}": path.read_bytes()})


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return attempt(tmp_path_factory.mktemp("gewoon"), {"levering.csv": GOOD.bytes()}).persons


@pytest.mark.slow
@pytest.mark.parametrize("name", R_READ)
def test_what_r_writes_are_the_same_persons(
    name: str, by_r: Path, people: list[dict[str, Any]], tmp_path: Path
) -> None:
    result = tried(by_r / name, tmp_path)
    assert result.message is None, result.message
    assert result.persons == people


@pytest.mark.slow
@pytest.mark.parametrize("name", R_NAMED)
def test_what_only_r_can_read_is_named(name: str, by_r: Path, tmp_path: Path) -> None:
    result = tried(by_r / name, tmp_path)
    assert result.message is not None
    assert R_NAMED[name] in result.words()


@pytest.mark.slow
@pytest.mark.parametrize("kind", OFFICE_READ)
def test_what_libreoffice_writes_are_the_same_persons(
    kind: str, by_office: Path, people: list[dict[str, Any]], tmp_path: Path
) -> None:
    result = tried(by_office / f"basis.{kind}", tmp_path)
    assert result.message is None, result.message
    assert result.persons == people


@pytest.mark.slow
@pytest.mark.parametrize("kind", OFFICE_NAMED)
def test_what_libreoffice_writes_for_others_is_named(kind: str, by_office: Path, tmp_path: Path) -> None:
    path = by_office / f"basis.{kind}"
    result = attempt(tmp_path, {"levering.csv": path.read_bytes()})
    assert result.message is not None
    assert OFFICE_NAMED[kind] in result.words()
