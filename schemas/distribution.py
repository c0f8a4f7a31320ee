"""The contract of `verdeling.json`: exact counts by column, kept with the exact data and never published.

What does not belong here: counting, comparing (`wi2007.validation`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.columns import COLUMNS

Count = Annotated[int, Field(ge=0)]


class ColumnCounts(BaseModel):
    """Rows of a column: `leeg` without a value, `waarden` by code, year or hundred (`overig`: none of these)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    leeg: Count
    waarden: dict[str, Annotated[int, Field(ge=1)]]


class DistributionFile(BaseModel):
    """The whole of `verdeling.json`: the delivery by its digest, the rows that were judged, the columns it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    peildatum: date
    sha256: str
    demonstratie: bool
    rijen: Count
    kolommen: dict[str, ColumnCounts]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if unknown := set(self.kolommen) - set(COLUMNS):
            raise ValueError(f"{len(unknown)} columns are not of the delivery")
        for name, column in self.kolommen.items():
            if column.leeg + sum(column.waarden.values()) != self.rijen:
                raise ValueError(f"the counts of {name} are not those of all rows")
        return self
