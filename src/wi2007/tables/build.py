"""Build the tidy tables of a peildatum from counts and the table specifications, as a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from schemas.tables import Axis, Specification, Table
from wi2007.tables import axes
from wi2007.tables.axes import Category
from wi2007.tables.counts import Counted, Counts, by_code, counted
from wi2007.tables.tidy import TOTAL, TidyRow, percentage

Merged = Mapping[tuple[str, str], tuple[str, ...]]
"""By population and variable: codes that may not stand alone, and are shown as one category."""


def tidy_tables(cube: pa.Table, specification: Specification, peildatum: date) -> list[TidyRow]:
    """Return every table of the specification from the cube (see `counts.counted`), exact."""
    return tables_of(counted(cube, specification), specification, peildatum, {})


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
        for category in shown.categories(axis, by_code(cells, 0)):
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
        return axes.categories(axis, counted, never_ranked, self.peildatum, together)


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


def _cell(cells: Counts, row: Category, column: Category) -> int:
    return sum(cells.get((r, c), 0) for r in row.codes for c in column.codes)


def _sum(counted: Mapping[str, int], codes: Iterable[str]) -> int:
    return sum(counted.get(code, 0) for code in codes)
