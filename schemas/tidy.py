"""The contract of the tidy tables (`tabellen.csv`): one row for each figure of every table.

Every run holds its tables against it (`wi2007.steps.gate.contracts`) before a report is put in place.
What does not belong here: which tables there are (see `config/tables.yaml`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

TEXT = ["tabel", "populatie", "rijvariabele", "rij", "kolomvariabele", "kolom"]
KEY = ["tabel", "rijvariabele", "rij", "kolom"]
TOTAL = "totaal"


class Tidy(pa.DataFrameModel):
    """`aantal` persons are `procent` (0-100, unrounded, missing when `noemer` is 0) of `noemer` persons."""

    tabel: Series[str] = pa.Field(str_length={"min_value": 1})
    populatie: Series[str] = pa.Field(str_length={"min_value": 1})
    rijvariabele: Series[str] = pa.Field(str_length={"min_value": 1})
    rij: Series[str] = pa.Field(str_length={"min_value": 1})
    kolomvariabele: Series[str] = pa.Field(str_length={"min_value": 1})
    kolom: Series[str] = pa.Field(str_length={"min_value": 1})
    aantal: Series[int] = pa.Field(ge=0)
    procent: Series[float] = pa.Field(ge=0, le=100, nullable=True)
    noemer: Series[int] = pa.Field(ge=0)

    class Config:
        """No other columns, in this order; a figure stands in a table once."""

        strict = True
        ordered = True
        unique = KEY

    @pa.dataframe_check(name="procent_van_noemer")
    @classmethod
    def percent_of_base(cls, tidy: pd.DataFrame) -> pd.Series:
        """`procent` is `aantal` of `noemer`, and missing exactly when there is nobody to take it of."""
        base = tidy["noemer"].where(tidy["noemer"] > 0, np.nan)
        expected = 100 * tidy["aantal"] / base
        empty = tidy["procent"].isna()
        return empty.eq(tidy["noemer"] == 0) & (
            empty | np.isclose(tidy["procent"], expected, rtol=1e-12, atol=0)
        )

    @pa.dataframe_check(name="totaal_heet_totaal")
    @classmethod
    def totals_are_named(cls, tidy: pd.DataFrame) -> pd.Series:
        """A row of totals has `rijvariabele` and `rij` totaal, and no other row has."""
        return tidy["rijvariabele"].eq(TOTAL) == tidy["rij"].eq(TOTAL)

    @pa.dataframe_check(name="rijen_tellen_op")
    @classmethod
    def rows_add_up(cls, tidy: pd.DataFrame) -> bool:
        """In every column the rows of each row variable add up to the total; the rows of gender leave out O."""
        parts = tidy[~tidy["rijvariabele"].isin([TOTAL, "geslacht"])]
        sums = parts.groupby(["tabel", "kolom", "rijvariabele"], sort=False)["aantal"].sum().reset_index()
        totals = tidy.loc[tidy["rijvariabele"] == TOTAL, ["tabel", "kolom", "aantal"]]
        both = sums.merge(totals, on=["tabel", "kolom"], how="left", suffixes=("", "_totaal"))
        return bool((both["aantal"] == both["aantal_totaal"]).all())


def read(path: Path) -> pd.DataFrame:
    """Read and check a tidy table. Raises `pandera.errors.SchemaErrors` with everything that is wrong."""
    types = dict.fromkeys(TEXT, "str") | {"aantal": "int64", "procent": "float64", "noemer": "int64"}
    tidy = pd.read_csv(path, dtype=types, keep_default_na=False, na_values={"procent": [""]})
    return Tidy.validate(tidy, lazy=True)
