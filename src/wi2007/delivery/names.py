"""Compare names of fields, and find the row of a file that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from schemas.columns import COLUMNS

ENOUGH: Final = 3
"""This many known names stand in no row by chance."""
LOOKED_AT: Final = 100
"""The number of rows from the top in which the names are sought."""


def key(name: str) -> str:
    """Return a name without what makes no difference: capitals, spaces, punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold())


OURS: Final = frozenset(key(name) for name in COLUMNS)


def known_names(row: Iterable[str], more: frozenset[str] = frozenset()) -> int:
    """Return how many of our columns a row names, or of the keys in `more`, which levering.yaml names."""
    return len((OURS | more) & {key(value) for value in row})


def place_of_names(rows: Sequence[Sequence[str]], more: frozenset[str] = frozenset()) -> int:
    """Return the index of the row of names among the first filled rows: the first with enough known names, or else
    the first of all.

    A row before it that fills more than half as many fields may be the header itself, and the rows below it its rows.
    """
    place = next((at for at, row in enumerate(rows) if known_names(row, more) >= ENOUGH), 0)
    return 0 if any(2 * _filled(row) > _filled(rows[place]) for row in rows[:place]) else place


def _filled(row: Sequence[str]) -> int:
    return sum(bool(value.strip()) for value in row)
