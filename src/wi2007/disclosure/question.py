"""What the gate is asked: exact counts, and how to protect them.

What does not belong here: protecting them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.disclosure.cells import Cell
from wi2007.disclosure.outflow import Outflow
from wi2007.tables.counts import Counted, by_code


@dataclass(frozen=True)
class ProtectionRequest:
    """What is to be protected: exact counts of every pair, those of the funnel (`around`), outflow in time, and how."""

    of_pairs: Counted
    around: Mapping[Cell, int]
    specification: Specification
    peildatum: date
    base: int
    rules: Disclosure
    outflow: Outflow | None = None

    @cached_property
    def sizes(self) -> dict[tuple[str, str], dict[str, int]]:
        """Exact persons by code, for every population and variable."""
        return sizes_of(self.of_pairs)


def sizes_of(of_pairs: Counted) -> dict[tuple[str, str], dict[str, int]]:
    """Persons by code, for every population and variable."""
    return {
        (population, variable): by_code(counts, place)
        for (population, *names), counts in of_pairs.items()
        for place, variable in enumerate(names)
    }
