"""Who is left out of the population, as decided in `config/exclusions.yaml`, with the reason and the legal source.

What does not belong here: the decision itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from schemas.columns import COLUMNS, PERSON
from wi2007.delivery.coded import Coded
from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.validation.file import LOADER

EXCLUSIONS: Final = CONFIG / "exclusions.yaml"
KEPT: Final = -1
"""Stands for no exclusion."""


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
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
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


def excluded_by(columns: Mapping[str, Coded], size: int, exclusions: list[Exclusion]) -> NDArray[np.int8]:
    """For each of `size` rows the place of the first exclusion that holds, or `KEPT`."""
    which = np.full(size, KEPT, dtype=np.int8)
    for place in reversed(range(len(exclusions))):
        exclusion = exclusions[place]
        column = columns.get(exclusion.column)
        if column is not None:
            hit = np.array([value in exclusion.values for value in column.values] + [False])
            which[hit[column.codes]] = place
    return which
