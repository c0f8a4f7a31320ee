"""The flows: how many persons left and entered which cell of the cube since the peildatum before, and why.

`richting` is uit (left the cell where he was) or in (entered the cell where he is then). One row for each combination,
sorted by all keys. The cube of the earlier peildatum, with `in` added and `uit` taken away, is the cube of this one.
What does not belong here: counting (`wi2007.comparison`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from schemas.comparison import IN, NET, OUT, PARTS
from schemas.cube import CUBE, DIMENSIONS, OF_DIMENSIONS, OF_MEASURES, SET_TYPES
from schemas.dataset import DERIVED, Column, count, text
from schemas.exact import ExactFile
from wi2007 import reference

_KEYS: Final[dict[str, Column]] = {
    "deel": text(
        "Waarom iemand uit de ene cel ging en in de andere kwam.",
        "config/vergelijking.yaml",
        written="code",
        values=(*PARTS, NET),
    ),
    "richting": text("Uit de cel, of in de cel.", DERIVED, written="code", values=(OUT, IN)),
    "route": text(
        "Bij uitgestroomd de route waarheen, bij teruggekomen de route waarvandaan; anders leeg.",
        "statuscode, reference/uitstroomroutes.csv",
        optional=True,
        values=reference.routes,
    ),
}
KEYS: Final = tuple(_KEYS)
FLOWS: Final = ExactFile(
    "stromen.parquet",
    "De stromen",
    "wie sinds de vorige peildatum uit welke combinatie van kenmerken ging en in welke kwam, en waarom "
    "(`config/vergelijking.yaml`). Leeg zonder vorige peildatum.",
    columns={
        **_KEYS,
        **OF_DIMENSIONS,
        "gemeente": replace(
            CUBE.columns["gemeente"],
            meaning="Gemeente in de indeling op de vorige peildatum of op deze. 1999 is het Register niet-ingezetenen, "
            "0000 onbekend.",
        ),
        "leeftijdsklasse": replace(
            CUBE.columns["leeftijdsklasse"], meaning="Leeftijdsklasse op de vorige peildatum of op deze."
        ),
        **OF_MEASURES,
        "aantal": count("Personen die om deze reden uit de cel gingen of erin kwamen.", "geteld", least=1),
    },
    key=(*KEYS, *DIMENSIONS),
    types=SET_TYPES,
)
