"""Snakemake by itself in a checkout, as people who know it begin: no options, a dry run, a draft, a wrong setting."""

from __future__ import annotations

import subprocess
import sys
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
    Trial(project, project).deliver(FIRST, delivery_text(400))
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


def test_a_draft_is_made_with_its_key_in_the_configuration(checkout: Path) -> None:
    made = snakemake(checkout, "--config", "proef=true")
    assert made.returncode == 0, made.stderr
    assert (checkout / "reports" / f"{FIRST}-proef" / f"rapport.{DRAFT}.html").is_file()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("afronding=7", "'afronding' een waarde die niet kan"),
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
