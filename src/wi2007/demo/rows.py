"""From persons to the rows of a delivery: the columns of DUO, in random order of persons.

What does not belong here: how many persons have which traits (see `cells`), or how a row is written (see `text`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wi2007.demo.addresses import registered
from wi2007.demo.arrays import Whole
from wi2007.demo.births import births
from wi2007.demo.cells import Persons
from wi2007.demo.dates import dates
from wi2007.demo.draws import Draws
from wi2007.demo.nationalities import nationalities
from wi2007.demo.settings import Settings

COLUMNS = (
    "persoonsnummer",
    "geslacht",
    "geboortedatum",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    "nationaliteit_1",
    "nationaliteit_2",
    "nationaliteit_3",
    "nationaliteit_4",
    "gemeentecode",
    "statuscode",
    "statusdatum",
    "startdatum_plicht",
    "doelgroep",
)
# The numbers are a walk over the residues of a prime, so that they are unique, of at most 8 digits, and in no order.
_PRIME, _STEP = 99_999_989, 61_803_399

Columns = Mapping[str, NDArray[Any]]


def columns(persons: Persons, settings: Settings, draws: Draws) -> Columns:
    """The delivery's columns: texts, dates as numbers yyyymmdd (0 where nothing is known), and the bare number."""
    size = len(persons)
    born = births(persons, settings, draws)
    days = dates(persons, born.days, settings, draws)
    target = np.where(persons.nieuwkomer, "NIEUWKOMER", "OUDKOMER")
    target[draws.whole("doelgroep leeg", 1000, size) < settings.rows.doelgroep_leeg] = ""
    found = {
        "geslacht": persons.geslacht,
        "geboortedatum": born.written,
        "land_van_herkomst": persons.land,
        **nationalities(persons, settings, draws),
        "gemeentecode": registered(persons.gemeente, days.status, settings, draws),
        "statuscode": persons.statuscode,
        "statusdatum": days.status,
        "startdatum_plicht": days.start,
        "doelgroep": target,
    }
    mixed = order(persons, draws)
    return {
        "persoonsnummer": numbers(0, size, settings),
        **{name: values[mixed] for name, values in found.items()},
    }


def order(persons: Persons, draws: Draws) -> Whole:
    """The order in which the rows have the persons."""
    return draws.order("rijen", len(persons))


def numbers(first: int, size: int, settings: Settings) -> Whole:
    """The bare numbers of `size` persons, of whom the first is the `first` one (from 0) to be given a number."""
    return np.asarray(
        (np.arange(first, first + size, dtype=np.int64) * _STEP + settings.choices.zaad) % _PRIME
    )
