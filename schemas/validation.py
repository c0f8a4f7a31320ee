"""The contract of `config/validation.yaml`: what a rule must say, and which thresholds there are.

What does not belong here: reading the file, and the words in which a mistake is told (`wi2007.validation.rules`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from schemas.columns import COLUMNS, PERSON
from schemas.values import DAYS

_PERCENTAGE = re.compile(r"(\d{1,3})(?:,(\d+))?\s?%")


def _share(value: object) -> object:
    """A percentage as it is written in Dutch (0,5%), as a share between 0 and 1."""
    found = _PERCENTAGE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("schrijf een percentage, bijvoorbeeld 5% of 0,5%")
    share = float(f"{found[1]}.{found[2] or 0}") / 100
    if share > 1:
        raise ValueError("een percentage is hoogstens 100%")
    return share


def _day(value: object) -> object:
    """A date as written, quoted or not: YAML reads 2007-01-01 without quotes as a date."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError('schrijf een datum als "2007-01-01"') from None


def _column(value: object) -> object:
    if value not in COLUMNS:
        raise ValueError("dit is geen kolom van de levering; ze staan in docs/levering.md")
    return value


def _day_column(value: object) -> object:
    if value not in DAYS:
        raise ValueError(f"dit is geen kolom met datums; dat zijn {', '.join(DAYS)}")
    return value


def _written_day(value: object) -> object:
    """A day as deliveries have it, quoted: YAML reads 20070101 without quotes as a number."""
    try:
        if isinstance(value, str) and len(value) == 8 and f"{date.fromisoformat(value):%Y%m%d}" == value:
            return value
    except ValueError:
        pass
    raise ValueError('schrijf een dag met aanhalingstekens als "20070101"')


Share = Annotated[float, BeforeValidator(_share)]
Day = Annotated[date, BeforeValidator(_day)]
Column = Annotated[str, BeforeValidator(_column)]
DayColumn = Annotated[str, BeforeValidator(_day_column)]
WrittenDay = Annotated[str, BeforeValidator(_written_day)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]


class _Strict(BaseModel):
    """Unknown keys are refused, so that a typing error is not passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Threshold(_Strict):
    """From where on something is told (`melden_boven`) and refused (`fout_boven`): shares of the rows.

    Fewer than `minstens` rows refuse nothing. `punten` (of a category) and `punten_samen` (of a column) are percentage
    points, `ruis` standard deviations.
    """

    melden_boven: Share | None = None
    fout_boven: Share | None = None
    minstens: Annotated[int, Field(ge=0)] = 0
    punten: Annotated[float, Field(gt=0, le=100, strict=False)] | None = None
    punten_samen: Annotated[float, Field(gt=0, le=100, strict=False)] | None = None
    ruis: Annotated[float, Field(ge=0, strict=False)] = 0.0

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.melden_boven is not None and self.fout_boven is not None:
            _require(self.melden_boven <= self.fout_boven, "melden_boven is hoger dan fout_boven")
        return self


class RuleEntry(_Strict):
    """One rule: its name, how serious a breach is, where it holds, what it means, what to do, where it comes from."""

    regel: Name
    ernst: Literal["fout", "waarschuwing"]
    kolommen: list[Column]
    omschrijving: Text
    doen: Text
    bron: Text
    drempel: Threshold | None = None

    @model_validator(mode="after")
    def _only_a_warning_has_a_threshold(self) -> Self:
        _require(
            self.drempel is None or self.ernst == "waarschuwing",
            "een drempel past alleen bij een waarschuwing: een fout telt altijd",
        )
        return self


class UnpackEntry(_Strict):
    """How many bytes may come out of a .gz or .zip: in all, freely, and beyond that for each byte of the archive."""

    bytes: Annotated[int, Field(gt=0)]
    vrij: Annotated[int, Field(gt=0)]
    verhouding: Annotated[int, Field(gt=0)]


class SheetsEntry(_Strict):
    """From how many rows on, and how full beside those of the delivery, another sheet of a workbook is asked about."""

    rijen: Annotated[int, Field(gt=0)]
    breedte: Share


class LimitEntries(_Strict):
    """Days beside which a date is an error or worth a warning; how far an archive is unpacked; other sheets."""

    geboortedatum: Day
    statusdatum_en_startdatum: Day
    wi2007: Day
    oudste_leeftijd: Annotated[int, Field(ge=80, le=150)]
    uitpakken: UnpackEntry
    werkbladen: SheetsEntry
    jongste_geboortedatum: Day


class UnknownEntry(Threshold):
    """Which values of a column mean that it is not known (`leeg` for an empty field), and how many are too many.

    With `onder` only the rows with one of these status codes count.
    """

    waarden: Annotated[list[str], Field(min_length=1)]
    onder: list[str] = []
    melden_boven: Share


class PeakEntry(_Strict):
    """From how many rows one day in a column is too many: more than `melden_boven` of the filled rows, more than `keer`
    times the same day in other years (`keer_bekend` for a day that programs fill in), and at least `minstens`.

    `gewoon` are days that are frequent for a reason, with the share of the rows that they may have.
    """

    minstens: Annotated[int, Field(ge=10)]
    melden_boven: Share | None = None
    fout_boven: Share | None = None
    keer: Annotated[float, Field(gt=1, strict=False)] | None = None
    keer_bekend: Annotated[float, Field(gt=1, strict=False)] | None = None
    gewoon: dict[WrittenDay, Share] = {}

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        _require(self.melden_boven is not None or self.keer is not None, "zet hier melden_boven of keer")
        return self


class PeakEntries(_Strict):
    """Days that programs fill in where they know none, with what they are (`bekend`), and the limits by column."""

    bekend: dict[WrittenDay, Text]
    kolommen: dict[DayColumn, PeakEntry]


class KindEntry(_Strict):
    """What is told of a kind of file that is not read: what it is, and what to do."""

    wat: Text
    doen: Text


class ValidationFile(_Strict):
    """The whole of `config/validation.yaml`."""

    grenzen: LimitEntries
    onbekend: dict[Column, UnknownEntry]
    ophoping: PeakEntries
    soorten: dict[Name, KindEntry]
    regels: Annotated[list[RuleEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [rule.regel for rule in self.regels]
        double = sorted({name for name in names if names.count(name) > 1})
        _require(not double, f"deze namen staan er meer dan één keer: {', '.join(double)}")
        _require(PERSON not in self.onbekend, f"onbekend kan niet over {PERSON} gaan")
        return self


def _require(right: Any, mistake: str) -> None:
    if not right:
        raise ValueError(mistake)
