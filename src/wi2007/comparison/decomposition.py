"""Every table of a peildatum beside the one before: where each cell began, the parts of its change, where it ends.

A pure function of the events and both cubes. What does not belong here: what may be published, percentages, files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from schemas.change import BEGIN, END, ChangeRow
from schemas.comparison import NET, Comparison
from schemas.cube import DIMENSIONS
from schemas.tables import Axis, Specification, Table
from wi2007.comparison.flows import signed
from wi2007.comparison.layout import Labels, Layout, layout
from wi2007.tables.build import Merged, Shown
from wi2007.tables.counts import Counted, Counts, Pair, by_code, counted
from wi2007.tables.tidy import TOTAL

DEFINITION: Final = "definitie"

Part = tuple[str, str]
"""A part of the change and the outflow route; the route is empty where the part is not split by it."""
Parts = Mapping[Part, Counted]
"""The net change of every pair of the tables, by part."""


@dataclass(frozen=True)
class Peildata:
    """The two dates, and what disclosure control shows as one category at either."""

    before: date
    after: date
    merged: tuple[Merged, Merged] = field(default=({}, {}))


def decomposition(
    events: pa.Table,
    cubes: tuple[pa.Table, pa.Table],
    specification: Specification,
    peildata: Peildata,
    decisions: Comparison,
) -> list[ChangeRow]:
    """For every cell of every table: begin, each part that is not 0, eind. Begin and the parts add up to eind.

    `events` as in `schemas.flows`, `cubes` those of the earlier and the later peildatum. The categories are those of
    the later table; then those that only the earlier one had. Raises `ArithmeticError` when something does not add up.
    """
    return decomposed(
        (counted(cubes[0], specification), counted(cubes[1], specification)),
        parts(events, specification, decisions),
        specification,
        peildata,
    )


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
    """The same from counts: those of the earlier and the later peildatum, and the net change by part."""
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
