"""Snakemake by itself in a checkout, as people who know it begin: no options, a dry run, a draft, a wrong setting."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from trial import FIRST, Trial, copy_project, delivery_text

from wi2007.project import DRAFT, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a delivery in it."""
    project = copy_project(tmp_path_factory.mktemp("snakemake") / "project")
    (project / "profiles").symlink_to((ROOT / "profiles").readlink())
    Trial(project, project).deliver(FIRST, delivery_text())
    return project


def snakemake(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in the checkout, with the program that lies in it."""
    return subprocess.run(
        [sys.executable, "-m", "snakemake", *words],
        cwd=checkout,
        env=Trial(checkout, checkout).environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_without_options_it_makes_the_report_by_the_profile(checkout: Path) -> None:
    planned = snakemake(checkout, "-n")
    assert planned.returncode == 0, planned.stderr
    assert "place" in planned.stdout + planned.stderr
    assert not (checkout / "reports").exists()
    made = snakemake(checkout)
    assert made.returncode == 0, made.stderr
    assert "profile" in made.stderr
    assert (checkout / "reports" / FIRST / "rapport.html").is_file()
    again = snakemake(checkout)
    assert "Nothing to be done" in again.stdout + again.stderr
    same = Trial(checkout, checkout).run()
    assert (same.status, same.steps) == (0, {})


def test_its_own_report_has_the_figures_and_tables_with_their_captions_and_nothing_exact(
    checkout: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "uitleg.zip"
    told = snakemake(checkout, "--report", str(packed))
    assert told.returncode == 0, told.stderr
    with zipfile.ZipFile(packed) as file:
        names = {name.rsplit("/", 1)[-1] for name in file.namelist()}
        page = "".join(
            file.read(name).decode() for name in file.namelist() if name.endswith((".js", ".html"))
        )
    assert {"rapport.html", "tabel_2.1.csv", "grafiek-2-1-land-van-herkomst_breed.svg"} <= names
    for word in ("Figuren", "Tabellen", "Alle aantallen zijn beschermd"):
        assert word in page
    assert not [
        name for name in names if name.endswith(".parquet") or name.startswith(("validatie", "personen"))
    ]


def test_a_draft_is_made_with_its_key_in_the_configuration(checkout: Path) -> None:
    made = snakemake(checkout, "--config", "proef=true")
    assert made.returncode == 0, made.stderr
    assert (checkout / "reports" / f"{FIRST}-proef" / f"rapport.{DRAFT}.html").is_file()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            "afronding=7",
            "Op de opdrachtregel (--config of --configfile) heeft 'afronding' een waarde die niet kan",
        ),
        ("proeff=true", "staat 'proeff', maar die instelling"),
    ],
)
def test_a_wrong_setting_is_told_in_dutch_without_a_traceback(
    checkout: Path, setting: str, told: str
) -> None:
    refused = snakemake(checkout, "-n", "--config", setting)
    assert refused.returncode == 1
    assert told in refused.stdout + refused.stderr
    assert "Traceback" not in refused.stdout + refused.stderr
