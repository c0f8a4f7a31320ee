"""Municipalities that merge, told from what is shown: everybody of the one is in the other from then on.

So this part counts nobody anew, and no rounding of its own comes with it. Where a municipality was split, or comes in
another province, it does not follow from what is shown. What does not belong here: rounding (`change`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from wi2007 import reference
from wi2007.reference import classification
from wi2007.tables import variables
from wi2007.tables.build import Counted, Counts, Pair

MUNICIPALITY = "gemeente"


def moves(codes: Collection[str], before: date, after: date) -> dict[str, str] | None:
    """To which municipality everybody of each of these goes; None where that does not follow from what is shown."""
    changes = [one for one in reference.reorganisations() if before < one.day <= after]
    if any(one.kind == "splitsing" and one.code in codes for one in changes):
        return None
    then = classification(after)
    found = {code: then[code].code or code for code in codes}
    derived = [one for one in variables.derived().values() if one.base == MUNICIPALITY]
    apart = any(one.code_of[old] != one.code_of[new] for one in derived for old, new in found.items())
    return None if apart else found


def relabelled(shown: Counted, to: Mapping[str, str]) -> tuple[Counted, Counted]:
    """Who leaves the municipalities that end, and who enters the others, as counts that are shown already."""
    leaves: dict[Pair, Counts] = {}
    enters: dict[Pair, Counts] = {}
    for pair, counts in shown.items():
        out: dict[tuple[str, str], int] = {}
        into: dict[tuple[str, str], int] = defaultdict(int)
        for key, count in counts.items():
            moved = tuple(
                to.get(code, code) if name == MUNICIPALITY else code
                for name, code in zip(pair[1:], key, strict=True)
            )
            if moved != key:
                out[key] = count
                into[moved[0], moved[1]] += count
        leaves[pair], enters[pair] = out, dict(into)
    return leaves, enters
