"""What was done to the values of a delivery, for the provenance.

What does not belong here: doing it, counting.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Normalisation:
    """What was done to how many rows of a column: `rule` of config/normalisation.yaml, or levering.yaml itself."""

    rule: str
    column: str
    description: str
    count: int
