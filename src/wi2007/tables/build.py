"""The tidy tables of a peildatum from its cube and the table specifications: a pure function.

What does not belong here: files, disclosure control, rounding (tables keep percentages unrounded).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from schemas.tables import Axis, Population, Specification, Table
from wi2007.tables import axes, variables
from wi2007.tables.axes import Category
from wi2007.tables.counts import Counts, by_code, counts, select, with_derived
from wi2007.tables.tidy import TOTAL, TidyRow, percentage


def tidy_tables(cube: pa.Table, specification: Specification, peildatum: date) -> list[TidyRow]:
    """Every table of the specification, in its order.

    `cube` has the columns of `kubus.parquet`: `geslacht`, `land_van_herkomst`, `gemeente`, `leeftijdsklasse`,
    `statuscode`, `doelgroep` (text) and `aantal` (int64). Its rows may come in any order and repeat a combination:
    their counts are added.
    """
    cube = with_derived(cube, peildatum)
    people = {
        name: select(cube, allowed_codes(population))
        for name, population in specification.populations.items()
    }
    return [
        row
        for table in specification.tables
        for row in tidy_table(people[table.population], table, specification, peildatum)
    ]


def allowed_codes(population: Population) -> dict[str, list[str]]:
    """The codes that a population's filter lets through; its values may be codes or labels."""
    return {
        variable: [
            code for code, label in variables.all_labels(variable).items() if {code, label} & set(values)
        ]
        for variable, values in population.filter.items()
    }


def tidy_table(
    people: pa.Table, table: Table, specification: Specification, peildatum: date
) -> list[TidyRow]:
    """One table: the row of totals, then the rows of every row variable. `people` is the cube of its population."""
    found = [(axis, counts(people, axis.variable, table.columns.variable)) for axis in table.rows]
    per_column = by_code(found[0][1], 1)
    columns = _columns(table, per_column, _categories(table.columns, per_column, specification, peildatum))
    everyone = sum(per_column.values())
    sizes = {column.label: _sum(per_column, column.codes) for column in columns}
    base = {label: everyone if table.totals == "of_table" else size for label, size in sizes.items()}

    rows = [
        _row(table, (TOTAL, TOTAL), column.label, (sizes[column.label], base[column.label]))
        for column in columns
    ]
    for axis, cells in found:
        for category in _categories(axis, by_code(cells, 0), specification, peildatum):
            rows += [
                _row(
                    table,
                    (axis.variable, category.label),
                    c.label,
                    (_cell(cells, category, c), sizes[c.label]),
                )
                for c in columns
            ]
    return rows


def _categories(
    axis: Axis, counted: Mapping[str, int], specification: Specification, peildatum: date
) -> list[Category]:
    text = specification.variables.get(axis.variable)
    return axes.categories(axis, counted, text.never_ranked if text else (), peildatum)


def _columns(table: Table, per_column: Mapping[str, int], shown: list[Category]) -> list[Category]:
    """The columns of a table; `totaal` counts everyone, also those in none of the other columns."""
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


def _cell(cells: Counts, row: Category, column: Category) -> int:
    return sum(cells.get((r, c), 0) for r in row.codes for c in column.codes)


def _sum(counted: Mapping[str, int], codes: Iterable[str]) -> int:
    return sum(counted.get(code, 0) for code in codes)
