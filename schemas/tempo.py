"""The contract of `config/tempo.yaml`: outflow and projection. The file itself says what each choice means, and why.

What does not belong here: computing with the choices (see `wi2007.tempo`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Negligible(_Part):
    """From which number of persons the group is called negligible, and the reason."""

    aantal: Annotated[int, Field(ge=0)]
    reden: Text


class Ahead(_Part):
    """How many years a scenario looks ahead, and the reason."""

    jaren: Annotated[int, Field(ge=1, le=60)]
    reden: Text


class Band(_Part):
    """How many percent of later counts a band claims to hold, from how many years it is made, and the reason."""

    niveau: Annotated[int, Field(ge=50, le=95)]
    minstens_jaren: Annotated[int, Field(ge=3)]
    reden: Text


class Countries(_Part):
    """Which countries of origin have a place of their own (codes), what the others are called, and the reason."""

    apart: Annotated[list[Annotated[str, Field(pattern=r"^[0-9]{4}$")]], Field(min_length=1, max_length=50)]
    overig: Text
    reden: Text


class Expectation(_Part):
    """A day on which the study expects the group to be negligible, and where it says so."""

    dag: date
    bron: Text


class TempoChoices(_Part):
    """The whole of `config/tempo.yaml`."""

    verwaarloosbaar: Negligible
    vooruit: Ahead
    bandbreedte: Band
    eerste_jaar: Annotated[int, Field(ge=2007, le=2100)]
    minstens_plichtig: Annotated[int, Field(ge=1)]
    minstens_uitgestroomd: Annotated[int, Field(ge=0)]
    landen: Countries
    samen: Text
    verwachting_studie: Expectation
