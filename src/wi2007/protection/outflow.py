"""Outflow in time as cells of the one program, and which groups of it do not stand alone.

Of a group of which nearly all who left in some period took one route, the route of everybody in it is known. Such
groups are taken together, decided by rounded counts as everywhere in the gate (see `groups`).
What does not belong here: rounding, rates (`wi2007.tempo.rates`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.disclosure import Disclosure
from schemas.outflow import AGE, AGE_AT_START, DIMENSIONS, PERIOD
from schemas.tempo import TempoChoices
from wi2007 import reference
from wi2007.protection.cells import Cell
from wi2007.tables import variables
from wi2007.tables.build import COUNT, MEASURED, WHO, Merged
from wi2007.tables.variables import Category
from wi2007.tempo import cells
from wi2007.tempo.cells import ALL_ROUTES, Group, Period, calendar_years, recent


class Persons:
    """Counts persons by any of the variables of the outflow; what is added up once is kept for the next cell.

    `outflow` has the columns of `uitstroom.parquet` (`schemas.outflow`); rows may repeat a combination.
    """

    def __init__(self, outflow: pa.Table) -> None:
        self._measures = {name: outflow[name].to_numpy() for name in MEASURED}
        self._codes: dict[str, dict[str, int]] = {}
        self._places: dict[str, NDArray[np.int64]] = {}
        self._sums: dict[tuple[str, tuple[str, ...]], NDArray[Any]] = {}
        for name in DIMENSIONS:
            encoded = outflow[name].combine_chunks().dictionary_encode()
            self._codes[name] = {code: place for place, code in enumerate(encoded.dictionary.to_pylist())}
            self._places[name] = encoded.indices.to_numpy().astype(np.int64)

    def codes(self, variable: str) -> list[str]:
        """The codes of a variable that occur, sorted."""
        return sorted(self._codes[variable])

    def counts(self, wanted: Iterable[Cell]) -> dict[Cell, int]:
        """How many persons are in each of these cells; cells without persons are left out."""
        return self._of_cells(wanted, COUNT)

    def who(self, wanted: Iterable[Cell]) -> dict[Cell, int]:
        """Which persons are in each of these cells; cells without persons are left out."""
        return self._of_cells(wanted, WHO)

    def _of_cells(self, wanted: Iterable[Cell], measure: str) -> dict[Cell, int]:
        found = {cell: self._sum(cell, measure) for cell in dict.fromkeys(wanted)}
        return {cell: number for cell, number in found.items() if number}

    def _sum(self, cell: Cell, measure: str) -> int:
        places = [
            [self._codes[name][code] for code in codes if code in self._codes[name]] for name, codes in cell
        ]
        return int(self._summed(measure, tuple(name for name, _ in cell))[np.ix_(*places)].sum())

    def _summed(self, measure: str, names: tuple[str, ...]) -> NDArray[Any]:
        """The measure by each combination of the codes of these variables."""
        if (measure, names) not in self._sums:
            numbers = self._measures[measure]
            shape = [len(self._codes[name]) for name in names]
            at = np.zeros(len(numbers), dtype=np.int64)
            for name, size in zip(names, shape, strict=True):
                at = at * size + self._places[name]
            sums = np.zeros(int(np.prod(shape)), dtype=numbers.dtype)
            np.add.at(sums, at, numbers)
            self._sums[measure, names] = sums.reshape(shape)
        return self._sums[measure, names]


@dataclass(frozen=True)
class Outflow:
    """Exact outflow and what it is told by: periods, and by variable the codes that may stand alone with their labels.

    `rests` names what stands together, by variable: of countries all the others, too. `together` are codes that would
    stand alone, and may not.
    """

    persons: Persons
    periods: Sequence[Period] = ()
    alone: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rests: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def axes(self) -> dict[str, list[Category]]:
        """The categories as they are shown; a variable of which only one is left has none."""
        found = {}
        for variable, labels in self.alone.items():
            hidden = self.together.get(variable, ())
            present = self._present(variable)
            shown = [Category(label, (code,)) for code, label in labels.items() if code not in hidden]
            rest = tuple(code for code in present if code not in labels or code in hidden)
            if rest:
                shown.append(Category(self.rests[variable], rest))
            if len(shown) > 1:
                found[variable] = shown
        return found

    def _present(self, variable: str) -> list[str]:
        """The codes that occur, sorted: of age classes at either end of the twelve months."""
        both = (AGE, AGE_AT_START) if variable == AGE_AT_START else (variable,)
        return sorted({code for name in both for code in self.persons.codes(name)})

    @cached_property
    def counts(self) -> dict[Cell, int]:
        """The exact count of every cell."""
        return self.persons.counts(self._cells())

    @cached_property
    def who(self) -> dict[Cell, int]:
        """The set of persons of every cell."""
        return self.persons.who(self._cells())

    def _cells(self) -> list[Cell]:
        return [*cells.needed(self.periods, self.axes), *cells.ties(self.periods, self.axes)]

    @cached_property
    def closed(self) -> list[list[Cell]]:
        """For each calendar year the cells of who left in it.

        They are the same persons at every later peildatum, unless something was corrected.
        """
        return [
            [
                cell
                for group in cells.groups(self.axes)
                if cells.told(period, group)
                for statuses in cells.ways(group)
                if (cell := cells.left(period.codes, statuses, group)) in self.counts
            ]
            for period in self.periods
            if period.label != cells.RECENT
        ]

    def settled(self, shown: Mapping[Cell, int], rules: Disclosure, merged: Merged) -> Outflow:
        """The same with more codes together, where the rounded counts ask for it; `merged` are those of the tables."""
        found = {variable: self._together(variable, shown, rules, merged) for variable in self.alone}
        together = {variable: codes for variable, codes in found.items() if codes}
        return self if together == self.together else replace(self, together=together)

    def _together(
        self, variable: str, shown: Mapping[Cell, int], rules: Disclosure, merged: Merged
    ) -> tuple[str, ...]:
        own = self.alone[variable]
        named = AGE if variable == AGE_AT_START else variable
        of_tables = {code for (_, name), codes in merged.items() if name == named for code in codes}
        hidden = {*self.together.get(variable, ()), *(of_tables & own.keys())}
        telling = {
            category
            for category in self.axes.get(variable, ())
            if self._tells((variable, category), shown, rules)
        }
        hidden |= {code for one in telling if self._is_alone(variable, one) for code in one.codes}
        rest = [one for one in telling if not self._is_alone(variable, one)]
        sizes = _sizes(shown, variable)
        spare = sorted(own.keys() - hidden, key=lambda code: (sizes[code], code))
        if spare and (rest or (len(hidden) == 1 and not self._others(variable))):
            hidden.add(spare[0])
        return tuple(sorted(hidden))

    def _is_alone(self, variable: str, category: Category) -> bool:
        return category.label == self.alone[variable].get(category.codes[0]) and len(category.codes) == 1

    def _others(self, variable: str) -> bool:
        """Whether there are codes that never stand alone: they hide who joins them."""
        return bool(set(self.persons.codes(variable)) - self.alone[variable].keys())

    def _tells(self, group: Group, shown: Mapping[Cell, int], rules: Disclosure) -> bool:
        rule = rules.groepsonthulling
        for period in self.periods:
            if not cells.told(period, group):
                continue
            usual = set(_over(shown, period, cells.EVERYBODY, rule.aandeel))
            size = shown.get(cells.left(period.codes, cells.routes()[ALL_ROUTES], group), 0)
            if size >= rule.uitstroom_vanaf and set(_over(shown, period, group, rule.aandeel)) - usual:
                return True
        return False


def outflow_of(table: pa.Table, peildatum: date, choices: TempoChoices) -> Outflow:
    """The outflow that is told at a peildatum; `table` has the columns of `uitstroom.parquet`."""
    countries = variables.all_labels("land_van_herkomst")
    return Outflow(
        Persons(table),
        [recent(peildatum), *calendar_years(peildatum, choices.eerste_jaar)],
        {
            AGE_AT_START: {label: label for label in reference.age_labels()},
            "land_van_herkomst": {code: countries[code] for code in choices.landen.apart},
        },
        {AGE_AT_START: choices.samen, "land_van_herkomst": choices.landen.overig},
    )


def _over(shown: Mapping[Cell, int], period: Period, group: Group, share: float) -> Iterator[str]:
    """The routes that took more than a share of who left."""
    ways = cells.routes()
    size = shown.get(cells.left(period.codes, ways[ALL_ROUTES], group), 0)
    for route, statuses in ways.items():
        if route != ALL_ROUTES and shown.get(cells.left(period.codes, statuses, group), 0) > share * size:
            yield route


def _sizes(shown: Mapping[Cell, int], variable: str) -> Counter[str]:
    """Who is still obliged, and who left in the periods told, by code."""
    found: Counter[str] = Counter()
    for at, count in shown.items():
        codes = dict(at).get(variable, ())
        if len(codes) == 1 and {name for name, _ in at} <= {variable, cells.STATUS, PERIOD}:
            found[codes[0]] += count
    return found
