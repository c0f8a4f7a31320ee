"""Read the choices on outflow and projection (`config/tempo.yaml`) once."""

from __future__ import annotations

from pathlib import Path

from schemas.tempo import TempoChoices
from wi2007.decisions import read
from wi2007.project import CONFIG

TEMPO = CONFIG / "tempo.yaml"


def load(path: Path = TEMPO) -> TempoChoices:
    """Return the choices; raises `UserError` when the file is missing or has a value that is not allowed."""
    choices: TempoChoices = read(path).held(TempoChoices)
    return choices
