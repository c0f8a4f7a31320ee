"""What the gate made of each pair of a table, kept for a later peildatum that is compared with this one. Internal.

What does not belong here: files, protecting counts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from wi2007.tables.build import Merged
from wi2007.tables.counts import Counted


@dataclass(frozen=True)
class Rounded:
    """Rounded counts of every pair, and what is shown as one category; `base` is None where nothing is protected."""

    base: int | None
    of_pairs: Counted
    merged: Merged


def to_json(made: Rounded) -> str:
    """JSON text, the same for the same counts."""
    content = {
        "basis": made.base,
        "paren": [
            {"paar": pair, "aantallen": [[*codes, count] for codes, count in sorted(counts.items()) if count]}
            for pair, counts in sorted(made.of_pairs.items())
        ],
        "samengevoegd": [[*at, list(codes)] for at, codes in sorted(made.merged.items())],
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def from_json(text: str) -> Rounded:
    """What `to_json` wrote."""
    content = json.loads(text)
    return Rounded(
        base=content["basis"],
        of_pairs={
            tuple(one["paar"]): {(row, column): count for row, column, count in one["aantallen"]}
            for one in content["paren"]
        },
        merged={
            (population, variable): tuple(codes) for population, variable, codes in content["samengevoegd"]
        },
    )
