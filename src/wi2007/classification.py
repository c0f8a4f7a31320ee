"""The classification of municipalities at a peildatum: which code counts as which municipality.

A code that ended is followed to its successor, if need be over several reorganisations. A municipality that was split
counts as its main successor, which is an approximation (`reference/herindelingen.csv` marks it).
What does not belong here: reading the reference tables (`wi2007.reference`), counting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wi2007 import reference

Standing = Literal["geldig", "opgevolgd", "nog_niet_geldig", "zonder_opvolger"]


@dataclass(frozen=True)
class Place:
    """What a municipality code stands for at the peildatum; `code` is empty when it stands for nothing."""

    code: str
    standing: Standing
    split: bool = False


def classification(peildatum: date) -> dict[str, Place]:
    """Every code of BRP table 33, RNI and unknown among them, at `peildatum`."""
    successors = {
        change.code: change
        for change in reference.reorganisations()
        if change.main_successor and change.day <= peildatum
    }
    return {code: _place(code, successors, peildatum) for code in reference.municipalities()}


def _place(code: str, successors: dict[str, reference.Reorganisation], peildatum: date) -> Place:
    municipalities = reference.municipalities()
    own = municipalities[code]
    if own.valid_from is not None and peildatum < own.valid_from:
        return Place("", "nog_niet_geldig")
    seen, here, split = {code}, code, False
    while not municipalities[here].valid_on(peildatum):
        change = successors.get(here)
        if change is None or change.successor not in municipalities or change.successor in seen:
            return Place("", "zonder_opvolger")
        here, split = change.successor, split or change.kind == "splitsing"
        seen.add(here)
    return Place(here, "geldig" if here == code else "opgevolgd", split)
