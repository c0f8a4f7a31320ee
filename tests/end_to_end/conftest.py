"""Working directories for trials: copies of what is made once (see `shared`), and an empty one."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import AWKWARD, Made, copy_of
from trial import Trial


@pytest.fixture
def made(real: Made, tmp_path: Path) -> Trial:
    """A directory with two peildata of which everything is made, to change."""
    return copy_of(real.trial, tmp_path / AWKWARD)


@pytest.fixture
def empty(tmp_path: Path) -> Trial:
    """A directory with nothing in it, in a path that people have too."""
    folder = tmp_path / AWKWARD
    folder.mkdir()
    return Trial(folder)
