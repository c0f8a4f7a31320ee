"""The contract of `config/disclosure.yaml`: how counts are protected, with the reason of each choice.

The base of the rounding is set by the researcher (`config/config.yaml`). What does not belong here: the protecting.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.tables import Label, Variable


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Exempt(_Model):
    """A code of a recognisable variable that may stand alone all the same, with the reason."""

    variabele: Variable
    code: Label
    reden: Label


class GroupRule(_Model):
    """When a group, a code of a variable by which people recognise somebody, may not stand alone.

    Namely with over `aandeel` of it in one category of a sensitive variable. Of who left between two peildata only
    groups of at least `uitstroom_vanaf` persons are looked at.
    """

    aandeel: Annotated[float, Field(gt=0.5, lt=1)]
    herkenbaar: Annotated[list[Variable], Field(min_length=1)]
    gevoelig: Annotated[list[Variable], Field(min_length=1)]
    reden: Label
    uitstroom_vanaf: Annotated[int, Field(ge=1)]
    reden_uitstroom: Label
    uitgezonderd: list[Exempt] = []

    def exempt(self, variable: str) -> set[str]:
        """The codes of a variable that may always stand alone."""
        return {one.code for one in self.uitgezonderd if one.variabele == variable}


class Size(_Model):
    """What is said of a number of rows that may not be told: `woorden` below `onder` percent of all rows."""

    onder: Annotated[float, Field(gt=0, le=101)]
    woorden: Label


class LeastRows(_Model):
    """Of fewer rows than this no warning is published, nor that they were put right; with the reason."""

    rijen: Annotated[int, Field(ge=1)]
    reden: Label


class FewChanges(_Model):
    """Where fewer than so many persons changed since the peildatum before, the user is advised to take this base."""

    personen: Annotated[int, Field(ge=1)]
    basis: Literal[10]
    reden: Label


class Disclosure(_Model):
    """The whole of `config/disclosure.yaml`."""

    klein: Annotated[int, Field(ge=1)]
    pogingen: Annotated[int, Field(ge=1, le=100)]
    ruimer: Annotated[int, Field(ge=1, le=10)]
    demonstratiesleutel: Annotated[str, Field(min_length=16)]
    weinig_veranderd: FewChanges
    groepsonthulling: GroupRule
    omvang: Annotated[list[Size], Field(min_length=1)]
    omvang_vanaf: LeastRows
