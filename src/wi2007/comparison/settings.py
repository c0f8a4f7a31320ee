"""Reads `config/vergelijking.yaml`. What does not belong here: what the file may say (`schemas.comparison`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from schemas.comparison import Comparison
from wi2007.decisions import read
from wi2007.project import CONFIG

COMPARISON: Final = CONFIG / "vergelijking.yaml"


def read_comparison(path: Path = COMPARISON) -> Comparison:
    """The decisions on comparing two peildata. Raises `UserError` with every mistake in the file."""
    decisions = read(path)
    held: Comparison = decisions.held(Comparison)
    mistakes = [decisions.at(place, what) for place, what in held.mistakes()]
    if mistakes:
        decisions.refuse(mistakes)
    return held
