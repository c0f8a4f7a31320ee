"""Judge how well the name of a field fits one of our columns, by `namen` of `config/inspectie.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from wi2007.delivery.names import key
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.names import folded


class Named(IntEnum):
    """How well a name fits a column."""

    WRONG = -1
    NOT = 0
    PART = 1
    OTHER = 2
    OURS = 3


def plain(name: str) -> str:
    """Return a name without capitals, accents and punctuation."""
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


def fit_of(name: str, title: str, column: str, settings: Settings) -> Named:
    """Return how well a field fits a column by its name, or by its title (variable label) if that is better."""
    named = fit(name, column, settings)
    return named if not title or named == Named.OURS else max(named, fit(title, column, settings))
