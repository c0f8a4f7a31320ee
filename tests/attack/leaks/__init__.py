"""Planted leaks: for each kind one way in which a publication could tell more than its rounded counts.

Each is a function that tampers with a `Scene`; `Planted` says what the attacker must find: in which list of its
verdict, and a pattern for the finding. What does not belong here: finding them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attack.scene import Scene

Plant = Callable[[Scene], None]


@dataclass(frozen=True)
class Planted:
    """A leak, and how it is to be found. `tables_only` ones are planted in the CSV files alone."""

    name: str
    plant: Plant
    found_in: str
    pattern: str
    tables_only: bool = False


def leak(found_in: str, pattern: str, tables_only: bool = False) -> Callable[[Plant], Planted]:
    """Make a planted leak of a function."""
    return lambda plant: Planted(plant.__name__, plant, found_in, pattern, tables_only)
