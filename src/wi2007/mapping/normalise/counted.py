"""The record of changes to the values of a delivery, for the provenance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Normalisation:
    """What was done to how many rows of a column: `rule` of config/normalisation.yaml, or levering.yaml itself."""

    rule: str
    column: str
    description: str
    count: int
