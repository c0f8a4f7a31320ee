"""The account of the processing (`publicatie/verwerking.json`): from rows in the delivery to persons in the report.

What does not belong here: the words around it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Delivery:
    """The delivered file."""

    file: str
    bytes: int
    sha256: str
    reading: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A step of the funnel: `kind` gelezen, uitgesloten or overgebleven; `source` the legal ground, `rule` its name."""

    kind: str
    description: str
    source: str
    count: int
    rule: str = ""


@dataclass(frozen=True)
class Remark:
    """Something odd in the delivery that was let through: what, in which column, in how many rows."""

    description: str
    column: str
    count: int


@dataclass(frozen=True)
class Account:
    """What happened to the delivery."""

    peildatum: date
    demonstration: bool
    delivery: Delivery
    funnel: tuple[Step, ...]
    counts: dict[str, int]
    warnings: tuple[Remark, ...]

    def of(self, kind: str) -> int:
        """Rows in the steps of one kind."""
        return sum(step.count for step in self.funnel if step.kind == kind)


def read(text: str) -> Account:
    """Read the account; raises `ValueError` when the steps of the funnel do not add up."""
    raw = json.loads(text)
    account = Account(
        peildatum=date.fromisoformat(raw["peildatum"]),
        demonstration=bool(raw["demonstratie"]),
        delivery=_delivery(raw["levering"]),
        funnel=tuple(
            Step(
                step["stap"],
                step["omschrijving"],
                step.get("bron", ""),
                step["aantal"],
                step.get("regel", ""),
            )
            for step in raw["trechter"]
        ),
        counts=dict(raw["tellingen"]),
        warnings=tuple(
            Remark(w["omschrijving"], w.get("kolom") or "", w["aantal"]) for w in raw["waarschuwingen"]
        ),
    )
    if account.of("gelezen") != account.of("uitgesloten") + account.of("overgebleven"):
        raise ValueError("the funnel does not add up")
    return account


def _delivery(raw: dict[str, Any]) -> Delivery:
    return Delivery(
        file=raw["bestand"],
        bytes=raw["bytes"],
        sha256=raw["sha256"],
        reading=tuple((decision["over"], decision["waarde"]) for decision in raw["lezing"]),
        columns=tuple(raw["kolommen"]),
    )
