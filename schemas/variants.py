"""The variants: what each other reading of a choice counts otherwise, by the dimensions of the cube.

The cube with `erbij` added and `eraf` taken away is the cube of the reading. Exact: never published.
What does not belong here: counting (`wi2007.population.cube`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from schemas.cube import CUBE, DIMENSIONS, OF_DIMENSIONS, OF_MEASURES, SET_TYPES
from schemas.dataset import DERIVED, Column, count, text
from schemas.exact import ExactFile

READING, DIRECTION = "lezing", "richting"
IN, OUT = "erbij", "eraf"
_KEYS: Final[dict[str, Column]] = {
    READING: text("De andere keuze.", "`id` in config/gevoeligheid.yaml", written="code"),
    DIRECTION: text(
        "Of deze personen bij de kubus komen of eraf gaan.", DERIVED, written="code", values=(IN, OUT)
    ),
}
VARIANTS: Final = ExactFile(
    "varianten.parquet",
    "Andere keuzes",
    "wie bij een andere keuze erbij komt en wie eraf gaat (`config/gevoeligheid.yaml`).",
    columns={
        **_KEYS,
        **OF_DIMENSIONS,
        "gemeente": replace(
            CUBE.columns["gemeente"],
            meaning="Gemeente in de indeling op de peildatum of op een andere dag. 1999 is het Register "
            "niet-ingezetenen, 0000 onbekend.",
        ),
        **OF_MEASURES,
        "aantal": count("Personen die bij deze keuze anders tellen.", "geteld", least=1),
    },
    key=(*_KEYS, *DIMENSIONS),
    types=SET_TYPES,
)
