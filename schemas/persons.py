"""The persons between the steps: the population after the exclusion, and who was left out.

Never published. What does not belong here: how columns are derived (`wi2007.population`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pyarrow as pa

from schemas.dataset import Column, day, shaped, text, whole
from schemas.exact import ExactFile
from schemas.meanings import CODE, DELIVERY
from wi2007 import reference

GENDERS: Final = ("M", "V", "O")
TARGET_GROUPS: Final = ("NIEUWKOMER", "OUDKOMER", reference.UNKNOWN)

GENDER: Final = replace(DELIVERY["geslacht"], values=GENDERS)
ORIGIN: Final = replace(DELIVERY["land_van_herkomst"], values=reference.countries)
PLACE: Final = text(
    "Gemeente in de indeling op de peildatum: een opgeheven code is vervangen door de opvolger. 1999 is het Register "
    "niet-ingezetenen, 0000 onbekend.",
    "gemeentecode, reference/herindelingen.csv",
    written=CODE,
    values=reference.municipalities,
)
AGE_CLASS: Final = text(
    "Leeftijdsklasse op de peildatum; Onbekend als de geboortedatum meer dan één klasse toelaat.",
    "geboortedatum, reference/leeftijdsklassen.csv",
    values=reference.age_labels,
)
STATUS: Final = replace(DELIVERY["statuscode"], values=reference.statuses)
TARGET_GROUP: Final = text(
    "Nieuwkomer of oudkomer; Onbekend als de levering het niet zegt.",
    "doelgroep",
    written="code",
    values=TARGET_GROUPS,
)
_PSEUDONYM: Final[dict[str, Column]] = {"persoonsnummer": DELIVERY["persoonsnummer"]}
_CODES: Final = pa.dictionary(pa.int32(), pa.string())

PERSONS: Final = ExactFile(
    "personen.parquet",
    "De personen",
    "een rij per persoon, na de uitsluiting en in de volgorde van de levering.",
    columns={
        **_PSEUDONYM,
        "geslacht": GENDER,
        "geboortedatum": shaped(
            DELIVERY["geboortedatum"].meaning, "DUO, uit de BRP", r"^[0-9]{8}$", written="datum, jjjjmmdd"
        ),
        "leeftijd": replace(
            whole(
                "Leeftijd op de peildatum; leeg als die niet zeker is.",
                "geboortedatum",
                "volle jaren",
                most=150,
            ),
            optional=True,
        ),
        "leeftijdsklasse": AGE_CLASS,
        "land_van_herkomst": ORIGIN,
        "gemeente": PLACE,
        "statuscode": STATUS,
        "uitstroomroute": text(
            "De route die bij de statuscode hoort.",
            "statuscode, reference/uitstroomroutes.csv",
            values=reference.routes,
        ),
        "statusdatum": day("De dag waarop de status is bereikt.", "statusdatum", optional=True),
        "startdatum_plicht": day(
            "De dag waarop de inburgeringsplicht begon.", "startdatum_plicht", optional=True
        ),
        "doelgroep": TARGET_GROUP,
    },
    key=("persoonsnummer",),
    types={
        "geslacht": _CODES,
        "leeftijd": pa.int16(),
        "leeftijdsklasse": _CODES,
        "land_van_herkomst": _CODES,
        "gemeente": _CODES,
        "statuscode": _CODES,
        "uitstroomroute": _CODES,
        "doelgroep": _CODES,
    },
)
EXCLUDED: Final = ExactFile(
    "uitgesloten.parquet",
    "Wie is uitgesloten",
    "een rij per persoon die is uitgesloten (`config/exclusions.yaml`).",
    columns=_PSEUDONYM,
    key=("persoonsnummer",),
)
