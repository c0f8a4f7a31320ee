"""The account of the processing (`publicatie/verwerking.json`): from rows in the delivery to persons in the report.

What does not belong here: the words around it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Decision:
    """How one thing about the file was read; `by_hand` when levering.yaml says so, else it was found."""

    subject: str
    value: str
    by_hand: bool
    reason: str


@dataclass(frozen=True)
class Normalisation:
    """What was put right in the values of a column, by which listed rule; `size` says in words in how many rows."""

    rule: str
    column: str
    description: str
    size: str


@dataclass(frozen=True)
class Delivery:
    """The delivered file. `fields` gives for each of our columns the names in the file that it was made from.

    `mark` tells the delivery apart from any other to those who have the key (its SHA-256 where nothing is protected).
    """

    file: str
    mark: str
    reading: tuple[Decision, ...]
    columns: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    normalisations: tuple[Normalisation, ...]

    @property
    def renamed(self) -> dict[str, tuple[str, ...]]:
        """The columns that the file names otherwise, or that levering.yaml leaves empty."""
        return {name: fields for name, fields in self.fields.items() if fields != (name,)}


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
    """Something odd in the delivery that was let through: what, in which column; `size` in how many rows, in words."""

    description: str
    column: str
    size: str


@dataclass(frozen=True)
class Protection:
    """How counts are protected: multiples of `base`, off by less than `less_than`; `release` counts from 1.

    With `rest_further` the rest of a ranked table may be off by more.
    """

    base: int
    less_than: int
    rest_further: bool
    release: int
    merged: bool


@dataclass(frozen=True)
class Account:
    """What happened to the delivery."""

    peildatum: date
    demonstration: bool
    delivery: Delivery
    funnel: tuple[Step, ...]
    counts: dict[str, int]
    warnings: tuple[Remark, ...]
    protection: Protection | None

    @property
    def exact(self) -> bool:
        """Whether counts are shown as they are: nothing of it may be published."""
        return self.protection is None

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
            Remark(w["omschrijving"], w.get("kolom") or "", w["omvang"]) for w in raw["waarschuwingen"]
        ),
        protection=_protection(raw["afronding"]),
    )
    if account.of("gelezen") != account.of("uitgesloten") + account.of("overgebleven"):
        raise ValueError("the funnel does not add up")
    return account


def _protection(raw: dict[str, Any] | None) -> Protection | None:
    if raw is None:
        return None
    return Protection(
        raw["basis"],
        raw["afwijking"],
        raw["rest_wijkt_verder_af"],
        raw["uitgave"],
        raw["samengevoegd"],
    )


def _delivery(raw: dict[str, Any]) -> Delivery:
    return Delivery(
        file=raw["bestand"],
        mark=raw["kenmerk"],
        reading=tuple(
            Decision(one["over"], one["waarde"], one["ingesteld"], one["waarom"]) for one in raw["lezing"]
        ),
        columns=tuple(raw["kolommen"]),
        fields={name: tuple(fields) for name, fields in raw["velden"].items()},
        normalisations=tuple(
            Normalisation(one["regel"], one["kolom"], one["omschrijving"], one["omvang"])
            for one in raw["normalisaties"]
        ),
    )
