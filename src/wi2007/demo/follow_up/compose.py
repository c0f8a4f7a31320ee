"""All of the follow-up delivery at once: from the first delivery and the choices to the bytes of the file.

Here too: who is no longer in the register, and who is in it for the first time (`personen` of the choices).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.demo_follow_up import FollowUpChoices
from wi2007.demo.arrays import Draws, Mask, Whole
from wi2007.demo.compose import people as everyone
from wi2007.demo.compose import text
from wi2007.demo.follow_up.changes import (
    ASKED,
    TURKS,
    change_nationalities,
    change_places,
    change_statuses,
    correct,
)
from wi2007.demo.follow_up.details import WITH_DETAILS, details
from wi2007.demo.follow_up.people import OBLIGED, People
from wi2007.demo.rows import columns, numbers, order
from wi2007.demo.settings import Settings
from wi2007.errors import UserError


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


def delivery(first: Settings, choices: FollowUpChoices) -> bytes:
    """The follow-up delivery as the bytes of one file.

    Raises `UserError` when the choices do not fit the first delivery.
    """
    if choices.peildatum <= first.peildatum:
        raise UserError(
            "De peildatum in config/demo_vervolg.yaml is niet later dan die in config/demo.yaml. "
            "Zet de keuzes terug zoals ze waren."
        )
    people = _first(first, choices)
    people = replace(people, there=~gone(people))
    for change in (change_statuses, change_places, correct, change_nationalities):
        change(people)
    rows = _rows(people)
    began = first.rows.plicht.eerste_dag
    return text(
        {**rows, **details(rows, choices.gegevens, choices.peildatum, began, people.draws)}, WITH_DETAILS
    )


def _first(first: Settings, choices: FollowUpChoices) -> People:
    """Everyone as the first delivery has them."""
    draws = Draws(first.choices.zaad)
    persons = everyone(first, draws)
    before = columns(persons, first, draws)
    return People(
        before=before,
        now={name: values.copy() for name, values in before.items()},
        age=persons.leeftijdsklasse[order(persons, draws)],
        there=np.ones(len(persons), dtype=np.bool_),
        first=first,
        choices=choices,
        draws=Draws(choices.zaad),
    )


def _rows(people: People) -> dict[str, NDArray[Any]]:
    """Who is there and who is new, in a random order."""
    new = added(people)
    rows = {name: np.concatenate([values[people.there], new[name]]) for name, values in people.now.items()}
    mixed = people.draws.order("rijen", len(rows["persoonsnummer"]))
    return {name: values[mixed] for name, values in rows.items()}
