"""Every file of exact counts or persons between the steps, once, in the order in which a run makes them.

A new file is declared beside the others and added here. What does not belong here: any one file.
"""

from __future__ import annotations

from typing import Final

from schemas.cube import CUBE
from schemas.exact import ExactFile
from schemas.flows import FLOWS
from schemas.outflow import OUTFLOW
from schemas.persons import EXCLUDED, PERSONS
from schemas.policy import POLICY
from schemas.variants import VARIANTS

COUNTED: Final[tuple[ExactFile, ...]] = (CUBE, OUTFLOW, POLICY, VARIANTS, FLOWS)
"""What the gate reads, and holds against its contract."""
BETWEEN: Final[tuple[ExactFile, ...]] = (PERSONS, EXCLUDED, *COUNTED)
