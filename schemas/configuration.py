"""The contract of `config/config.yaml`: what a researcher sets, and what may stand there.

What does not belong here: reading the file, and the words in which a mistake is told (`wi2007.settings`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Everything = Literal["alle"]


def _day(value: object) -> object:
    """A date as written, quoted or not: YAML reads 2022-07-01 without quotes as a date."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value


Day = Annotated[date, BeforeValidator(_day)]


class MapConfiguration(BaseModel):
    """A map of the municipalities: the file with their boundaries, whose it is, and what is drawn."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    bestand: Annotated[str, Field(min_length=1)]
    bronvermelding: Annotated[str, Field(min_length=1)]
    code: Annotated[str, Field(min_length=1)] = "statcode"
    maat: Literal["aandeel", "aantal"] = "aandeel"


class Configuration(BaseModel):
    """What `config/config.yaml` may hold; unknown keys are refused, so that a typing error is not passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    peildata: Everything | Annotated[list[Day], Field(min_length=1)] = "alle"
    indeling: Annotated[str, Field(min_length=1)] | dict[Day, Annotated[str, Field(min_length=1)]] | None = (
        None
    )
    afronding: Literal[5, 10, "uit"] = 5
    hertrekking: dict[Day, Annotated[str, Field(min_length=1)]] = {}
    kaart: MapConfiguration | None = None
    rekenkernen: Everything | Annotated[int, Field(ge=1)] = "alle"

    def chosen_peildata(self) -> list[str] | None:
        """The peildata as text, ascending, without repeats; None means every one there is."""
        if self.peildata == "alle":
            return None
        return sorted({day.isoformat() for day in self.peildata})

    def layout(self, peildatum: str) -> str | None:
        """The layout in `config/deliveries/` that holds at a peildatum without a levering.yaml of its own."""
        if isinstance(self.indeling, dict):
            return self.indeling.get(date.fromisoformat(peildatum))
        return self.indeling

    def cores(self) -> int | None:
        """The number of steps at a time; None means as many as there are cores."""
        return None if self.rekenkernen == "alle" else self.rekenkernen
