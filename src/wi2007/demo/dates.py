"""When the obligation began and when the status was reached, in agreement with birth and status.

Choices: `plicht`, `dagen_tot_status` and the shares of empty dates in `config/demo.yaml`.
What does not belong here: birth dates (see `births`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wi2007.demo.arrays import Mask, Texts, Whole, by_code
from wi2007.demo.cells import Persons
from wi2007.demo.days import all_written, day_number
from wi2007.demo.draws import Draws
from wi2007.demo.settings import Settings

_SIXTEEN = 16 * 1461 // 4  # the obligation begins at 16
_SIXTY_FIVE = 65 * 1461 // 4 - 1  # and not at 65 or later


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
