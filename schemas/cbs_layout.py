"""The contract of `config/cbs.yaml`, and of a `cbs.yaml` beside a workbook: what to read from which sheet.

What does not belong here: reading a workbook (`wi2007.cbs`), what signs mean (`config/report/tekens.yaml`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Words = Annotated[str, Field(min_length=1)]
Label = Annotated[
    str, Field(min_length=1), BeforeValidator(lambda value: str(value) if type(value) is int else value)
]
Day = Annotated[
    date, BeforeValidator(lambda value: date.fromisoformat(value) if isinstance(value, str) else value)
]
Unit = Literal["aantal", "duizendtal", "procent", "overslaan"]


class _Model(BaseModel):
    """Unknown keys are mistakes; a value is never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LabelMeaning(_Model):
    """What one label, or one path of labels (`Inkomen > Bijstand`), means; nothing at all is the total.

    A label of its own counts where no head stands above it, a path wherever it stands. `overslaan` leaves out what
    stands under it.
    """

    staat: Annotated[list[Label], Field(min_length=1)]
    kenmerk: Words | None = None
    categorie: Words | None = None
    nationaliteit: Words | None = None
    overslaan: bool = False

    @model_validator(mode="after")
    def _together(self) -> Self:
        if (self.kenmerk is None) != (self.categorie is None):
            raise PydanticCustomError(
                "told", "kenmerk en categorie horen bij elkaar: geef beide, of geen van beide"
            )
        if self.overslaan and (self.kenmerk or self.nationaliteit):
            raise PydanticCustomError("told", "een label dat wordt overgeslagen, heeft geen betekenis")
        return self


class Category(_Model):
    """A category of a characteristic and its labels under a head of that characteristic.

    With `zonder_kop` they mean the same where no head stands above them. `ook_onder` names the categories that this
    one is a part of, and may stand under.
    """

    categorie: Words
    staat: Annotated[list[Label], Field(min_length=1)]
    zonder_kop: bool = False
    ook_onder: list[Words] = []


class Characteristic(_Model):
    """A characteristic: the heads that introduce it, and its categories; `lijst` adds names of `reference/`."""

    kenmerk: Words
    koppen: list[Label] = []
    lijst: Literal["gemeenten", "nationaliteiten"] | None = None
    labels: list[Category] = []


class SheetLayout(_Model):
    """A sheet with figures: its name, in which `*` and `?` stand for other signs.

    `meetmoment` is the day that the figures tell of, where the title does not say it. `procenten_van`: whether the
    percentages in a column add up, or those in a row. `eenheid` is that of a sheet without units. `kop_rijen` and
    `kop_kolommen` name the characteristic of rows and columns without a head. With `onbekende_rijen` or
    `onbekende_kolommen` labels that are not listed are nationalities, as they stand. `gaat_over` says that a title
    that names a category is about everybody. `twee_kenmerken` leaves out figures about two characteristics at once.
    """

    blad: Words
    meetmoment: Day | None = None
    procenten_van: Literal["kolom", "rij"] | None = None
    eenheid: Unit | None = None
    kop_rijen: Words | None = None
    kop_kolommen: Words | None = None
    onbekende_rijen: Literal["nationaliteit"] | None = None
    onbekende_kolommen: Literal["nationaliteit"] | None = None
    gaat_over: Literal["iedereen"] | None = None
    twee_kenmerken: Literal["overslaan"] | None = None
    labels: list[LabelMeaning] = []


class CbsLayout(_Model):
    """What is known of workbooks. `uitgave` is the day of publication, which decides what signs mean.

    In a `cbs.yaml` beside a workbook every key may be left out: it adds to `config/cbs.yaml`.
    """

    uitgave: Day | None = None
    reconstructie: list[Words] = []
    overslaan: list[Words] = []
    bladen: list[SheetLayout] = []
    totaal: list[Label] = []
    zonder_betekenis: list[Label] = []
    kenmerken: list[Characteristic] = []
    labels: list[LabelMeaning] = []
    eenheden: dict[Unit, list[Label]] = {}
    waarvan: list[Words] = []
