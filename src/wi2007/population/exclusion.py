"""Who is left out of the population, as decided in `config/exclusions.yaml`, with the reason and the legal source.

What does not belong here: the decision itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from schemas.columns import COLUMNS, PERSON
from wi2007.errors import UserError
from wi2007.project import CONFIG

if TYPE_CHECKING:
    import pandas as pd

EXCLUSIONS: Final = CONFIG / "exclusions.yaml"


@dataclass(frozen=True)
class Exclusion:
    """Rows in which `column` is one of `values` are left out."""

    name: str
    column: str
    values: frozenset[str]
    description: str
    source: str


def read_exclusions(path: Path = EXCLUSIONS) -> list[Exclusion]:
    """Read the exclusions in their order. Raises `UserError` when the file cannot be used."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [_exclusion(entry) for entry in content["uitsluitingen"]]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"De uitsluitingen in {path.name} zijn niet te gebruiken ({type(error).__name__}: {error}). "
            "Herstel het bestand config/exclusions.yaml."
        ) from error


def _exclusion(entry: dict[str, Any]) -> Exclusion:
    column = entry["kolom"]
    if column not in COLUMNS or column == PERSON:
        raise ValueError(f"kolom {column} hoort niet bij de levering")
    values = entry["waarden"]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"waarden van {entry['regel']} moeten een lijst van teksten zijn")
    return Exclusion(
        name=entry["regel"],
        column=column,
        values=frozenset(values),
        description=entry["omschrijving"].strip(),
        source=entry["bron"].strip(),
    )


def excluded_by(frame: pd.DataFrame, exclusions: list[Exclusion]) -> NDArray[np.int8]:
    """For each row the place of the first exclusion that holds, or -1 when the row is kept."""
    which = np.full(len(frame), -1, dtype=np.int8)
    for place in reversed(range(len(exclusions))):
        exclusion = exclusions[place]
        if exclusion.column not in frame:
            continue
        column = frame[exclusion.column].array
        hit = np.array([value in exclusion.values for value in column.categories] + [False])
        which[hit[column.codes]] = place
    return which
