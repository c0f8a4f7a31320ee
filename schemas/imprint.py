"""The contract of `config/report/uitgave.yaml`: who publishes the report, when, under which licence, in which colours.

What does not belong here: reading the file and the logo, whether a colour can be read (`wi2007.publication.imprint`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


class _Model(BaseModel):
    """Unknown keys are mistakes; a value is never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _day(value: object) -> object:
    """Refuse what YAML does not read as a date."""
    if type(value) is not date:
        raise PydanticCustomError(
            "told", "hier hoort een datum te staan, zoals 2024-10-01, zonder aanhalingstekens"
        )
    return value


def _form(pattern: str, told: str) -> BeforeValidator:
    """Refuse a text of another form, and say in Dutch what it should be."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            raise PydanticCustomError("told", told)
        return value

    return BeforeValidator(check)


Words = Annotated[str, Field(min_length=1)]
Day = Annotated[date, BeforeValidator(_day)]
Address = Annotated[
    str, _form(r"https://[^\s()]+", "schrijf een adres dat met https:// begint, zonder spaties en haakjes")
]
Email = Annotated[
    str, _form(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+", "schrijf een e-mailadres als naam@voorbeeld.nl")
]
Colour = Annotated[
    str,
    _form(
        "#[0-9A-Fa-f]{6}",
        "schrijf een kleur als #154273, met zes tekens na het hekje en tussen aanhalingstekens",
    ),
]
LogoFile = Annotated[
    str,
    _form(
        r"[\w-][\w.-]*\.svg",
        "noem een SVG-bestand dat naast uitgave.yaml staat, zoals logo.svg, zonder map ervoor",
    ),
]


class ColoursText(_Model):
    """The colours of the house: `hoofdkleur` for titles, links and key figures, `accent` for lines and marks."""

    hoofdkleur: Colour
    accent: Colour


class InstitutionText(_Model):
    """Who publishes; `logo` is the name of an SVG file beside `uitgave.yaml`."""

    naam: Words
    logo: LogoFile | None = None
    kleuren: ColoursText


class ContactText(_Model):
    """Whom readers can ask: `adres` is shown as it stands."""

    naam: Words | None = None
    email: Email | None = None
    adres: Words | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.email is None and self.adres is None:
            raise PydanticCustomError("told", "geef een email of een adres op, of haal contact helemaal weg")
        return self


class LicenceText(_Model):
    """Under which licence others may use report and tables; `naam` is its name in the list of SPDX."""

    naam: Annotated[str, _form("[A-Za-z0-9.+-]+", "schrijf de naam uit de lijst van SPDX, zoals CC-BY-4.0")]
    titel: Words
    adres: Address
    reden: Words


class RevisionText(_Model):
    """What changed in a report after it was published, on which day and why."""

    datum: Day
    wat: Words
    reden: Words


class EditionText(_Model):
    """The report of one peildatum in one release (`uitgave`, the number that the register of releases gives it).

    `publicatiedatum` is the day on which it appeared, `versie` what the institute calls it, `adres` where it stands.
    """

    peildatum: Day
    uitgave: Annotated[int, Field(ge=1)] = 1
    publicatiedatum: Day | None = None
    versie: Words | None = None
    adres: Address | None = None
    revisies: list[RevisionText] = []

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.publicatiedatum is not None and self.publicatiedatum < self.peildatum:
            raise PydanticCustomError(
                "told", "de publicatiedatum ligt voor de peildatum. Verbeter een van de twee"
            )
        if self.revisies and self.publicatiedatum is None:
            raise PydanticCustomError(
                "told",
                "er staan revisies zonder publicatiedatum. Vul in wanneer het rapport voor het eerst verscheen",
            )
        days = [self.publicatiedatum or self.peildatum, *(revision.datum for revision in self.revisies)]
        if days != sorted(days):
            raise PydanticCustomError(
                "told", "zet de revisies in de volgorde van hun datum, alle op of na de publicatiedatum"
            )
        return self

    @property
    def changed(self) -> date | None:
        """The day of the last revision."""
        return self.revisies[-1].datum if self.revisies else None


class ImprintText(_Model):
    """The whole of `uitgave.yaml`."""

    instelling: InstitutionText
    contact: ContactText | None = None
    licentie: LicenceText
    uitgaven: list[EditionText] = []

    @model_validator(mode="after")
    def _once(self) -> Self:
        known = [(edition.peildatum, edition.uitgave) for edition in self.uitgaven]
        if len(known) != len(set(known)):
            raise PydanticCustomError(
                "told", "dezelfde uitgave van een peildatum staat er twee keer. Laat er één staan"
            )
        return self


class SourceText(_Model):
    """A publication that the report rests on; what is not known of it is left out, and so is it in the report.

    `bron` says where this was found.
    """

    titel: Words
    makers: Words | None = None
    jaar: Annotated[str, _form(r"\d{4}", 'schrijf een jaar tussen aanhalingstekens, zoals "2020"')] | None = (
        None
    )
    adres: Address | None = None
    bron: Words


class SourcesText(_Model):
    """The whole of `bronnen.yaml`."""

    studie: SourceText
    cbs_tabel: SourceText
