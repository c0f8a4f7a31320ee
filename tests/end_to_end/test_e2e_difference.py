"""`wi2007 diff` and `scripts/difference.sh` on reports as they are made, before and after a change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from trial import FIRST, SECOND, Trial, delivery_text, digests

from wi2007.project import ROOT

pytestmark = pytest.mark.slow


def diff(trial: Trial, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "wi2007.cli", "diff", "--directory", str(trial.directory)]
    return subprocess.run(
        [*command, *map(str, words)], env=trial.environment(), capture_output=True, text=True, check=False
    )


def test_two_peildata_and_one_with_itself(made: Trial) -> None:
    before = made.results()
    done = diff(made, FIRST, SECOND, "--markdown")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith("## Wat veranderde in de tabellen: van 1 juli 2022 naar 1 juli 2024\n")
    assert "| 1 juli 2022 |" in done.stdout  # the parts of the change
    assert "### Tabel 2.3: Uitstroomroute naar geslacht" in done.stdout
    assert diff(made, FIRST, SECOND, "--markdown").stdout == done.stdout
    assert diff(made, SECOND, FIRST).returncode == 3
    itself = diff(made, FIRST, made.report(FIRST) / "tabellen")
    assert (itself.returncode, itself.stderr) == (0, "")
    assert itself.stdout.endswith("Er is niets veranderd.\n")
    assert made.results() == before


def script(trial: Trial, output: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WI2007_")}
    return subprocess.run(
        ["sh", str(ROOT / "scripts/difference.sh"), str(output), str(trial.directory)],
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )


def test_the_script_of_the_workflows_tells_what_other_data_change(made: Trial, tmp_path: Path) -> None:
    output = tmp_path / "verschil"
    same = script(made, output)
    assert same.returncode == 0, same.stderr
    words = (output / "verschil.md").read_text(encoding="utf-8")
    assert words.count("Er is niets veranderd.") == 2
    made.deliver(SECOND, delivery_text(seed=3))
    changed = script(made, output)
    assert changed.returncode == 0, changed.stderr
    assert sorted(digests(output)) == [f"{FIRST}.md", f"{SECOND}.md", "verschil.md"]
    assert "Er is niets veranderd." in (output / f"{FIRST}.md").read_text(encoding="utf-8")
    words = (output / f"{SECOND}.md").read_text(encoding="utf-8")
    assert words.startswith("## Wat veranderde in de tabellen van 1 juli 2024\n")
    assert "| rij | kolom | voor | na | verschil | in % |" in words
    assert [path.name for path in made.processed(FIRST).parent.iterdir() if path.name.startswith(".")] == []


def test_the_script_without_earlier_tables_and_with_a_refusal(made: Trial, tmp_path: Path) -> None:
    output = tmp_path / "verschil"
    shutil.rmtree(made.report(SECOND))
    again = script(made, output)
    assert again.returncode == 0, again.stderr
    assert "nog geen eerdere versie" in (output / f"{SECOND}.md").read_text(encoding="utf-8")
    made.deliver(SECOND, "persoonsnummer;geslacht\nP1;X\n")
    refused = script(made, output)
    assert refused.returncode == 2
    assert digests(output) == {}
    hidden = [path.name for path in made.processed(FIRST).parent.iterdir() if path.name.startswith(".")]
    assert hidden == []
