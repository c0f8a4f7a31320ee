"""The header of a delivery: which columns there are and where, and what is wrong with it.

A byte order mark, spaces around a name and capitals are no difference. Columns that the contract does not name are
accepted and not read. What does not belong here: the rows.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from schemas.columns import COLUMNS, REQUIRED
from wi2007.delivery.problems import Problem, UnreadableError

_HEAD: Final = 1 << 20
NO_NAME: Final = "(zonder naam)"


@dataclass(frozen=True)
class Header:
    """`row` is its row number; `names` has a unique name for every field; `known` are those of the contract."""

    row: int
    names: tuple[str, ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...]
    followed: bool
    """Whether anything at all comes after the header."""


def read_header(path: Path, encoding: str) -> Header:
    """Read the first record that is not empty.

    Raises `UnreadableError` when there is none, when it is one field (another separator), or has no column we know.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = head.decode(encoding, errors="ignore").removeprefix("\ufeff")
    for row, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=";"), start=1):
        if record and (len(record) > 1 or record[0].strip()):
            return _header(row, record, followed=_followed(text, row) or len(head) == _HEAD)
    raise UnreadableError(Problem("bestand_leeg"))


def _followed(text: str, row: int) -> bool:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return sum(1 for _, _ in zip(range(row + 1), records, strict=False)) > row


def _header(row: int, record: list[str], *, followed: bool) -> Header:
    names = [name.strip().lower() for name in record]
    if len(names) == 1:
        raise UnreadableError(Problem("kop_scheidingsteken", row=row))
    known = tuple(dict.fromkeys(name for name in names if name in COLUMNS))
    if not known:
        raise UnreadableError(Problem("kop_onherkenbaar", row=row))
    return Header(row, _unique(names), known, tuple(_problems(names)), followed)


def _unique(names: list[str]) -> tuple[str, ...]:
    """The first field of each known name keeps it; every other field is named by its place."""
    first = {name: place for place, name in reversed(list(enumerate(names))) if name in COLUMNS}
    return tuple(name if first.get(name) == place else f"#{place}" for place, name in enumerate(names))


def _problems(names: list[str]) -> list[Problem]:
    missing = [Problem("kolom_ontbreekt", name) for name in REQUIRED if name not in names]
    double = [Problem("kolom_dubbel", name) for name in COLUMNS if names.count(name) > 1]
    extra = dict.fromkeys(name or NO_NAME for name in names if name not in COLUMNS)
    return missing + double + [Problem("kolom_onbekend", name) for name in extra]
