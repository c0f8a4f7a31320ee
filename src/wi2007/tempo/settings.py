"""The choices on outflow and projection (`config/tempo.yaml`), read once.

What does not belong here: a choice itself (that is data, with its reason).
"""

from __future__ import annotations

from pathlib import Path

from schemas.tempo import TempoChoices
from wi2007.decisions import read
from wi2007.project import CONFIG

TEMPO = CONFIG / "tempo.yaml"


def load(path: Path = TEMPO) -> TempoChoices:
    """Read the choices; raises `UserError` when the file is missing or something in it cannot stand there."""
    choices: TempoChoices = read(path).held(TempoChoices)
    return choices
