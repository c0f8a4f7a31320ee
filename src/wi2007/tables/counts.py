"""Counts by one or two variables from the cube.

The cube is small beside the persons, and counts add up: parts of a file, or of machines, may simply be put together.
What does not belong here: which categories a table shows, percentages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from wi2007.tables import variables

Counts = dict[tuple[str, str], int]
"""Persons by row code and column code."""

COUNT = "aantal"


def with_derived(cube: pa.Table, peildatum: date = date.max) -> pa.Table:
    """The cube with all keys as plain text and the columns that follow from another: `uitstroomroute`, `provincie`.

    Raises `ValueError` when the cube holds a status code or municipality that is in no list.
    """
    cube = cube.cast(
        pa.schema([(name, pa.int64() if name == COUNT else pa.string()) for name in cube.column_names])
    )
    cube = _derived(cube, variables.ROUTE, variables.STATUS, variables.route_of())
    return _derived(cube, variables.PROVINCE, variables.MUNICIPALITY, variables.province_of(peildatum))


def _derived(cube: pa.Table, name: str, source: str, values: Mapping[str, str]) -> pa.Table:
    place = pc.index_in(cube[source], value_set=pa.array(list(values)))
    if place.null_count:
        raise ValueError(f"de kubus bevat een {source} die in geen lijst van reference/ staat")
    return cube.append_column(name, pc.take(pa.array(list(values.values())), place))


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
