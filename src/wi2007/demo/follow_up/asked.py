"""The nationality asked for and the four nationalities: who became Dutch, and what was wrong before.

Choices: `genaturaliseerd`, `nationaliteit`, `wordt_turks` and `niet_turks` of `config/demo_vervolg.yaml`.
What does not belong here: other corrections (see `corrections`), or whom the pipeline excludes.
"""

from __future__ import annotations

import numpy as np

from wi2007.demo.arrays import Mask, Texts, Whole
from wi2007.demo.follow_up.people import People, another
from wi2007.demo.nationalities import COLUMNS, DUTCH, TURKISH, packed

ASKED = "gevraagde_nationaliteit"
TURKS, OTHER, DUTCH_WORD = "Turks", "anders", "Nederlands"
PASSED = "VOLDAAN"
_PER_MILLE = 1000


def change(people: People) -> None:
    """Give the nationalities of the second peildatum."""
    _naturalise(people)
    _to_turks(people)
    _from_turks(people)
    _first(people)


def _naturalise(people: People) -> None:
    """Some who passed became Dutch, and most of them kept what they had."""
    shares = people.choices.verbeteringen.genaturaliseerd
    able = people.there & ~people.turks & (people.now[ASKED] == OTHER)
    just = able & people.got(PASSED)
    before = able & (people.before["statuscode"] == PASSED) & (people.now["statuscode"] == PASSED)
    parts = (("pas geslaagd", just, shares.pas_geslaagd), ("eerder", before, shares.eerder_geslaagd))
    who = np.sort(
        np.concatenate(
            [
                people.pick(f"genaturaliseerd, {name}", mask, int(mask.sum()) * share // _PER_MILLE)
                for name, mask, share in parts
            ]
        )
    )
    people.now[ASKED][who] = DUTCH_WORD
    keeps = people.draws.whole("houdt eerste", _PER_MILLE, len(who)) < people.first.rows.houdt_eerste
    had = people.now[COLUMNS[0]][who]
    _put_first(people, who, np.full(len(who), DUTCH), np.where(keeps, had, ""))


def _to_turks(people: People) -> None:
    """Persons with the Turkish nationality beside another turn out to have asked for it."""
    turkish = np.zeros(len(people), dtype=np.bool_)
    for column in COLUMNS:
        turkish |= people.now[column] == TURKISH
    able = turkish & (people.now[ASKED] == OTHER)
    who = people.pick_by_number("wordt turks", able, people.choices.verbeteringen.wordt_turks)
    people.now[ASKED][who] = TURKS


def _from_turks(people: People) -> None:
    """Turkish nationals who turn out to have asked for another nationality."""
    numbers = people.choices.verbeteringen.niet_turks
    obliged = people.before["statuscode"] == "IBP"
    able = people.there & people.turks
    for name, mask, count in (
        ("nog plichtig", able & obliged, numbers.nog_plichtig),
        ("anderen", able & ~obliged, numbers.anderen),
    ):
        people.now[ASKED][people.pick(f"niet turks, {name}", mask, count)] = OTHER


def _first(people: People) -> None:
    """Another first nationality for some whose nationalities did not change otherwise."""
    same: Mask = (people.now[ASKED] == OTHER) & (people.before[ASKED] == OTHER)
    who = people.pick_by_number("nationaliteit", same, people.choices.verbeteringen.nationaliteit)
    own = people.now[COLUMNS[0]]
    codes, sizes = np.unique(own[~np.isin(own, ["", DUTCH, TURKISH])], return_counts=True)
    drawn = codes[people.draws.picks("nationaliteit", sizes, len(who))]
    _put_first(people, who, another(drawn, own[who], codes), np.full(len(who), ""))


def _put_first(people: People, who: Whole, first: Texts, second: Texts) -> None:
    """A new first nationality, then `second` (may be empty), then what stood behind the old first one."""
    rest = [people.now[column][who] for column in COLUMNS[1:]]
    for column, values in zip(COLUMNS, packed([first, second, *rest]), strict=True):
        people.now[column][who] = values
