"""The nationality asked for, and the up to four that a person has.

Choices: `vraagt_nederlands`, `houdt_eerste`, `nog_een_nationaliteit` and `turkse_nationaliteit` of `config/demo.yaml`,
and the nationalities of each country in its list.
What does not belong here: whom the pipeline excludes for it.
"""

from __future__ import annotations

import numpy as np

from wi2007.demo.arrays import Mask, Texts, groups
from wi2007.demo.cells import Persons
from wi2007.demo.dates import per_status
from wi2007.demo.draws import Draws
from wi2007.demo.settings import Settings

DUTCH, TURKISH = "0001", "0339"
COLUMNS = ("nationaliteit_1", "nationaliteit_2", "nationaliteit_3", "nationaliteit_4")


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
    return {"gevraagde_nationaliteit": asked, **dict(zip(COLUMNS, packed(layers), strict=True))}


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
    slots = [np.full(len(layers[0]), "", dtype="U4") for _ in COLUMNS]
    for layer in layers:
        waiting = layer != ""
        for slot in slots:
            waiting &= slot != layer
            here = waiting & (slot == "")
            slot[here] = layer[here]
            waiting &= ~here
    return slots
