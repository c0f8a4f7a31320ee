"""A report as who reads two of them together knows it: the counts of its tables, of outflow in time, and of the change.

Persons are told by what happened to them, in which days, and what holds of them: two figures of the same persons are
found by that. What does not belong here: what follows from two figures (see `pair`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from attack import channels, tempo
from attack.facts import Facts, gather
from attack.pieces import Reading
from attack.world import ROOT, TOTAL, Cell, World, base, world

LEFT = "uitgestroomd"
KEY = ("tabel", "populatie", "rijvariabele", "rij", "kolomvariabele", "kolom")
_FOREVER = "0000-00-00"
Ends = tuple[int, int]
Days = tuple[tuple[str, str], ...]
"""Stretches of days: the first and the last of each."""


@dataclass(frozen=True)
class Persons:
    """A set of persons as a reader knows it: what happened to them, in which days, and what holds of them."""

    what: str
    days: Days
    cell: Cell


@dataclass(frozen=True)
class Told:
    """A figure: the number that is shown, what it can be, and where it stands."""

    shown: int
    ends: Ends
    where: str


@dataclass(frozen=True)
class Figure:
    """A figure of the change: its place in the file, its condition, and its parts, by part and route.

    The condition is None where labels do not tell it (Overig, Samengevoegd). A part that is not there is a shown 0.
    """

    key: tuple[str, ...]
    cell: Cell | None
    parts: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Report:
    """What the tables of a published folder tell; other channels tell the same, which `attack` sees to."""

    folder: Path
    base: int
    project: Path = ROOT

    @cached_property
    def world(self) -> World:
        """The code lists at its peildatum."""
        return tempo.with_periods(world(self.folder.name, self.project))

    @property
    def day(self) -> date:
        """Its peildatum."""
        return self.world.peildatum

    @cached_property
    def facts(self) -> Facts:
        """The counts of its tables and of outflow in time."""
        reading = Reading()
        for path in (*sorted(self.folder.glob("tabellen/tabel_*.csv")), self.folder / "tabellen/tempo.csv"):
            name = path.relative_to(self.folder).as_posix()
            reading.add(channels.read(name, name, path.read_bytes()))
        reading, of_tempo = tempo.CHAPTER.split(reading)
        facts = gather(self.world, reading, self.base)
        tempo.read(self.world, of_tempo, facts)
        return facts

    @cached_property
    def change(self) -> list[Figure]:
        """The figures of the change, for a report that has one."""
        path = self.folder / "tabellen/verandering.csv"
        found: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}
        for row in _rows(path) if path.is_file() else ():
            key = tuple(row[name] for name in KEY)
            found.setdefault(key, {})[row["deel"], row["route"]] = int(row["aantal"])
        return [Figure(key, _condition(self.world, key), parts) for key, parts in found.items()]

    def around(self, shown: int) -> Ends:
        """What a count can be of which this is shown."""
        return max(0, shown - self.base + 1), shown + self.base - 1

    def name(self, persons: Persons) -> str:
        """Persons for people."""
        days = ", ".join(f"{first} to {last}" for first, last in persons.days)
        return f"{persons.what} {days}: {self.world.name(persons.cell)}"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _condition(here: World, key: tuple[str, ...]) -> Cell | None:
    _, population, row_variable, row, column_variable, column = key
    cell = here.populations.get(population)
    for variable, label in ((row_variable, row), (column_variable, column)):
        cell = _within(here, cell, variable, label)
    return cell


def _within(here: World, cell: Cell | None, variable: str, label: str) -> Cell | None:
    if cell is None or TOTAL in (variable, label):
        return cell
    codes = here.codes(variable, label)
    if codes is None:
        return None
    before = dict(cell)
    codes = before.get(base(variable), codes) & codes
    return frozenset({**before, base(variable): codes}.items())


def outflow(report: Report, counts: Mapping[Cell, int]) -> Iterator[tuple[Persons, Told]]:
    """The figures of who left in some days, of which all are known."""
    for cell, count in counts.items():
        condition = dict(cell)
        days = _days(report.world, condition.pop(tempo.PERIOD, frozenset()))
        if days:
            where = f"{report.folder.name} tempo"
            yield (
                Persons(LEFT, days, frozenset(condition.items())),
                Told(count, report.around(count), where),
            )


def _days(here: World, codes: Iterable[str]) -> Days:
    """The stretches of days of periods, those that touch as one; nothing when a day is not known."""
    starts = sorted(code for code in here.universe[tempo.PERIOD] if code[0].isdigit())
    ends = [(date.fromisoformat(code) - timedelta(days=1)).isoformat() for code in starts[1:]]
    last = dict(zip(starts, [*ends, here.peildatum.isoformat()], strict=True))
    first_known = (date.fromisoformat(starts[0]) - timedelta(days=1)).isoformat()
    spans = [
        (_FOREVER, first_known) if code == tempo.BEFORE else (code, last.get(code, "")) for code in codes
    ]
    if not spans or not all(end for _, end in spans):
        return ()
    found: list[tuple[str, str]] = []
    for start, end in sorted(spans):
        if found and date.fromisoformat(found[-1][1]) + timedelta(days=1) == date.fromisoformat(start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def pair(reports: Path, base: int, project: Path = ROOT) -> tuple[Report, Report]:
    """The last two peildata of a folder with reports."""
    days = sorted(one for one in reports.glob("????-??-??") if one.is_dir())
    ((earlier, later),) = list(pairwise(days))[-1:]
    return Report(earlier, base, project), Report(later, base, project)
