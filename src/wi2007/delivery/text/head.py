"""The header of a text delivery: the names of its fields and where they stand.

What does not belong here: which of our columns a name stands for (`wi2007.mapping`), the rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wi2007.delivery.problems import Problem, UnreadableError

_HEAD: Final = 1 << 20
Record = tuple[int, list[str]]
"""A row number and the fields of that row."""


@dataclass(frozen=True)
class Head:
    """`row` is the row number of `names`; `followed` says whether anything at all comes after it.

    `regular` says whether the next row has as many fields: only then are the names surely no row of a person.
    """

    row: int
    names: tuple[str, ...]
    followed: bool
    regular: bool


def read_head(path: Path, encoding: str, delimiter: str = ";") -> Head:
    """Read the first record that is not empty.

    Raises `UnreadableError` when there is none, when it does not end, when it is one field (another separator), or
    when a quotation mark may have joined it to other rows.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    records = _records(head.decode(encoding, errors="ignore").removeprefix("\ufeff"), delimiter)
    row, names = next(filter(_filled, records), (0, []))
    if not row:
        raise UnreadableError(Problem("bestand_leeg"))
    following = next(records, None)
    if following is None and len(head) == _HEAD:
        raise UnreadableError(Problem("bestand_onleesbaar", row=row))
    if len(names) == 1:
        raise UnreadableError(Problem("kop_scheidingsteken", row=row))
    if any(delimiter in name and ("\n" in name or "\r" in name) for name in names):
        raise UnreadableError(Problem("aanhalingstekens", row=row))
    regular = following is not None and len(following[1]) == len(names)
    return Head(row, tuple(names), following is not None, regular)


def _records(text: str, delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(1 << 30)
    return enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)


def _filled(numbered: Record) -> bool:
    _, record = numbered
    return len(record) > 1 or bool(record and record[0].strip())
