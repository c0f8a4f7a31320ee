"""Read `config/inspectie.yaml`: the names, codes, weights and limits of a proposal."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.columns import COLUMNS
from schemas.levering import PARTS
from schemas.values import DAYS
from wi2007.decisions import DAMAGE, plain
from wi2007.errors import UserError
from wi2007.project import CONFIG

SETTINGS: Final = CONFIG / "inspectie.yaml"

Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A part of the file; unknown keys are refused, so that a typing error is not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(Part):
    """`grenzen`: shares are of the filled rows."""

    zeker: Share
    waarschijnlijk: Share
    mogelijk: Share
    volgorde: Share
    waarden_bekeken: Count
    waarden_geteld: Count
    rijen_per_code: Count
    codes: Count


class Weights(Part):
    """`gewichten`: how much a piece of evidence counts."""

    onze_naam: float
    andere_naam: float
    deel_van_naam: float
    verkeerde_naam: float
    inhoud: float
    inhoud_past_niet: float
    volgorde: float
    minstens: float
    even_goed: float


class Names(Part):
    """The names that senders give to our columns; with `naam_nodig` contents alone are no evidence for the column."""

    namen: frozenset[str]
    delen: tuple[tuple[str, ...], ...]
    niet: frozenset[str]
    naam_nodig: Literal["ja", "nee"] = "nee"

    @property
    def must_be_named(self) -> bool:
        """Whether a field is this column only where its name says so."""
        return self.naam_nodig == "ja"


class Exemption(Part):
    """`ontheffing`: its ground in a field of its own."""

    status: frozenset[str]
    velden: frozenset[str]
    delen: tuple[tuple[str, ...], ...]
    gronden: dict[str, tuple[str, ...]]


class DateParts(Part):
    """`datumdelen`: words in the names of the three fields that a date is made from."""

    velden: dict[str, tuple[str, ...]]
    delen: dict[str, tuple[str, ...]]


class Settings(Part):
    """The whole of `config/inspectie.yaml`."""

    grenzen: Limits
    gewichten: Weights
    zwakke_regels: dict[str, Share]
    namen: dict[str, Names]
    peildatum: frozenset[str]
    codes: dict[str, dict[str, tuple[str, ...]]]
    codes_samen: dict[str, dict[str, str]]
    ontheffing: Exemption
    datumdelen: DateParts
    woorden: dict[str, str]
    schrijfwijzen: dict[str, str]

    @model_validator(mode="after")
    def _every_column(self) -> Settings:
        if set(self.namen) != set(COLUMNS):
            raise ValueError("namen hoort elke kolom van de levering te hebben")
        if set(self.datumdelen.velden) != set(DAYS) or tuple(self.datumdelen.delen) != PARTS:
            raise ValueError("datumdelen hoort elke datum te hebben, en jaar, maand en dag")
        return self

    def meaning(self, column: str, present: Collection[str] = ()) -> dict[str, str]:
        """Return what codes of a column probably mean: our value by key; `present` are all keys of the field."""
        single = {code: ours for ours, codes in self.codes.get(column, {}).items() for code in codes}
        together = self.codes_samen.get(column, {})
        return {**single, **together} if set(present) == set(together) else single

    def grounds(self) -> dict[str, str]:
        """Return our status code by the key of the ground of an exemption."""
        return {code: ours for ours, codes in self.ontheffing.gronden.items() for code in codes}


@cache
def read_settings(path: Path = SETTINGS) -> Settings:
    """Return the checked settings. Raises `UserError` with the mistakes in the file."""
    try:
        content = plain(path)
        return Settings.model_validate(content)
    except DAMAGE as error:
        where = (
            ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors()[:3])
            if isinstance(error, ValidationError)
            else type(error).__name__
        )
        raise UserError(
            f"{path.name} is niet te gebruiken ({where or 'namen'}). Herstel het bestand config/{path.name}."
        ) from error
