"""All of the follow-up delivery at once: from the first delivery and the choices to the bytes of the file.

What does not belong here: what happens to whom, or where the file goes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.demo_follow_up import FollowUpChoices
from wi2007.demo.compose import people as everyone
from wi2007.demo.draws import Draws
from wi2007.demo.follow_up import asked, corrections, entries, places, statuses
from wi2007.demo.follow_up.people import People
from wi2007.demo.rows import columns, order
from wi2007.demo.settings import Settings
from wi2007.demo.text import text
from wi2007.errors import UserError


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
    people = replace(people, there=~entries.gone(people))
    for stage in (statuses, places, corrections, asked):
        stage.change(people)
    return text(_rows(people))


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
    new = entries.added(people)
    rows = {name: np.concatenate([values[people.there], new[name]]) for name, values in people.now.items()}
    mixed = people.draws.order("rijen", len(rows["persoonsnummer"]))
    return {name: values[mixed] for name, values in rows.items()}
