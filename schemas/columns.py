"""The columns of a DUO delivery: their names, and which of them a delivery must have.

Apart from `schemas.delivery` because reading a file needs the names only, and importing Pandera takes half a second.
What does not belong here: what a column may hold (`schemas.delivery`).
"""

from __future__ import annotations

from typing import Final

PERSON: Final = "persoonsnummer"
NATIONALITIES: Final = tuple(f"nationaliteit_{number}" for number in range(1, 5))
BIRTH: Final = "geboortedatum"
STATUS_DAY: Final = "statusdatum"
START_DAY: Final = "startdatum_plicht"
EXAMS: Final = "examenonderdelen_behaald"
EXAM_DAY: Final = "laatste_examendatum"
HOURS: Final = "taaluren"
INCOME: Final = "inkomensbron"
REFUSED: Final = "ontheffing_geweigerd"

REQUIRED: Final = (
    PERSON,
    "geslacht",
    BIRTH,
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    *NATIONALITIES,
    "gemeentecode",
    "statuscode",
    STATUS_DAY,
)
DETAILS: Final = (EXAMS, EXAM_DAY, HOURS, INCOME, REFUSED)
"""What is told besides of who is still obliged, for the policy groups."""
OPTIONAL: Final = (START_DAY, "doelgroep", *DETAILS)
COLUMNS: Final = REQUIRED + OPTIONAL

ORDER_OF_DAYS: Final = "volgorde_datums"
"""Computed for the check on the order of dates; no column of the file."""
