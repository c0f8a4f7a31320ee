"""Cells of the table that hold a formula or an error, field by field.

What does not belong here: finding them (`scan`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from wi2007.delivery.source import CellProblem, Rows
from wi2007.delivery.workbook.scan import Area, Scan


@dataclass(frozen=True)
class Marks:
    """For each rule and field the numbers of the rows, ascending."""

    rows: dict[tuple[str, int], Rows]

    def between(self, first: int, last: int, fields: Iterable[int]) -> tuple[CellProblem, ...]:
        """What is marked in some rows, `first` up to and including `last`."""
        wanted = set(fields)
        found = []
        for (rule, field), rows in self.rows.items():
            if field in wanted:
                here = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last, side="right")]
                if len(here):
                    found.append(CellProblem(rule, field, here))
        return tuple(found)


def marks(scan: Scan, header_row: int, first_column: int, fields: int) -> Marks:
    """What is marked from the header on, in the columns of the table."""
    found: dict[tuple[str, int], Rows] = {}
    for rule, areas in (("cel_formule", scan.formulas), ("cel_fout", scan.errors)):
        for field, rows in _by_field(areas, scan.last_row, header_row, first_column, fields).items():
            found[rule, field] = rows
    return Marks(found)


def _by_field(
    areas: Sequence[Area], last_row: int, header_row: int, first_column: int, fields: int
) -> dict[int, Rows]:
    if not areas:
        return {}
    table = np.array(areas, dtype=np.int64)
    found = {}
    for field in range(fields):
        column = first_column + field
        here = table[(table[:, 2] <= column) & (table[:, 3] >= column)]
        if not len(here):
            continue
        # An area that begins counts one more from its first row on, and one less after its last.
        change = np.zeros(last_row + 2, dtype=np.int64)
        np.add.at(change, np.minimum(here[:, 0], last_row + 1), 1)
        np.add.at(change, np.minimum(here[:, 1], last_row) + 1, -1)
        rows = np.flatnonzero(np.cumsum(change) > 0)
        rows = rows[(rows >= header_row) & (rows <= last_row)]
        if len(rows):
            found[field] = rows
    return found
