"""Read one set of published tables, and what has to be known to compare it with another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wi2007.tables.tidy import TidyRow


@dataclass(frozen=True)
class Rounding:
    """Counts are multiples of `base` and less than `within` off; with `loose` the rest of a ranking may be further
    off.
    """

    base: int
    within: int
    loose: bool

    @classmethod
    def read(cls, told: Mapping[str, Any] | None) -> Rounding | None:
        """Return the rounding that `verwerking.json` and `manifest.json` give; None where counts are exact.

        Raises an error on anything else.
        """
        if told is None:
            return None
        return cls(int(told["basis"]), int(told["afwijking"]), bool(told["rest_wijkt_verder_af"]))


@dataclass(frozen=True)
class Part:
    """One row of `verandering.csv` about one figure: where it began, what one part changed, or where it ended."""

    name: str
    route: str
    count: int


@dataclass(frozen=True)
class Change:
    """What changed since the peildatum `since`: the parts of a figure by its table, row and column."""

    since: date
    figures: Mapping[tuple[str, str, str, str], tuple[Part, ...]]


@dataclass(frozen=True)
class Release:
    """The tables of one peildatum; `rounding` is None where they are exact, `change` where nothing is compared."""

    peildatum: date
    demonstration: bool
    rounding: Rounding | None
    rows: Sequence[TidyRow]
    change: Change | None = None
