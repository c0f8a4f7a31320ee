"""The outflow in time: everyone of the population by status and by when it was reached (`wi2007.periods`).

One row for each combination that occurs, sorted by all keys. Exact: never published.
What does not belong here: counting (`wi2007.population.cube`), rates (`wi2007.tempo`).
"""

from __future__ import annotations

from typing import Final

from schemas.cube import OF_MEASURES, SET_TYPES
from schemas.dataset import Column, shaped, text
from schemas.exact import ExactFile
from schemas.persons import AGE_CLASS, ORIGIN, STATUS
from wi2007 import reference

PERIOD: Final = "statusperiode"
AGE, AGE_AT_START = "leeftijdsklasse", "leeftijdsklasse_begin"
"""At the peildatum, and on the first day of the twelve months that end on it."""
UNKNOWN_PERIOD: Final = reference.UNKNOWN
"""There is no statusdatum."""
BEFORE: Final = "voor 2007"
"""The statusdatum lies before the year in which the law began."""
_DIMENSIONS: Final[dict[str, Column]] = {
    "land_van_herkomst": ORIGIN,
    AGE: AGE_CLASS,
    AGE_AT_START: text(
        "Leeftijdsklasse op de eerste dag van de laatste twaalf maanden. Onbekend als de geboortedatum meer dan één "
        "klasse toelaat.",
        AGE_CLASS.source,
        values=reference.age_labels,
    ),
    "statuscode": STATUS,
    PERIOD: shaped(
        "Het tijdvak waarin de statusdatum valt, genoemd naar de eerste dag: kalenderjaren, met een knip twaalf "
        "maanden voor de peildatum. Onbekend als er geen statusdatum is.",
        "statusdatum",
        rf"^(\d{{4}}-\d{{2}}-\d{{2}}|{UNKNOWN_PERIOD}|{BEFORE})$",
        written="datum, jjjj-mm-dd, Onbekend of voor 2007",
    ),
}
DIMENSIONS: Final = tuple(_DIMENSIONS)
OUTFLOW: Final = ExactFile(
    "uitstroom.parquet",
    "De uitstroom in de tijd",
    "iedereen naar status en naar wanneer die is bereikt.",
    columns={**_DIMENSIONS, **OF_MEASURES},
    key=DIMENSIONS,
    types=SET_TYPES,
)
