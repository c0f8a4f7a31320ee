"""One tidy table as something to look cells up in. The records are those of `wi2007.tables.tidy`.

What does not belong here: how a table is shown, which sentences it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wi2007.tables.tidy import TOTAL, TidyRow


@dataclass(frozen=True)
class Tidy:
    """One table: its cells in the order of the file."""

    id: str
    population: str
    records: tuple[TidyRow, ...]

    @property
    def column_variable(self) -> str:
        """What the columns are."""
        return self.records[0].kolomvariabele

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The labels of the columns, in order."""
        return tuple(dict.fromkeys(record.kolom for record in self.records))

    @cached_property
    def row_variables(self) -> tuple[str, ...]:
        """What the rows are, totals aside, in order."""
        return tuple(dict.fromkeys(r.rijvariabele for r in self.records if r.rijvariabele != TOTAL))

    def rows(self, variable: str) -> tuple[str, ...]:
        """The labels of the rows of one variable, in order."""
        return tuple(dict.fromkeys(r.rij for r in self.records if r.rijvariabele == variable))

    def cell(self, variable: str, row: str, column: str) -> TidyRow | None:
        """One cell, or None where the table leaves it out."""
        return self._index.get((variable, row, column))

    def size(self, column: str) -> int:
        """Everybody in a column."""
        record = self.cell(TOTAL, TOTAL, column)
        return record.aantal if record else 0

    @property
    def everybody(self) -> int:
        """Everybody in the table: the column totaal, or all columns together when they divide the population."""
        if TOTAL in self.columns:
            return self.size(TOTAL)
        return sum(self.size(column) for column in self.columns)

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], TidyRow]:
        return {(r.rijvariabele, r.rij, r.kolom): r for r in self.records}


def tables(records: Iterable[TidyRow]) -> dict[str, Tidy]:
    """The tables by their number, in the order of the file."""
    found: dict[str, list[TidyRow]] = {}
    for record in records:
        found.setdefault(record.tabel, []).append(record)
    return {name: Tidy(name, rows[0].populatie, tuple(rows)) for name, rows in found.items()}
