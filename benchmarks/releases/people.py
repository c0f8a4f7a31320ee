"""An invented population of a few thousand persons: few large municipalities and countries, many small ones.

What does not belong here: tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wi2007 import reference

People = NDArray[np.int64]
"""A row for each person; the places of its codes in the lists of `VARIABLES`."""

PERSONS = 4000
EVEN, STUDY = 0.5, 0.59
"""Shares of women: as many as men, which tells a guesser the least beforehand; and as in the study of July 2022."""
_MUNICIPALITIES = 30
_COUNTRIES = 20
_AGES = (0.01, 0.1, 0.28, 0.33, 0.19, 0.09)
_ROUTES = {
    "VOLDAAN": 0.46,
    "GEHEEL_VRIJGESTELD": 0.11,
    "GEDEELTELIJK_VRIJGESTELD": 0.03,
    "ONTHEFFING_AGI": 0.11,
    "VERTROKKEN": 0.13,
    "IBP": 0.08,
    "NI": 0.08,
}


@dataclass(frozen=True)
class Variable:
    """A variable of the cube with its codes; `share` is how often each occurs."""

    name: str
    codes: tuple[str, ...]
    share: NDArray[np.float64]


def _skewed(number: int, power: float) -> NDArray[np.float64]:
    share = 1 / np.arange(1, number + 1) ** power
    return np.asarray(share / share.sum())


def _spread(codes: list[str], number: int) -> tuple[str, ...]:
    return tuple(codes[:: len(codes) // number][:number])


def _variables() -> tuple[Variable, ...]:
    places = [code for code in reference.provinces() if reference.municipalities()[code].valid_to is None]
    countries = sorted(reference.countries().keys() - {reference.UNKNOWN_CODE})
    return (
        Variable("geslacht", ("M", "V"), np.array([1 - STUDY, STUDY])),
        Variable("land_van_herkomst", _spread(countries, _COUNTRIES), _skewed(_COUNTRIES, 1.2)),
        Variable("gemeente", _spread(places, _MUNICIPALITIES), _skewed(_MUNICIPALITIES, 1.1)),
        Variable("leeftijdsklasse", reference.age_labels()[: len(_AGES)], np.array(_AGES)),
        Variable("statuscode", tuple(_ROUTES), np.array(list(_ROUTES.values()))),
    )


VARIABLES = _variables()
GENDER, COUNTRY, PLACE, AGE, STATUS = range(5)


def people(random: np.random.Generator, women: float = STUDY, persons: int = PERSONS) -> People:
    """A population. Places have their own countries, and routes their own ages, as in the register."""
    codes = [random.choice(len(one.codes), persons, p=one.share) for one in VARIABLES]
    codes[GENDER] = (random.random(persons) < women).astype(np.int64)
    own = random.random(persons) < 0.3
    codes[COUNTRY] = np.where(own, (codes[PLACE] * 7) % _COUNTRIES, codes[COUNTRY])
    old = (random.random(persons) < 0.3) & (codes[STATUS] == list(_ROUTES).index("ONTHEFFING_AGI"))
    codes[AGE] = np.where(old, len(_AGES) - 1, codes[AGE])
    return np.stack(codes, axis=1)


def cube(population: People) -> pa.Table:
    """The population as `kubus.parquet` has it."""
    rows, counts = np.unique(population, axis=0, return_counts=True)
    columns = {one.name: [one.codes[place] for place in rows[:, at]] for at, one in enumerate(VARIABLES)}
    return pa.table({**columns, "doelgroep": ["NIEUWKOMER"] * len(rows), "aantal": counts})
