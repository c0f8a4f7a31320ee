"""Exact counts of outflow, as cells: conditions on persons with the number of persons in it.

A cell has the shape of those of the gate (`disclosure.cells`), so that outflow is rounded in one program with the
tables: for each variable, in alphabetical order, the codes it may have. Cells without persons are left out.
What does not belong here: which categories are shown, rounding, rates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.outflow import DIMENSIONS, PERIOD, UNKNOWN_PERIOD
from wi2007 import reference
from wi2007.tables.axes import Category
from wi2007.tempo.periods import Period

Cell = tuple[tuple[str, tuple[str, ...]], ...]
Axes = Mapping[str, Sequence[Category]]
"""By variable of the outflow cube: the categories that outflow is told for."""
Group = tuple[str, Category]
"""A variable and one of its categories; `EVERYBODY` is no condition."""

STATUS = "statuscode"
OBLIGED = "IBP"
ALL_ROUTES = "totaal"
EVERYBODY: Group = (ALL_ROUTES, Category(ALL_ROUTES, ()))


def routes() -> dict[str, tuple[str, ...]]:
    """The ways out in the order of the tables, each with its status codes; `totaal` are all of them."""
    left = [status for status in reference.statuses().values() if status.code != OBLIGED]
    found = {ALL_ROUTES: tuple(status.code for status in left)}
    for route in reference.routes():
        codes = tuple(status.code for status in left if status.route == route)
        if codes:
            found[route] = codes
    return found


def groups(axes: Axes) -> list[Group]:
    """Everybody, then every category of every variable."""
    return [
        EVERYBODY,
        *((variable, category) for variable, categories in axes.items() for category in categories),
    ]


def left(period: Sequence[str], statuses: Sequence[str], group: Group = EVERYBODY) -> Cell:
    """Who of a group reached one of the statuses in these stretches of time."""
    return _cell({PERIOD: period, STATUS: statuses}, group)


def obliged(group: Group = EVERYBODY) -> Cell:
    """Who of a group is still obliged at the peildatum, whatever their statusdatum: also a cell of 2.1 and 2.2."""
    return _cell({STATUS: (OBLIGED,)}, group)


def undated(statuses: Sequence[str]) -> Cell:
    """Who left by these statuses on a day that is not known: they are in no period."""
    return left((UNKNOWN_PERIOD,), statuses)


def cells(outflow: pa.Table, periods: Sequence[Period], axes: Axes) -> dict[Cell, int]:
    """The exact count of every cell that the rates of these periods and categories need.

    `outflow` has the columns of `uitstroom.parquet` (`schemas.outflow`); rows may repeat a combination.
    """
    return _counted(Persons(outflow), needed(periods, axes))


def needed(periods: Sequence[Period], axes: Axes) -> Iterator[Cell]:
    """Every cell that the rates of these periods and categories use; some come more than once."""
    ways = routes()
    for group in groups(axes):
        yield obliged(group)
        for period in periods:
            yield left(period.since, ways[ALL_ROUTES], group)
            for statuses in ways.values():
                yield left(period.codes, statuses, group)
    for statuses in ways.values():
        yield undated(statuses)


def linked_cells(persons: Persons, periods: Sequence[Period], axes: Axes) -> dict[Cell, int]:
    """The same with every cell that ties them to each other and to the tables.

    Periods overlap: they are sums of the stretches that they are made of. A group of several codes has its whole by
    route as well, which follows from tables that show those codes one by one.
    """
    more = [cell for group in groups(axes) for cell in _ties(periods, group)]
    return _counted(persons, [*needed(periods, axes), *more])


def _counted(persons: Persons, wanted: Iterable[Cell]) -> dict[Cell, int]:
    found = {cell: persons.count(cell) for cell in dict.fromkeys(wanted)}
    return {cell: count for cell, count in found.items() if count}


def _ties(periods: Sequence[Period], group: Group) -> Iterator[Cell]:
    stretches = sorted({code for period in periods for code in period.since})
    for statuses in routes().values():
        yield from (left((code,), statuses, group) for code in stretches)
        if len(group[1].codes) > 1:
            yield _cell({STATUS: statuses}, group)


def count(outflow: pa.Table, cell: Cell) -> int:
    """The persons in a cell."""
    return Persons(outflow).count(cell)


class Persons:
    """Counts persons by any of the variables of the outflow; what is added up once is kept for the next cell."""

    def __init__(self, outflow: pa.Table) -> None:
        self._counts = outflow["aantal"].to_numpy().astype(np.float64)
        self._codes: dict[str, dict[str, int]] = {}
        self._places: dict[str, NDArray[np.int64]] = {}
        self._sums: dict[tuple[str, ...], NDArray[np.int64]] = {}
        for name in DIMENSIONS:
            encoded = outflow[name].combine_chunks().dictionary_encode()
            self._codes[name] = {code: place for place, code in enumerate(encoded.dictionary.to_pylist())}
            self._places[name] = encoded.indices.to_numpy().astype(np.int64)

    def codes(self, variable: str) -> list[str]:
        """The codes of a variable that occur, sorted."""
        return sorted(self._codes[variable])

    def count(self, cell: Cell) -> int:
        """The persons in a cell."""
        names = tuple(name for name, _ in cell)
        places = [
            [self._codes[name][code] for code in codes if code in self._codes[name]] for name, codes in cell
        ]
        return int(self._summed(names)[np.ix_(*places)].sum())

    def _summed(self, names: tuple[str, ...]) -> NDArray[np.int64]:
        """Persons by each combination of the codes of these variables."""
        if names not in self._sums:
            shape = [len(self._codes[name]) for name in names]
            at = np.zeros(len(self._counts), dtype=np.int64)
            for name, size in zip(names, shape, strict=True):
                at = at * size + self._places[name]
            sums = np.bincount(at, self._counts, minlength=int(np.prod(shape)))
            self._sums[names] = sums.astype(np.int64).reshape(shape)
        return self._sums[names]


def _cell(conditions: Mapping[str, Sequence[str]], group: Group) -> Cell:
    variable, category = group
    every = dict(conditions) if group == EVERYBODY else {**conditions, variable: category.codes}
    if unknown := every.keys() - set(DIMENSIONS):
        raise ValueError(f"{', '.join(sorted(unknown))} is no variable of the outflow")
    return tuple((name, tuple(sorted(codes))) for name, codes in sorted(every.items()))
