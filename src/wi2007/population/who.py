"""Tell sets of persons apart: a number for each person, of which the sum is that of a set.

Two counts of the same persons are one figure for a reader, so the gate rounds them as one. Which persons a count has
follows from such a sum, which adds up over cells as the count does (the cell key method: Thompson, Broadfoot and Elazar
2013). The numbers are no secret and hide nobody: they stay in the exact files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from schemas.cube import SETS
from wi2007.validation.unique import Hashes, hash_texts


def numbered(persons: Any) -> Hashes:
    """Return a number of 64 bits for each persoonsnummer in an Arrow string array.

    The mixing is that of SplitMix64 (Steele, Lea and Flood 2014): without it, sums of numbers that follow on each other
    could be alike.
    """
    mixed = hash_texts(persons)
    for shift, multiplier in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(multiplier)
    mixed ^= mixed >> np.uint64(31)
    return mixed


@dataclass
class Group:
    """Persons counted batch by batch: how many, and which (`wie`)."""

    count: int = 0
    who: int = 0

    def add(self, numbers: Hashes) -> None:
        """Count persons, each by his number."""
        self.count += len(numbers)
        self.who = (self.who + int(numbers.sum())) % SETS
