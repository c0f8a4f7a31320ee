"""Names of fields as they are compared, and in which row of a file they stand.

What does not belong here: which of our columns a name stands for (`wi2007.mapping`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from schemas.columns import COLUMNS

ENOUGH: Final = 3
"""So many names that are known stand in no row by chance."""
LOOKED_AT: Final = 100
"""So many rows from the top are looked at for the names."""


def key(name: str) -> str:
    """A name without what makes no difference: capitals, spaces and signs."""
    return re.sub(r"[\W_]+", "", name.casefold())


OURS: Final = frozenset(key(name) for name in COLUMNS)


def known_names(row: Iterable[str], more: frozenset[str] = frozenset()) -> int:
    """How many of our columns a row names, or of the keys in `more`, which levering.yaml names."""
    return len((OURS | more) & {key(value) for value in row})


def place_of_names(rows: Sequence[Sequence[str]], more: frozenset[str] = frozenset()) -> int:
    """Which of the first filled rows holds the names: the first with enough that are known, or else the first of all.

    A row before it that fills more than half as many fields may be the header itself, and what follows then its rows.
    """
    place = next((at for at, row in enumerate(rows) if known_names(row, more) >= ENOUGH), 0)
    return 0 if any(2 * _filled(row) > _filled(rows[place]) for row in rows[:place]) else place


def _filled(row: Sequence[str]) -> int:
    return sum(bool(value.strip()) for value in row)
