"""What is told of the policy groups: the least and the most of each follow from the table that shows who is in them.

What does not belong here: that table itself, whose figures are cells like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attack.chapter import Chapter, Derived
from attack.pieces import TidyRow
from attack.world import POLICY, TOTAL, World, norm

CHAPTER = Chapter(re.compile(r"#(beleid|kerncijfers)\b|#(r-)?grafiek-beleid"))


def read(world: World, tidy: Sequence[TidyRow]) -> Derived:
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
    found = Derived()
    if not everybody:
        return found
    for group in POLICY:
        least = shown.get((group, "hoort bij de groep"), 0.0)
        most = everybody - shown.get((group, "hoort niet bij de groep"), 0.0)
        found.counts |= {least, most}
        found.percents |= {100 * least / everybody, 100 * most / everybody}
    return found
