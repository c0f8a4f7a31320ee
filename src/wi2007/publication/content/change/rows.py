"""The change as the publication folder has it: `verandering.csv`, and `verandering.json` beside it.

What does not belong here: what the rows mean together.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from typing import Final

FILE: Final = "verandering.csv"
"""Its name in `publicatie/` and in `tabellen/`."""


@dataclass(frozen=True)
class ChangeRow:
    """One row, see `schemas.change`: `aantal` persons at the begin or the end, or by how many a part changed it."""

    tabel: str
    populatie: str
    rijvariabele: str
    rij: str
    kolomvariabele: str
    kolom: str
    deel: str
    route: str
    aantal: int


COLUMNS: Final = tuple(one.name for one in fields(ChangeRow))


@dataclass(frozen=True)
class Told:
    """What was compared: `why_not` where nothing was; `labels` of the parts; no `base` where counts are exact."""

    compared: bool
    before: date | None = None
    why_not: str = ""
    renewed: bool = False
    base: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """The rows, none where nothing was compared, and what is told of them."""

    rows: tuple[ChangeRow, ...] = ()
    told: Told = Told(compared=False)

    def __bool__(self) -> bool:
        return self.told.compared


def read_csv(text: str) -> tuple[ChangeRow, ...]:
    """Read `verandering.csv`."""
    return tuple(
        ChangeRow(**{**row, "aantal": int(row["aantal"])})  # type: ignore[arg-type]
        for row in csv.DictReader(io.StringIO(text))
    )


def read_told(text: str) -> Told:
    """Read `verandering.json`."""
    raw = json.loads(text)
    if not raw["vergeleken"]:
        return Told(compared=False, why_not=raw["waarom_niet"])
    return Told(
        compared=True,
        before=date.fromisoformat(raw["vorige"]),
        renewed=raw["pseudoniemen"] == "vernieuwd",
        base=raw["basis"],
        labels={one["deel"]: one["label"] for one in raw["delen"]},
    )


def to_csv(rows: Iterable[ChangeRow], mark: Mapping[str, str]) -> str:
    """The rows as CSV text, with the columns of `mark` behind the others."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *mark])
    writer.writerows([*astuple(row), *mark.values()] for row in rows)
    return text.getvalue()
