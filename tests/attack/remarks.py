"""What the words of size of a warning tell of a figure: its rows are persons, and some figures count the same ones.

The rules of validation, their thresholds and the classes of size are public. By the method a class is about rounded
rows; words that no rounded number of rows gives are taken at their word. A warning that is not there tells as well: its
rows are too few. What does not belong here: numbers in the words of warnings (see `explained`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any

from attack.facts import Facts
from attack.pieces import Grid
from attack.settings import read_yaml
from attack.tempo import PERIOD
from attack.world import Cell, World, norm

_HEAD = "omvang"
_READ, _OUT = "gelezen rijen", "niet meegeteld"
_COLUMNS = {
    "geslacht": ("geslacht", "O"),
    "land_van_herkomst": ("land_van_herkomst", "0000"),
    "gemeentecode": ("gemeente", "0000"),
    "statuscode": ("statuscode", "ONBEKEND"),
}
"""Of a column the variable and its code for unknown."""
Ends = tuple[int, int]


@dataclass(frozen=True)
class Bound:
    """The persons of a condition are no fewer than `least` and no more than `most`."""

    cell: Cell
    least: int
    most: int

    def narrow(self, lower: dict[Cell, float], upper: dict[Cell, float]) -> None:
        """Keep the cells within it, and those that it lies in, at what it leaves."""
        for cell, most in upper.items():
            if _within(cell, self.cell):
                upper[cell] = min(most, self.most)
            if _within(self.cell, cell):
                lower[cell] = max(lower[cell], self.least)


@dataclass(frozen=True)
class _Rule:
    """A rule of validation: the column and condition of its rows, and from which share and number on it is told."""

    name: str
    column: str
    cell: Cell
    share: float = 0.0
    number: int = 1


@dataclass(frozen=True)
class _Known:
    """What everybody knows of sizes, and the rows read and left out as they are shown."""

    base: int
    sizes: list[Mapping[str, Any]]
    least: int
    read: int
    out: int

    def rows(self, rule: _Rule, words: str | None) -> Ends:
        """How many rows a rule has of which these words are shown, or nothing."""
        top = self.read + self.base - 1
        if words is None:
            rounded_away = (self.least - 1) // self.base * self.base + self.base - 1
            return 0, max(rounded_away, rule.number - 1, floor(rule.share * top))
        low, high = self._class(words)
        told = max(rule.number, floor(rule.share * max(0, self.read - self.base + 1)) + 1)
        rounded = [
            rows
            for rows in range(0, top + 1, self.base)
            if rows >= self.least and low <= self._percent(rows) < high
        ]
        if rounded:
            return max(told, rounded[0] - self.base + 1), rounded[-1] + self.base - 1
        return max(told, ceil(low * self.read / 100)), ceil(high * top / 100) - 1

    def _percent(self, rows: int) -> float:
        return 100 * rows / self.read if self.read else 0

    def _class(self, words: str) -> tuple[float, float]:
        below = 0.0
        for size in self.sizes:
            if norm(size["woorden"]) == norm(words):
                return below, float(size["onder"])
            below = float(size["onder"])
        return 0.0, 100.0


def check(here: World, facts: Facts, grids: list[Grid]) -> list[Bound]:
    """What follows from the warnings that are shown and from those that are not; nothing without the rows read."""
    aside = {label: count for (label, _), count in facts.aside.items()}
    if _READ not in aside:
        return []
    disclosure = _settings(here.project, "disclosure")
    out = sum(count + facts.base - 1 for label, count in aside.items() if label.startswith(_OUT))
    known = _Known(facts.base, disclosure["omvang"], disclosure["omvang_vanaf"]["rijen"], aside[_READ], out)
    validation = _settings(here.project, "validation")
    texts = {rule["regel"]: norm(rule["omschrijving"]) for rule in validation["regels"]}
    shown = dict(_shown(grids))
    found = []
    for rule in _rules(here, validation):
        about = f"{texts[rule.name]} (kolom {rule.column})"
        low, high = known.rows(rule, shown.get(about))
        found.append(Bound(rule.cell, low - known.out, high))
    return found


def _settings(project: Path, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml((project / f"config/{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def _shown(grids: list[Grid]) -> Iterator[tuple[str, str]]:
    """The warnings of a report with their words of size."""
    for grid in grids:
        for row in grid.rows:
            for cell in row.cells:
                if norm(" ".join(cell.heads)) == _HEAD:
                    yield norm(row.label), cell.text


def _rules(here: World, validation: Mapping[str, Any]) -> Iterator[_Rule]:
    """The rules whose rows are persons of a figure: without a date, left but in a municipality, unknown."""
    done = here.universe["statuscode"] - {"IBP", "ONBEKEND"}
    undated = frozenset({("statuscode", done), (PERIOD, frozenset({"Onbekend"}))})
    yield _Rule("status_zonder_datum", "statusdatum", undated)
    places = here.universe["gemeente"] - {"0000", "1999"}
    left = frozenset({("statuscode", frozenset({"VERTROKKEN"})), ("gemeente", places)})
    yield _Rule("vertrokken_in_gemeente", "gemeentecode", left)
    for column, (variable, code) in _COLUMNS.items():
        limits = validation["onbekend"][column]
        share = float(str(limits["melden_boven"]).rstrip("%")) / 100
        cell = frozenset({(variable, frozenset({code}))})
        yield _Rule("aandeel_onbekend", column, cell, share, int(limits["minstens"]))


def _within(cell: Cell, condition: Cell) -> bool:
    held = dict(cell)
    return all(variable in held and held[variable] <= codes for variable, codes in condition)
