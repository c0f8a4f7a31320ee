"""`wi2007 diff` and `scripts/difference.sh` on reports as they are made, before and after a change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from shared import Made, succeeded
from trial import FIRST, LONG, SECOND, Trial, copy_project, delivery_text, digests

from wi2007.cli import main
from wi2007.project import ROOT

pytestmark = pytest.mark.slow


def test_two_peildata_and_one_with_itself(real: Made, capsys: pytest.CaptureFixture[str]) -> None:
    trial, before = real.trial, real.trial.results()

    def diff(*words: object) -> tuple[int, str, str]:
        status = main(["diff", "--directory", str(trial.directory), *map(str, words)])
        told = capsys.readouterr()
        return status, told.out, told.err

    status, out, err = diff(FIRST, SECOND, "--markdown")
    assert (status, err) == (3, "")
    assert out.startswith("## Wat veranderde in de tabellen: van 1 juli 2022 naar 1 juli 2024\n")
    assert "| 1 juli 2022 |" in out  # the parts of the change
    assert "### Tabel 2.3: Uitstroomroute naar geslacht" in out
    assert diff(FIRST, SECOND, "--markdown")[1] == out
    assert diff(SECOND, FIRST)[0] == 3
    status, out, err = diff(FIRST, trial.report(FIRST) / "tabellen")
    assert (status, err) == (0, "")
    assert out.endswith("Er is niets veranderd.\n")
    assert trial.results() == before


def test_a_draft_tells_beforehand_what_corrections_and_a_code_list_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = Trial(tmp_path / "werk", copy_project(tmp_path / "project"))
    trial.deliver(FIRST, delivery_text(400, prefix="P"))
    succeeded(trial)
    before = digests(trial.report(FIRST))
    fixed = [
        line.split(";")[0]
        for line in trial.raw(FIRST).read_text(encoding="utf-8").splitlines()
        if ";IBP;" in line and ";0339;" not in line
    ]
    corrections = "".join(
        f"  - {{persoonsnummer: {one}, kolom: statuscode, oud: IBP, nieuw: VOLDAAN, reden: nagekomen, bron: DUO}}\n"
        for one in fixed
    )
    (trial.raw(FIRST).parent / "correcties.yaml").write_text(f"correcties:\n{corrections}", encoding="utf-8")
    with (trial.project / "reference/landen.csv").open("a", encoding="utf-8") as countries:
        countries.write("9988,Nieuwland,Nieuwland,2000-01-01,,bericht van de RvIG\n")
    succeeded(trial, FIRST, "--proef")
    assert digests(trial.report(FIRST)) == before
    capsys.readouterr()
    assert main(["diff", FIRST, "--directory", str(trial.directory)]) == 3
    out = capsys.readouterr().out
    for words in (
        "Proef, niet voor publicatie",
        "De correcties (correcties.yaml) zijn erbij gekomen.",
        "Codelijsten die anders zijn: reference/landen.csv.",
        "Met andere getallen, de grootste verandering eerst:",
        "nog inburgeringsplichtig:",
        "Tabel 2.3: Uitstroomroute naar geslacht",
    ):
        assert words in out
    assert "De levering is een andere" not in out
    assert not [one for one in fixed if one in out]
    record = json.loads((trial.processed(FIRST) / "rapport/herkomst.json").read_text(encoding="utf-8"))
    assert record["levering"]["sha256"] not in out
    manifest = (trial.report(FIRST) / "manifest.json").read_text(encoding="utf-8")
    assert '"correcties"' not in manifest.partition('"invoer"')[0]


def script(trial: Trial, output: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WI2007_")}
    return subprocess.run(
        ["sh", str(ROOT / "scripts/difference.sh"), str(output), str(trial.directory)],
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )


@pytest.mark.long
def test_the_script_of_the_workflows_tells_what_other_data_change(made: Trial, tmp_path: Path) -> None:
    output = tmp_path / "verschil"
    same = script(made, output)
    assert same.returncode == 0, same.stderr
    words = (output / "verschil.md").read_text(encoding="utf-8")
    assert words.count("Er is niets veranderd.") == 2
    made.redeliver(SECOND, delivery_text(seed=3, prefix="P"))
    changed = script(made, output)
    assert changed.returncode == 0, changed.stderr
    assert sorted(digests(output)) == [f"{FIRST}.md", f"{SECOND}.md", "kort.md", "verschil.md"]
    assert "Er is niets veranderd." in (output / f"{FIRST}.md").read_text(encoding="utf-8")
    words = (output / f"{SECOND}.md").read_text(encoding="utf-8")
    assert words.startswith("## Wat veranderde in de tabellen van 1 juli 2024\n")
    assert "| rij | kolom | voor | na | verschil | in % |" in words
    assert [path.name for path in made.processed(FIRST).parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.long
def test_the_script_without_earlier_tables_and_with_a_refusal(made: Trial, tmp_path: Path) -> None:
    output = tmp_path / "verschil"
    shutil.rmtree(made.report(SECOND))
    again = script(made, output)
    assert again.returncode == 0, again.stderr
    assert "nog geen eerdere versie" in (output / f"{SECOND}.md").read_text(encoding="utf-8")
    made.redeliver(SECOND, "persoonsnummer;geslacht\nP1;X\n")
    refused = script(made, output)
    assert refused.returncode == 2
    assert digests(output) == {}
    hidden = [path.name for path in made.processed(FIRST).parent.iterdir() if path.name.startswith(".")]
    assert hidden == []
