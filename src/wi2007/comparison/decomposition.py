"""Put every table beside that of the peildatum before: where each cell began, the parts of its change, where it ends.

A pure function of the counts. What does not belong here: what may be published, percentages, files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from schemas.change import BEGIN, END, ChangeRow
from schemas.comparison import NET, Comparison
from schemas.cube import DIMENSIONS
from schemas.tables import Axis, Specification, Table
from schemas.tidy import TOTAL
from wi2007.comparison.people import signed
from wi2007.tables import variables
from wi2007.tables.build import Counted, Counts, Merged, Pair, Shown, by_code, counted
from wi2007.tables.variables import Category

DEFINITION: Final = "definitie"

Labels = Mapping[str, tuple[str, ...]]
"""For each code the labels of the categories that count it, the total among them."""
Sizes = Mapping[str, int]

Part = tuple[str, str]
"""A part of the change and the outflow route; the route is empty where the part is not split by it."""
Parts = Mapping[Part, Counted]
"""The net change of every pair of the tables, by part."""


@dataclass(frozen=True)
class Layout:
    """Labels in the order of the table, without the total; `then` and `now` say what they count at either peildatum.

    They differ for the categories of several codes (Overig): at each peildatum these are what its own table left over.
    """

    labels: tuple[str, ...]
    then: Labels
    now: Labels


def layout(
    axis: Axis, shown: tuple[Shown, Shown], sizes: tuple[Sizes, Sizes], events: Collection[str]
) -> Layout:
    """The layout of an axis; `sizes` are the persons of the population by code, at either peildatum.

    After the categories of the later table come codes that only the earlier one had, or the way between (`events`).
    """
    earlier, later = (one.categories(axis, size) for one, size in zip(shown, sizes, strict=True))
    every = {*sizes[0], *sizes[1], *events, *(code for one in (*earlier, *later) for code in one.codes)}
    known = variables.categories(axis.variable, shown[1].peildatum, every)
    if axis.rest is None:
        categories = [*later, *_others(later, known)]
    else:
        categories = [_rest(one, known, later) if one.label == axis.rest else one for one in later]
    several = {one.label: one.codes for one in earlier if one.label in (axis.rest, axis.merged)}
    then = [Category(one.label, several.get(one.label, one.codes)) for one in categories]
    return Layout(tuple(one.label for one in categories), _labels(then, every), _labels(categories, every))


def _rest(rest: Category, known: Collection[str], categories: list[Category]) -> Category:
    """The rest with every code that no category names."""
    named = {code for one in categories if one.label != rest.label for code in one.codes}
    return Category(rest.label, tuple(code for code in known if code not in named))


def _others(later: list[Category], known: Mapping[str, str]) -> Iterator[Category]:
    """A category for each code that the later table leaves out."""
    taken = {one.label for one in later}
    counted = {code for one in later for code in one.codes}
    for code, label in known.items():
        if code not in counted:
            yield Category(f"{label} ({code})" if label in taken else label, (code,))


def _labels(categories: list[Category], every: Collection[str]) -> Labels:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple, dict.fromkeys(every, (TOTAL,)))
    for one in categories:
        for code in one.codes:
            found[code] = (*found[code], one.label)
    return found


@dataclass(frozen=True)
class Peildata:
    """The two dates, and what disclosure control shows as one category at either."""

    before: date
    after: date
    merged: tuple[Merged, Merged] = field(default=({}, {}))


def parts(events: pa.Table, specification: Specification, decisions: Comparison) -> dict[Part, Counted]:
    """The net change of every pair that the tables name, by part in the order of the chain."""
    found: dict[Part, Counted] = {}
    net = signed(events)
    for part in (*decisions.order, NET):
        some = net.filter(pc.equal(net["deel"], part))
        routes = sorted(some["route"].unique().to_pylist()) if part in decisions.by_route else [""]
        for route in routes:
            of_route = some.filter(pc.equal(some["route"], route)) if route else some
            if of_route.num_rows:
                found[part, route] = counted(of_route.select([*DIMENSIONS, "aantal"]), specification)
    return found


def decomposed(
    counts: tuple[Counted, Counted], changes: Parts, specification: Specification, peildata: Peildata
) -> list[ChangeRow]:
    """For every cell of every table: begin, each part that is not 0, eind. Begin and the parts add up to eind.

    `counts` are those of the earlier and the later peildatum, `changes` the net change by part (`parts`). The
    categories are those of the later table; then those that only the earlier one had. Raises `ArithmeticError` when
    something does not add up.
    """
    return [
        change
        for table in specification.tables
        for change in _Decomposed(counts, changes, specification, peildata).table(table)
    ]


@dataclass(frozen=True)
class _Decomposed:
    counts: tuple[Counted, Counted]
    changes: Parts
    specification: Specification
    peildata: Peildata

    def table(self, table: Table) -> Iterator[ChangeRow]:
        """The row of totals, then the rows of every row variable."""
        for place, axis in enumerate(table.rows):
            pair = (table.population, axis.variable, table.columns.variable)
            rows, columns = self._layout(table, axis, pair, 0), self._layout(table, table.columns, pair, 1)
            figures = self._figures(pair, rows, columns)
            heads = ([TOTAL] if place == 0 else []) + list(rows.labels)
            across = ([TOTAL] if table.columns.total else []) + list(columns.labels)
            for head in heads:
                for column in across:
                    at = (TOTAL if head == TOTAL else axis.variable, head, column)
                    yield from self._cell(table, at, figures, (head, column))

    def _layout(self, table: Table, axis: Axis, pair: Pair, place: int) -> Layout:
        dates = (self.peildata.before, self.peildata.after)
        shown = [
            Shown(self.specification, day, table.population, merged)
            for day, merged in zip(dates, self.peildata.merged, strict=True)
        ]
        sizes = [by_code(counted[pair], place) for counted in self.counts]
        events = {key[place] for changes in self.changes.values() for key in changes[pair]}
        return layout(axis, (shown[0], shown[1]), (sizes[0], sizes[1]), events)

    def _figures(self, pair: Pair, rows: Layout, columns: Layout) -> dict[Part, dict[tuple[str, str], int]]:
        """The figures of a pair by cell of the table: begin, the parts in their order, eind."""
        begin = _cells(self.counts[0][pair], rows.then, columns.then)
        as_now = _cells(self.counts[0][pair], rows.now, columns.now)
        figures: dict[Part, dict[tuple[str, str], int]] = {(BEGIN, ""): begin}
        redefined = defaultdict(int, as_now)
        for cell, count in begin.items():
            redefined[cell] -= count
        figures[DEFINITION, ""] = redefined
        for part, changes in self.changes.items():
            found = _cells(changes[pair], rows.now, columns.now)
            if part in figures:
                for cell, count in found.items():
                    figures[part][cell] = figures[part].get(cell, 0) + count
            else:
                figures[part] = found
        return {**figures, (END, ""): _cells(self.counts[1][pair], rows.now, columns.now)}

    def _cell(
        self,
        table: Table,
        at: tuple[str, str, str],
        figures: Mapping[Part, Mapping[tuple[str, str], int]],
        cell: tuple[str, str],
    ) -> Iterator[ChangeRow]:
        found = {part: of_cells.get(cell, 0) for part, of_cells in figures.items()}
        if sum(found.values()) != 2 * found[END, ""]:
            raise ArithmeticError("the parts of a cell do not add up to its change")
        for (part, route), count in found.items():
            if count or part in (BEGIN, END):
                variable, row, column = at
                yield ChangeRow(
                    tabel=table.number,
                    populatie=table.population,
                    rijvariabele=variable,
                    rij=row,
                    kolomvariabele=table.columns.variable,
                    kolom=column,
                    deel=part,
                    route=route,
                    aantal=count,
                )


def _cells(counts: Counts, rows: Labels, columns: Labels) -> dict[tuple[str, str], int]:
    """Persons by the labels of row and column; who counts in several of them counts in each."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (row, column), count in counts.items():
        for head in rows[row]:
            for across in columns[column]:
                found[head, across] += count
    return found
