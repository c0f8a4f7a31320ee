"""What leaves `reports/`: made from the publication folder alone, nothing exact in it, and marked when it is."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from read_files import pages, readable
from shared import ROWS, Made, copy_of
from trial import FIRST, Trial, digests

from wi2007.pipeline import PUBLICATION, STEPS
from wi2007.project import EXACT
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text

pytestmark = pytest.mark.slow

MARK = "niet voor publicatie"


@pytest.fixture
def trial(real: Made) -> Trial:
    """The reports of deliveries that are no demonstration, to look at."""
    return real.trial


def test_everything_right_of_the_gate_is_made_from_the_publication_folder_alone(
    trial: Trial, tmp_path: Path
) -> None:
    """The same bytes, with the rest of `data/` absent."""
    case = Case(FIRST, tmp_path)
    for name in (*STEPS["content"].reads, *STEPS["cbs"].writes):
        assert name.startswith(PUBLICATION)
        write_text(case.made(name), (trial.processed(FIRST) / name).read_text(encoding="utf-8"))
    for step in ("content", "html", "pdf", "workbooks"):
        command = [sys.executable, "-P", "-m", "wi2007.steps", step, FIRST]
        subprocess.run(command, check=True, cwd=tmp_path, env=trial.environment())
    found = digests(trial.report(FIRST))
    assert found["rapport.html"] == digests(case.made("rapport"))["rapport.html"]
    assert {name: value for name, value in found.items() if name.endswith(".pdf")} == digests(
        case.made("rapport/pdf")
    )
    tables = case.made("rapport/downloads/tabellen")
    shutil.copytree(case.made("rapport/werkboeken/tabellen"), tables, dirs_exist_ok=True)
    assert digests(tables) == {
        name.removeprefix("tabellen/"): value for name, value in found.items() if name.startswith("tabellen/")
    }


def test_a_real_delivery_is_published_without_notice_and_without_comparison(trial: Trial) -> None:
    page = (trial.report(FIRST) / "rapport.html").read_text(encoding="utf-8")
    assert MARK not in page.lower()
    assert 'id="reproductie"' not in page
    assert not (trial.report(FIRST) / "reproductie.csv").exists()
    assert not [path for path in trial.report(FIRST).rglob("*") if EXACT in path.name]


def test_the_manifest_has_no_exact_count_size_or_digest(trial: Trial) -> None:
    manifest = json.loads((trial.report(FIRST) / "manifest.json").read_text(encoding="utf-8"))
    assert all(step["aantal"] % 5 == 0 for step in manifest["rijen"])
    assert set(manifest["levering"]) == {"bestand", "kenmerk"}
    assert manifest["intern"] == ["intern/validatie.html", "intern/validatie.csv"]
    assert not set(manifest["rapport"]) & set(manifest["intern"])
    exact = json.loads((trial.processed(FIRST) / "rapport" / "herkomst.json").read_text(encoding="utf-8"))
    text = json.dumps(manifest)
    between = exact["tussenbestanden"]
    public = {about["sha256"] for name, about in between.items() if name.startswith("publicatie/")}
    for name, about in between.items():
        assert about["sha256"] in public or about["sha256"] not in text, name
    assert exact["levering"]["sha256"] not in text
    assert "hertrekking" not in text


def test_nothing_is_said_of_the_key_or_of_counts_on_the_way(real: Made) -> None:
    trial = real.trial
    assert "Er is een afrondsleutel gemaakt" in real.runs[0].err
    key = (trial.directory / "data" / "afrondsleutel").read_text(encoding="utf-8").strip()
    logs = [path for path in (trial.directory / "logs").rglob("*") if path.is_file()]
    assert logs
    for path in (*logs, *(p for p in trial.report(FIRST).rglob("*") if p.is_file())):
        content = path.read_bytes()
        assert key.encode() not in content, path.name
        if path in logs:
            assert str(ROWS).encode() not in content, path.name


def test_off_marks_every_page_every_file_and_every_name(exact: Made) -> None:
    folder = exact.trial.report(FIRST)
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("validatie")]
    assert len(files) > 15
    assert [path.name for path in files if EXACT not in path.name] == []
    for path in files:
        assert MARK in readable(path).lower(), path.name
    for page in pages(folder / f"rapport.{EXACT}.pdf"):
        assert MARK in page.lower()
    package = json.loads((folder / "tabellen" / f"datapackage.{EXACT}.json").read_text(encoding="utf-8"))
    assert all((folder / "tabellen" / one["path"]).is_file() for one in package["resources"])
    for name, mark in (("uitspraken", {MARK}), ("cbs", {MARK})):
        with (folder / "tabellen" / f"{name}.{EXACT}.csv").open(encoding="utf-8", newline="") as file:
            assert {row["let_op"] for row in csv.DictReader(file)} == mark


def test_rounded_again_it_is_the_release_that_it_was(exact: Made, real: Made, tmp_path: Path) -> None:
    trial = copy_of(exact.trial, tmp_path / "werk")
    again = trial.run(FIRST)
    assert again.status == 0, again.err
    assert trial.results() == real.trial.results()
