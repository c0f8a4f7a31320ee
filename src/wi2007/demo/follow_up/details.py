"""What the follow-up delivery tells besides of who is still obliged: exam, lessons, income, a refused exemption.

The columns are added to rows that are finished, from streams of chance of their own: no other column depends on them.
Choices: `gegevens` of `config/demo_vervolg.yaml`. What does not belong here: who is obliged (`changes`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from schemas.demo_follow_up import DetailChoices, HourRange
from wi2007 import reference
from wi2007.demo.arrays import Draws, Mask, Texts, Whole, all_written, day_number
from wi2007.demo.cells import age_labels
from wi2007.demo.follow_up.people import OBLIGED
from wi2007.demo.rows import COLUMNS, Columns

WITH_DETAILS = (*COLUMNS, *c.DETAILS)
_PER_MILLE = 1000
_WEEK, _SUNDAY = 7, 3  # 1970-01-04 was a Sunday


def details(
    rows: Columns, choices: DetailChoices, peildatum: date, began: date, draws: Draws
) -> dict[str, NDArray[Any]]:
    """The columns for these rows: texts, and the day as yyyymmdd (0 for none); empty where nobody is obliged.

    `began` is the first day on which an obligation can have begun.
    """
    size = len(rows["statuscode"])
    obliged = rows["statuscode"] == OBLIGED
    place = _class_of(rows[c.BIRTH], choices.zonder_geboortejaar, peildatum)
    parts = _by_class("onderdelen", choices.onderdelen, place, draws)
    hours = _hours(choices.uren, choices.stap_uren, size, draws)
    filled = {name: obliged & ~_empty(name, choices, size, draws) for name in c.DETAILS}
    refused = draws.whole("geweigerd", _PER_MILLE, size) < _rates(
        choices, np.where(filled[c.HOURS], hours, 0)
    )
    tried = (parts != "0") | (draws.whole("poging", _PER_MILLE, size) < choices.poging_zonder_onderdeel)
    days = _days(rows[c.START_DAY], began, peildatum, draws)
    return {
        c.EXAMS: np.where(filled[c.EXAMS], parts, ""),
        c.EXAM_DAY: np.where(filled[c.EXAM_DAY] & tried, days, 0),
        c.HOURS: np.where(filled[c.HOURS], hours.astype(str), ""),
        c.INCOME: np.where(
            filled[c.INCOME], _by_class("inkomensbron", choices.inkomensbron, place, draws), ""
        ),
        c.REFUSED: np.where(filled[c.REFUSED], np.where(refused, "ja", "nee"), ""),
    }


def _empty(name: str, choices: DetailChoices, size: int, draws: Draws) -> Mask:
    return np.asarray(draws.whole(f"{name} leeg", _PER_MILLE, size) < choices.leeg[name])


def _class_of(births: Whole, without: int, peildatum: date) -> Whole:
    """For each birth (yyyymmdd, unknown parts 00) the place of the age class at the peildatum, counted from the first
    one that occurs. An unknown year is the age `without`.
    """
    written = peildatum.year * 10_000 + peildatum.month * 100 + peildatum.day
    ages = np.where(births == 0, without, (written - births) // 10_000)
    lower = [age.lower for age in reference.age_classes() if age.label in age_labels()]
    return np.maximum(np.searchsorted(lower, ages, side="right") - 1, 0)


def _by_class(name: str, table: Mapping[str, Sequence[int]], place: Whole, draws: Draws) -> Texts:
    """For each person a key of the table, as likely as its weight in the person's age class."""
    keys = np.array(list(table))
    picked = [
        keys[draws.picks(f"{name} {at}", weights, len(place))]
        for at, weights in enumerate(zip(*table.values(), strict=True))
    ]
    return np.choose(place, picked)


def _hours(ranges: Sequence[HourRange], step: int, size: int, draws: Draws) -> Whole:
    which = draws.picks("uren", [one.gewicht for one in ranges], size)
    least, most = (np.array([getattr(one, end) for one in ranges])[which] for end in ("van", "tot"))
    return np.asarray(least + draws.whole("uren binnen", (most - least) // step + 1, size) * step)


def _rates(choices: DetailChoices, hours: Whole) -> Whole:
    """Per mille that was refused, by hours."""
    limits = [one.vanaf for one in choices.geweigerd]
    return np.array([one.promille for one in choices.geweigerd])[
        np.searchsorted(limits, hours, side="right") - 1
    ]


def _days(starts: Whole, began: date, peildatum: date, draws: Draws) -> Whole:
    """For everyone a day (yyyymmdd) on or after the start of the obligation and not after the peildatum, no Sunday."""
    first = np.array(
        [day_number(_day(start)) if start else day_number(began) for start in starts.tolist()], dtype=np.int64
    )
    days = first + 1 + draws.whole("examendag", day_number(peildatum) - first, len(first))
    return all_written(np.where(days % _WEEK == _SUNDAY, days - 1, days))


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
