"""Mark the cells of the table that hold a formula or an error, or are merged with others, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from wi2007.delivery.source import CellProblem, Rows
from wi2007.delivery.workbook.scan import Area, Scan

_MOST_COVERED: Final = 1_000_000


@dataclass(frozen=True)
class Table:
    """Where the table lies; rows and columns are counted from 1."""

    header_row: int
    first_column: int
    fields: int
    last_row: int


@dataclass(frozen=True)
class Marks:
    """For each rule and field the numbers of the rows, ascending; and cells by row and field that another covers."""

    rows: dict[tuple[str, int], Rows]
    covered: dict[int, list[int]]

    def between(self, first: int, last: int, fields: Iterable[int]) -> tuple[CellProblem, ...]:
        """Return what is marked in some rows, `first` up to and including `last`."""
        wanted = set(fields)
        found = []
        for (rule, field), rows in self.rows.items():
            if field in wanted:
                here = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last, side="right")]
                if len(here):
                    found.append(CellProblem(rule, field, here))
        return tuple(found)


def marks(scan: Scan, merged: Sequence[Area], table: Table) -> Marks:
    """Return formulas and errors from the header on, and merged cells below it, in the columns of the table."""
    below = [(max(one[0], table.header_row + 1), *one[1:]) for one in merged if one[1] > table.header_row]
    found: dict[tuple[str, int], Rows] = {}
    for rule, areas in (
        ("cel_formule", scan.formulas),
        ("cel_fout", scan.errors),
        ("cel_samengevoegd", below),
    ):
        for field, rows in _by_field(areas, table).items():
            found[rule, field] = rows
    return Marks(found, _covered(merged, table))


def _covered(merged: Sequence[Area], table: Table) -> dict[int, list[int]]:
    """Return the rows of hidden values by field: Excel shows only the first of merged cells."""
    found: dict[int, list[int]] = {}
    count = 0
    for first, last, left, right in merged:
        places = range(max(0, left - table.first_column), min(table.fields, right + 1 - table.first_column))
        for row in range(max(first, table.header_row + 1), min(last, table.last_row) + 1):
            covered = [at for at in places if (row, at + table.first_column) != (first, left)]
            found.setdefault(row, []).extend(covered)
            count += 1 + len(covered)
            if (
                count > _MOST_COVERED
            ):  # they are marked, so that the delivery is refused whatever stands in them
                return found
    return found


def _by_field(areas: Sequence[Area], table: Table) -> dict[int, Rows]:
    if not areas:
        return {}
    limits = np.array(areas, dtype=np.int64)
    last_row = table.last_row
    found = {}
    for field in range(table.fields):
        column = table.first_column + field
        here = limits[(limits[:, 2] <= column) & (limits[:, 3] >= column)]
        if not len(here):
            continue
        # Each area adds one from its first row on, and subtracts one after its last row.
        change = np.zeros(last_row + 2, dtype=np.int64)
        np.add.at(change, np.minimum(here[:, 0], last_row + 1), 1)
        np.add.at(change, np.minimum(here[:, 1], last_row) + 1, -1)
        rows = np.flatnonzero(np.cumsum(change) > 0)
        rows = rows[(rows >= table.header_row) & (rows <= last_row)]
        if len(rows):
            found[field] = rows
    return found
