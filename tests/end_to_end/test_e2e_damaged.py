"""Damaged lists and decisions of the project end every command with a message and status 2, never as a defect."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from trial import FIRST, Trial, copy_project, digests, replace_in


def test_no_value_is_read_where_a_program_begins(tmp_path: Path) -> None:
    """A list that is missing is told by the step that needs it: no module reads one while it is imported."""
    project = copy_project(tmp_path / "kopie")
    for path in (project / "reference").iterdir():
        path.unlink()
    program = """
import importlib, pathlib, sys
for folder, package in (("src/wi2007", "wi2007"), ("schemas", "schemas")):
    for path in sorted(pathlib.Path(sys.argv[1], folder).rglob("*.py")):
        parts = path.relative_to(pathlib.Path(sys.argv[1], folder)).with_suffix("").parts
        importlib.import_module(".".join([package, *parts]).removesuffix(".__init__"))
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, str(project)],
        env={"PYTHONPATH": f"{project / 'src'}:{project}", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _missing(path: Path) -> None:
    path.unlink()


def _latin(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "\nCuraçao".encode("cp1252"))


def _gap(path: Path) -> None:
    replace_in(path, "25 tot 35,25,35", "25 tot 35,26,35")


def _nobody(path: Path) -> None:
    replace_in(path, "[Turks]", "[Turkse]")


@pytest.mark.parametrize(
    ("name", "damage", "told"),
    [
        ("reference/landen.csv", _missing, "reference/landen.csv is niet te lezen: het bestand ontbreekt"),
        pytest.param(
            "reference/leeftijdsklassen.csv",
            _gap,
            "reference/leeftijdsklassen.csv, rij 3, kolom 'vanaf'",
            marks=pytest.mark.long,
        ),
        pytest.param("reference/begrippen.yaml", _latin, "is geen tekst in UTF-8", marks=pytest.mark.long),
        ("config/exclusions.yaml", _nobody, "regel 5: 'Turkse' is geen waarde van gevraagde_nationaliteit"),
        pytest.param(
            "config/report/woorden.yaml",
            _missing,
            "config/report/woorden.yaml is niet te lezen",
            marks=pytest.mark.long,
        ),
    ],
)
def test_damage_is_told_and_the_report_stays(
    made: Trial, tmp_path: Path, name: str, damage: Callable[[Path], None], told: str
) -> None:
    copy = Trial(made.directory, copy_project(tmp_path / "kopie"))
    earlier = digests(made.report(FIRST))
    damage(copy.project / name)
    ran = copy.run(FIRST)
    assert ran.status == 2, ran.err
    assert name in ran.err
    assert told in ran.err
    assert "Traceback" not in ran.err + ran.out
    assert "Onverwachte fout" not in ran.err
    assert digests(made.report(FIRST)) == earlier


def test_the_demonstration_tells_damage_too(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "kopie")
    replace_in(project / "config/demo.yaml", "VOLDAAN: 300", "VOLDANE: 300")
    trial = Trial(tmp_path / "werk", project)
    trial.directory.mkdir()
    ran = trial.run()
    assert ran.status == 2
    assert "config/demo.yaml" in ran.err and "'VOLDANE' bestaat niet" in ran.err
    assert not list(trial.directory.glob("data/raw/2*"))
