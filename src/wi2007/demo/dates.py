"""The dates of the demonstration delivery: births that give the age class asked for, obligation and status after them.

Dates are whole days since 1970-01-01 until they are written as yyyymmdd. All choices: `rijen` of `config/demo.yaml`.
What does not belong here: the rule by which the pipeline derives an age class (see `wi2007.population`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wi2007 import reference
from wi2007.demo.cells import Persons, Texts, by_code
from wi2007.demo.draws import Draws, Whole
from wi2007.demo.settings import Settings

SIXTEEN_YEARS = 16 * 1461 // 4  # the obligation begins at 16
SIXTY_FIVE_YEARS = 65 * 1461 // 4 - 1  # and not at 65 or later

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Dates:
    """yyyymmdd as whole numbers: births with 00 for what is not known, 0 for a date that is not filled in."""

    birth: Whole
    start: Whole
    status: Whole


def dates(persons: Persons, settings: Settings, draws: Draws) -> Dates:
    """Dates for every person, in agreement with each other and with the person's age class and status."""
    first, last = _age_limits(persons.leeftijdsklasse, settings, draws)
    birth = _birth(first, last, settings, draws)
    start = _start(birth, persons.nieuwkomer, settings, draws)
    status = _status(start, persons.statuscode, settings, draws)
    size = len(persons)
    no_start = draws.whole("startdatum leeg", 1000, size) < settings.rows["startdatum_leeg"]
    missing = per_status(settings.rows["statusdatum_leeg"], persons.statuscode)
    no_status = draws.whole("statusdatum leeg", 1000, size) < missing
    return Dates(
        birth=_partly_known(birth, first, last, persons, settings, draws),
        start=np.where(no_start, 0, as_number(start)),
        status=np.where(no_status, 0, as_number(status)),
    )


def per_status(table: Mapping[str, int], status: Texts) -> Whole:
    """For each status code its number in the table, or that of 'anders'."""
    return by_code(status, table, missing=table["anders"])


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def as_number(days: Whole) -> Whole:
    """Days since 1970-01-01 as yyyymmdd."""
    dates_ = days.astype("datetime64[D]")
    months = dates_.astype("datetime64[M]")
    month = months.astype(np.int64)
    day = (dates_ - months).astype(np.int64) + 1
    return np.asarray((month // 12 + 1970) * 10_000 + (month % 12 + 1) * 100 + day)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February where 29 February did not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _age_limits(classes: Texts, settings: Settings, draws: Draws) -> tuple[Whole, Whole]:
    """First and last possible birthday of each person's age class; of an unknown one, a year that has two classes."""
    born = settings.rows["geboren"]
    oldest, youngest = (day_number(date.fromisoformat(born[name])) for name in ("oudste", "jongste"))
    lowest, highest = {}, {}
    for age in reference.age_classes():
        upper = age.upper or 150
        lowest[age.label] = max(oldest, day_number(years_before(settings.peildatum, upper)) + 1)
        highest[age.label] = min(youngest, day_number(years_before(settings.peildatum, age.lower)))
    first, last = by_code(classes, lowest), by_code(classes, highest)
    unknown = np.flatnonzero(classes == reference.UNKNOWN)
    edges = [age.lower for age in reference.age_classes()[2:]]
    years = (
        settings.peildatum.year - np.array(edges)[draws.picks("grensjaar", [1] * len(edges), len(unknown))]
    )
    first[unknown], last[unknown] = _year_limits(years)
    return first, last


def _year_limits(year: Whole) -> tuple[Whole, Whole]:
    start = (year - 1970).astype("datetime64[Y]")
    return start.astype("datetime64[D]").astype(np.int64), (start + 1).astype("datetime64[D]").astype(
        np.int64
    ) - 1


def _birth(first: Whole, last: Whole, settings: Settings, draws: Draws) -> Whole:
    """A birthday within the limits, older ones rarer; some on 1 January, as registers have it."""
    size = len(first)
    room = last - first + 1
    birth = last - np.minimum(
        draws.whole("geboren", room, size), draws.whole("geboren jonger", 2 * room, size)
    )
    january, _ = _year_limits(birth.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)
    moved = draws.whole("eerste januari", 1000, size) < settings.rows["eerste_januari"]
    return np.where(moved & (january >= first), january, birth)


def _start(birth: Whole, newcomer: Mask, settings: Settings, draws: Draws) -> Whole:
    """The day the obligation began: while the law was open, between 16 and 65."""
    opened, closed = (
        day_number(date.fromisoformat(settings.rows["plicht"][name]))
        for name in ("eerste_dag", "laatste_dag")
    )
    first = np.maximum(opened, birth + SIXTEEN_YEARS)
    last = np.maximum(first, np.minimum(closed, birth + SIXTY_FIVE_YEARS))
    start = first + draws.whole("startdatum", last - first + 1, len(birth))
    at_once = draws.whole("eerste dag", 1000, len(birth)) < settings.rows["oudkomer_op_eerste_dag"]
    return np.where(at_once & ~newcomer, first, start)


def _status(start: Whole, status: Texts, settings: Settings, draws: Draws) -> Whole:
    """The day the status was reached: after the start, at most on the peildatum."""
    days: dict[str, Any] = settings.rows["dagen_tot_status"]
    least = by_code(status, {code: limits[0] for code, limits in days.items()})
    most = by_code(status, {code: limits[1] for code, limits in days.items()})
    room = np.minimum(most, day_number(settings.peildatum) - start) - least
    size = len(start)
    once, again = (draws.whole(f"statusdatum {turn}", room + 1, size) for turn in ("een", "twee"))
    return start + least + (once + again) // 2


def _partly_known(  # noqa: PLR0913, PLR0917 - one call site
    birth: Whole, first: Whole, last: Whole, persons: Persons, settings: Settings, draws: Draws
) -> Whole:
    """Births as written: some without a day, without a month, or empty.

    Those still obliged keep the age class of the study: a part is left out only where the rest still gives it.
    """
    shares = {code: country.incomplete for code, country in settings.countries.items()}
    partly = draws.whole("onvolledig", 1000, len(birth)) < by_code(persons.land, shares)
    kinds = settings.rows["onvolledig"]
    kind = draws.picks("onvolledig deel", [kinds["jaar"], kinds["maand"], kinds["niets"]], len(birth))
    obliged = (persons.statuscode == "IBP") & ~persons.turks
    unknown = obliged & (persons.leeftijdsklasse == reference.UNKNOWN)
    kind[unknown] %= 2
    kind[unknown] *= 2
    number = as_number(birth)
    month_first = birth - number % 100 + 1
    year_first, year_last = _year_limits(number // 10_000)
    in_year = (year_first >= first) & (year_last <= last)
    in_month = (month_first >= first) & (month_first + 30 <= last)
    certain = np.choose(kind, [in_year, in_month, np.zeros(len(birth), dtype=np.bool_)])
    known = np.choose(kind, [number // 10_000 * 10_000, number // 100 * 100, np.zeros_like(number)])
    return np.where(unknown | (partly & (certain | ~obliged)), known, number)
