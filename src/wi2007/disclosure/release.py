"""Releases: how often tables of one peildatum were rounded, and that a second rounding is a decision.

Two roundings of the same persons beside each other tell more than one. What does not belong here: files, the key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from wi2007.disclosure.cells import Cell
from wi2007.errors import UserError

_LENGTH = 32


@dataclass(frozen=True)
class Release:
    """One rounding of one peildatum. `gegevens`, `sleutel` and `trekking` are marks, made with the key.

    `gegevens` is the same for the same persons and `trekking` for the same rounded counts; `reden` is why there is
    another release than the first, `op` the day.
    """

    nummer: int
    basis: int
    gegevens: str
    sleutel: str
    trekking: str
    reden: str
    op: str


def mark(key: bytes, *parts: object) -> str:
    """A short mark of something, the same each time, from which nothing can be found without the key."""
    return hmac.new(key, repr(parts).encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def digest(cube: pa.Table, around: Mapping[Cell, int]) -> str:
    """A SHA-256 of the persons counted, whatever the order of the rows. Exact, so never to be published."""
    rows = sorted(zip(*(cube[name].to_pylist() for name in cube.column_names), strict=True))
    return hashlib.sha256(repr((cube.column_names, rows, sorted(around.items()))).encode()).hexdigest()


def entered(register: Sequence[Release], new: Release) -> tuple[list[Release], Release]:
    """The register with this release in it, and the release with its number.

    A rounding that was made before keeps its number. Raises `UserError` when it is another one and no reason is given
    that was not already used.
    """
    for known in register:
        if (known.trekking, known.basis) == (new.trekking, new.basis):
            return list(register), known
    numbered = Release(**{**asdict(new), "nummer": len(register) + 1, "reden": new.reden if register else ""})
    if register and (not new.reden or new.reden in {known.reden for known in register}):
        raise UserError(_refusal(register, new))
    return [*register, numbered], numbered


def _refusal(register: Sequence[Release], new: Release) -> str:
    last = register[-1]
    names = {"basis": "een andere basis", "gegevens": "andere gegevens", "sleutel": "een andere sleutel"}
    changed = [words for name, words in names.items() if getattr(last, name) != getattr(new, name)]
    why = " en ".join(changed) or "andere tabellen of een andere versie van het programma"
    times = "één uitgave" if len(register) == 1 else f"{len(register)} uitgaven"
    return (
        f"Van deze peildatum is al {times} gemaakt. Een nieuwe zou anders zijn, door {why}: de aantallen worden dan "
        "anders afgerond, en wie de uitgaven naast elkaar legt, kan meer te weten komen over kleine aantallen. Moet er "
        "toch een nieuwe uitgave komen? Zet dan een nieuwe reden in config/config.yaml, bij 'hertrekking', met deze "
        "peildatum ervoor."
    )


def from_register(content: Mapping[str, Any]) -> list[Release]:
    """The releases in a register. Raises `KeyError` or `TypeError` when it is damaged."""
    return [Release(**one) for one in content["uitgaven"]]


def to_register(peildatum: str, releases: Sequence[Release]) -> dict[str, Any]:
    """The register as it is kept."""
    return {"peildatum": peildatum, "uitgaven": [asdict(one) for one in releases]}
