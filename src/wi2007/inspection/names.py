"""Judge the name of a field: which of our columns it may be, and whether a message may quote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final

from wi2007.delivery.names import key
from wi2007.inspection.profile import Profile
from wi2007.inspection.settings import Settings
from wi2007.mapping.heading import told_name
from wi2007.mapping.normalise.names import folded

_SOME: Final = 3


class Named(IntEnum):
    """How well a name fits a column."""

    WRONG = -1
    NOT = 0
    PART = 1
    OTHER = 2
    OURS = 3


def plain(name: str) -> str:
    """Return a name without capitals, accents and signs."""
    return folded(name).replace(" ", "")


def fit(name: str, column: str, settings: Settings) -> Named:
    """Return how well the name of a field fits one of our columns."""
    if key(name) == key(column):
        return Named.OURS
    word, known = plain(name), settings.namen[column]
    if word in known.namen:
        return Named.OTHER
    if word in known.niet:
        return Named.WRONG
    elsewhere = any(word in other.namen or word == plain(ours) for ours, other in settings.namen.items())
    return Named.PART if word and not elsewhere and has_parts(word, known.delen) else Named.NOT


def has_parts(word: str, parts: Iterable[tuple[str, ...]]) -> bool:
    """Return whether all of the words of one of `parts` are in `word`."""
    return any(all(part in word for part in several) for several in parts)


def is_header(profiles: Sequence[Profile], settings: Settings) -> bool:
    """Return whether names say enough: one that we know, or some fields whose contents have a form that no name has."""
    known = any(
        fit(profile.name, column, settings) >= Named.OTHER
        for profile in profiles
        for column in settings.namen
    )
    return known or sum(profile.is_distinctive for profile in profiles) >= _SOME


def shown(profile: Profile, names_are_names: bool) -> str:
    """Return what the user sees of a field: its name or its place."""
    return told_name(profile.name.strip(), profile.place, names_are_names)
