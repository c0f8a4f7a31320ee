"""The formulas of `config/uitspraken.yaml`, computed from the counts that are shown: by the attacker's own arithmetic.

Floats, and cells by their codes: nothing of the program. What does not belong here: what is told of statements.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

from attack.settings import read_yaml
from attack.world import Cell, Codes, World, base, norm

Formula = Mapping[str, Any]
CbsKey = tuple[str, str, str, str]
_APART = frozenset({"0000", "1999"})


class UnknownError(Exception):
    """What a formula asks for is not shown."""


@dataclass(frozen=True)
class CbsFigure:
    """A figure of CBS and the day that it is about."""

    value: float
    day: date


@dataclass(frozen=True)
class Formulas:
    """`counts` are those that are shown, `cbs` the figures of CBS that are published."""

    world: World
    counts: Mapping[Cell, int]
    cbs: Mapping[CbsKey, CbsFigure]
    settings: Mapping[str, Any]
    causes: Mapping[str, float] = field(default_factory=dict)

    def of(self, name: str) -> dict[str, float]:
        """Every figure that a statement and its words use and that is shown, by name."""
        statement = self.settings["uitspraken"][name]
        asked = {**statement.get("waarden", {}), **statement.get("ook", {})}
        if "zoals_gedrukt" in statement:
            asked["zoals_gedrukt"] = statement["zoals_gedrukt"]
        found = {}
        for key, formula in asked.items():
            try:
                found[key] = self.value(formula, statement)
            except (UnknownError, ZeroDivisionError):
                continue
        return found

    def value(self, formula: Formula, statement: Mapping[str, Any]) -> float:
        """A formula. Raises `UnknownError` when a count that it needs is not shown."""
        ((operator, asked),) = formula.items()
        if operator == "eerste":
            return self._first(asked, statement)
        if operator == "jaar_nul":
            return self._year(asked, statement)
        if operator in ("plus", "min", "keer", "gedeeld", "procent"):
            return _working(operator, [self.value(part, statement) for part in asked])
        if operator == "uitspraak":
            other = self.settings["uitspraken"][asked]
            return self.value(next(iter(other["waarden"].values())), other)
        if operator == "getal":
            return float(statement["gegevens"][asked])
        if operator == "gemeenten":
            return float(len(self.world.universe["gemeente"] - _APART))
        return float(self._leaf(operator, asked, statement))

    def _leaf(self, operator: str, asked: Mapping[str, Any], statement: Mapping[str, Any]) -> float:
        if operator == "cel":
            return self._count(asked["populatie"], asked.get("waar", {}))
        if operator == "som":
            return self._sum(asked, statement)
        if operator == "cbs":
            return self._figure(asked).value
        if operator == "gedrukt":
            return self._dated({operator: asked}).value
        if operator == "verandering" and asked in self.causes:
            return self.causes[str(asked)]
        raise UnknownError(operator)

    def _first(self, ways: Sequence[Formula], statement: Mapping[str, Any]) -> float:
        for way in ways:
            try:
                return self.value(way, statement)
            except UnknownError:
                continue
        raise UnknownError("eerste")

    def _year(self, points: Sequence[Formula], statement: Mapping[str, Any]) -> float:
        """Where a straight line reaches nil, in years."""
        first, last = self._dated(points[0]), self.value(points[1], statement)
        today = self.world.peildatum
        at = first.day.toordinal(), today.toordinal()
        if first.value <= last or at[1] <= at[0]:
            raise UnknownError("jaar_nul")
        nil = at[0] + first.value * (at[1] - at[0]) / (first.value - last)
        return float(date.fromordinal(int(nil)).year)

    def _dated(self, point: Formula) -> CbsFigure:
        """A figure with a day of its own: of CBS, or what the study prints, which is public; or the first of these."""
        ((operator, asked),) = point.items()
        if operator == "cbs":
            return self._figure(asked)
        if operator == "gedrukt":
            printed = study(self.world.project)[asked]
            return CbsFigure(float(printed["gepubliceerd"]), date.fromisoformat(printed["stand"]))
        for way in asked:
            try:
                return self._dated(way)
            except UnknownError:
                continue
        raise UnknownError("jaar_nul")

    def _figure(self, asked: Mapping[str, str]) -> CbsFigure:
        nationality, unit = asked.get("nationaliteit", "totaal"), asked.get("eenheid", "aantal")
        kind = f"{unit} {asked.get('noemer', '')}".rstrip()
        found = self.cbs.get((asked["kenmerk"], asked["categorie"], nationality, kind))
        if found is None:
            raise UnknownError("cbs")
        return found

    def _count(self, population: str, where: Mapping[str, str]) -> int:
        cell = self.world.populations[population]
        for variable, label in where.items():
            codes = self.world.codes(variable, label)
            if codes is None:
                raise UnknownError(label)
            cell = _with(cell, base(variable), codes)
        if cell not in self.counts:
            raise UnknownError(str(where))
        return self.counts[cell]

    def _sum(self, asked: Mapping[str, Any], statement: Mapping[str, Any]) -> int:
        variable, where = asked["variabele"], asked.get("waar", {})
        if "rijen" in asked:
            return sum(
                self._count(asked["populatie"], {**where, variable: label}) for label in asked["rijen"]
            )
        number = statement["gegevens"][asked["grootste"]]
        population = self.world.populations[asked["populatie"]]
        codes = self.world.universe[variable] - _APART
        cells = [_with(population, variable, frozenset({code})) for code in codes]
        found = sorted((self.counts[cell] for cell in cells if cell in self.counts), reverse=True)
        if len(found) < number:
            raise UnknownError(variable)
        return sum(found[:number])


def load(
    world: World,
    counts: Mapping[Cell, int],
    cbs: Mapping[CbsKey, CbsFigure],
    causes: Mapping[str, float],
) -> Formulas:
    """The formulas of the project; a project without statements has none."""
    path = world.project / "config/uitspraken.yaml"
    settings = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {"uitspraken": {}}
    return Formulas(world, counts, cbs, settings, causes)


def study(project: Path) -> dict[str, dict[str, str]]:
    """What the study says, by the number of the statement: public."""
    path = project / "reference/uitspraken_2022.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _working(operator: str, parts: Sequence[float]) -> float:
    if operator == "plus":
        return sum(parts)
    if operator == "min":
        return parts[0] - sum(parts[1:])
    if operator == "keer":
        return reduce(lambda made, part: made * part, parts)
    return parts[0] / parts[1] * (100 if operator == "procent" else 1)


def _with(cell: Cell, variable: str, codes: Codes) -> Cell:
    before = dict(cell)
    return frozenset({**before, variable: before.get(variable, codes) & codes}.items())


def same_words(text: str) -> str:
    """A text to find it again by."""
    return norm(text).rstrip(".")
