"""Groups of which nearly everybody who left between two peildata took one route: then everybody's route is known.

The rule on groups that stand out is public (`config/disclosure.yaml`); here it is held against every group in the
figures of the change: of one trait (a country) and of two (the women of a municipality, a municipality at an age).
What does not belong here: counts (see `pair`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from attack.reports import LEFT, Figure, Report
from attack.settings import read_yaml
from attack.world import TOTAL, World

_OBLIGED = "nog_inburgeringsplichtig"


@dataclass(frozen=True)
class Known:
    """A group of which the route of everybody who left is known: who, how many left, how many by one route."""

    group: str
    left: int
    route: str
    by_route: int
    alone: bool
    """Whether it is a group that people recognise; else it is Overig or Samengevoegd with another trait."""

    def __str__(self) -> str:
        return f"{self.group}: {self.by_route} of {self.left} {self.route}"


def known(report: Report) -> list[Known]:
    """Every group in which so many left and nearly all by one route, by the figures that are shown."""
    path = report.project / "config/disclosure.yaml"
    rule: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))["groepsonthulling"]
    left = {one.key: _by_route(one) for one in report.change if one.key[1] == _OBLIGED}
    alone = {one.key for one in report.change if one.cell is not None}
    everybody = next((routes for key, routes in left.items() if not _traits(key)), {})
    usual = {route for route, count in everybody.items() if count > rule["aandeel"] * sum(everybody.values())}
    found: dict[str, Known] = {}
    for key, routes in left.items():
        if _recognised(report.world, _traits(key), rule):
            for one in _telling(_group(key), routes, key in alone, rule):
                if one.route not in usual:
                    found.setdefault(one.group, one)
    return list(found.values())


def _traits(key: tuple[str, ...]) -> list[tuple[str, str]]:
    """The traits of a figure, by variable and label; everybody has none."""
    _, _, row_variable, row, column_variable, column = key
    return [trait for trait in ((row_variable, row), (column_variable, column)) if TOTAL not in trait]


def _by_route(figure: Figure) -> dict[str, int]:
    return {route: -count for (part, route), count in figure.parts.items() if part == LEFT}


def _recognised(here: World, traits: list[tuple[str, str]], rule: Mapping[str, Any]) -> bool:
    """Whether people recognise somebody by one of these traits, and none is exempt."""
    exempt = {(one["variabele"], one["code"]) for one in rule["uitgezonderd"]}
    codes = {(variable, code) for variable, label in traits for code in here.codes(variable, label) or ()}
    known_by = {variable for variable, _ in traits} & set(rule["herkenbaar"])
    return bool(known_by) and not exempt & {*traits, *codes}


def _group(key: tuple[str, ...]) -> str:
    return ", ".join(sorted(f"{variable} {label}" for variable, label in _traits(key)))


def _telling(group: str, routes: Mapping[str, int], alone: bool, rule: Mapping[str, Any]) -> Iterator[Known]:
    size = sum(routes.values())
    if size >= rule["uitstroom_vanaf"]:
        for route, count in routes.items():
            if count > rule["aandeel"] * size:
                yield Known(group, size, route, count, alone)
