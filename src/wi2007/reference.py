"""The project's code lists, read from `reference/`: plain rows, no pandas.

Sources: RvIG Landelijke Tabellen 32, 33 and 34 (November 2022), CBS gemeentelijke indelingen, and the
study's own route names. Each file names its source per row. Codes are text with leading zeros.
What does not belong here: decisions about people (see `config/`), or the figures of the study.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from wi2007.project import REFERENCE

UNKNOWN_CODE = "0000"
RNI = "1999"
UNKNOWN = "Onbekend"


@dataclass(frozen=True)
class Code:
    """One row of a code list: `label` is the name for readers (Den Haag), `name` the register's ('s-Gravenhage)."""

    code: str
    name: str
    label: str
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Valid from `valid_from` up to but not including `valid_to`; an open end has no limit."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


@dataclass(frozen=True)
class Reorganisation:
    """A municipality code that ended: its successor, and whether that is the main one of a split."""

    day: date
    code: str
    successor: str
    kind: str
    main_successor: bool


@dataclass(frozen=True)
class AgeClass:
    """Full years from `lower` up to but not including `upper`; `upper` None is open."""

    label: str
    lower: int
    upper: int | None


@dataclass(frozen=True)
class Status:
    """A DUO status code and the outflow route it belongs to."""

    code: str
    route: str
    description: str
    documented: bool


def rows(name: str, folder: Path = REFERENCE) -> Iterator[dict[str, str]]:
    """The rows of `reference/<name>.csv`; every value is text, an empty field is an empty string."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _codes(name: str, key: str) -> dict[str, Code]:
    return {
        row[key]: Code(
            code=row[key],
            name=row["naam"],
            label=row.get("leesnaam") or row["naam"],
            valid_from=_day(row["geldig_vanaf"]),
            valid_to=_day(row["geldig_tot"]),
        )
        for row in rows(name)
    }


@cache
def countries() -> dict[str, Code]:
    """Country codes (BRP table 34)."""
    return _codes("landen", "landcode")


@cache
def nationalities() -> dict[str, Code]:
    """Nationality codes (BRP table 32)."""
    return _codes("nationaliteiten", "nationaliteitcode")


@cache
def municipalities() -> dict[str, Code]:
    """Municipality codes (BRP table 33), with RNI (1999) and unknown (0000)."""
    return _codes("gemeenten", "gemeentecode")


@cache
def reorganisations() -> tuple[Reorganisation, ...]:
    """Every ended municipality code with its successors, by date."""
    return tuple(
        Reorganisation(
            day=date.fromisoformat(row["ingangsdatum"]),
            code=row["gemeentecode"],
            successor=row["opvolger"],
            kind=row["soort"],
            main_successor=row["hoofdopvolger"] == "ja",
        )
        for row in rows("herindelingen")
    )


@cache
def age_classes() -> tuple[AgeClass, ...]:
    """The study's age classes, ascending; a class that cannot be given is `UNKNOWN`."""
    return tuple(
        AgeClass(row["leeftijdsklasse"], int(row["vanaf"]), int(row["tot"]) if row["tot"] else None)
        for row in rows("leeftijdsklassen")
    )


@cache
def statuses() -> dict[str, Status]:
    """DUO status codes with their outflow route."""
    return {
        row["statuscode"]: Status(
            row["statuscode"], row["uitstroomroute"], row["omschrijving"], row["gedocumenteerd"] == "ja"
        )
        for row in rows("uitstroomroutes")
    }


@cache
def routes() -> tuple[str, ...]:
    """The outflow routes in the order the tables show them."""
    return tuple(dict.fromkeys(status.route for status in statuses().values()))
