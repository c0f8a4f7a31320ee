"""Read the change as published: its rows, what is told of it, and the course of cells.

Files are `verandering.csv` and `verandering.json`. Every figure is that of a row, or computed from those alone.
What does not belong here: following persons (`wi2007.comparison`), words, layout.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from schemas.change import BEGIN, END, ROUNDING, ChangeRow
from schemas.tables import Specification
from schemas.tables import Table as TableSpecification
from schemas.tidy import TOTAL
from wi2007 import reference
from wi2007.publication.content.blocks import MEN, WOMEN, Share, kinds_of

FILE: Final = "verandering.csv"
"""Its name in `publicatie/` and in `tabellen/`."""
RECORD_FILE: Final = "verandering.json"


@dataclass(frozen=True)
class Told:
    """What was compared: `why_not` where nothing was; `labels` of the parts.

    There is no `base` where counts are exact; else a part is off by `spread` persons at most.
    """

    compared: bool
    before: date | None = None
    why_not: str = ""
    renewed: bool = False
    base: int | None = None
    spread: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """The rows, none where nothing was compared, and what is told of them."""

    rows: tuple[ChangeRow, ...] = ()
    told: Told = Told(compared=False)

    def __bool__(self) -> bool:
        return self.told.compared


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
        spread=raw["afwijking"] - 1 if raw["basis"] else 0,
        labels={one["deel"]: one["label"] for one in raw["delen"]},
    )


OBLIGED = "nog_inburgeringsplichtig"
OUTFLOW = "uitgestroomd"
ONE_WAY: Final = frozenset({OUTFLOW, "uit_register", "nieuw_in_register", "teruggekomen"})
"""Parts by which persons only leave those still obliged, or only join them: one rounded count, not two."""
REDEFINED: Final = frozenset({"definitie", "herindeling"})
"""Parts by which a figure counts something else than it did: of such a figure no change is told."""
DECIMALS = 1
"""Decimals of percentages: most parts are a small part of the whole."""

Part = tuple[str, str]
"""A part and, where it is split by that, the outflow route."""


@dataclass(frozen=True)
class Course:
    """How one cell went: where it began, the parts of its change in their order, where it ended."""

    begin: int
    end: int
    parts: Mapping[Part, int] = field(default_factory=dict)

    @property
    def change(self) -> int:
        """Persons more (below 0: less)."""
        return self.end - self.begin

    def share(self, persons: int) -> Share:
        """Give so many persons as a part of how many there were at the begin."""
        return Share(persons, self.begin, DECIMALS)

    @property
    def in_direction(self) -> list[tuple[Part, int]]:
        """The parts in the direction of the change, the largest first; rounding only where there is no other."""
        way = [(part, count) for part, count in self.parts.items() if count * self.change > 0]
        own = [one for one in way if one[0][0] != ROUNDING] or way
        return sorted(own, key=lambda one: -abs(one[1]))


@dataclass(frozen=True)
class Ranked:
    """A category and how it went."""

    label: str
    course: Course


@dataclass(frozen=True)
class ChangeFigures:
    """The change of those still obliged, for a report whose tables are those of `specification`."""

    changes: Changes
    specification: Specification

    @cached_property
    def courses(self) -> dict[str, Course]:
        """Everybody, men and women; empty where no table tells of everybody."""
        for table in self._tables():
            if table.columns.variable == "geslacht":
                rows = [row for row in self._rows(table) if row.rijvariabele == TOTAL]
                found = _by(rows, "kolom")
                return {label: found[label] for label in (TOTAL, MEN, WOMEN) if label in found}
        return {}

    @cached_property
    def parts(self) -> list[Part]:
        """The parts that anybody has, in their order."""
        order, routes = [*self.changes.told.labels, ROUNDING], ["", *reference.routes()]
        found = {part for course in self.courses.values() for part in course.parts}
        return sorted(found, key=lambda part: (order.index(part[0]), routes.index(part[1])))

    def cell(self, table: str, variable: str, row: str, column: str) -> Course | None:
        """Find how one cell of a table went; None where it is not told of, or counts something else than before."""
        rows = [
            one
            for one in self._by_table.get(table, [])
            if (one.rijvariabele, one.rij, one.kolom) == (variable, row, column)
        ]
        course = _by(rows, "rij").get(row)
        return None if course is None or REDEFINED & {part for part, _ in course.parts} else course

    def of_rows(self, table: str, variable: str) -> dict[str, Course]:
        """Find how everybody in each row of a variable of a table went; rows that count something else are left out."""
        rows = [
            one for one in self._by_table.get(table, []) if (one.rijvariabele, one.kolom) == (variable, TOTAL)
        ]
        return {
            label: course
            for label, course in _by(rows, "rij").items()
            if not REDEFINED & {part for part, _ in course.parts}
        }

    def ranked(self, variable: str) -> list[Ranked]:
        """Give the categories by how much they changed, as it is shown, the largest change first.

        Of a category that is no category among others (the rest, the RNI, unknown) nothing is told.
        """
        found = [
            Ranked(label, course) for label, course in self._of_kind(variable, "gewoon") if course.change
        ]
        return sorted(found, key=lambda one: -abs(one.course.change))

    def hidden(self, variable: str) -> int:
        """Give the most persons that a category without a row of its own can have more or less: all of its rest."""
        rests = [course for _, course in self._of_kind(variable, "rest")]
        return max((max(course.begin, course.end) for course in rests), default=0)

    def _of_kind(self, variable: str, kind: str) -> Iterator[tuple[str, Course]]:
        table, rows = self._longest(variable)
        kinds = kinds_of(table, self.specification) if table else {}
        for label, course in _by(rows, "rij").items():
            if kinds.get((variable, label), "gewoon") == kind:
                yield label, course

    def _longest(self, variable: str) -> tuple[TableSpecification | None, list[ChangeRow]]:
        """The table that tells of the most categories, with its rows about everybody in each."""
        best: tuple[TableSpecification | None, list[ChangeRow]] = (None, [])
        for table in self._tables():
            rows = [row for row in self._rows(table) if row.rijvariabele == variable and row.kolom == TOTAL]
            if len({row.rij for row in rows}) > len({row.rij for row in best[1]}):
                best = (table, rows)
        return best

    def _tables(self) -> Iterator[TableSpecification]:
        """The tables of those still obliged that have a column for everybody."""
        for table in self.specification.tables:
            if table.population == OBLIGED and table.columns.total:
                yield table

    def _rows(self, table: TableSpecification) -> list[ChangeRow]:
        return self._by_table.get(table.number, [])

    @cached_property
    def _by_table(self) -> dict[str, list[ChangeRow]]:
        found: dict[str, list[ChangeRow]] = {}
        for row in self.changes.rows:
            found.setdefault(row.tabel, []).append(row)
        return found


def _by(rows: Sequence[ChangeRow], name: str) -> dict[str, Course]:
    """The course of each label of a row or a column."""
    found: dict[str, dict[Part, int]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), {})[row.deel, row.route] = row.aantal
    return {
        label: Course(
            parts[BEGIN, ""],
            parts[END, ""],
            {part: count for part, count in parts.items() if part[0] not in (BEGIN, END) and count},
        )
        for label, parts in found.items()
    }
