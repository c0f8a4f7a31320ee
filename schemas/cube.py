"""The contract of `kubus.parquet`: one row for each combination of the dimensions that occurs, sorted by all keys.

`geslacht` M, V, O · `land_van_herkomst` code · `gemeente` code in the classification at the peildatum, 1999 RNI, 0000
unknown · `leeftijdsklasse` label or Onbekend · `statuscode` · `doelgroep` NIEUWKOMER, OUDKOMER, Onbekend · `aantal`
persons, above 0 · `wie` the set of those persons: a 64-bit hash of each persoonsnummer, added up modulo 2^64. Sums of
sets without a person in common add up as counts do. Exact, like `aantal`: neither is ever published.
What does not belong here: counting (`wi2007.population.cube`).
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
MEASURES = [("aantal", pa.int64()), ("wie", pa.uint64())]
"""How many persons, and which: what is added up over the dimensions."""
SETS = 2**64
"""Sums of `wie` are taken modulo this."""
CUBE = pa.schema([*((name, pa.string()) for name in DIMENSIONS), *MEASURES])


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
        "wie": pandera.Column("uint64"),
    }
    return pandera.DataFrameSchema(
        described(columns, meanings.CUBE),
        unique=list(DIMENSIONS),
        name="kubus",
        strict=True,
        ordered=True,
    )
