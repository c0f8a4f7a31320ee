"""Who is no longer in the register, and who is in it for the first time.

Choices: `personen` of `config/demo_vervolg.yaml`.
What does not belong here: persons who are in both deliveries.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wi2007.demo.arrays import Mask, Whole
from wi2007.demo.follow_up.asked import ASKED, TURKS
from wi2007.demo.follow_up.people import People
from wi2007.demo.follow_up.settings import OBLIGED
from wi2007.demo.rows import numbers


def gone(people: People) -> Mask:
    """Everyone of the first delivery, with True for who is not in the second."""
    mask = np.zeros(len(people), dtype=np.bool_)
    everyone = np.ones(len(people), dtype=np.bool_)
    mask[people.pick_by_number("weg", everyone, people.choices.personen.weg)] = True
    return mask


def added(people: People) -> dict[str, NDArray[Any]]:
    """The rows of new persons: the traits of persons who are there, at one another's addresses, with new numbers."""
    chosen = people.choices.personen.nieuw
    able = people.there & (people.now[ASKED] != TURKS)
    obliged = people.now["statuscode"] == OBLIGED
    examples: list[Whole] = [
        people.pick("nieuw, nog plichtig", able & obliged, chosen.nog_plichtig),
        people.pick("nieuw, anderen", able & ~obliged, chosen.anderen),
    ]
    who = np.concatenate(examples)
    rows = {name: values[who] for name, values in people.now.items()}
    rows["gemeentecode"] = np.concatenate(
        [
            people.draws.shuffled(f"nieuw gemeente {turn}", people.now["gemeentecode"][part])
            for turn, part in enumerate(examples)
        ]
    )
    rows["persoonsnummer"] = numbers(len(people), len(who), people.first)
    return rows
