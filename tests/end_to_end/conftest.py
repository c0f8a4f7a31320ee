"""Working directories for trials: made once for each test process, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from trial import FIRST, SECOND, Trial, delivery_text


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Trial(tmp_path_factory.mktemp("gemaakt") / "werk")
    made.deliver(FIRST, delivery_text(seed=1))
    made.deliver(SECOND, delivery_text(seed=2))
    ran = made.run()
    assert ran.status == 0, ran.err
    return made.directory


@pytest.fixture
def made(_made: Path, tmp_path: Path) -> Trial:
    """A directory with two peildata of which everything is made."""
    shutil.copytree(_made, tmp_path / "werk", copy_function=shutil.copy2)
    return Trial(tmp_path / "werk")


@pytest.fixture
def empty(tmp_path: Path) -> Trial:
    """A directory with nothing in it, in a path that people have too."""
    folder = tmp_path / "een map met 'spaties' & tekens"
    folder.mkdir()
    return Trial(folder)
