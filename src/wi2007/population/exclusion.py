"""Exclude rows from the population as `config/exclusions.yaml` decides, with the reason and the legal source.

The variants (other choices) of `config/gevoeligheid.yaml` exclude others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.exclusions import Exclusions
from schemas.sensitivity import ReadingText, Sensitivity
from wi2007.decisions import checked
from wi2007.delivery.source import Coded
from wi2007.errors import UserError
from wi2007.project import CONFIG

EXCLUSIONS: Final = CONFIG / "exclusions.yaml"
SENSITIVITY: Final = CONFIG / "gevoeligheid.yaml"
KEPT: Final = -1
"""The place of a row without an exclusion."""


@dataclass(frozen=True)
class Exclusion:
    """Rows in which one of `columns` is one of `values` are left out."""

    name: str
    columns: tuple[str, ...]
    values: frozenset[str]
    description: str
    source: str


def read_exclusions(path: Path = EXCLUSIONS) -> list[Exclusion]:
    """Return the exclusions in their order. Raises `UserError` with every mistake in the file."""
    held: Exclusions = checked(path, Exclusions)
    return [
        Exclusion(
            name=entry.regel,
            columns=tuple(entry.kolom),
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
        for name in exclusion.columns:
            column = columns.get(name)
            if column is None:
                raise UserError(
                    f"De uitsluiting '{exclusion.name}' in config/exclusions.yaml gaat over de kolom {name}, "
                    "maar de levering heeft die kolom niet. Vraag DUO om die kolom, of haal de uitsluiting weg."
                )
            which[_among(column, exclusion.values)] = place
    return which


def read_sensitivity(path: Path = SENSITIVITY) -> Sensitivity:
    """Return the variants and how they are protected. Raises `UserError` with every mistake in the file."""
    held: Sensitivity = checked(path, Sensitivity)
    return held


def left_out(columns: Mapping[str, Coded], size: int, variant: ReadingText) -> NDArray[np.bool_]:
    """Return which of `size` rows a variant of the exclusion excludes; a column that the delivery lacks is empty."""
    out = np.zeros(size, dtype=bool)
    for rule in variant.uitsluiting or []:
        if rule.kolom in columns:
            out |= _among(columns[rule.kolom], rule.waarden)
    return out


def _among(column: Coded, values: Collection[str]) -> NDArray[np.bool_]:
    """Return which rows have one of the values; an empty field has none."""
    hit = np.array([value in values for value in column.values] + [False])
    return hit[column.codes]
