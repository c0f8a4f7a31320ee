"""The part of a table that sentences are made about: one row variable against the columns, with its denominators.

What does not belong here: which sentence to make, and words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from schemas.tables import Axis, Specification, Table
from wi2007 import reference
from wi2007.publication.content.tidy import Tidy
from wi2007.tables import variables
from wi2007.tables.tidy import TOTAL, percentage, rounded

MEN, WOMEN = variables.GENDERS.values()
Kind = Literal["gewoon", "rest", "apart"]
Kinds = Mapping[tuple[str, str], Kind]


@dataclass(frozen=True)
class Share:
    """A part of a group: exact, and as it is shown (a percentage with `decimals`)."""

    part: int
    whole: int
    decimals: int

    @property
    def exact(self) -> Fraction:
        """The share; nil where the group is empty."""
        return Fraction(self.part, self.whole) if self.whole else Fraction(0)

    @property
    def shown(self) -> Decimal:
        """The percentage as the table shows it."""
        return rounded(percentage(self.part, self.whole) or 0.0, self.decimals)


@dataclass(frozen=True)
class Block:
    """One row variable of a table. `counts` by row and column label; `bases` are the columns' denominators.

    `kinds` by row and by column: `gewoon` takes part in rankings, `rest` is what is left, `apart` is in no ranking
    (the RNI, an unknown value).
    """

    table: str
    population: str
    variable: str
    column_variable: str
    rows: Mapping[str, Kind]
    columns: Mapping[str, Kind]
    counts: Mapping[tuple[str, str], int]
    bases: Mapping[str, int]
    decimals: int

    @property
    def everybody(self) -> int:
        """Everybody in the block's population."""
        return self.bases[TOTAL] if TOTAL in self.bases else sum(self.bases.values())

    @property
    def complete(self) -> bool:
        """Whether the columns hold everybody: men and women alone leave out those of geslacht O."""
        return TOTAL in self.bases or self.column_variable != "geslacht"

    @property
    def by_gender(self) -> bool:
        """Whether men and women each have a column with somebody in it."""
        return bool(self.bases.get(MEN) and self.bases.get(WOMEN))

    @property
    def ordinary_rows(self) -> tuple[str, ...]:
        """Rows that take part in rankings, in table order."""
        return tuple(row for row, kind in self.rows.items() if kind == "gewoon")

    @property
    def ordinary_columns(self) -> tuple[str, ...]:
        """Columns that take part in comparisons, in table order: categories that hold anybody."""
        return tuple(
            column
            for column, kind in self.columns.items()
            if kind == "gewoon" and column not in (TOTAL, MEN, WOMEN) and self.bases[column]
        )

    def share(self, row: str, column: str) -> Share:
        """A row's share of a column."""
        return Share(self.counts.get((row, column), 0), self.bases[column], self.decimals)

    def overall(self, row: str) -> Share:
        """A row's share of everybody."""
        if TOTAL in self.bases:
            return self.share(row, TOTAL)
        part = sum(self.counts.get((row, column), 0) for column in self.bases)
        return Share(part, self.everybody, self.decimals)


def block(table: Tidy, variable: str, decimals: int, kinds: Kinds) -> Block:
    """The block of one row variable."""
    return Block(
        table=table.id,
        population=table.population,
        variable=variable,
        column_variable=table.column_variable,
        rows={row: kinds.get((variable, row), "gewoon") for row in table.rows(variable)},
        columns={column: kinds.get((table.column_variable, column), "gewoon") for column in table.columns},
        counts={(r.rij, r.kolom): r.aantal for r in table.records if r.rijvariabele == variable},
        bases={column: table.size(column) for column in table.columns},
        decimals=decimals,
    )


def kinds_of(table: Table, specification: Specification) -> dict[tuple[str, str], Kind]:
    """The rows and columns of a table that are not `gewoon`, by variable and label."""
    found: dict[tuple[str, str], Kind] = {}
    for axis in (table.columns, *table.rows):
        found.update({(axis.variable, label): kind for label, kind in _kinds(axis, specification).items()})
    return found


def _kinds(axis: Axis, specification: Specification) -> dict[str, Kind]:
    labels = variables.all_labels(axis.variable)
    texts = specification.variables.get(axis.variable)
    unranked = {*axis.apart, *(texts.never_ranked if texts else ())}
    found: dict[str, Kind] = {}
    for code, label in labels.items():
        unknown = label == reference.UNKNOWN and axis.variable != variables.ROUTE
        if code in unranked or unknown:
            found |= {label: "apart", f"{label} ({code})": "apart"}
    if axis.rest is not None:
        found[axis.rest] = "rest"
    return found
