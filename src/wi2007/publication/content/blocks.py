"""Look up cells of a tidy table, and give its blocks: one row variable against the columns, with its denominators.

The records are those of `schemas.tidy`. What does not belong here: how a table is shown, which sentence to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from schemas.tables import Axis, Specification, Table
from schemas.tidy import TOTAL, TidyRow
from wi2007 import reference
from wi2007.statements.figure import Figure, counted, share
from wi2007.statements.sources import Rounding
from wi2007.tables import variables
from wi2007.tables.tidy import percentage, rounded


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


MEN, WOMEN = variables.GENDERS.values()
Kind = Literal["gewoon", "rest", "apart"]
Kinds = Mapping[tuple[str, str], Kind]


EXACT = Rounding()


@dataclass(frozen=True)
class Share:
    """A part of a group: exact, and as it is shown (a percentage with `decimals`).

    Rounding has moved each count by `spread` persons at most. The part is made of `parts` counts, the group of
    `wholes`.
    """

    part: int
    whole: int
    decimals: int
    spread: int = 0
    parts: int = 1
    wholes: int = 1

    @property
    def exact(self) -> Fraction:
        """The share; nil where the group is empty."""
        return self.figure.value

    @cached_property
    def figure(self) -> Figure:
        """The share with what rounding leaves open."""
        part, whole = Fraction(self.part), Fraction(self.whole)
        off, whole_off = Fraction(self.parts * self.spread), Fraction(self.wholes * self.spread)
        return share(counted(part, off), counted(whole, whole_off))

    @property
    def shown(self) -> Decimal:
        """The percentage as the table shows it."""
        return rounded(percentage(self.part, self.whole) or 0.0, self.decimals)


@dataclass(frozen=True)
class Block:
    """One row variable of a table. `counts` by row and column label; `bases` are the columns' denominators.

    `kinds` by row and by column: `gewoon` takes part in rankings, `rest` is what is left, `apart` is in no ranking
    (the RNI, an unknown value). A count is off by `spread` persons at most (0 for exact counts), but with `loose` one
    of a rest can be further off. A rest holds no category that is larger than those that rank, but those
    that may not stand alone: `merged` persons together (None: not known).
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
    spread: int = 0
    loose: bool = False
    merged: int | None = 0

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
        return Share(self.counts.get((row, column), 0), self.bases[column], self.decimals, self.spread)

    def overall(self, row: str) -> Share:
        """A row's share of everybody."""
        if TOTAL in self.bases:
            return self.share(row, TOTAL)
        part = sum(self.counts.get((row, column), 0) for column in self.bases)
        return Share(part, self.everybody, self.decimals, self.spread)

    @property
    def abroad(self) -> tuple[str, ...]:
        """The columns of persons who do not live in the Netherlands (the RNI) with anybody in them."""
        label = variables.abroad()
        return tuple(one for one in self.columns if one.startswith(label) and self.bases[one])

    def average(self, row: str) -> Share:
        """A row's share of everybody in the Netherlands: columns are compared with that, without those `abroad`."""
        overall, left_out = self.overall(row), self.abroad
        return replace(
            overall,
            part=overall.part - sum(self.counts.get((row, column), 0) for column in left_out),
            whole=overall.whole - sum(self.bases[column] for column in left_out),
            parts=1 + len(left_out),
            wholes=1 + len(left_out),
        )

    def is_bounded(self, row: str) -> bool:
        """Whether the counts of a row are off by no more than `spread`."""
        return not (self.loose and self.rows[row] == "rest")


def block(table: Tidy, variable: str, decimals: int, kinds: Kinds, rounding: Rounding = EXACT) -> Block:
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
        spread=rounding.spread,
        loose=rounding.loose,
    )


def kinds_of(table: Table, specification: Specification) -> dict[tuple[str, str], Kind]:
    """The rows and columns of a table that are not `gewoon`, by variable and label; what is merged is a rest."""
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
    return {**found, axis.merged: "rest"}
