"""Who is no longer obliged, who is obliged again, and whose status was wrong.

A status that was reached has a day between the two peildata; a corrected one keeps the day it had.
Choices: `status` of `config/demo_vervolg.yaml`.
What does not belong here: where these persons live now (see `places`).
"""

from __future__ import annotations

import numpy as np

from wi2007.demo.arrays import Mask, Whole, by_code
from wi2007.demo.cells import age_labels
from wi2007.demo.dates import per_status
from wi2007.demo.days import all_written, day_number
from wi2007.demo.follow_up.people import People
from wi2007.demo.follow_up.settings import OBLIGED
from wi2007.reference import RNI

DEPARTED = "VERTROKKEN"
_PER_MILLE = 1000
_USUAL = 100


def change(people: People) -> None:
    """Give the statuses that were reached and the corrected ones."""
    _leave(people)
    _come_back(people)
    moved = people.now["statuscode"] != people.before["statuscode"]
    people.now["statusdatum"][moved] = _days(people)[moved]
    _correct(people, ~moved)


def _leave(people: People) -> None:
    """Such a share by each status: of those obliged by age class, of the Turkish nationals altogether."""
    chosen = people.choices.status
    for place, label in enumerate(age_labels()):
        bound = people.there & people.obliged & (people.age == label)
        _divide(people, bound, label, {code: rates[place] for code, rates in chosen.uitstroom.items()})
    bound = people.there & people.turks & (people.before["statuscode"] == OBLIGED)
    _divide(people, bound, "turks", chosen.turks)


def _divide(people: People, bound: Mask, name: str, rates: dict[str, int]) -> None:
    size = int(bound.sum())
    for code, rate in rates.items():
        left = bound & (people.now["statuscode"] == OBLIGED)
        picked = people.pick(
            f"uitstroom {name} {code}", left, size * rate // _PER_MILLE, _chances(people, code)
        )
        people.now["statuscode"][picked] = code


def _chances(people: People, code: str) -> Whole:
    """How likely each person is to reach the status, in percent of a usual person of that age."""
    chosen = people.choices.status
    table = chosen.naar_herkomst.get(code, {})
    chances = by_code(people.before["land_van_herkomst"], table, missing=_USUAL)
    if code == DEPARTED:
        abroad = people.before["gemeentecode"] == RNI
        chances = np.where(abroad, chances * chosen.vertrokken_uit_rni // _USUAL, chances)
    return np.maximum(chances, 1)


def _come_back(people: People) -> None:
    """Some who had left are obliged again; nobody of the oldest class, whom the obligation no longer concerns."""
    able = people.there & ~people.turks & (people.age != age_labels()[-1])
    for code, count in people.choices.status.terug.items():
        had = able & (people.before["statuscode"] == code)
        people.now["statuscode"][people.pick(f"terug {code}", had, count)] = OBLIGED


def _days(people: People) -> Whole:
    """For everyone a day in the period (yyyymmdd); 0 for as many as the first delivery leaves out."""
    start, end = (day_number(day) for day in (people.first.peildatum, people.choices.peildatum))
    days = start + 1 + people.draws.whole("statusdatum", end - start, len(people))
    missing = per_status(people.first.rows.statusdatum_leeg, people.now["statuscode"])
    empty = people.draws.whole("statusdatum leeg", _PER_MILLE, len(people)) < missing
    return np.where(empty, 0, all_written(days))


def _correct(people: People, same: Mask) -> None:
    """Another status for some who had left and did not come back."""
    able = people.there & ~people.turks & same
    for code, targets in people.choices.status.verbeterd.items():
        for target, count in targets.items():
            had = able & (people.now["statuscode"] == code) & (people.before["statuscode"] == code)
            people.now["statuscode"][people.pick(f"verbeterd {code} {target}", had, count)] = target
