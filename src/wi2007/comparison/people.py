"""The persons of one peildatum as numbers: each trait as a place in a closed list, the same lists at every peildatum.

What does not belong here: files, who is who at another peildatum (`matching`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.columns import BIRTH, PERSON, STATUS_DAY
from schemas.cube import DIMENSIONS
from schemas.persons import GENDERS, TARGET_GROUPS
from wi2007 import reference

Places = NDArray[np.int32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
State = Mapping[str, Places]
"""For each dimension of the cube the place of every person's value in its list: the cell where each is counted."""

COLUMNS: Final = (PERSON, *DIMENSIONS, BIRTH, STATUS_DAY)
"""The columns of `personen.parquet` that are needed; of a code, a dictionary is best read."""
NO_DAY: Final = np.iinfo(np.int32).max


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Every value that a dimension can have at any peildatum, ascending."""
    return {
        "geslacht": tuple(sorted(GENDERS)),
        "land_van_herkomst": tuple(sorted(reference.countries())),
        "gemeente": tuple(sorted(reference.municipalities())),
        "leeftijdsklasse": tuple(sorted(reference.age_labels())),
        "statuscode": tuple(sorted(reference.statuses())),
        "doelgroep": tuple(sorted(TARGET_GROUPS)),
    }


@cache
def positions(name: str) -> dict[str, int]:
    """The place of each value of a dimension in its list."""
    return {value: at for at, value in enumerate(lists()[name])}


@dataclass(frozen=True)
class People:
    """Persons by row: their cell, birth date (yyyymmdd as a number, unknown parts 00) and status day (since 1970).

    `numbers` holds their persoonsnummers, and behind them those of who is excluded: these have no other trait.
    """

    numbers: Any
    state: dict[str, Places]
    births: Places
    status_days: Places

    def __len__(self) -> int:
        return len(self.births)

    def take(self, rows: Rows) -> People:
        """The persons in these rows, without their numbers: who they are is no longer needed."""
        state = {name: places[rows] for name, places in self.state.items()}
        return People(None, state, self.births[rows], self.status_days[rows])


def people(persons: pa.Table, excluded: Any) -> People:
    """Persons from rows of `personen.parquet` (`COLUMNS`), with the persoonsnummers of `uitgesloten.parquet`.

    Raises `ValueError` when a value is in no list.
    """
    days = persons[STATUS_DAY].cast(pa.int32()).fill_null(int(NO_DAY))
    return People(
        numbers=_one([*persons[PERSON].chunks, *excluded.chunks]),
        state={name: _coded(persons[name], _places(name)) for name in DIMENSIONS},
        births=_coded(persons[BIRTH], _number),
        status_days=days.to_numpy(),
    )


def _one(chunks: list[Any]) -> Any:
    return (
        pa.concat_arrays([chunk.cast(pa.string()) for chunk in chunks])
        if chunks
        else pa.array([], pa.string())
    )


def _places(name: str) -> Any:
    known = positions(name)

    def place(value: str) -> int:
        if value not in known:
            raise ValueError(f"the persons file holds a value of {name} that is in no list in reference/")
        return known[value]

    return place


def _number(text: str) -> int:
    return int(text)


def _coded(column: Any, of_value: Any) -> Places:
    """Each row's value as a number; a value is looked up once."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    parts = [np.empty(0, np.int32)]
    for chunk in encoded.chunks:
        table = np.array([of_value(value) for value in chunk.dictionary.to_pylist()], dtype=np.int32)
        parts.append(table[chunk.indices.to_numpy()] if len(chunk) else parts[0])
    return np.concatenate(parts)
