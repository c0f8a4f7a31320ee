"""Counts of outflow as cells: conditions on persons.

A cell has the shape of those of the gate (`protection.cells`), so that outflow is rounded in one program with the
tables: for each variable, in alphabetical order, the codes it may have.
What does not belong here: exact counts (`protection.outflow`), which categories are shown, rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from schemas.outflow import DIMENSIONS, PERIOD, UNKNOWN_PERIOD
from wi2007 import reference
from wi2007.tables.axes import Category
from wi2007.tempo.periods import Period

Cell = tuple[tuple[str, tuple[str, ...]], ...]
Axes = Mapping[str, Sequence[Category]]
"""By variable of the outflow cube: the categories that the chapter shows."""
Group = tuple[str, Category]
"""A variable and one of its categories; `EVERYBODY` is no condition."""

STATUS = "statuscode"
OBLIGED = "IBP"
ALL_ROUTES = "totaal"
EVERYBODY: Group = (ALL_ROUTES, Category(ALL_ROUTES, ()))


def routes() -> dict[str, tuple[str, ...]]:
    """Return the outflow routes in the order of the tables, each with its status codes; `totaal` has all of them."""
    left = [status for status in reference.statuses().values() if status.code != OBLIGED]
    found = {ALL_ROUTES: tuple(status.code for status in left)}
    for route in reference.routes():
        codes = tuple(status.code for status in left if status.route == route)
        if codes:
            found[route] = codes
    return found


def groups(axes: Axes) -> list[Group]:
    """Return everybody, then every category of every variable."""
    return [
        EVERYBODY,
        *((variable, category) for variable, categories in axes.items() for category in categories),
    ]


def left(period: Sequence[str], statuses: Sequence[str], group: Group = EVERYBODY) -> Cell:
    """Return the cell of persons of a group who reached one of the statuses in these stretches of time."""
    return _cell({PERIOD: period, STATUS: statuses}, group)


def obliged(group: Group = EVERYBODY) -> Cell:
    """Return the cell of persons of a group still obliged at the peildatum, whatever their statusdatum: also a cell
    of 2.1 and 2.2.
    """
    return _cell({STATUS: (OBLIGED,)}, group)


def undated(statuses: Sequence[str]) -> Cell:
    """Return the cell of persons who left by these statuses on an unknown day: they are in no period."""
    return left((UNKNOWN_PERIOD,), statuses)


def needed(periods: Sequence[Period], axes: Axes) -> Iterator[Cell]:
    """Yield every cell that the rates of these periods and categories use; some come more than once."""
    ways = routes()
    for group in groups(axes):
        yield obliged(group)
        for period in periods:
            yield left(period.since, ways[ALL_ROUTES], group)
            for statuses in ways.values():
                yield left(period.codes, statuses, group)
    for statuses in ways.values():
        yield undated(statuses)


def ties(periods: Sequence[Period], axes: Axes) -> Iterator[Cell]:
    """Every cell that ties those to each other and to the tables.

    Periods overlap: they are sums of the stretches that they are made of. A group of several codes has its whole by
    route as well, which follows from tables that show those codes one by one.
    """
    stretches = sorted({code for period in periods for code in period.since})
    for group in groups(axes):
        for statuses in routes().values():
            yield from (left((code,), statuses, group) for code in stretches)
            if len(group[1].codes) > 1:
                yield _cell({STATUS: statuses}, group)


def _cell(conditions: Mapping[str, Sequence[str]], group: Group) -> Cell:
    variable, category = group
    every = dict(conditions) if group == EVERYBODY else {**conditions, variable: category.codes}
    if unknown := every.keys() - set(DIMENSIONS):
        raise ValueError(f"{', '.join(sorted(unknown))} is no variable of the outflow")
    return tuple((name, tuple(sorted(codes))) for name, codes in sorted(every.items()))
