"""Names that must be unique: of sheets, of the columns of a table, of what is marked in a file.

What does not belong here: what the names stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from wi2007.publication.document import Column
from wi2007.publication.workbook.model import LONGEST_NAME, clean

_NO_SHEET = re.compile("[\\[\\]:*?/\\\\'\U00010000-\U0010ffff]")
"""What the name of a sheet cannot hold, and the letters that Excel counts as two."""

LONGEST_HEAD = 127
"""Characters in the name of a column: half of what Excel takes, since it counts some as two."""


def sheet_names(wanted: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """The names as sheets can have them, each different from the others and from those that are taken."""
    found: list[str] = []
    for name in wanted:
        plain = clean(_NO_SHEET.sub("-", name))[:LONGEST_NAME].strip() or "-"
        found.append(_another(plain, [*taken, *found], LONGEST_NAME, " ({})"))
    return found


def column_names(columns: Sequence[Column], taken: Iterable[str] = ()) -> list[str]:
    """One name for each column: its label, with the group and the unit before and behind it where labels repeat."""
    ways: tuple[Callable[[Column], str], ...] = (
        lambda column: column.label or column.group,
        lambda column: ", ".join(filter(None, (column.group, column.label))),
        lambda column: ", ".join(filter(None, (column.group, column.label, column.unit))),
    )
    for way in ways:
        names = [clean(way(column)) for column in columns]
        if all(names) and len({name.casefold() for name in (*taken, *names)}) == len([*taken, *names]):
            break
    found: list[str] = []
    for number, name in enumerate(names, 1):
        found.append(_another(name[:LONGEST_HEAD] or str(number), [*taken, *found], LONGEST_HEAD, " ({})"))
    return found


def marks(numbers: Sequence[str]) -> list[str]:
    """For each number of a table a name of letters, digits and underscores that a file can give to it."""
    found: list[str] = []
    for number in numbers:
        plain = "_".join(("tabel", *re.findall(r"[a-z0-9]+", number.lower())))
        found.append(_another(plain, found, LONGEST_HEAD, "_{}"))
    return found


def _another(name: str, taken: Iterable[str], longest: int, pattern: str) -> str:
    """The name, or with the first number behind it that makes it one that is not taken."""
    used = {each.casefold() for each in taken}
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        tail = pattern.format(number)
        candidate = name[: longest - len(tail)] + tail
    return candidate
