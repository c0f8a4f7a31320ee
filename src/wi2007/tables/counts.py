"""Count persons by one or two variables from the cube.

The cube is small beside the persons, and counts add up: cubes of parts of a file, or of machines, may simply be
added.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import Population, Specification
from wi2007.tables import variables

Counts = dict[tuple[str, str], int]
"""Persons by row code and column code."""

Pair = tuple[str, str, str]
"""A population, a row variable and a column variable."""

Counted = Mapping[Pair, Counts]
"""Everything that tables are made from: the counts of each pair that they name."""

COUNT = "aantal"


def pairs(specification: Specification) -> list[Pair]:
    """Return population, row variable and column variable of every part of a table, each once."""
    every = (
        (table.population, axis.variable, table.columns.variable)
        for table in specification.tables
        for axis in table.rows
    )
    return list(dict.fromkeys(every))


def counted(cube: pa.Table, specification: Specification) -> dict[Pair, Counts]:
    """Return the counts of every pair of the specification.

    `cube` has the columns of `kubus.parquet`: `geslacht`, `land_van_herkomst`, `gemeente`, `leeftijdsklasse`,
    `statuscode`, `doelgroep` (text) and `aantal` (int64). Its rows may come in any order and repeat a combination:
    their counts are added.
    """
    cube = with_derived(cube)
    people = {
        name: select(cube, allowed_codes(population))
        for name, population in specification.populations.items()
    }
    return {pair: counts(people[pair[0]], *pair[1:]) for pair in pairs(specification)}


def allowed_codes(population: Population) -> dict[str, list[str]]:
    """Return the codes that a population's filter lets through; its values may be codes or labels."""
    return {
        variable: [
            code for code, label in variables.all_labels(variable).items() if {code, label} & set(values)
        ]
        for variable, values in population.filter.items()
    }


def with_derived(cube: pa.Table) -> pa.Table:
    """Return the cube with all keys as plain text and a column for each variable that follows from another.

    Raises `ValueError` when the cube holds a code that is in no list.
    """
    cube = cube.cast(
        pa.schema([(name, pa.int64() if name == COUNT else pa.string()) for name in cube.column_names])
    )
    for name, variable in variables.derived().items():
        codes = pa.array(list(variable.code_of))
        place = pc.index_in(cube[variable.base], value_set=codes)
        if place.null_count:
            raise ValueError(f"the cube holds a code of {variable.base} that is in no list in reference/")
        cube = cube.append_column(name, pc.take(pa.array(list(variable.code_of.values())), place))
    return cube


def select(cube: pa.Table, allowed: Mapping[str, list[str]]) -> pa.Table:
    """Return the part of the cube in which every variable of `allowed` has one of its codes."""
    for variable, codes in allowed.items():
        cube = cube.filter(pc.is_in(cube[variable], value_set=pa.array(codes, pa.string())))
    return cube


def counts(cube: pa.Table, row: str, column: str) -> Counts:
    """Return persons by the codes of two different variables; combinations that do not occur are left out."""
    grouped = cube.group_by([row, column], use_threads=False).aggregate([(COUNT, "sum")])
    keys = zip(grouped[row].to_pylist(), grouped[column].to_pylist(), strict=True)
    return dict(zip(keys, grouped[f"{COUNT}_sum"].to_pylist(), strict=True))


def by_code(table: Counts, position: int) -> dict[str, int]:
    """Return persons by row code (position 0) or column code (position 1)."""
    sums: dict[str, int] = {}
    for key, count in table.items():
        sums[key[position]] = sums.get(key[position], 0) + count
    return sums
