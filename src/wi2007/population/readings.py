"""Read the other choices (readings) of `config/gevoeligheid.yaml`, and whom they exclude."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.sensitivity import LeftOut, ReadingText, Sensitivity
from wi2007.decisions import read
from wi2007.delivery.coded import Coded
from wi2007.project import CONFIG

SENSITIVITY: Final = CONFIG / "gevoeligheid.yaml"


def read_sensitivity(path: Path = SENSITIVITY) -> Sensitivity:
    """Return the readings and how they are protected. Raises `UserError` with every mistake in the file."""
    decisions = read(path)
    held: Sensitivity = decisions.held(Sensitivity)
    mistakes = [
        decisions.at(place, f"{what}. Verbeter dit of zet het terug.") for place, what in held.mistakes()
    ]
    if mistakes:
        decisions.refuse(mistakes)
    return held


def left_out(columns: Mapping[str, Coded], size: int, reading: ReadingText) -> NDArray[np.bool_]:
    """Return which of `size` rows a reading of the exclusion excludes; a column that the delivery lacks is empty."""
    out = np.zeros(size, dtype=bool)
    for rule in reading.uitsluiting or []:
        if rule.kolom in columns:
            out |= _hit(columns[rule.kolom], rule)
    return out


def _hit(column: Coded, rule: LeftOut) -> NDArray[np.bool_]:
    hit = np.array([value in rule.waarden for value in column.values] + [False])
    return hit[column.codes]
