"""Counts by one or two variables from the cube.

The cube is small beside the persons, and counts add up: parts of a file, or of machines, may simply be put together.
What does not belong here: which categories a table shows, percentages.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from wi2007.tables import variables

Counts = dict[tuple[str, str], int]
"""Persons by row code and column code."""

COUNT = "aantal"


def with_route(cube: pa.Table) -> pa.Table:
    """The cube with all keys as plain text and the column `uitstroomroute`, which follows from `statuscode`.

    Raises `ValueError` when the cube holds a status code that is in no list.
    """
    cube = cube.cast(
        pa.schema([(name, pa.int64() if name == COUNT else pa.string()) for name in cube.column_names])
    )
    routes = variables.route_of()
    place = pc.index_in(cube[variables.STATUS], value_set=pa.array(list(routes)))
    if place.null_count:
        raise ValueError("de kubus bevat een statuscode die niet in reference/uitstroomroutes.csv staat")
    column = pc.take(pa.array(list(routes.values())), place)
    return cube.append_column(variables.ROUTE, column)


def select(cube: pa.Table, allowed: Mapping[str, list[str]]) -> pa.Table:
    """The part of the cube in which every variable of `allowed` has one of its codes."""
    for variable, codes in allowed.items():
        cube = cube.filter(pc.is_in(cube[variable], value_set=pa.array(codes, pa.string())))
    return cube


def counts(cube: pa.Table, row: str, column: str) -> Counts:
    """Persons by the codes of two different variables; combinations that do not occur are left out."""
    grouped = cube.group_by([row, column], use_threads=False).aggregate([(COUNT, "sum")])
    keys = zip(grouped[row].to_pylist(), grouped[column].to_pylist(), strict=True)
    return dict(zip(keys, grouped[f"{COUNT}_sum"].to_pylist(), strict=True))


def by_code(table: Counts, position: int) -> dict[str, int]:
    """Persons by row code (position 0) or column code (position 1)."""
    sums: dict[str, int] = {}
    for key, count in table.items():
        sums[key[position]] = sums.get(key[position], 0) + count
    return sums
