"""Exclude rows from the population, as `config/exclusions.yaml` decides with the reason and the legal source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.exclusions import Exclusions
from wi2007.decisions import read
from wi2007.delivery.coded import Coded
from wi2007.errors import UserError
from wi2007.project import CONFIG

EXCLUSIONS: Final = CONFIG / "exclusions.yaml"
KEPT: Final = -1
"""The place of a row without an exclusion."""


@dataclass(frozen=True)
class Exclusion:
    """Rows in which `column` is one of `values` are left out."""

    name: str
    column: str
    values: frozenset[str]
    description: str
    source: str


def read_exclusions(path: Path = EXCLUSIONS) -> list[Exclusion]:
    """Return the exclusions in their order. Raises `UserError` with every mistake in the file."""
    decisions = read(path)
    held: Exclusions = decisions.held(Exclusions)
    mistakes = [
        decisions.at(place, f"{what}. Verbeter dit of zet het terug.") for place, what in held.mistakes()
    ]
    if mistakes:
        decisions.refuse(mistakes)
    return [
        Exclusion(
            name=entry.regel,
            column=entry.kolom,
            values=frozenset(entry.waarden),
            description=entry.omschrijving,
            source=entry.bron,
        )
        for entry in held.uitsluitingen
    ]


def excluded_by(columns: Mapping[str, Coded], size: int, exclusions: list[Exclusion]) -> NDArray[np.int8]:
    """Return for each of `size` rows the place of the first exclusion that holds, or `KEPT`.

    Raises `UserError` for an exclusion on a column that the delivery lacks: it would silently exclude nobody.
    """
    which = np.full(size, KEPT, dtype=np.int8)
    for place in reversed(range(len(exclusions))):
        exclusion = exclusions[place]
        column = columns.get(exclusion.column)
        if column is None:
            raise UserError(
                f"De uitsluiting '{exclusion.name}' in config/exclusions.yaml gaat over de kolom {exclusion.column}, "
                "maar de levering heeft die kolom niet. Vraag DUO om die kolom, of haal de uitsluiting weg."
            )
        hit = np.array([value in exclusion.values for value in column.values] + [False])
        which[hit[column.codes]] = place
    return which
