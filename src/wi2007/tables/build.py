"""Count persons by one or two variables from the cube, and build the tidy tables of a peildatum from those counts.

Counts add up: cubes of parts of a file, or of machines, may simply be added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from schemas.cube import DIMENSIONS, MEASURES
from schemas.policy import OF_POLICY
from schemas.tables import Axis, Population, Specification, Table
from schemas.tidy import TOTAL, TidyRow
from wi2007.tables import variables
from wi2007.tables.tidy import percentage
from wi2007.tables.variables import Category, shown_categories

Counts = dict[tuple[str, str], int]
"""Persons by row code and column code."""

Pair = tuple[str, str, str]
"""A population, a row variable and a column variable."""

Counted = Mapping[Pair, Counts]
"""Everything that tables are made from: the counts of each pair that they name."""

MEASURED = COUNT, WHO = MEASURES
"""How many persons, and the set of them (`schemas.cube`)."""
Merged = Mapping[tuple[str, str], tuple[str, ...]]
"""By population and variable: codes that may not stand alone, and are shown as one category."""


def pairs(specification: Specification) -> list[Pair]:
    """Return population, row variable and column variable of every part of a table, each once."""
    every = (
        (table.population, axis.variable, table.columns.variable)
        for table in specification.tables
        for axis in table.rows
    )
    return list(dict.fromkeys(every))


def counted(cube: pa.Table, specification: Specification, measure: str = COUNT) -> dict[Pair, Counts]:
    """Return the counts of every pair of the specification, or the sets of the persons counted (`measure` WHO).

    `cube` has the columns of `kubus.parquet`: `geslacht`, `land_van_herkomst`, `gemeente`, `leeftijdsklasse`,
    `statuscode`, `doelgroep` (text) and the measure (whole numbers). Its rows may come in any order and repeat a
    combination: their counts are added. Where it has those of `beleid.parquet`, the pairs are those with a policy
    variable, and else those without.
    """
    own = {*OF_POLICY} & set(cube.column_names)
    wanted = [pair for pair in pairs(specification) if bool(own) == bool({*OF_POLICY} & {*pair[1:]})]
    cube = with_derived(cube.select([*DIMENSIONS, *sorted(own), measure]))
    people = {
        name: select(cube, allowed_codes(population))
        for name, population in specification.populations.items()
    }
    return {pair: counts(people[pair[0]], *pair[1:], measure) for pair in wanted}


def all_counted(
    cube: pa.Table, policy: pa.Table, specification: Specification, measure: str = COUNT
) -> dict[Pair, Counts]:
    """Return what `counted` does of the cube and of the policy groups together, in the order of the tables."""
    found = counted(cube, specification, measure) | counted(policy, specification, measure)
    return {pair: found[pair] for pair in pairs(specification)}


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
        pa.schema([(one.name, one.type if one.name in MEASURED else pa.string()) for one in cube.schema])
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


def counts(cube: pa.Table, row: str, column: str, measure: str = COUNT) -> Counts:
    """Return persons by the codes of two different variables; combinations that do not occur are left out."""
    grouped = cube.group_by([row, column], use_threads=False).aggregate([(measure, "sum")])
    keys = zip(grouped[row].to_pylist(), grouped[column].to_pylist(), strict=True)
    return dict(zip(keys, grouped[f"{measure}_sum"].to_pylist(), strict=True))


def by_code(table: Counts, position: int) -> dict[str, int]:
    """Return persons by row code (position 0) or column code (position 1)."""
    sums: dict[str, int] = {}
    for key, count in table.items():
        sums[key[position]] = sums.get(key[position], 0) + count
    return sums


def tables_of(
    of_pairs: Counted, specification: Specification, peildatum: date, merged: Merged
) -> list[TidyRow]:
    """Return every table of the specification, in its order, from the counts of its pairs."""
    return [
        row
        for table in specification.tables
        for row in tidy_table(of_pairs, table, specification, peildatum, merged)
    ]


def tidy_table(
    of_pairs: Counted, table: Table, specification: Specification, peildatum: date, merged: Merged
) -> list[TidyRow]:
    """Return one table: the row of totals, then the rows of every row variable."""
    shown = Shown(specification, peildatum, table.population, merged)
    found = [(axis, of_pairs[table.population, axis.variable, table.columns.variable]) for axis in table.rows]
    per_column = by_code(found[0][1], 1)
    columns = _columns(table, per_column, shown.categories(table.columns, per_column))
    everyone = sum(per_column.values())
    sizes = {column.label: _sum(per_column, column.codes) for column in columns}
    base = {label: everyone if table.totals == "of_table" else size for label, size in sizes.items()}

    rows = [
        _row(table, (TOTAL, TOTAL), column.label, (sizes[column.label], base[column.label]))
        for column in columns
    ]
    for axis, cells in found:
        categories = shown.categories(axis, by_code(cells, 0))
        sums = _sums(cells, categories, columns)
        rows += [
            _row(table, (axis.variable, category.label), column.label, (sums[r, c], sizes[column.label]))
            for r, category in enumerate(categories)
            for c, column in enumerate(columns)
        ]
    return rows


@dataclass(frozen=True)
class Shown:
    """What decides which categories a table shows."""

    specification: Specification
    peildatum: date
    population: str
    merged: Merged

    def categories(self, axis: Axis, counted: Mapping[str, int]) -> list[Category]:
        """Return the categories of an axis; `counted` holds the persons of the population by code."""
        text = self.specification.variables.get(axis.variable)
        never_ranked = text.never_ranked if text else ()
        together = self.merged.get((self.population, axis.variable), ())
        return shown_categories(axis, counted, never_ranked, self.peildatum, together)


def _columns(table: Table, per_column: Mapping[str, int], shown: list[Category]) -> list[Category]:
    """Return the columns of a table; `totaal` counts everyone, also those in none of the other columns."""
    return [Category(TOTAL, tuple(per_column)), *shown] if table.columns.total else shown


def _row(table: Table, row: tuple[str, str], column: str, figures: tuple[int, int]) -> TidyRow:
    count, base = figures
    return TidyRow(
        tabel=table.number,
        populatie=table.population,
        rijvariabele=row[0],
        rij=row[1],
        kolomvariabele=table.columns.variable,
        kolom=column,
        aantal=count,
        procent=percentage(count, base),
        noemer=base,
    )


def _sums(counts: Counts, rows: list[Category], columns: list[Category]) -> dict[tuple[int, int], int]:
    """Return the persons of each row and column, by their places."""
    in_rows, in_columns = _places(rows), _places(columns)
    found = dict.fromkeys(product(range(len(rows)), range(len(columns))), 0)
    for (row, column), count in counts.items():
        for place in product(in_rows.get(row, ()), in_columns.get(column, ())):
            found[place] += count
    return found


def _places(categories: list[Category]) -> dict[str, list[int]]:
    """Return for each code the places of the categories that count it."""
    found: dict[str, list[int]] = {}
    for place, category in enumerate(categories):
        for code in category.codes:
            found.setdefault(code, []).append(place)
    return found


def _sum(counted: Mapping[str, int], codes: Iterable[str]) -> int:
    return sum(counted.get(code, 0) for code in codes)
