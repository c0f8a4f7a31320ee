"""Who of one peildatum is who at the next: by persoonsnummer, exactly, in parts that fit in memory.

What does not belong here: what changed of a person (`links`), files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wi2007.comparison.people import Mask, People, Rows
from wi2007.validation.unique import hash_texts


@dataclass(frozen=True)
class Matched:
    """Rows of the earlier and the later people, by what became of them.

    `both`: in the population at both, row beside row. `gone` and `new`: at one of them only. `left` and `entered`: in
    the population at one, excluded at the other. `known` counts the persoonsnummers of the earlier delivery that are in
    the later one, excluded or not.
    """

    both: tuple[Rows, Rows]
    gone: Rows
    new: Rows
    left: Rows
    entered: Rows
    known: int


def matched(before: People, after: People) -> Matched:
    """What became of everybody."""
    found = pc.index_in(after.numbers, value_set=before.numbers).fill_null(-1).to_numpy().astype(np.int64)
    inside, excluded = found[: len(after)], found[len(after) :]
    here = np.flatnonzero((inside >= 0) & (inside < len(before)))
    seen = np.zeros(len(before.numbers), dtype=np.bool_)
    seen[found[found >= 0]] = True
    return Matched(
        both=(inside[here], here),
        gone=np.flatnonzero(~seen[: len(before)]),
        new=np.flatnonzero(inside < 0),
        left=excluded[(excluded >= 0) & (excluded < len(before))],
        entered=np.flatnonzero(inside >= len(before)),
        known=int(np.count_nonzero(seen)),
    )


def in_part(numbers: Any, part: int, parts: int) -> Mask:
    """Which persoonsnummers (an Arrow array) belong to this part; the same number is in the same part everywhere."""
    if parts == 1:
        return np.ones(len(numbers), dtype=np.bool_)
    hashes = hash_texts(numbers.cast(pa.string())) >> np.uint64(20)
    mine: Mask = hashes % np.uint64(parts) == part
    return mine
