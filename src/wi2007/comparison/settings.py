"""The decisions on comparing two peildata, as `config/vergelijking.yaml` has them.

Read at every run: so this imports nothing that counts. What does not belong here: the comparison (`compare`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from schemas.comparison import Comparison
from wi2007.decisions import read
from wi2007.project import CONFIG

COMPARISON: Final = CONFIG / "vergelijking.yaml"


def read_comparison(path: Path = COMPARISON) -> Comparison:
    """Read the decisions. Raises `UserError` with every mistake in the file."""
    decisions = read(path)
    held: Comparison = decisions.held(Comparison)
    decisions.check(held.mistakes())
    return held
