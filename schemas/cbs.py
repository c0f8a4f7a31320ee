"""The contract of the CBS table (`publicatie/cbs.csv`, `tabellen/cbs.csv`): one row for each cell of the workbook.

CBS has rounded these figures itself. What does not belong here: reading a workbook (`wi2007.cbs`), what stands on which
sheet (`config/cbs.yaml`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

COUNT: Final = "aantal"
PERCENT: Final = "procent"
OF_CATEGORY: Final = "categorie"
OF_NATIONALITY: Final = "nationaliteit"
ZERO: Final = "0"
MARKS: Final = ("", "*", "**")
TEXT: Final = [
    "kenmerk",
    "categorie",
    "nationaliteit",
    "eenheid",
    "noemer",
    "teken",
    "voorlopig",
    "meetmoment",
    "blad",
    "cel",
]
KEY: Final = ["kenmerk", "categorie", "nationaliteit", "eenheid", "noemer"]


class Cbs(pa.DataFrameModel):
    """`aantal` persons, or with `eenheid` procent that part of `noemer`: all persons of the category or nationality.

    Without a figure `aantal` is empty and `teken` says why; without a sign too, CBS left the cell empty: a figure
    cannot occur there. `voorlopig` is `*` or `**`. `blad` and `cel` say where in the workbook the figure stands.
    """

    kenmerk: Series[str] = pa.Field(str_length={"min_value": 1})
    categorie: Series[str] = pa.Field(str_length={"min_value": 1})
    nationaliteit: Series[str] = pa.Field(str_length={"min_value": 1})
    eenheid: Series[str] = pa.Field(isin=[COUNT, PERCENT])
    noemer: Series[str] = pa.Field(isin=["", OF_CATEGORY, OF_NATIONALITY])
    aantal: Series[float] = pa.Field(ge=0, nullable=True)
    teken: Series[str] = pa.Field(str_length={"max_value": 2})
    voorlopig: Series[str] = pa.Field(isin=list(MARKS))
    meetmoment: Series[str] = pa.Field(str_matches=r"^\d{4}-\d\d-\d\d$")
    blad: Series[str] = pa.Field(str_length={"min_value": 1})
    cel: Series[str] = pa.Field(str_matches=r"^[A-Z]{1,3}[1-9]\d*$")

    class Config:
        """No other columns, in this order; a figure stands in the table once."""

        strict = True
        ordered = True
        unique = KEY

    @pa.dataframe_check(name="aantal_is_geheel")
    @classmethod
    def counts_are_whole(cls, table: pd.DataFrame) -> pd.Series:
        """Persons are whole."""
        return table["eenheid"].ne(COUNT) | table["aantal"].isna() | table["aantal"].mod(1).eq(0)

    @pa.dataframe_check(name="procent_tot_honderd")
    @classmethod
    def percentages_are_parts(cls, table: pd.DataFrame) -> pd.Series:
        """A percentage is at most 100 and has something that it is a part of; a count has not."""
        percent = table["eenheid"].eq(PERCENT)
        return percent.eq(table["noemer"].ne("")) & (
            ~percent | table["aantal"].isna() | table["aantal"].le(100)
        )

    @pa.dataframe_check(name="teken_of_aantal")
    @classmethod
    def a_sign_stands_for_a_figure(cls, table: pd.DataFrame) -> pd.Series:
        """A sign stands where there is no figure, or beside a zero to say which kind of zero it is."""
        return table["teken"].eq("") | table["aantal"].isna() | table["aantal"].eq(0)

    @pa.dataframe_check(name="totaal_heet_totaal")
    @classmethod
    def totals_are_named(cls, table: pd.DataFrame) -> pd.Series:
        """The characteristic totaal has the one category totaal."""
        return table["kenmerk"].ne("totaal") | table["categorie"].eq("totaal")


def read(path: Path) -> pd.DataFrame:
    """Read and check a CBS table. Raises `pandera.errors.SchemaErrors` with everything that is wrong."""
    types = dict.fromkeys(TEXT, "str") | {"aantal": "float64"}
    table = pd.read_csv(path, dtype=types, keep_default_na=False, na_values={"aantal": [""]})
    return Cbs.validate(table, lazy=True)
