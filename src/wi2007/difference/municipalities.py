"""Explain why a municipality is in the tables of one peildatum only: what it merged into, or was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wi2007 import reference
from wi2007.classification import Place, classification
from wi2007.tables import variables

VARIABLE = variables.MUNICIPALITY


@dataclass(frozen=True)
class Mergers:
    """By the name of a municipality: the one it merged into, and those that merged into a new one."""

    into: Mapping[str, str]
    of: Mapping[str, tuple[str, ...]]


def mergers(before: date, after: date) -> Mergers:
    """Return what happened to the classification between two days, the earlier one first."""
    then, now = classification(before), classification(after)
    names = variables.categories(VARIABLE, before), variables.categories(VARIABLE, after)
    ended = {
        code: now[code].code for code, place in then.items() if _is_own(code, place) and _ended(now[code])
    }
    into = {names[0][code]: names[1][other] for code, other in ended.items()}
    new = {code for code in ended.values() if not _is_own(code, then[code])}
    of = {
        names[1][code]: tuple(sorted(names[0][old] for old, other in ended.items() if other == code))
        for code in sorted(new)
    }
    return Mergers(into, of)


def _is_own(code: str, place: Place) -> bool:
    return code not in (reference.RNI, reference.UNKNOWN_CODE) and place.standing == "geldig"


def _ended(place: Place) -> bool:
    return place.standing == "opgevolgd"
