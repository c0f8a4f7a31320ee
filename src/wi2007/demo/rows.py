"""From persons to the rows of a delivery: the columns of DUO, in random order of persons.

Birth dates give the age class asked for, some of them known in part only; dates of obligation and status agree with
birth and status; a municipality code is the current one, or for some one that has ended since; a person has up to four
nationalities. Choices: `rijen` and `turks` of `config/demo.yaml`, and what its list says of each country.
What does not belong here: how many persons have which traits (`cells`), how a row is written (`compose`), and the rules
by which the pipeline derives an age class, follows a code or excludes persons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wi2007 import reference
from wi2007.demo.arrays import (
    LAW,
    Draws,
    Mask,
    Texts,
    Whole,
    all_written,
    by_code,
    day_number,
    groups,
    month_limits,
    written,
    year_limits,
    years_before,
)
from wi2007.demo.cells import Persons
from wi2007.demo.settings import Settings

_YEAR_ONLY, _NOTHING = 0, 2
_LONGEST_LIFE = 150
_SIXTEEN = 16 * 1461 // 4  # the obligation begins at 16
_SIXTY_FIVE = 65 * 1461 // 4 - 1  # and not at 65 or later
DUTCH, TURKISH = "0001", "0339"
NATIONALITIES = ("nationaliteit_1", "nationaliteit_2", "nationaliteit_3", "nationaliteit_4")
COLUMNS = (
    "persoonsnummer",
    "geslacht",
    "geboortedatum",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    *NATIONALITIES,
    "gemeentecode",
    "statuscode",
    "statusdatum",
    "startdatum_plicht",
    "doelgroep",
)
# The numbers are a walk over the residues of a prime, so that they are unique, of at most 8 digits, and in no order.
_PRIME, _STEP = 99_999_989, 61_803_399
Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Births:
    """`days`: the true day (since 1970-01-01); `written`: yyyymmdd as delivered, 00 for what is not known."""

    days: Whole
    written: Whole


def births(persons: Persons, settings: Settings, draws: Draws) -> Births:
    """A birth date for every person."""
    first, last = _limits(persons.leeftijdsklasse, settings, draws)
    days = _days(first, last, settings, draws)
    return Births(days, _partly_known(days, first, last, persons, settings, draws))


def _limits(classes: Texts, settings: Settings, draws: Draws) -> tuple[Whole, Whole]:
    """First and last possible birthday of each person's age class; of an unknown one, a year that has two classes."""
    oldest, youngest = (
        day_number(day) for day in (settings.rows.geboren.oudste, settings.rows.geboren.jongste)
    )
    lowest, highest = {}, {}
    for age in reference.age_classes():
        before = years_before(settings.peildatum, age.upper or _LONGEST_LIFE)
        lowest[age.label] = max(oldest, day_number(before) + 1)
        highest[age.label] = min(youngest, day_number(years_before(settings.peildatum, age.lower)))
    first, last = by_code(classes, lowest), by_code(classes, highest)
    unknown = np.flatnonzero(classes == reference.UNKNOWN)
    edges = np.array([age.lower for age in reference.age_classes()[2:]])
    chosen = draws.picks("grensjaar", [1] * len(edges), len(unknown))
    first[unknown], last[unknown] = year_limits(settings.peildatum.year - edges[chosen])
    return first, last


def _days(first: Whole, last: Whole, settings: Settings, draws: Draws) -> Whole:
    """A birthday within the limits, older ones rarer; some on 1 January, as registers have it."""
    size, room = len(first), last - first + 1
    younger = np.minimum(draws.whole("geboren", room, size), draws.whole("geboren jonger", 2 * room, size))
    days = last - younger
    january, _ = year_limits(days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)
    moved = draws.whole("eerste januari", 1000, size) < settings.rows.eerste_januari
    return np.where(moved & (january >= first), january, days)


