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
    """The choices behind one demonstration delivery; the parts are described in `config/demo.yaml`."""

    peildatum: date
    file: str
    seed: int
    margins: Mapping[str, Any]
    cells: Mapping[str, Any]
    rows: Mapping[str, Any]
    turkish: Mapping[str, Any]
    countries: Mapping[str, Country]


def load(config: Path = CONFIG) -> Settings:
    """Read the choices; raises `KeyError` or `ValueError` when one is missing or no number."""
    choices = yaml.load((config / "demo.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    with (config / "demo_landen.csv").open(encoding="utf-8", newline="") as file:
        countries = {row["landcode"]: _country(row) for row in csv.DictReader(file)}
    return Settings(
        peildatum=date.fromisoformat(choices["peildatum"]),
        file=choices["bestand"],
        seed=choices["zaad"],
        margins=choices["randtotalen"],
        cells=choices["samenhang"],
        rows=choices["rijen"],
        turkish=choices["turks"],
        countries=countries,
    )


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _country(row: Mapping[str, str]) -> Country:
    pairs = (part.partition(":") for part in row["nationaliteiten"].split("|"))
    return Country(
        code=row["landcode"],
        weight=int(row["gewicht"]),
        nationalities={code: int(weight or 1) for code, _, weight in pairs},
        women=int(row["vrouw_promille"]),
        incomplete=int(row["onvolledig_promille"]),
    )
