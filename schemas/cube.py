"""The cube: one row for each combination of the dimensions that occurs, sorted by all keys.

`wie` is the set of the persons that a row counts: a 64-bit hash of each persoonsnummer, added up modulo 2^64. Sums of
sets without a person in common add up as counts do. Exact, like `aantal`: neither is ever published.
What does not belong here: counting (`wi2007.population.cube`).
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from schemas.dataset import Column, count
from schemas.exact import ExactFile
from schemas.persons import AGE_CLASS, GENDER, ORIGIN, PLACE, STATUS, TARGET_GROUP

SETS: Final = 2**64
"""Sums of `wie` are taken modulo this."""
OF_DIMENSIONS: Final[dict[str, Column]] = {
    "geslacht": GENDER,
    "land_van_herkomst": ORIGIN,
    "gemeente": PLACE,
    "leeftijdsklasse": AGE_CLASS,
    "statuscode": STATUS,
    "doelgroep": TARGET_GROUP,
}
DIMENSIONS: Final = tuple(OF_DIMENSIONS)
OF_MEASURES: Final[dict[str, Column]] = {
    "aantal": count("Personen met deze combinatie van kenmerken.", "geteld", least=1),
    "wie": Column(
        "integer",
        "Merk van de groep zelf: dezelfde personen hebben hetzelfde merk. De som van een hash van 64 bits van elk "
        "persoonsnummer, modulo 2^64.",
        "persoonsnummer",
        "geheel getal zonder teken",
    ),
}
MEASURES: Final = tuple(OF_MEASURES)
"""How many persons, and which: what is added up over the dimensions."""
SET_TYPES: Final = {"wie": pa.uint64()}

CUBE: Final = ExactFile(
    "kubus.parquet",
    "De kubus",
    "een rij per combinatie van kenmerken die voorkomt.",
    columns={**OF_DIMENSIONS, **OF_MEASURES},
    key=DIMENSIONS,
    types=SET_TYPES,
)
