"""The project's code lists, read from `reference/`: plain rows, no pandas.

Sources: RvIG Landelijke Tabellen 32, 33 and 34 (November 2022), CBS gemeentelijke indelingen and Gebieden in Nederland,
and the study's own route names. Each file names its source per row. Codes are text with leading zeros.
What does not belong here: decisions about people (see `config/`), or the figures of the study.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from wi2007.decisions.listing import MEND, Row, read
from wi2007.errors import UserError
from wi2007.project import REFERENCE

KINDS = ("opheffing", "splitsing", "naamswijziging_met_nieuwe_code")
YES_NO = ("ja", "nee")
UNKNOWN_CODE = "0000"
RNI = "1999"
UNKNOWN = "Onbekend"
MONTHS: Final = 12
OBLIGED: Final = "Nog steeds inburgeringsplichtig"
"""The route of who has left by none."""
NO_GROUND: Final = "Geen ontheffing"
NO_MUNICIPALITY: Final = (RNI, UNKNOWN_CODE)
"""Codes in the list of municipalities that are none, and lie in no province."""
Standing = Literal["geldig", "opgevolgd", "nog_niet_geldig", "zonder_opvolger"]
PROVINCES: Final = (
    "Groningen",
    "Friesland",
    "Drenthe",
    "Overijssel",
    "Flevoland",
    "Gelderland",
    "Utrecht",
    "Noord-Holland",
    "Zuid-Holland",
    "Zeeland",
    "Noord-Brabant",
    "Limburg",
)
"""The twelve provinces from north to south, as CBS numbers them (PV20 to PV31)."""
LARGE: Final = ("Vier grote gemeenten",)
OTHER_MUNICIPALITIES: Final = "Andere gemeenten"
"""The groups of municipalities: those that `reference/gemeentegroepen.csv` names (the G4), and all others."""


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
    ground: str = ""
    """Of an exemption: the ground on which it was given."""


def rows(file: str, columns: Sequence[str], key: Sequence[str], folder: Path = REFERENCE) -> Iterator[Row]:
    """The rows of `reference/<file>.csv`. Raises `UserError` when the file is damaged."""
    yield from read(folder / f"{file}.csv", [*columns, "bron"], key)


def _codes(
    file: str, key: str, more: Sequence[str] = (), needed: Sequence[str] = (UNKNOWN_CODE,)
) -> dict[str, Code]:
    columns = [key, "naam", *more, "geldig_vanaf", "geldig_tot"]
    codes = {code.code: code for code in (_code(row, key) for row in rows(file, columns, [key]))}
    for code in needed:
        if code not in codes:
            raise UserError(
                f"In reference/{file}.csv ontbreekt de code {code}. Zet het bestand terug zoals het was."
            )
    return codes


def _code(row: Row, key: str) -> Code:
    code = row.values[key]
    if not (len(code) == 4 and code.isascii() and code.isdigit()):
        raise row.wrong(key, "een code heeft vier cijfers, met de nullen vooraan")
    first, end = row.day("geldig_vanaf"), row.day("geldig_tot")
    if first and end and end < first:
        raise row.wrong("geldig_tot", "het einde ligt voor het begin")
    label = row.filled("leesnaam") if "leesnaam" in row.values else row.values["naam"]
    return Code(code, row.filled("naam"), label, first, end)


@cache
def countries() -> dict[str, Code]:
    """Country codes (BRP table 34)."""
    return _codes("landen", "landcode", ["leesnaam"])


@cache
def nationalities() -> dict[str, Code]:
    """Nationality codes (BRP table 32)."""
    return _codes("nationaliteiten", "nationaliteitcode")


@cache
def municipalities() -> dict[str, Code]:
    """Municipality codes (BRP table 33), with RNI (1999) and unknown (0000)."""
    return _codes("gemeenten", "gemeentecode", ["leesnaam", "soort"], [UNKNOWN_CODE, RNI])


@cache
def reorganisations() -> tuple[Reorganisation, ...]:
    """Every ended municipality code with its successors, in the order of the file.

    Raises `UserError` for a damaged file, and when a code has not exactly one main successor: which one counts would
    then be a guess.
    """
    columns = ["ingangsdatum", "gemeentecode", "opvolger", "soort", "hoofdopvolger"]
    found: list[Reorganisation] = []
    main: dict[str, int] = {}
    for row in rows("herindelingen", columns, ["gemeentecode", "opvolger"]):
        change = _reorganisation(row)
        found.append(change)
        if change.main_successor and change.code in main:
            raise row.wrong("hoofdopvolger", f"de code heeft er al een in rij {main[change.code]}")
        if change.main_successor:
            main[change.code] = row.number
    without = {change.code for change in found} - main.keys()
    if without:
        raise UserError(
            f"In reference/herindelingen.csv heeft de code {min(without)} geen hoofdopvolger. {MEND}"
        )
    return tuple(found)


def _reorganisation(row: Row) -> Reorganisation:
    day = row.day("ingangsdatum")
    if day is None:
        raise row.wrong("ingangsdatum", "hier staat niets")
    for column in ("gemeentecode", "opvolger"):
        if row.values[column] not in municipalities():
            raise row.wrong(column, "deze code staat niet in reference/gemeenten.csv")
    kind = row.one_of("soort", KINDS)
    return Reorganisation(
        day=day,
        code=row.values["gemeentecode"],
        successor=row.values["opvolger"],
        kind=kind,
        main_successor=row.one_of("hoofdopvolger", YES_NO) == YES_NO[0],
    )


@cache
def age_classes() -> tuple[AgeClass, ...]:
    """The study's age classes, ascending; a class that cannot be given is `UNKNOWN`.

    Raises `UserError` for a damaged file, and when the classes leave a gap or overlap.
    """
    found: list[AgeClass] = []
    for row in rows("leeftijdsklassen", ["leeftijdsklasse", "vanaf", "tot"], ["leeftijdsklasse"]):
        lower, upper = row.whole("vanaf"), row.whole("tot") if row.values["tot"] else None
        if lower != (found[-1].upper if found else 0):
            raise row.wrong("vanaf", "deze klasse sluit niet aan op de vorige (de eerste begint bij 0)")
        if upper is not None and upper <= lower:
            raise row.wrong("tot", "deze klasse eindigt niet na haar begin")
        found.append(AgeClass(row.filled("leeftijdsklasse"), lower, upper))
    if found[-1].upper is not None:
        raise UserError(f"In reference/leeftijdsklassen.csv is de laatste klasse niet open. {MEND}")
    return tuple(found)


def age_labels() -> tuple[str, ...]:
    """The labels of the age classes, ascending, and last the one for who cannot be placed."""
    return (*(age_class.label for age_class in age_classes()), UNKNOWN)


YEARS_TO_AOW: Final = "jaren_tot_aow"
YEARS_OBLIGED: Final = "jaren_plichtig"


@cache
def year_classes() -> dict[str, tuple[AgeClass, ...]]:
    """The classes of years to the AOW age and of years obliged, by variable, ascending; `upper` is not in the class.

    The first has everything below its end and the last is open. Raises `UserError` for a damaged file, when classes
    leave a gap or overlap, and when a variable has none.
    """
    found: dict[str, list[AgeClass]] = {YEARS_TO_AOW: [], YEARS_OBLIGED: []}
    for row in rows("jarenklassen", ["kenmerk", "klasse", "vanaf", "tot"], ["kenmerk", "klasse"]):
        classes = found[row.one_of("kenmerk", tuple(found))]
        upper = row.whole("tot") if row.values["tot"] else None
        start = row.values["vanaf"]
        if start != ("" if not classes else str(classes[-1].upper)):
            raise row.wrong("vanaf", "deze klasse sluit niet aan op de vorige (bij de eerste is dit leeg)")
        if classes and upper is not None and upper <= int(start):
            raise row.wrong("tot", "deze klasse eindigt niet na haar begin")
        classes.append(AgeClass(row.filled("klasse"), int(start or 0), upper))
    for name, classes in found.items():
        if not classes or classes[-1].upper is not None:
            raise UserError(
                f"In reference/jarenklassen.csv is de laatste klasse van {name} niet open. {MEND}"
            )
    return {name: tuple(classes) for name, classes in found.items()}


def year_labels(variable: str) -> tuple[str, ...]:
    """The labels of the classes of years of a variable, ascending, and last the one for who cannot be placed."""
    return (*(one.label for one in year_classes()[variable]), UNKNOWN)


@cache
def aow_months() -> dict[int, int]:
    """The AOW age in months by calendar year, as far as it is fixed (`reference/aow_leeftijd.csv`).

    Raises `UserError` for a damaged file.
    """
    found: dict[int, int] = {}
    for row in rows("aow_leeftijd", ["jaar", "jaren", "maanden"], ["jaar"]):
        year, months = row.whole("jaar"), row.whole("maanden")
        if found and year != max(found) + 1:
            raise row.wrong("jaar", "de jaren horen op te lopen zonder gat")
        if months >= MONTHS:
            raise row.wrong("maanden", f"hier hoort minder dan {MONTHS}")
        found[year] = MONTHS * row.whole("jaren") + months
    return found


@cache
def statuses() -> dict[str, Status]:
    """DUO status codes with their outflow route."""
    columns = ["statuscode", "uitstroomroute", "ontheffingsgrond", "omschrijving", "gedocumenteerd"]
    return {
        row.filled("statuscode"): Status(
            row.values["statuscode"],
            row.filled("uitstroomroute"),
            row.filled("omschrijving"),
            row.one_of("gedocumenteerd", YES_NO) == YES_NO[0],
            row.values["ontheffingsgrond"],
        )
        for row in rows("uitstroomroutes", columns, ["statuscode"])
    }


@cache
def routes() -> tuple[str, ...]:
    """The outflow routes in the order the tables show them."""
    return tuple(dict.fromkeys(status.route for status in statuses().values()))


@cache
def grounds() -> tuple[str, ...]:
    """The grounds of exemption in the order of the list of statuses."""
    return tuple(dict.fromkeys(status.ground for status in statuses().values() if status.ground))


@dataclass(frozen=True)
class Place:
    """What a municipality code stands for at the peildatum; `code` is empty when it stands for nothing."""

    code: str
    standing: Standing
    split: bool = False


def classification(peildatum: date) -> dict[str, Place]:
    """Every code of BRP table 33, RNI and unknown among them, with the municipality that it counts as at `peildatum`.

    A code that ended is followed to its successor, if need be over several reorganisations. A municipality that was
    split counts as its main successor, which is an approximation (`reference/herindelingen.csv` marks it).
    """
    successors = {
        change.code: change
        for change in reorganisations()
        if change.main_successor and change.day <= peildatum
    }
    return {code: _standing_of(code, successors, peildatum) for code in municipalities()}


def _standing_of(code: str, successors: dict[str, Reorganisation], peildatum: date) -> Place:
    known = municipalities()
    own = known[code]
    if own.valid_from is not None and peildatum < own.valid_from:
        return Place("", "nog_niet_geldig")
    seen, here, split = {code}, code, False
    while not known[here].valid_on(peildatum):
        change = successors.get(here)
        if change is None or change.successor not in known or change.successor in seen:
            return Place("", "zonder_opvolger")
        here, split = change.successor, split or change.kind == "splitsing"
        seen.add(here)
    return Place(here, "geldig" if here == code else "opgevolgd", split)


@dataclass(frozen=True)
class Former:
    """A municipality that is no more, seen from one that has all of it, or a part (`split`)."""

    code: str
    split: bool


def former(peildatum: date) -> dict[str, list[Former]]:
    """List by municipality at `peildatum` which ones went into it before, in the order of their codes.

    One that was split stands with each of its successors.
    """
    known = municipalities()
    after: dict[str, list[Reorganisation]] = {}
    for change in reorganisations():
        if change.day <= peildatum:
            after.setdefault(change.code, []).append(change)
    found: dict[str, list[Former]] = {}
    for code in sorted(after.keys() - set(NO_MUNICIPALITY)):
        if not known[code].valid_on(peildatum):
            for heir, split in sorted(_heirs(code, after, peildatum, {code}).items()):
                found.setdefault(heir, []).append(Former(code, split))
    return found


def _heirs(
    code: str, after: dict[str, list[Reorganisation]], peildatum: date, seen: set[str]
) -> dict[str, bool]:
    """The municipalities at the peildatum that have what one was, and whether only a part of it."""
    known = municipalities()
    found: dict[str, bool] = {}
    changes = [change for change in after.get(code, []) if change.successor not in seen]
    for change in changes:
        whole = {change.successor: False}
        if not known[change.successor].valid_on(peildatum):
            whole = _heirs(change.successor, after, peildatum, {*seen, change.successor})
        for heir, split in whole.items():
            found[heir] = split or len(changes) > 1
    return found


@cache
def provinces() -> dict[str, str]:
    """Municipality code to province, for every municipality there is or was.

    No code has gone over to another province since the list begins (2007). Raises `UserError` for a damaged file, and
    when a municipality is missing.
    """
    found = {
        _placed_code(row): row.one_of("provincie", PROVINCES)
        for row in rows("provincies", ["gemeentecode", "provincie"], ["gemeentecode"])
    }
    missing = municipalities().keys() - found.keys() - set(NO_MUNICIPALITY)
    if missing:
        raise UserError(f"In reference/provincies.csv ontbreekt de gemeente {min(missing)}. {MEND}")
    return found


@cache
def municipality_groups() -> dict[str, str]:
    """Municipality code to the group of large municipalities that it is in, or else to all others together.

    Raises `UserError` for a damaged file.
    """
    large = {
        _placed_code(row): row.one_of("groep", LARGE)
        for row in rows("gemeentegroepen", ["gemeentecode", "groep"], ["gemeentecode"])
    }
    return {
        code: large.get(code, OTHER_MUNICIPALITIES)
        for code in municipalities()
        if code not in NO_MUNICIPALITY
    }


def _placed_code(row: Row) -> str:
    code = row.values["gemeentecode"]
    if code not in municipalities():
        raise row.wrong("gemeentecode", "deze code staat niet in reference/gemeenten.csv")
    if code in NO_MUNICIPALITY:
        raise row.wrong("gemeentecode", "deze code is geen gemeente en ligt in geen provincie")
    return code
