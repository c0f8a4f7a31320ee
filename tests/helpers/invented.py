"""Persons invented for counts that tests make up: each row of a cube gets as many persons of its own as it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from schemas.cube import DIMENSIONS, MEASURES, SETS
from schemas.policy import GROUPS, OF_POLICY, POSSIBLE
from wi2007.population.who import numbered
from wi2007.reference import UNKNOWN


@cache
def number_of(name: str) -> int:
    """The number of one invented person."""
    return int(numbered(pa.array([name], pa.string()))[0])


def names_of(key: Sequence[str], count: int) -> list[str]:
    """The persons of a row with this key: other keys have other persons."""
    return [f"{'|'.join(key)}|{copy}" for copy in range(count)]


def set_of(names: Iterable[str]) -> int:
    """The set of these persons, as `wie`."""
    return sum(map(number_of, names)) % SETS


def in_rows(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.Table:
    """A table of a schema that ends with `aantal` and `wie`, from rows without `wie`."""
    names = schema.names[:-1]
    columns = {name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    return with_sets(pa.table(columns)).cast(schema)


def policy_of(cube: pa.Table) -> pa.Table:
    """The policy groups of who is still obliged in a cube, of whom the delivery tells nothing besides."""
    obliged = cube.filter(pc.equal(cube["statuscode"], "IBP"))
    unknown = dict.fromkeys(OF_POLICY, UNKNOWN) | dict.fromkeys(GROUPS, POSSIBLE)
    columns = {name: pa.array([value] * len(obliged), pa.string()) for name, value in unknown.items()}
    measures = {name: obliged[name] for name in MEASURES if name in cube.column_names}
    return pa.table({**{name: obliged[name] for name in DIMENSIONS}, **columns, **measures})


def with_sets(table: pa.Table) -> pa.Table:
    """The same cube with `wie`: the persons of a row follow from its keys and from how many it counts."""
    keys = [name for name in table.column_names if name != "aantal"]
    sets = [set_of(names_of([str(row[name]) for name in keys], row["aantal"])) for row in table.to_pylist()]
    return table.append_column("wie", pa.array(sets, pa.uint64()))
