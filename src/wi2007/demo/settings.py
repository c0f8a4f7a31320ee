"""What was chosen for the demonstration delivery: `config/demo.yaml` and `config/demo_landen.csv`, read once.

What does not belong here: a choice itself (that is data, with its reason) or anything drawn from it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from schemas.demo import DemonstrationChoices, MarginChoices, RowChoices, TraitChoices, TurkishChoices
from wi2007.errors import UserError
from wi2007.project import CONFIG

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    return Settings(_choices(config / "demo.yaml"), _countries(config / "demo_landen.csv"))


def _choices(path: Path) -> DemonstrationChoices:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return DemonstrationChoices.model_validate(raw)
    except ValidationError as error:
        places = [".".join(str(step) for step in fault["loc"]) or "het geheel" for fault in error.errors()]
        raise _wrong(path, f"dit kan er zo niet staan: {', '.join(dict.fromkeys(places))}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(path, "het bestand is niet te lezen") from error


def _countries(path: Path) -> dict[str, Country]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["landcode"]: _country(row) for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, "het bestand is niet te lezen") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong(path, "een kolom ontbreekt of een getal is geen getal") from error


def _wrong(path: Path, what: str) -> UserError:
    return UserError(
        f"De demonstratielevering kan niet gemaakt worden. In config/{path.name}: {what}. "
        "Zet het bestand terug zoals het was, of verbeter het."
    )


def impossible(what: str) -> UserError:
    """The error for choices that cannot all be kept together; `what` (Dutch) says which."""
    return UserError(
        f"De keuzes in config/demo.yaml passen niet bij de gepubliceerde cijfers: {what}. "
        "Zet de keuzes terug zoals ze waren, of maak ze ruimer."
    )


def _country(row: Mapping[str, str]) -> Country:
    pairs = (part.partition(":") for part in row["nationaliteiten"].split("|"))
    return Country(
        code=row["landcode"],
        weight=int(row["gewicht"]),
        nationalities={code: int(weight or 1) for code, _, weight in pairs},
        women=int(row["vrouw_promille"]),
        incomplete=int(row["onvolledig_promille"]),
    )
