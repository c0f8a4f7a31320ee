"""What the gate is asked: exact counts, and how to protect them.

What does not belong here: protecting them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.disclosure.cells import Cell
from wi2007.disclosure.outflow import Outflow
from wi2007.tables.counts import Counted


@dataclass(frozen=True)
class Question:
    """What is to be protected: exact counts of every pair, those of the funnel (`around`), outflow in time, and how."""

    of_pairs: Counted
    around: Mapping[Cell, int]
    specification: Specification
    peildatum: date
    base: int
    rules: Disclosure
    outflow: Outflow | None = None
