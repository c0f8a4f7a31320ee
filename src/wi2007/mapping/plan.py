"""Which field of a file is which of our columns, and what is wrong with its header.

Capitals, and spaces or signs between the words of a name, are no difference. Fields that stand for none of our columns
are accepted and not read. They are told by their name only when it looks like one: where a line end is gone, a header
holds a person's row. What does not belong here: values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schemas.columns import COLUMNS, REQUIRED
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Source

NO_NAME: Final = "(zonder naam)"
_LIKE_A_NAME: Final = re.compile(r"(?!.*\d{3})[^\W\d_][\w ()./%&-]{0,59}")


@dataclass(frozen=True)
class Plan:
    """`fields` are the places of the fields that each of our columns is made from, in the order of the file."""

    fields: dict[str, tuple[int, ...]]
    problems: tuple[Problem, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Our columns that the file has, in the order of the file."""
        return tuple(self.fields)


def make_plan(source: Source) -> Plan:
    """Find our columns among the names of the file. Raises `UnreadableError` when there is none of them."""
    columns = {key(name): name for name in COLUMNS}
    found = [columns.get(key(name)) for name in source.names]
    if not any(found):
        raise UnreadableError(Problem("kop_onherkenbaar", row=source.header_row))
    fields: dict[str, tuple[int, ...]] = {}
    for place, name in enumerate(found):
        if name is not None:
            fields.setdefault(name, (place,))
    return Plan(fields, tuple(_problems(source, found)))


def key(name: str) -> str:
    """A name of a field without what makes no difference."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _problems(source: Source, found: Sequence[str | None]) -> list[Problem]:
    missing = [Problem("kolom_ontbreekt", name) for name in REQUIRED if name not in found]
    double = [Problem("kolom_dubbel", name) for name in COLUMNS if found.count(name) > 1]
    others = {source.names[at].strip(): at + 1 for at in reversed(range(len(found))) if found[at] is None}
    told = [
        told_name(name, place, source.names_are_names)
        for name, place in sorted(others.items(), key=lambda item: item[1])
    ]
    return missing + double + [Problem("kolom_onbekend", name) for name in told]


def told_name(name: str, place: int, names_are_names: bool) -> str:
    """What may be said of a field that is not ours: its name, or its place when the name may be a value of a row."""
    if not name:
        return NO_NAME
    return name if names_are_names and _LIKE_A_NAME.fullmatch(name) else f"(kolom {place})"
