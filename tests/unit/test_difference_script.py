"""`scripts/difference.sh` around a program that answers as it may: what is compared, what is left out, how it ends."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from wi2007.project import ROOT

SHELL = shutil.which("dash") or "/bin/sh"
SETUP = 'say() { printf "%s\\n" "$1" >&2; }\nstop() { say "$1"; exit 1; }\n'
DAY, LATER = "2022-07-01", "2023-10-01"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of the script alone: two public reports, one of exact counts, and one that was never placed."""
    root = tmp_path / "een map"
    (root / "scripts").mkdir(parents=True)
    shutil.copy2(ROOT / "scripts/difference.sh", root / "scripts")
    (root / "scripts/setup.sh").write_text(SETUP, encoding="utf-8")
    (root / "scripts/report.sh").write_text("exit ${RUN_ENDS:-0}\n", encoding="utf-8")
    for peildatum, manifest in (
        (DAY, "manifest.json"),
        (LATER, "manifest.json"),
        ("2024-07-01", "manifest.niet-voor-publicatie.json"),
    ):
        tables = root / "reports" / peildatum / "tabellen"
        tables.mkdir(parents=True)
        (tables / "tabel_2.1.csv").write_text("GEHEIM", encoding="utf-8")
        (tables.parent / manifest).write_text("{}", encoding="utf-8")
        between = root / "data/processed" / peildatum
        for name in ("personen.parquet", "publicatie/inhoud.json", "rapport/herkomst.json"):
            (between / name).parent.mkdir(parents=True, exist_ok=True)
            (between / name).write_text("GEHEIM", encoding="utf-8")
    (root / "reports/2025-07-01").mkdir()
    return root


def run(root: Path, diff: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = root / ".venv/bin/wi2007"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!{SHELL}\n{diff}\n", encoding="utf-8")
    command.chmod(0o755)
    return subprocess.run(
        [SHELL, str(root / "scripts/difference.sh"), str(root / "uit")],
        env={"PATH": "/usr/bin:/bin", **variables},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def made(root: Path) -> list[str]:
    assert list((root / "data/processed").glob(".*")) == []
    return sorted(path.name for path in (root / "uit").iterdir())


@pytest.mark.parametrize("status", ["0", "3"])
def test_every_public_report_is_compared_changed_or_not(project: Path, status: str) -> None:
    kept = 'test -f "$2/publicatie/inhoud.json" && test -f "$2/rapport/herkomst.json"'
    kept += ' && test ! -e "$2/personen.parquet"'
    done = run(project, f'{kept} || exit 1; shift 3; echo "$@"; exit {status}')
    assert done.returncode == 0, done.stderr
    assert made(project) == [f"{DAY}.md", f"{LATER}.md", "kort.md", "verschil.md"]
    words = (project / "uit/verschil.md").read_text(encoding="utf-8")
    assert words == "# Wat er veranderde\n\n--markdown\n\n--markdown\n"
    words = (project / "uit/kort.md").read_text(encoding="utf-8")
    short = "--markdown --kort --regels 5"
    assert words == f"# Wat er veranderde\n\n{short}\n\n{short}\n"
    assert "De tabellen van 2024-07-01 zijn niet voor publicatie." in done.stderr


def test_earlier_tables_that_cannot_be_compared_do_not_stop_it(project: Path) -> None:
    done = run(project, "echo 'De afronding is anders.' >&2; exit 2")
    assert done.returncode == 0
    assert "De afronding is anders." in done.stderr
    words = (project / "uit/verschil.md").read_text(encoding="utf-8")
    assert words.count("De eerdere versie is niet te vergelijken") == 2


def test_something_unexpected_stops_it(project: Path) -> None:
    done = run(project, "exit 1")
    assert done.returncode == 1
    assert "Het verschil kon niet worden gemaakt" in done.stderr
    assert "verschil.md" not in made(project)


def test_a_run_that_fails_gives_its_status(project: Path) -> None:
    assert run(project, "exit 0", RUN_ENDS="2").returncode == 2
    assert made(project) == []


def test_a_question_without_a_place_is_told(project: Path) -> None:
    done = subprocess.run(
        [SHELL, str(project / "scripts/difference.sh")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Gebruik: sh scripts/difference.sh" in done.stderr) == (1, True)
