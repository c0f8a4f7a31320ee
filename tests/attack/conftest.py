"""Published folders to attack: made once for each test process, copied for each leak."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "end_to_end"))

from trial import FIRST, Trial, copy_project

from attack.world import ROOT

KEPT = ("2.1", "2.2", "2.3", "2.4", "2.5", "B.1", "B.4", "B.6", "B.7")
"""The tables of the folder in which leaks are planted: of every shape one, so that many leaks take little time."""
KEY = "attack" * 12


def real_delivery(folder: Path) -> Path:
    """The demonstration delivery as if its persons were not made up: with other numbers for persons."""
    from wi2007.cli import main

    assert main(["demo", "--directory", str(folder)]) == 0
    (made,) = (folder / "data/raw" / FIRST).glob("*.csv")
    text = made.read_text(encoding="utf-8")
    made.unlink()
    target = made.with_name("levering.csv")
    target.write_text(text.replace("\nDEMO", "\nQ"), encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Trial]:
    """A function that makes the report of a delivery (demonstratie, echt) by a project, once."""
    made: dict[tuple[str, Path], Trial] = {}

    def make(kind: str, project: Path = ROOT) -> Trial:
        if (kind, project) not in made:
            folder = tmp_path_factory.mktemp(kind)
            if kind == "echt":
                real_delivery(folder)
            trial = Trial(folder, project, {"WI2007_AFRONDSLEUTEL": KEY})
            ran = trial.run()
            assert ran.status == 0, ran.err
            made[kind, project] = trial
        return made[kind, project]

    return make


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Both demonstration deliveries, the second compared with the first."""
    from wi2007.cli import main

    folder = tmp_path_factory.mktemp("vervolg")
    assert main(["demo", "--directory", str(folder), "--vervolg"]) == 0
    trial = Trial(folder, ROOT, {"WI2007_AFRONDSLEUTEL": KEY})
    ran = trial.run()
    assert ran.status == 0, ran.err
    return trial


@pytest.fixture(scope="session")
def fewer_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with fewer tables."""
    project = copy_project(tmp_path_factory.mktemp("project") / "wi2007")
    path = project / "config/tables.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["tables"] = [table for table in settings["tables"] if table["number"] in KEPT]
    path.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return project
