"""What was chosen for the demonstration delivery: `config/demo.yaml` and `config/demo_landen.csv`, read once.

What does not belong here: a choice itself (that is data, with its reason) or anything drawn from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.demo import DemonstrationChoices, MarginChoices, RowChoices, TraitChoices, TurkishChoices
from wi2007 import reference, study
from wi2007.decisions import listing, read
from wi2007.decisions.listing import Row
from wi2007.demo.names import mistakes
from wi2007.errors import UserError
from wi2007.project import CONFIG


@dataclass(frozen=True)
class Country:
    """What is assumed of a country of origin.

    `weight` sets its size among the countries that the study does not name; `nationalities` gives nationality codes
    with weights; `women` and `incomplete` are per mille: women, and birth dates that are not fully known.
    """

    code: str
    weight: int
    nationalities: Mapping[str, int]
    women: int
    incomplete: int


@dataclass(frozen=True)
class Settings:
    """The choices behind one demonstration delivery, in their parts (see `schemas.demo`)."""

    choices: DemonstrationChoices
    countries: Mapping[str, Country]

    @property
    def peildatum(self) -> date:
        """The day the delivery tells of."""
        return self.choices.peildatum

    @property
    def margins(self) -> MarginChoices:
        """What the margins keep besides the printed figures."""
        return self.choices.randtotalen

    @property
    def cells(self) -> TraitChoices:
        """How traits hang together within the margins."""
        return self.choices.samenhang

    @property
    def rows(self) -> RowChoices:
        """What a row looks like."""
        return self.choices.rijen

    @property
    def turkish(self) -> TurkishChoices:
        """The Turkish nationals."""
        return self.choices.turks


def load(config: Path = CONFIG) -> Settings:
    """Read the choices; raises `UserError` when a file is missing or something in it cannot stand there."""
    choices = _choices(config / "demo.yaml")
    return Settings(choices, _countries(config / "demo_landen.csv", choices.turks))


def _choices(path: Path) -> DemonstrationChoices:
    decisions = read(path)
    choices: DemonstrationChoices = decisions.held(DemonstrationChoices)
    wrong = [decisions.at(place, what) for place, what in mistakes(choices)]
    if wrong:
        decisions.refuse(wrong)
    return choices


def _countries(path: Path, turkish: TurkishChoices) -> dict[str, Country]:
    columns = ["landcode", "leesnaam", "gewicht", "nationaliteiten", "vrouw_promille", "onvolledig_promille"]
    found = {row.values["landcode"]: _country(row) for row in listing.read(path, columns, ["landcode"])}
    lacking = [code for code in _needed(turkish) if code not in found]
    if lacking:
        raise UserError(
            f"In config/{path.name} ontbreekt de landcode {lacking[0]}, die de demonstratie nodig heeft. "
            "Zet het bestand terug zoals het was, of vul de rij aan."
        )
    return found


def _needed(turkish: TurkishChoices) -> list[str]:
    """The countries that the study names, and those of the Turkish nationals."""
    named = {figure.rij for figure in study.figures()} | {figure.kolom for figure in study.figures()}
    return [
        *turkish.landen,
        *(code for code, country in reference.countries().items() if country.label in named),
    ]


def impossible(what: str) -> UserError:
    """The error for choices that cannot all be kept together; `what` (Dutch) says which."""
    return UserError(
        f"De keuzes in config/demo.yaml passen niet bij de gepubliceerde cijfers: {what}. "
        "Zet de keuzes terug zoals ze waren, of maak ze ruimer."
    )


def _country(row: Row) -> Country:
    if row.values["landcode"] not in reference.countries():
        raise row.wrong("landcode", "deze code staat niet in reference/landen.csv")
    return Country(
        code=row.values["landcode"],
        weight=row.whole("gewicht"),
        nationalities=_nationalities(row),
        women=row.whole("vrouw_promille"),
        incomplete=row.whole("onvolledig_promille"),
    )


def _nationalities(row: Row) -> dict[str, int]:
    """`0057:70|0100:10`: codes with weights; a weight that is left out is 1."""
    found = {}
    for part in row.filled("nationaliteiten").split("|"):
        code, _, weight = part.partition(":")
        if code not in reference.nationalities() or not (weight or "1").isdecimal():
            raise row.wrong(
                "nationaliteiten", "hier horen nationaliteitscodes met een gewicht, als 0057:70|0100:10"
            )
        found[code] = int(weight or 1)
    return found