def _partly_known(  # noqa: PLR0913, PLR0917 - one call site
    days: Whole, first: Whole, last: Whole, persons: Persons, settings: Settings, draws: Draws
) -> Whole:
    """Births as written: some without a day, without a month, or empty.

    Those still obliged keep the age class of the study: a part is left out only where the rest still gives it. For
    an unknown class the month or everything is left out.
    """
    size = len(days)
    shares = {code: country.incomplete for code, country in settings.countries.items()}
    partly = draws.whole("onvolledig", 1000, size) < by_code(persons.land, shares)
    kinds = settings.rows.onvolledig
    kind = draws.picks("onvolledig deel", [kinds.jaar, kinds.maand, kinds.niets], size)
    unknown = persons.leeftijdsklasse == reference.UNKNOWN
    kind[unknown] = np.where(kind[unknown] == _YEAR_ONLY, _YEAR_ONLY, _NOTHING)

    whole = all_written(days)
    year, month = year_limits(whole // 10_000), month_limits(days)
    certain = np.choose(kind, [_within(year, first, last), _within(month, first, last), np.zeros(size, bool)])
    known = np.choose(kind, [whole // 10_000 * 10_000, whole // 100 * 100, np.zeros(size, np.int64)])
    bound = (persons.statuscode == "IBP") & ~persons.turks
    return np.where(unknown | (partly & (certain | ~bound)), known, whole)


def _within(part: tuple[Whole, Whole], first: Whole, last: Whole) -> Whole:
    return np.asarray((part[0] >= first) & (part[1] <= last), dtype=np.int64)


@dataclass(frozen=True)
class Dates:
    """yyyymmdd as whole numbers, 0 for a date that is not filled in."""

    start: Whole
    status: Whole


def dates(persons: Persons, births: Whole, settings: Settings, draws: Draws) -> Dates:
    """Dates for every person born on these days (since 1970-01-01)."""
    size = len(persons)
    start = _start(births, persons.nieuwkomer, settings, draws)
    status = _status(start, persons.statuscode, settings, draws)
    no_start = draws.whole("startdatum leeg", 1000, size) < settings.rows.startdatum_leeg
    missing = per_status(settings.rows.statusdatum_leeg, persons.statuscode)
    no_status = draws.whole("statusdatum leeg", 1000, size) < missing
    return Dates(np.where(no_start, 0, all_written(start)), np.where(no_status, 0, all_written(status)))


def per_status(table: Mapping[str, int], status: Texts) -> Whole:
    """For each status code its number in the table, or that of 'anders'."""
    return by_code(status, table, missing=table["anders"])


def _start(births: Whole, newcomer: Mask, settings: Settings, draws: Draws) -> Whole:
    """The day the obligation began: while the law was open, between 16 and 65."""
    opened, closed = (
        day_number(day) for day in (settings.rows.plicht.eerste_dag, settings.rows.plicht.laatste_dag)
    )
    first = np.maximum(opened, births + _SIXTEEN)
    last = np.maximum(first, np.minimum(closed, births + _SIXTY_FIVE))
    start = first + draws.whole("startdatum", last - first + 1, len(births))
    at_once = draws.whole("eerste dag", 1000, len(births)) < settings.rows.oudkomer_op_eerste_dag
    return np.where(at_once & ~newcomer, first, start)


def _status(start: Whole, status: Texts, settings: Settings, draws: Draws) -> Whole:
    """The day the status was reached: after the start, at most on the peildatum."""
    days = settings.rows.dagen_tot_status
    least, most = (by_code(status, {code: limits[end] for code, limits in days.items()}) for end in (0, 1))
    room = np.minimum(most, day_number(settings.peildatum) - start) - least
    once, again = (draws.whole(f"statusdatum {turn}", room + 1, len(start)) for turn in ("een", "twee"))
    return start + least + (once + again) // 2


def registered(municipality: Texts, status_days: Whole, settings: Settings, draws: Draws) -> Texts:
    """Codes as registered; one that ended only where the status (yyyymmdd, 0 unknown) was reached before it did."""
    ended = predecessors(settings.peildatum)
    shares = settings.rows.opgeheven_code
    found = municipality.copy()
    for code, where in groups(municipality):
        if code not in ended:
            continue
        codes = np.array([old for old, _ in ended[code]])
        last_days = np.array([written(day) for _, day in ended[code]])
        chosen = draws.picks(f"opgeheven {code}", [1] * len(codes), len(where))
        stale = draws.whole(f"opgeheven kans {code}", 1000, len(where)) < shares.get(code, shares["anders"])
        stale &= (status_days[where] > 0) & (status_days[where] < last_days[chosen])
        found[where[stale]] = codes[chosen[stale]]
    return found


def predecessors(peildatum: date) -> dict[str, list[tuple[str, date]]]:
    """By current municipality: the codes that went into it, with the day they ended.

    A code that was split belongs to its main successor. Codes that had ended when the law began are left out.
    """
    steps = {
        step.code: step
        for step in reference.reorganisations()
        if step.main_successor and LAW < step.day <= peildatum
    }
    found: dict[str, list[tuple[str, date]]] = {}
    for code, step in steps.items():
        current = step.successor
        while current in steps:
            current = steps[current].successor
        found.setdefault(current, []).append((code, step.day))
    return found


def nationalities(persons: Persons, settings: Settings, draws: Draws) -> dict[str, Texts]:
    """The columns `gevraagde_nationaliteit` and `nationaliteit_1` … `_4` (codes; empty text where there is none)."""
    share = per_status(settings.rows.vraagt_nederlands, persons.statuscode)
    dutch = ~persons.turks & (draws.whole("vraagt nederlands", 1000, len(persons)) < share)
    asked = np.where(persons.turks, "Turks", np.where(dutch, "Nederlands", "anders"))
    origin = _of_origin(persons.land, settings, draws)
    layers = [
        *_studied(dutch, origin, settings, draws),
        *_further(origin, settings, draws),
    ]
    for layer, turkish in zip(layers, _turkish(origin, settings, draws), strict=False):
        layer[persons.turks] = turkish[persons.turks]
    return {"gevraagde_nationaliteit": asked, **dict(zip(NATIONALITIES, packed(layers), strict=True))}


def _of_origin(country: Texts, settings: Settings, draws: Draws) -> Texts:
    found = np.full(len(country), "", dtype="U4")
    for code, where in groups(country):
        table = settings.countries[code].nationalities
        chosen = draws.picks(f"nationaliteit {code}", list(table.values()), len(where))
        found[where] = np.array(list(table))[chosen]
    return found


def _studied(dutch: Mask, origin: Texts, settings: Settings, draws: Draws) -> tuple[Texts, Texts]:
    """First and second nationality: who became Dutch has that one first, and may have kept the other."""
    keeps = draws.whole("houdt eerste", 1000, len(origin)) < settings.rows.houdt_eerste
    return np.where(dutch, DUTCH, origin), np.where(dutch & keeps, origin, "")


def _turkish(origin: Texts, settings: Settings, draws: Draws) -> tuple[Texts, Texts]:
    """First and second nationality of Turkish nationals: the Turkish one is first, second, or not filled in."""
    shares = settings.turkish.turkse_nationaliteit
    lot = draws.whole("turkse nationaliteit", 1000, len(origin))
    first, second = lot < shares.eerste, lot < shares.eerste + shares.tweede
    other = np.where(origin == TURKISH, DUTCH, origin)
    return np.where(first, TURKISH, other), np.where(~first & second, TURKISH, "")


def _further(origin: Texts, settings: Settings, draws: Draws) -> list[Texts]:
    """Nationalities beside those, ever rarer: somebody else's."""
    more = np.ones(len(origin), dtype=np.bool_)
    found = []
    for turn, share in enumerate(settings.rows.nog_een_nationaliteit):
        more = more & (draws.whole(f"nog een {turn}", 1000, len(origin)) < share)
        found.append(np.where(more, draws.shuffled(f"nationaliteit {turn}", origin), ""))
    return found


def packed(layers: list[Texts]) -> list[Texts]:
    """The first four different, filled values of each person, moved up to the first columns."""
    slots = [np.full(len(layers[0]), "", dtype="U4") for _ in NATIONALITIES]
    for layer in layers:
        waiting = layer != ""
        for slot in slots:
            waiting &= slot != layer
            here = waiting & (slot == "")
            slot[here] = layer[here]
            waiting &= ~here
    return slots


def columns(persons: Persons, settings: Settings, draws: Draws) -> Columns:
    """The delivery's columns: texts, dates as numbers yyyymmdd (0 where nothing is known), and the bare number."""
    size = len(persons)
    born = births(persons, settings, draws)
    days = dates(persons, born.days, settings, draws)
    target = np.where(persons.nieuwkomer, "NIEUWKOMER", "OUDKOMER")
    target[draws.whole("doelgroep leeg", 1000, size) < settings.rows.doelgroep_leeg] = ""
    found = {
        "geslacht": persons.geslacht,
        "geboortedatum": born.written,
        "land_van_herkomst": persons.land,
        **nationalities(persons, settings, draws),
        "gemeentecode": registered(persons.gemeente, days.status, settings, draws),
        "statuscode": persons.statuscode,
        "statusdatum": days.status,
        "startdatum_plicht": days.start,
        "doelgroep": target,
    }
    mixed = order(persons, draws)
    return {
        "persoonsnummer": numbers(0, size, settings),
        **{name: values[mixed] for name, values in found.items()},
    }


def order(persons: Persons, draws: Draws) -> Whole:
    """The order in which the rows have the persons."""
    return draws.order("rijen", len(persons))


def numbers(first: int, size: int, settings: Settings) -> Whole:
    """The bare numbers of `size` persons, of whom the first is the `first` one (from 0) to be given a number."""
    return np.asarray(
        (np.arange(first, first + size, dtype=np.int64) * _STEP + settings.choices.zaad) % _PRIME
    )
