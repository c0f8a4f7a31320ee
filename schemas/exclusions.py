"""The contract of `config/exclusions.yaml`: who does not belong to the population, by which decision.

A value that a column cannot have would leave nobody out, without a word: it is a mistake.
What does not belong here: reading the file, leaving rows out (`wi2007.population.exclusion`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from schemas.columns import COLUMNS, PERSON
from schemas.values import is_value

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]


def _listed(column: Any) -> Any:
    return [column] if isinstance(column, str) else column


Column = Literal[tuple(column for column in COLUMNS if column != PERSON)]  # type: ignore[valid-type]
Columns = Annotated[list[Column], BeforeValidator(_listed), Field(min_length=1)]  # type: ignore[valid-type]
"""One column, or a list of them."""


class Exclusion(BaseModel):
    """Rows in which `kolom`, or one of several, has one of `waarden` are left out; `bron` is the legal ground."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    regel: Name
    kolom: Columns
    waarden: Annotated[list[Words], Field(min_length=1)]
    omschrijving: Words
    bron: Words
    kanttekening: Words | None = None


class Exclusions(BaseModel):
    """The whole of `config/exclusions.yaml`, in the order in which the rules hold."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    uitsluitingen: list[Exclusion]

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What only the code lists and the other rules can tell: where, and what is wrong."""
        names = [exclusion.regel for exclusion in self.uitsluitingen]
        for at, exclusion in enumerate(self.uitsluitingen):
            if exclusion.regel in names[:at]:
                yield ("uitsluitingen", at, "regel"), f"de regel '{exclusion.regel}' staat er twee keer"
            columns, values = exclusion.kolom, exclusion.waarden
            for place, value in enumerate(values):
                if not any(is_value(column, value) for column in columns):
                    yield (
                        ("uitsluitingen", at, "waarden", place),
                        f"'{value}' is geen waarde van {' of '.join(columns)}: zo zou deze regel niemand uitsluiten",
                    )
            for column in columns:
                if len(columns) > 1 and not any(is_value(column, value) for value in values):
                    yield (
                        ("uitsluitingen", at, "kolom"),
                        f"geen van de waarden is een waarde van {column}: die kolom zou niemand uitsluiten",
                    )
