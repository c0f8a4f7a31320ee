"""What is told of the policy groups: the least and the most of each follow from the table that shows who is in them.

What does not belong here: that table itself, whose figures are cells like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from attack.chapter import Chapter, Words
from attack.numbers import Token
from attack.pieces import Piece, TidyRow
from attack.world import POLICY, TOTAL, World, norm

CHAPTER = Chapter(re.compile(r"#(beleid|kerncijfers)\b|#(r-)?grafiek-beleid"))


@dataclass
class Bounds:
    """Every number that follows from the table."""

    counts: set[float] = field(default_factory=set)
    percents: set[float] = field(default_factory=set)


def read(world: World, tidy: Sequence[TidyRow]) -> Bounds:
    """Add up who is in each group, and who may be; nothing where no table has them all."""
    full = next(
        (
            number
            for number, table in world.tables.items()
            if {*POLICY} <= {part["variable"] for part in table["rows"]}
        ),
        None,
    )
    shown = {
        (row["rijvariabele"], norm(row["rij"])): float(row["aantal"])
        for row in tidy
        if (row["tabel"], row["kolom"]) == (full, TOTAL)
    }
    everybody = shown.get((TOTAL, TOTAL), 0.0)
    found = Bounds()
    if not everybody:
        return found
    for group in POLICY:
        least = shown.get((group, "hoort bij de groep"), 0.0)
        most = everybody - shown.get((group, "hoort niet bij de groep"), 0.0)
        found.counts |= {least, most}
        found.percents |= {100 * least / everybody, 100 * most / everybody}
    return found


class Explainer:
    """Whether a number of the chapter, or of the summary, follows from the table."""

    def __init__(self, bounds: Bounds, texts: list[str]) -> None:
        self._bounds = bounds
        self._words = Words(CHAPTER, texts)

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether this is a number of the chapter, and explained."""
        if not self._words.have(piece, token):
            return False
        if not token.percent and any(value in self._bounds.counts for value in token.values):
            return True
        return any(abs(value - share) <= 0.5001 for value in token.values for share in self._bounds.percents)
