"""From labels to what they mean: which characteristic, category and nationality a cell is about.

What does not belong here: where cells stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.cbs import OF_CATEGORY, OF_NATIONALITY
from schemas.cbs_layout import LabelMeaning
from wi2007.cbs.labels import Label, key, keys

TOTAL = "totaal"


@dataclass(frozen=True)
class Target:
    """What a row or a column says; None where it says nothing. `skipped` rows and columns are not read."""

    kenmerk: str | None = None
    categorie: str | None = None
    nationaliteit: str | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Subject:
    """What a cell is about."""

    kenmerk: str
    categorie: str
    nationaliteit: str


class Vocabulary:
    """What labels mean: of several that fit, the one that names most of the labels above it; later ones go first."""

    def __init__(self, meanings: Iterable[LabelMeaning], filler: frozenset[str]) -> None:
        self._filler = filler
        self._known: dict[tuple[str, ...], Target] = {}
        for meaning in meanings:
            target = Target(meaning.kenmerk, meaning.categorie, meaning.nationaliteit, meaning.overslaan)
            for written in meaning.staat:
                self._known[tuple(key(part) for part in written.split(">"))] = target

    def target(self, path: tuple[Label, ...], otherwise: str | None = None) -> Target | None:
        """What a path of labels means; None where its last label is not known.

        `otherwise` names what an unknown label is, as it stands. No label at all is the total.
        """
        if not path:
            return Target()
        told = keys(path, self._filler)
        for start in range(len(told)):
            if told[start:] in self._known:
                return self._known[told[start:]]
        return Target(nationaliteit=path[-1].words) if otherwise else None


def subject(row: Target, column: Target) -> Subject | None:
    """What the cell of a row and a column is about; None where both say the same thing in two ways."""
    found: dict[str, str] = {}
    for name in ("kenmerk", "categorie", "nationaliteit"):
        told = {value for value in (getattr(row, name), getattr(column, name)) if value}
        if len(told) > 1:
            return None
        found[name] = told.pop() if told else TOTAL
    return Subject(**found)


def whole(adding: Target, axis: Iterable[Target]) -> str:
    """What a percentage is a part of; `adding` is its place on the axis along which percentages add up.

    Where the axis divides nationalities it is everybody of the category, where it divides categories everybody of the
    nationality. The total goes by what the rest of the axis divides. Nothing where it cannot be told.
    """
    if adding.nationaliteit and adding.kenmerk:
        return ""
    if adding.nationaliteit or adding.kenmerk:
        return OF_CATEGORY if adding.nationaliteit else OF_NATIONALITY
    return OF_NATIONALITY if any(one.kenmerk for one in axis) else OF_CATEGORY
