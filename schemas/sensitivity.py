"""The contract of `config/gevoeligheid.yaml`: other readings of the choices behind the tables, how they are protected.

What does not belong here: reading the file, counting (`wi2007.population.cube`), the choices themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.columns import COLUMNS, PERSON
from schemas.exclusions import Words
from schemas.values import is_value

Question = Literal["uitsluiting", "leeftijd", "indeling"]
BASES = (5, 10)
"""The bases that the tables can have."""
REPORT = "rapport"
"""Stands for the reading of the report itself."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LeftOut(_Model):
    """Rows in which `kolom` has one of `waarden` are left out."""

    kolom: Literal[tuple(column for column in COLUMNS if column != PERSON)]  # type: ignore[valid-type]
    waarden: Annotated[list[Words], Field(min_length=1)]


class ReadingText(_Model):
    """One other reading: exactly one of `uitsluiting`, `leeftijd` and `indeling`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    naam: Words
    omschrijving: Words
    reden: Words
    bron: Words
    uitsluiting: list[LeftOut] | None = None
    leeftijd: Literal["vroegst", "laatst"] | None = None
    indeling: Literal["1 januari", "geregistreerd"] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if [self.uitsluiting, self.leeftijd, self.indeling].count(None) != 2:
            raise PydanticCustomError(
                "told", "een variant heeft precies één van uitsluiting, leeftijd en indeling"
            )
        return self

    @property
    def question(self) -> Question:
        """What is read in another way."""
        if self.uitsluiting is not None:
            return "uitsluiting"
        return "leeftijd" if self.leeftijd is not None else "indeling"

    @property
    def kind(self) -> str:
        """Two readings of one kind would count the same persons."""
        if self.uitsluiting is not None:
            return "uitsluiting van " + ("iemand" if self.uitsluiting else "niemand")
        return f"leeftijd {self.leeftijd}" if self.leeftijd else "indeling"


class Sensitivity(_Model):
    """The whole of `config/gevoeligheid.yaml`."""

    basis: Annotated[int, Field(ge=10)]
    reden: Words
    vanaf: Annotated[int, Field(ge=100)]
    reden_vanaf: Words
    lezingen: list[ReadingText]

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What only the code lists and the other readings can tell: where, and what is wrong."""
        if any(self.basis % base for base in BASES):
            yield ("basis",), f"{self.basis} is geen veelvoud van 5 en van 10"
        names = [REPORT, *(reading.id for reading in self.lezingen)]
        kinds = [reading.kind for reading in self.lezingen]
        for at, reading in enumerate(self.lezingen):
            if reading.id in names[: at + 1]:
                yield ("lezingen", at, "id"), f"de naam '{reading.id}' is al in gebruik"
            if reading.kind in kinds[:at]:
                yield (
                    ("lezingen", at),
                    f"er is al een variant van deze soort ({reading.kind}): twee zouden dezelfde personen twee keer "
                    "afronden",
                )
            for place, rule in enumerate(reading.uitsluiting or []):
                for value in rule.waarden:
                    if not is_value(rule.kolom, value):
                        yield (
                            ("lezingen", at, "uitsluiting", place, "waarden"),
                            f"'{value}' is geen waarde van {rule.kolom}: zo zou deze regel niemand uitsluiten",
                        )
