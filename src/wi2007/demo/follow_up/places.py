"""Where everybody is registered at the second peildatum: merged municipalities, moves, departures and returns.

Choices: `adres` of `config/demo_vervolg.yaml`.
What does not belong here: how the pipeline follows a code that ended (see `wi2007.classification`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from wi2007.demo.addresses import predecessors
from wi2007.demo.arrays import Mask, Texts, Whole, groups
from wi2007.demo.days import written
from wi2007.demo.follow_up.people import People, another
from wi2007.demo.follow_up.settings import OBLIGED
from wi2007.demo.follow_up.statuses import DEPARTED
from wi2007.reference import RNI, UNKNOWN_CODE

_PER_MILLE = 1000


def change(people: People) -> None:
    """Give the municipality codes as registered at the second peildatum."""
    chosen, place = people.choices.adres, people.now["gemeentecode"]
    _merge(people)
    gone = people.there & people.got(DEPARTED) & ~people.turks
    place[gone] = RNI
    returned = people.got(OBLIGED) & (people.before["gemeentecode"] == RNI)
    _settle(people, "teruggekeerd", np.flatnonzero(returned))

    free = ~gone & ~returned
    abroad, nowhere = place == RNI, place == UNKNOWN_CODE
    here = free & ~abroad & ~nowhere
    to_abroad = people.pick_by_share("naar rni", here, chosen.naar_rni)
    place[to_abroad] = RNI
    _settle(people, "uit rni", people.pick_by_share("uit rni", free & abroad, chosen.uit_rni))
    _settle(people, "gevonden", people.pick_by_share("gevonden", free & nowhere, chosen.gevonden))
    here[to_abroad] = False
    _settle(people, "verhuisd", people.pick_by_share("verhuisd", here, chosen.verhuisd))


def _merge(people: People) -> None:
    """Codes that ended between the peildata become their successor, but for some who are no longer followed."""
    place, day = people.now["gemeentecode"], people.now["statusdatum"]
    stays = people.draws.whole("oude code", _PER_MILLE, len(people)) < people.choices.adres.oude_code_blijft
    for old, (current, ended) in ended_between(people.first.peildatum, people.choices.peildatum).items():
        last = written(ended)
        kept = stays & (day > 0) & (day < last)
        place[(place == old) & ~kept] = current


def ended_between(first: date, second: date) -> dict[str, tuple[str, date]]:
    """Codes that ended after the first day and not after the second: the current code, and the day."""
    return {
        code: (current, day)
        for current, codes in predecessors(second).items()
        for code, day in codes
        if day > first
    }


def current_codes(peildatum: date) -> Mapping[str, str]:
    """By code that ended: the municipality that it is now part of."""
    return {code: current for current, codes in predecessors(peildatum).items() for code, _ in codes}


def followed(codes: Texts, peildatum: date) -> Texts:
    """Each code as the municipality that it stands for at the peildatum."""
    table, found = current_codes(peildatum), codes.copy()
    for code, where in groups(codes):
        found[where] = table.get(code, code)
    return found


def _settle(people: People, name: str, who: Whole) -> None:
    """Register persons in another municipality than theirs, the larger the likelier."""
    current = followed(people.now["gemeentecode"], people.choices.peildatum)
    codes, sizes = np.unique(current[_resident(people, current)], return_counts=True)
    drawn = codes[people.draws.picks(f"bestemming {name}", sizes, len(who))]
    people.now["gemeentecode"][who] = another(drawn, current[who], codes)


def _resident(people: People, current: Texts) -> Mask:
    return np.asarray(people.there & ~people.turks & (current != RNI) & (current != UNKNOWN_CODE))
