"""Every count that the tables can show, once: a cell is a condition on persons, with the number of persons in it.

Cells stand at the level of single codes, with all their margins, also where a table shows only the largest: so the rest
of a ranked list is tied to the full list, and tables that share a cell share its rounding.
What does not belong here: which relations hold between cells (see `relations`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

import pyarrow as pa

from schemas.tables import Population, Specification
from wi2007.tables.build import allowed_codes
from wi2007.tables.counts import COUNT, select, with_derived

Codes = tuple[str, ...]
Cell = tuple[tuple[str, Codes], ...]
"""A condition: for each variable, in alphabetical order, the codes that it may have. `()` is everybody."""
Sets = Mapping[tuple[str, str], Collection[Codes]]
"""By population and variable: sets of codes that a table shows as one category (Overig)."""

EVERYBODY: Cell = ()


def condition_of(population: Population) -> dict[str, Codes]:
    """The filter of a population as codes."""
    return {variable: tuple(sorted(codes)) for variable, codes in allowed_codes(population).items()}


def cells(cube: pa.Table, specification: Specification, sets: Sets) -> dict[Cell, int]:
    """Persons by cell; cells without persons are left out.

    `cube` has the columns of `kubus.parquet`. For each population and each pair of a row and a column variable of its
    tables: both, either and neither of them, by single code and by each of `sets`; and everybody.
    """
    cube = with_derived(cube)
    found: dict[Cell, int] = {}
    for name, row, column in pairs(specification):
        own = {variable: sets.get((name, variable), ()) for variable in (row, column)}
        for at, count in _counted(cube, specification.populations[name], own).items():
            if found.setdefault(at, count) != count:
                raise AssertionError("a cell has two counts")
    everybody = sum(cube[COUNT].to_pylist())
    return {**found, EVERYBODY: everybody} if everybody else found


def pairs(specification: Specification) -> list[tuple[str, str, str]]:
    """Population, row variable and column variable of every part of a table, each once."""
    every = (
        (table.population, axis.variable, table.columns.variable)
        for table in specification.tables
        for axis in table.rows
    )
    return list(dict.fromkeys(every))


def _counted(
    cube: pa.Table, population: Population, axes: Mapping[str, Collection[Codes]]
) -> dict[Cell, int]:
    """The cells of one population by two variables; `axes` holds their sets of codes."""
    condition = condition_of(population)
    names = sorted({*axes, *condition})
    people = select(cube, {variable: list(codes) for variable, codes in condition.items()})
    grouped = people.group_by(names, use_threads=False).aggregate([(COUNT, "sum")])
    columns = [grouped[variable].to_pylist() for variable in names]
    found: dict[Cell, int] = {}
    for *codes, count in zip(*columns, grouped[f"{COUNT}_sum"].to_pylist(), strict=True):
        options = [
            _options(variable, code, condition.get(variable), axes.get(variable, ()))
            for variable, code in zip(names, codes, strict=True)
        ]
        for chosen in product(*options):
            at = tuple(part for part in chosen if part is not None)
            found[at] = found.get(at, 0) + count
    return {at: count for at, count in found.items() if count}


def _options(
    variable: str, code: str, allowed: Codes | None, sets: Collection[Codes]
) -> list[tuple[str, Codes] | None]:
    """The ways in which a person with this code is counted: alone, in each set with the code, and in the margin."""
    margin = None if allowed is None else (variable, allowed)
    grouped = [(variable, tuple(sorted(codes))) for codes in sets if code in codes]
    return list(dict.fromkeys([(variable, (code,)), *grouped, margin]))
