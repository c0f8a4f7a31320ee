"""The contract of `personen.parquet`: the population after the exclusion, one row a person, in the delivery's order.

`persoonsnummer` text, unique · `geslacht` M, V, O · `geboortedatum` yyyymmdd, unknown parts 00 · `leeftijd` full years
at the peildatum, null when the birth date leaves it open · `leeftijdsklasse` a label or Onbekend · `land_van_herkomst`
and `gemeente` codes, the last in the classification at the peildatum · `statuscode`, `uitstroomroute` · `statusdatum`,
`startdatum_plicht` dates or null · `doelgroep` NIEUWKOMER, OUDKOMER or Onbekend. `uitgesloten.parquet` has the
persoonsnummers of who was left out. What does not belong here: how these are derived (`wi2007.population`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas import meanings
from schemas.meanings import described
from wi2007 import reference

if TYPE_CHECKING:
    import pandera.pandas as pandera

GENDERS = ("M", "V", "O")
TARGET_GROUPS = ("NIEUWKOMER", "OUDKOMER", reference.UNKNOWN)

_TEXT = pa.dictionary(pa.int32(), pa.string())
PERSONS = pa.schema(
    {
        "persoonsnummer": pa.string(),
        "geslacht": _TEXT,
        "geboortedatum": pa.string(),
        "leeftijd": pa.int16(),
        "leeftijdsklasse": _TEXT,
        "land_van_herkomst": _TEXT,
        "gemeente": _TEXT,
        "statuscode": _TEXT,
        "uitstroomroute": _TEXT,
        "statusdatum": pa.date32(),
        "startdatum_plicht": pa.date32(),
        "doelgroep": _TEXT,
    }
)
"""The columns in their order. In the file a dictionary column is text."""
EXCLUDED = pa.schema({"persoonsnummer": pa.string()})
"""The columns of `uitgesloten.parquet`."""


def persons_schema() -> pandera.DataFrameSchema:
    """The contract of the file as pandas reads it."""
    import pandera.pandas as pandera  # noqa: PLC0415  half a second, and not every user of the names needs it

    def one_of(values: Any) -> Any:
        return pandera.Check.isin(list(values))

    columns = {
        "persoonsnummer": pandera.Column(str, unique=True),
        "geslacht": pandera.Column(str, one_of(GENDERS)),
        "geboortedatum": pandera.Column(str, pandera.Check.str_matches(r"^[0-9]{8}$")),
        "leeftijd": pandera.Column(float, pandera.Check.in_range(0, 150), nullable=True, coerce=True),
        "leeftijdsklasse": pandera.Column(str, one_of(reference.age_labels())),
        "land_van_herkomst": pandera.Column(str, one_of(reference.countries())),
        "gemeente": pandera.Column(str, one_of(reference.municipalities())),
        "statuscode": pandera.Column(str, one_of(reference.statuses())),
        "uitstroomroute": pandera.Column(str, one_of(reference.routes())),
        "statusdatum": pandera.Column("datetime64[s]", nullable=True, coerce=True),
        "startdatum_plicht": pandera.Column("datetime64[s]", nullable=True, coerce=True),
        "doelgroep": pandera.Column(str, one_of(TARGET_GROUPS)),
    }
    return pandera.DataFrameSchema(
        described(columns, meanings.PERSONS), name="personen", strict=True, ordered=True
    )
