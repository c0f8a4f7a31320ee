"""The tables as a release shows them: kept so that it stays what it is, whatever becomes of the peildatum before.

What does not belong here: files (`steps.gate.kept`), which release it is (`protection.register`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wi2007.protection.cells import Cell
from wi2007.tables.build import Merged


@dataclass(frozen=True)
class ReleasedTables:
    """What is shown of every cell, what is shown as one, and figures by the set of persons.

    Those are of `closed` years, and `of_change`: of the parts of the change that were rounded with the tables.
    `together` are the codes that outflow shows as one; with `loose` rests of ranked tables are sums of rounded counts.
    """

    shown: Mapping[Cell, int]
    merged: Merged
    together: Mapping[str, tuple[str, ...]]
    closed: Mapping[int, int]
    of_change: Mapping[int, int]
    loose: bool
    reach: int
    attempts: int


def to_json(tables: ReleasedTables) -> dict[str, Any]:
    """As they are written; nothing of it leaves the institute."""
    return {
        "bereik": tables.reach,
        "ruimer": tables.loose,
        "trekkingen_geprobeerd": tables.attempts,
        "samengevoegd": [[*at, list(codes)] for at, codes in sorted(tables.merged.items())],
        "uitstroom_samen": {name: list(codes) for name, codes in sorted(tables.together.items())},
        "gesloten": sorted(tables.closed.items()),
        "verandering": sorted(tables.of_change.items()),
        "cellen": sorted(tables.shown.items()),
    }


def from_json(content: Mapping[str, Any]) -> ReleasedTables:
    """Read them. Raises `KeyError`, `TypeError` or `ValueError` when they are damaged."""
    return ReleasedTables(
        shown={tuple((name, tuple(codes)) for name, codes in at): count for at, count in content["cellen"]},
        merged={(population, name): tuple(codes) for population, name, codes in content["samengevoegd"]},
        together={name: tuple(codes) for name, codes in content["uitstroom_samen"].items()},
        closed=dict(content["gesloten"]),
        of_change=dict(content["verandering"]),
        loose=content["ruimer"],
        reach=content["bereik"],
        attempts=content["trekkingen_geprobeerd"],
    )
