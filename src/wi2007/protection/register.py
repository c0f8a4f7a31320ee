"""The register of a peildatum: which roundings there were, which of them left the house, and when a new one may come.

Two roundings of the same persons beside each other tell more than one. So another rounding than one that left the house
is a decision with a reason; one that never left is simply replaced. Imports only the standard library: a run reads this
before anything else. What does not belong here: files, the key, the rounded counts.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from wi2007.errors import UserError

NEVER: Final = ""
"""Instead of the day on which a release left the house."""
_LENGTH: Final = 32


@dataclass(frozen=True)
class Release:
    """One rounding of one peildatum. `gegevens`, `sleutel`, `trekking` and `invoer` are marks, made with the key.

    `gegevens` is the same for the same persons, `trekking` for the same rounded counts, `invoer` for the same delivery
    and settings, `tabellen` for the same kinds of cells (empty in an older register); `reden` is why there is another
    release than the first, `op` the day. `naast` are the peildatum and the mark of the counts of the release that its
    report shows beside its own, the one before it. `naar_buiten` is the day on which it left the house, or `NEVER`;
    None where nobody kept that, and it may have left.
    """

    nummer: int
    basis: int
    gegevens: str
    sleutel: str
    trekking: str
    reden: str
    op: str
    naar_buiten: str | None = None
    invoer: str = ""
    naast: tuple[str, str] | None = None
    tabellen: str = ""

    @property
    def left(self) -> bool:
        """Whether it left the house, as far as is known."""
        return self.naar_buiten != NEVER


@dataclass(frozen=True)
class Register:
    """The releases of a peildatum, and those that never left the house and were replaced."""

    releases: tuple[Release, ...] = ()
    replaced: tuple[Release, ...] = ()

    @property
    def left(self) -> list[Release]:
        """The releases that left the house, as far as is known."""
        return [one for one in self.releases if one.left]

    @property
    def in_house(self) -> list[Release]:
        """The releases that surely never left."""
        return [one for one in self.releases if not one.left]

    def numbered(self, number: int) -> Release | None:
        """The release of a number."""
        return next((one for one in self.releases if one.nummer == number), None)

    def drawn(self, trekking: str) -> Release | None:
        """The release with this mark of its counts."""
        return next((one for one in self.releases if one.trekking == trekking), None)

    def needs_reason(self, reason: str) -> bool:
        """Whether another rounding needs a reason, and this is none, or one that was already used."""
        return bool(self.left) and (not reason or reason in {one.reden for one in self.left})

    def with_left(self, number: int, day: str) -> Register:
        """The register in which a release left the house on a day; one that left before keeps its day."""
        releases = [
            replace(one, naar_buiten=day) if one.nummer == number and not one.naar_buiten else one
            for one in self.releases
        ]
        return replace(self, releases=tuple(releases))


def mark(key: bytes, *parts: object) -> str:
    """A short mark of something, the same each time, from which nothing can be found without the key."""
    return hmac.new(key, repr(parts).encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def given(delivery: str, settings: str) -> tuple[object, ...]:
    """What the mark `invoer` is made of: the digests of the delivery and of what is set for it."""
    return ("invoer", delivery, settings)


def counted(tables: Mapping[str, Any]) -> tuple[object, ...]:
    """What the mark `tabellen` is made of, from `tables.yaml`: which variables are counted together, among whom.

    Where these differ there are other cells, so another rounding. Titles, order and rankings make no difference here.
    """
    kinds = {
        (
            tuple(sorted((name, tuple(sorted(codes))) for name, codes in _filter(tables, one).items())),
            tuple(sorted((rows["variable"], one["columns"]["variable"]))),
        )
        for one in tables["tables"]
        for rows in one["rows"]
    }
    return ("tabellen", *sorted(kinds))


def _filter(tables: Mapping[str, Any], table: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    found: Mapping[str, Sequence[str]] = tables["populations"][table["population"]].get("filter") or {}
    return found


def entered(register: Register, new: Release) -> tuple[Register, Release]:
    """The register with this release in it, and the release with its number.

    A rounding that was made before keeps its number. Another one takes the place of those that never left the house.
    Raises `UserError` when one left and no reason is given that was not already used.
    """
    for known in register.releases:
        if (known.trekking, known.basis) == (new.trekking, new.basis):
            again = replace(known, invoer=new.invoer, naast=new.naast, tabellen=new.tabellen)
            releases = tuple(again if one is known else one for one in register.releases)
            return replace(register, releases=releases), again
    if register.needs_reason(new.reden):
        raise UserError(refusal(register.left, differing(register.left[-1], new)))
    left = register.left
    numbered = replace(
        new, nummer=1 + max((one.nummer for one in left), default=0), reden=new.reden if left else ""
    )
    return Register((*left, numbered), (*register.replaced, *register.in_house)), numbered


def differing(known: Release, new: Release) -> list[str]:
    """What makes two releases differ, in Dutch, as far as their marks tell."""
    names = {"basis": "een andere basis", "gegevens": "andere gegevens", "sleutel": "een andere sleutel"}
    found = [words for name, words in names.items() if getattr(known, name) != getattr(new, name)]
    tables = ["andere tabellen"] if known.tabellen and known.tabellen != new.tabellen else []
    return found + tables


def refusal(left: Sequence[Release], changed: Sequence[str]) -> str:
    """Say in Dutch that another release needs a reason, and what would make it differ."""
    why = " en ".join(changed) or "andere tabellen of een andere versie van het programma"
    last = left[-1]
    day = f" (vastgelegd op {last.naar_buiten})" if last.naar_buiten else ""
    times = f"uitgave {last.nummer} naar buiten gegaan{day}"
    if last.naar_buiten is None:
        times = f"uitgave {last.nummer} gemaakt, en niet vastgelegd of die naar buiten is gegaan"
    return (
        f"Van deze peildatum is al {times}. Een nieuwe zou anders zijn, door {why}: de aantallen worden dan anders "
        "afgerond, en wie de uitgaven naast elkaar legt, kan meer te weten komen over kleine aantallen. Wilt u iets "
        "uitproberen? Dat kan met 'wi2007 run --proef'. Moet er toch een nieuwe uitgave komen? Zet dan een nieuwe "
        "reden in config/config.yaml, bij 'hertrekking', met deze peildatum ervoor."
    )


def from_json(content: Mapping[str, Any]) -> Register:
    """Read a register. Raises `KeyError` or `TypeError` when it is damaged."""
    return Register(
        tuple(_release(one) for one in content["uitgaven"]),
        tuple(_release(one) for one in content.get("vervangen", ())),
    )


def _release(one: Mapping[str, Any]) -> Release:
    beside = one.get("naast")
    return Release(**{**one, "naast": None if beside is None else (str(beside[0]), str(beside[1]))})


def to_json(peildatum: str, register: Register) -> dict[str, Any]:
    """The register as it is kept."""
    content: dict[str, Any] = {
        "peildatum": peildatum,
        "uitgaven": [asdict(one) for one in register.releases],
    }
    if register.replaced:
        content["vervangen"] = [asdict(one) for one in register.replaced]
    return content
