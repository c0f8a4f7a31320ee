"""What is told of the spread over the municipalities: it follows from the rows of the full table, as that shows them.

What does not belong here: those rows themselves, which are cells like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attack.chapter import Chapter, Derived
from attack.pieces import TidyRow
from attack.settings import read_yaml
from attack.world import TOTAL, World, norm

CHAPTER = Chapter(re.compile(r"#(spreiding|kerncijfers)\b|#(r-)?grafiek-spreiding"))
_OBLIGED = "nog_inburgeringsplichtig"
_RNI = "register niet-ingezetenen"


def read(world: World, tidy: Sequence[TidyRow]) -> Derived:
    """Count the municipalities by what the table of all of them shows; nothing where there is no such table."""
    full = next(
        (
            number
            for number, table in world.tables.items()
            if table["population"] == _OBLIGED
            and any(part["variable"] == "gemeente" and "largest" not in part for part in table["rows"])
        ),
        None,
    )
    sizes = {
        row["rij"]: float(row["aantal"])
        for row in tidy
        if (row["tabel"], row["rijvariabele"], row["kolom"]) == (full, "gemeente", TOTAL)
    }
    known = world.labels["gemeente"].keys() - {_RNI, "onbekend"}
    own = sorted((size for label, size in sizes.items() if norm(label) in known), reverse=True)
    text = (world.project / "config/report/woorden.yaml").read_text(encoding="utf-8")
    limits = read_yaml(text)["spreiding"]
    found = Derived()
    if not own:
        return found
    ends = [-1, *limits["klassen"], float("inf")]
    inside = [sum(low < size <= high for size in own) for low, high in pairwise(ends)]
    few = sum(size <= limits["weinig"] for size in own)
    many = sum(size >= limits["veel"] for size in own)
    found.counts |= {len(own), few, many, *limits["klassen"], *(end + 1 for end in limits["klassen"])}
    found.counts |= {limits["weinig"], limits["veel"], limits["grootste"]}
    everybody = sum(sizes.values()) - sum(size for label, size in sizes.items() if norm(label) == _RNI)
    found.percents |= {100 * number / len(own) for number in inside}
    found.percents.add(100 * sum(own[: limits["grootste"]]) / everybody)
    return found
