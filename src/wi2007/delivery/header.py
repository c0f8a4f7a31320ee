"""The header of a delivery: which columns there are and where, and what is wrong with it.

A byte order mark, spaces around a name and capitals are no difference. Columns that the contract does not name are
accepted and not read. They are told by their name only when it looks like one: where a line end is gone, a header holds
a person's row. What does not belong here: the rows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from schemas.columns import COLUMNS, REQUIRED
from wi2007.delivery.problems import Problem, UnreadableError

_HEAD: Final = 1 << 20
Record = tuple[int, list[str]]
"""A row number and the fields of that row."""

NO_NAME: Final = "(zonder naam)"
_LIKE_A_NAME: Final = re.compile(r"(?!.*\d{3})[^\W\d_][\w ()./%&-]{0,59}")


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

    Raises `UnreadableError` when there is none, when it does not end, when it is one field (another separator), when a
    quotation mark may have joined it to other rows, or when it has no column we know.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    records = _records(head.decode(encoding, errors="ignore").removeprefix("\ufeff"))
    row, record = next(filter(_filled, records), (0, []))
    if not row:
        raise UnreadableError(Problem("bestand_leeg"))
    following = next(records, None)
    if following is None and len(head) == _HEAD:
        raise UnreadableError(Problem("bestand_onleesbaar", row=row))
    return _header(row, record, following)


def _records(text: str) -> Iterator[Record]:
    csv.field_size_limit(1 << 30)
    return enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=";"), start=1)


def _filled(numbered: Record) -> bool:
    _, record = numbered
    return len(record) > 1 or bool(record and record[0].strip())


def _header(row: int, record: list[str], following: Record | None) -> Header:
    names = [name.strip().lower() for name in record]
    if len(names) == 1:
        raise UnreadableError(Problem("kop_scheidingsteken", row=row))
    known = tuple(dict.fromkeys(name for name in names if name in COLUMNS))
    if not known:
        raise UnreadableError(Problem("kop_onherkenbaar", row=row))
    if any(";" in name and ("\n" in name or "\r" in name) for name in names):
        raise UnreadableError(Problem("aanhalingstekens", row=row))
    only_names = following is not None and len(following[1]) == len(names)
    problems = _problems(names, only_names=only_names)
    return Header(row, _unique(names), known, tuple(problems), followed=following is not None)


def _unique(names: list[str]) -> tuple[str, ...]:
    """The first field of each known name keeps it; every other field is named by its place."""
    first = {name: place for place, name in reversed(list(enumerate(names))) if name in COLUMNS}
    return tuple(name if first.get(name) == place else f"#{place}" for place, name in enumerate(names))


def _problems(names: list[str], *, only_names: bool) -> list[Problem]:
    missing = [Problem("kolom_ontbreekt", name) for name in REQUIRED if name not in names]
    double = [Problem("kolom_dubbel", name) for name in COLUMNS if names.count(name) > 1]
    places = {name: place for place, name in reversed(list(enumerate(names, start=1))) if name not in COLUMNS}
    told = [
        _told(name, place, only_names) for name, place in sorted(places.items(), key=lambda item: item[1])
    ]
    return missing + double + [Problem("kolom_onbekend", name) for name in told]


def _told(name: str, place: int, only_names: bool) -> str:
    """What may be said of a column that is not ours: its name, or its place when the name may be a value of a row."""
    if not name:
        return NO_NAME
    return name if only_names and _LIKE_A_NAME.fullmatch(name) else f"(kolom {place})"
