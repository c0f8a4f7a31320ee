"""The contract of `uitstroom.parquet`: everyone of the population by status and by when it was reached.

`land_van_herkomst` code · `leeftijdsklasse` label or Onbekend, at the peildatum · `leeftijdsklasse_begin` the same on
the first of the last twelve months' days · `statuscode` · `statusperiode` the stretch of time in which the statusdatum
lies (`wi2007.periods`) · `aantal` persons, above 0 · `wie` as in `kubus.parquet`.
One row for each combination that occurs, sorted by all keys. Exact: never published.
What does not belong here: counting (`wi2007.population.cube`), rates (`wi2007.tempo`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas import meanings
from schemas.cube import MEASURES
from schemas.meanings import described
from wi2007 import reference

if TYPE_CHECKING:
    import pandera.pandas as pandera

PERIOD = "statusperiode"
AGE, AGE_AT_START = "leeftijdsklasse", "leeftijdsklasse_begin"
"""At the peildatum, and on the first day of the twelve months that end on it."""
UNKNOWN_PERIOD = reference.UNKNOWN
"""There is no statusdatum."""
BEFORE = "voor 2007"
"""The statusdatum lies before the year in which the law began."""
DIMENSIONS = ("land_van_herkomst", AGE, AGE_AT_START, "statuscode", PERIOD)
OUTFLOW = pa.schema([*((name, pa.string()) for name in DIMENSIONS), *MEASURES])


def outflow_schema() -> pandera.DataFrameSchema:
    """The contract of the file as pandas reads it."""
    import pandera.pandas as pandera  # noqa: PLC0415  half a second, and not every user of the names needs it

    def column(*checks: Any) -> Any:
        return pandera.Column(str, list(checks))

    columns = {
        "land_van_herkomst": column(pandera.Check.isin(list(reference.countries()))),
        AGE: column(pandera.Check.isin(list(reference.age_labels()))),
        AGE_AT_START: column(pandera.Check.isin(list(reference.age_labels()))),
        "statuscode": column(pandera.Check.isin(list(reference.statuses()))),
        PERIOD: column(pandera.Check.str_matches(rf"^(\d{{4}}-\d{{2}}-\d{{2}}|{UNKNOWN_PERIOD}|{BEFORE})$")),
        "aantal": pandera.Column(int, pandera.Check.ge(1)),
        "wie": pandera.Column("uint64"),
    }
    return pandera.DataFrameSchema(
        described(columns, meanings.OUTFLOW),
        unique=list(DIMENSIONS),
        name="uitstroom",
        strict=True,
        ordered=True,
    )
