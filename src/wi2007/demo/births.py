"""Birth dates that give the age class asked for, some of them known in part only.

Choices: `geboren`, `eerste_januari` and `onvolledig` of `config/demo.yaml`, and the share per country in its list.
What does not belong here: the rule by which the pipeline derives an age class (see `wi2007.population`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wi2007 import reference
from wi2007.demo.arrays import Texts, Whole, by_code
from wi2007.demo.cells import Persons
from wi2007.demo.days import all_written, day_number, month_limits, year_limits, years_before
from wi2007.demo.draws import Draws
from wi2007.demo.settings import Settings

_YEAR_ONLY, _NOTHING = 0, 2
_LONGEST_LIFE = 150


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
