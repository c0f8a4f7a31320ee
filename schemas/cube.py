"""The contract of `kubus.parquet`: one row for each combination of the dimensions that occurs, sorted by all keys.

`geslacht` M, V, O · `land_van_herkomst` code · `gemeente` code in the classification at the peildatum, 1999 RNI, 0000
unknown · `leeftijdsklasse` label or Onbekend · `statuscode` · `doelgroep` NIEUWKOMER, OUDKOMER, Onbekend · `aantal`
persons, above 0.
What does not belong here: counting (`wi2007.cube`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas import meanings
from schemas.meanings import described
from schemas.persons import GENDERS, TARGET_GROUPS
from wi2007 import reference

if TYPE_CHECKING:
    import pandera.pandas as pandera

DIMENSIONS = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep")
CUBE = pa.schema([*((name, pa.string()) for name in DIMENSIONS), ("aantal", pa.int64())])


def cube_schema() -> pandera.DataFrameSchema:
    """The contract of the file as pandas reads it."""
    import pandera.pandas as pandera  # noqa: PLC0415  half a second, and not every user of the names needs it

    def column(values: Any) -> Any:
        return pandera.Column(str, pandera.Check.isin(list(values)))

    columns = {
        "geslacht": column(GENDERS),
        "land_van_herkomst": column(reference.countries()),
        "gemeente": column(reference.municipalities()),
        "leeftijdsklasse": column(reference.age_labels()),
        "statuscode": column(reference.statuses()),
        "doelgroep": column(TARGET_GROUPS),
        "aantal": pandera.Column(int, pandera.Check.ge(1)),
    }
    return pandera.DataFrameSchema(
        described(columns, meanings.CUBE),
        unique=list(DIMENSIONS),
        name="kubus",
        strict=True,
        ordered=True,
    )
