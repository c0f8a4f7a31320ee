"""The contract of `verandering.csv`: of each figure of every table where it began, what changed it, where it ends.

`deel` is begin, eind, a part of `config/vergelijking.yaml`, netto, or afronding (what rounded parts leave of the change
between rounded tables); `route` the outflow route of a part that is split by it; `aantal` persons, below 0 where a part
takes some away. Begin and all parts add up to eind. What does not belong here: which tables there are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.comparison import NET, PARTS
from wi2007 import reference

BEGIN, END, ROUNDING = "begin", "eind", "afronding"
ONCE: Final = ["tabel", "rijvariabele", "rij", "kolom", "deel", "route"]
KEY: Final = ["tabel", "populatie", "rijvariabele", "rij", "kolomvariabele", "kolom"]
COLUMNS: Final = [*KEY, "deel", "route", "aantal"]


class ChangeTable(pa.DataFrameModel):
    """`aantal` persons at the begin or the eind of a figure, or by how many one part changed it."""

    tabel: Series[str] = pa.Field(str_length={"min_value": 1})
    populatie: Series[str] = pa.Field(str_length={"min_value": 1})
    rijvariabele: Series[str] = pa.Field(str_length={"min_value": 1})
    rij: Series[str] = pa.Field(str_length={"min_value": 1})
    kolomvariabele: Series[str] = pa.Field(str_length={"min_value": 1})
    kolom: Series[str] = pa.Field(str_length={"min_value": 1})
    deel: Series[str] = pa.Field(isin=[BEGIN, *PARTS, NET, ROUNDING, END])
    route: Series[str]
    aantal: Series[int]

    class Config:
        """No other columns, in this order; a part of a figure stands there once."""

        strict = True
        ordered = True
        unique = ONCE

    @pa.check("route", name="uitstroomroute")
    @classmethod
    def routes_are_known(cls, route: pd.Series) -> pd.Series:
        """A route of `reference/uitstroomroutes.csv`, or none."""
        return route.isin(["", *reference.routes()])

    @pa.dataframe_check(name="delen_tellen_op")
    @classmethod
    def parts_add_up(cls, change: pd.DataFrame) -> bool:
        """Begin and the parts of each figure add up to its eind."""
        signed = change["aantal"].where(change["deel"] != END, -change["aantal"])
        return bool((signed.groupby([change[name] for name in KEY], sort=False).sum() == 0).all())


def read(path: Path) -> pd.DataFrame:
    """Read and check the change. Raises `pandera.errors.SchemaErrors` with everything that is wrong."""
    types = dict.fromkeys(COLUMNS[:-1], "str") | {"aantal": "int64"}
    return ChangeTable.validate(pd.read_csv(path, dtype=types, keep_default_na=False), lazy=True)
