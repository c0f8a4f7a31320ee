"""What the name of a field says: which of our columns it may be, and whether it may be told at all.

A file without a row of names has a person's row in its place. Its cells look like the contents of their fields; then no
name is told, and none is used. What does not belong here: contents (`profile`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final

from wi2007.inspection.profile import Profile
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.names import folded
from wi2007.mapping.plan import key, told_name

_SOME: Final = 3


class Named(IntEnum):
    """How well a name fits a column."""

    WRONG = -1
    NOT = 0
    PART = 1
    OTHER = 2
    OURS = 3


def plain(name: str) -> str:
    """A name without capitals, accents and signs."""
    return folded(name).replace(" ", "")


def fit(name: str, column: str, settings: Settings) -> Named:
    """How well the name of a field fits one of our columns."""
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
    """Whether all of the words of one of `parts` are in `word`."""
    return any(all(part in word for part in several) for several in parts)


def is_header(profiles: Sequence[Profile], settings: Settings) -> bool:
    """Whether the row of names is one, judged by what stands below it.

    No name may look like the contents of its own field. Then one name that we know is enough, and so are some fields
    whose contents have a form that their name has not.
    """
    if any(profile.name_is_content for profile in profiles):
        return False
    known = any(
        fit(profile.name, column, settings) >= Named.OTHER
        for profile in profiles
        for column in settings.namen
    )
    return known or sum(profile.is_distinctive for profile in profiles) >= _SOME


def shown(profile: Profile, names_are_names: bool) -> str:
    """What the user is told of a field."""
    return told_name(profile.name.strip(), profile.place, names_are_names)
