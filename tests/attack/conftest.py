"""Published folders to attack: made once in a run of the suite, copied for each leak."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from shared import KEY, Made, made_once, succeeded
from trial import FIRST, Trial, copy_project

from wi2007.cli import main

KEPT = ("2.1", "2.2", "2.3", "2.4", "2.5", "B.1", "B.4", "B.6", "B.7")
"""The tables of the folder in which leaks are planted, beside those that a chapter names: of every shape one, so that
many leaks take little time."""


@pytest.fixture(scope="session")
def followed(demonstration: Made) -> Trial:
    """Both demonstration deliveries, the second compared with the first."""
    return demonstration.trial


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The report with fewer tables of a delivery that is no demonstration."""
    return made_once(tmp_path_factory, "lek", _make, _trial).trial


def _trial(folder: Path) -> Trial:
    return Trial(folder / "werk", folder / "project", {"WI2007_AFRONDSLEUTEL": KEY})


def _make(folder: Path) -> Made:
    trial = _trial(folder)
    config = copy_project(trial.project) / "config"
    chapters = yaml.safe_load((config / "report/rapport.yaml").read_text(encoding="utf-8"))["hoofdstukken"]
    kept = {*KEPT, *(number for chapter in chapters for number in chapter.get("tabellen", ()))}
    path = config / "tables.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["tables"] = [table for table in settings["tables"] if table["number"] in kept]
    path.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    real_delivery(trial.directory)
    return Made(trial, (succeeded(trial),))


def real_delivery(folder: Path) -> None:
    """The demonstration delivery as if its persons were not made up: with other numbers for persons."""
    assert main(["demo", "--directory", str(folder)]) == 0
    (made,) = (folder / "data/raw" / FIRST).glob("*.csv")
    text = made.read_text(encoding="utf-8")
    made.unlink()
    made.with_name("levering.csv").write_text(text.replace("\nDEMO", "\nQ"), encoding="utf-8")
