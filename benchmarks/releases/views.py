"""A release: the rounded counts of every full table as a reader has them, in one row of numbers.

What does not belong here: what a reader makes of it (see `attack`, `joint`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.people import AGE, COUNTRY, GENDER, PLACE, STATUS, VARIABLES, People, cube
from schemas.tables import Specification
from wi2007.protection.cells import Cell, Conditions, Relation, cells, joined, linked
from wi2007.tables import variables
from wi2007.tables.build import counted

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
SHAPE = tuple(len(one.codes) for one in VARIABLES)
STILL = VARIABLES[STATUS].codes.index("IBP")
"""The place of the status of who is still obliged."""
_FULL = (
    ("nog_inburgeringsplichtig", "gemeente", "geslacht"),
    ("nog_inburgeringsplichtig", "gemeente", "leeftijdsklasse"),
    ("wi2007", "gemeente", "uitstroomroute"),
    ("nog_inburgeringsplichtig", "land_van_herkomst", "geslacht"),
    ("wi2007", "land_van_herkomst", "uitstroomroute"),
    ("nog_inburgeringsplichtig", "provincie", "geslacht"),
    ("wi2007", "provincie", "uitstroomroute"),
    ("wi2007", "uitstroomroute", "geslacht"),
)


@dataclass(frozen=True)
class View:
    """The counts by these variables: where they stand in the row, and whether of those still obliged alone."""

    axes: tuple[int, ...]
    still: bool
    begin: int

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each of the variables has."""
        return tuple(SHAPE[axis] for axis in self.axes)

    @property
    def end(self) -> int:
        """Where the next view begins."""
        return self.begin + int(np.prod(self.shape))

    def of(self, row: NDArray[Any]) -> NDArray[Any]:
        """The view's part of a row, by code."""
        return row[self.begin : self.end].reshape(self.shape)


def _views() -> tuple[View, ...]:
    wanted = [
        *(((axis,), False) for axis in (GENDER, COUNTRY, PLACE, STATUS)),
        *((axes, False) for axes in ((PLACE, STATUS), (COUNTRY, STATUS), (GENDER, STATUS))),
        *((axes, True) for axes in ((AGE,), (GENDER, PLACE), (PLACE, AGE), (GENDER, COUNTRY))),
    ]
    found: list[View] = []
    for axes, still in wanted:
        found.append(View(axes, still, found[-1].end if found else 0))
    return tuple(found)


VIEWS = _views()
BY_AXES = {view.axes: view for view in VIEWS}


@cache
def specification() -> Specification:
    """The full tables: every municipality, country and province by gender, age class and route."""
    tables = [
        {
            "number": f"B.{at}",
            "title": "volledig",
            "population": population,
            "columns": {"variable": column},
            "rows": [{"variable": row}],
        }
        for at, (population, row, column) in enumerate(_FULL)
    ]
    still = {"label": "nog", "filter": {"statuscode": ["IBP"]}}
    populations = {"wi2007": {"label": "allen", "filter": {}}, "nog_inburgeringsplichtig": still}
    return Specification.model_validate({"variables": {}, "populations": populations, "tables": tables})


def exact(population: People) -> tuple[dict[Cell, int], list[Relation]]:
    """Every cell of the tables with the persons in it, and the relations between cells."""
    return linked(cells(counted(cube(population), specification()), specification(), {}))


@cache
def row_of_cells() -> tuple[Cell, ...]:
    """The cell of every count in the row."""
    conditions, routes = Conditions(specification()), variables.route_of()
    found = []
    for view in VIEWS:
        for place in product(*map(range, view.shape)):
            chosen = [
                (axis, VARIABLES[axis].codes[code]) for axis, code in zip(view.axes, place, strict=True)
            ]
            parts = [
                (variables.ROUTE, routes[code]) if axis == STATUS else (VARIABLES[axis].name, code)
                for axis, code in chosen
            ]
            still = [("statuscode", "IBP")] if view.still else []
            found.append(joined(*(conditions.part(name, [code]) for name, code in [*parts, *still])))
    return tuple(found)


def as_row(shown: Mapping[Cell, int]) -> Counts:
    """The counts in the order of the views."""
    return np.array([shown.get(cell, 0) for cell in row_of_cells()], dtype=np.int64)


def places_of(person: NDArray[np.int64]) -> list[int]:
    """Where in the row the counts stand in which a person is counted."""
    return [
        view.begin + int(np.ravel_multi_index([person[axis] for axis in view.axes], view.shape))
        for view in VIEWS
        if not view.still or person[STATUS] == STILL
    ]


def tally(persons: People) -> Counts:
    """How many of these persons each count in the row has."""
    found = []
    for view in VIEWS:
        inside = persons[persons[:, STATUS] == STILL] if view.still else persons
        places = np.ravel_multi_index([inside[:, axis] for axis in view.axes], view.shape)
        found.append(np.bincount(places, minlength=view.end - view.begin))
    return np.concatenate(found)
