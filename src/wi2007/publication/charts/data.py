"""What a chart draws (part of a tidy table, rounded as the table shows it), and what a drawing is to the project.

Nothing more precise than what is shown goes any further, so that lengths in a drawing tell nothing new.
What does not belong here: drawing, words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from schemas.tables import Axis, Specification, Table
from schemas.tidy import TOTAL, TidyRow
from wi2007 import dutch
from wi2007.tables import variables
from wi2007.tables.tidy import rounded

Kind = Literal["gewoon", "rest", "apart"]
Place = tuple[str, str]
"""The labels of a row and a column."""
NO_FIGURE = "."
UNORDERED = ("uitstroomroute", "statuscode")
"""Variables whose order in a file says nothing: a table and its chart put the largest first."""
_READERS = {"man": "Mannen", "vrouw": "Vrouwen", TOTAL: "Iedereen"}


class DataRow(NamedTuple):
    """One row of a chart's data: texts as shown, and the same values for sorting (None where there is no figure)."""

    label: str
    texts: tuple[str, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class ChartData:
    """The data of a chart as a table. `header` heads the labels; every row has a text and a value for each column."""

    header: str
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]


@dataclass(frozen=True)
class ChartDrawing:
    """A chart: `id` is a slug, unique in the report; `wide` and `narrow` are SVG texts that can stand inside HTML.

    `alt` is one Dutch sentence: what is drawn and its main message.
    """

    id: str
    title: str
    alt: str
    wide: str
    narrow: str
    data: ChartData


@dataclass(frozen=True)
class Entry:
    """A row or a column: `gewoon` may be said to be the largest, `rest` and `apart` (RNI, unknown) may not."""

    label: str
    kind: Kind = "gewoon"

    @property
    def name(self) -> str:
        """What readers call it in a chart."""
        return _READERS.get(self.label, self.label)

    @property
    def inline(self) -> str:
        """The same within a sentence: names keep their capital, other words lose it."""
        return self.name.lower() if self.label in _READERS else self.label


@dataclass(frozen=True)
class Grid:
    """Rows, columns and the percentages shown (None where there is nobody to take a percentage of).

    `people` holds the persons in each row and in each column, to put them in order. `cut` tells of rows or
    columns that there was no room for. Without `decimals` every figure is shown with those that it has. `signs` stand
    in cells without a figure. `surely` says whether one cell's percentage is larger than another's whatever rounding
    has done; without it the figures themselves say so.
    """

    row_variable: str
    row_header: str
    column_variable: str
    column_header: str
    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    cells: dict[tuple[str, str], Decimal | None]
    people: tuple[dict[Entry, int], dict[Entry, int]]
    decimals: int | None
    cut: str = ""
    signs: dict[tuple[str, str], str] = field(default_factory=dict)
    surely: Callable[[Place, Place], bool] | None = None

    def is_larger(self, first: Place, second: Place) -> bool:
        """Whether the percentage of a cell is surely larger than that of another; False where either has none."""
        one, other = self.cells.get(first), self.cells.get(second)
        if one is None or other is None:
            return False
        return one > other if self.surely is None else self.surely(first, second)

    def value(self, row: Entry, column: Entry) -> Decimal | None:
        """The percentage of a cell."""
        return self.cells.get((row.label, column.label))

    def text(self, row: Entry, column: Entry) -> str:
        """The percentage as readers see it."""
        value = self.value(row, column)
        if value is None:
            return self.signs.get((row.label, column.label)) or NO_FIGURE
        return percent_text(value, self.decimals)

    def with_columns(self, labels: Sequence[str]) -> Grid:
        """Only the columns with these labels."""
        return replace(self, columns=tuple(c for c in self.columns if c.label in labels))

    def parts(self) -> Grid:
        """Without the column of everyone and columns without anyone, unless there is no other."""
        others = [column for column in self.columns if column.label != TOTAL] or list(self.columns)
        filled = [column for column in others if self.people[1][column]] or others
        return replace(self, columns=tuple(filled))

    def largest_first(self) -> Grid:
        """Rows by persons; the rest and those apart stay last."""
        ordered = sorted(self.rows, key=lambda row: (row.kind != "gewoon", -self.people[0][row]))
        return replace(self, rows=tuple(ordered))

    def at_most(self, length: int) -> Grid:
        """The `length` rows with the most persons, largest first; all rows as they are where there are no more."""
        if len(self.rows) <= length:
            return self
        kept = sorted(self.rows, key=lambda row: -self.people[0][row])[:length]
        told = f"de {length} grootste van {len(self.rows)} ({dutch.inline(self.row_header)})"
        cut = f"{self.cut} en {told}" if self.cut else f"alleen {told}"
        return replace(self, rows=tuple(row for row in self.rows if row in kept), cut=cut).largest_first()

    def turned(self) -> Grid:
        """Rows for columns and columns for rows."""
        surely = self.surely
        return replace(
            self,
            row_variable=self.column_variable,
            row_header=self.column_header,
            column_variable=self.row_variable,
            column_header=self.row_header,
            rows=self.columns,
            columns=self.rows,
            people=(self.people[1], self.people[0]),
            cells={(column, row): value for (row, column), value in self.cells.items()},
            signs={(column, row): sign for (row, column), sign in self.signs.items()},
            surely=surely and (lambda first, second: surely(first[::-1], second[::-1])),
        )

    def data(self) -> ChartData:
        """Every figure drawn, as a table."""
        return ChartData(
            header=self.row_header,
            columns=tuple(column.name for column in self.columns),
            rows=tuple(
                DataRow(
                    row.name,
                    tuple(self.text(row, column) for column in self.columns),
                    tuple(_number(self.value(row, column)) for column in self.columns),
                )
                for row in self.rows
            ),
        )


def percent_text(value: Decimal | None, decimals: int | None) -> str:
    """54,6%, or a point where there is no figure; without `decimals` with those that the value has."""
    if value is None:
        return NO_FIGURE
    exponent = value.as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return dutch.percent(float(value), own if decimals is None else decimals)


Judge = Callable[[TidyRow, TidyRow, int], bool]
"""Whether the first cell's percentage, with so many decimals, is surely larger than the second's."""


def grid_of(
    table: Table,
    variable: str,
    tidy: Sequence[TidyRow],
    specification: Specification,
    judge: Judge | None = None,
) -> Grid:
    """The rows of one row variable of a table. `tidy` may hold other tables too."""
    own = [row for row in tidy if row.tabel == table.number]
    found = [row for row in own if row.rijvariabele == variable]
    (axis,) = [axis for axis in table.rows if axis.variable == variable]
    rows = _entries([row.rij for row in found], axis, specification)
    columns = _entries([row.kolom for row in found], table.columns, specification)
    total = TOTAL if Entry(TOTAL) in columns else None
    of_rows = {
        row: sum(r.aantal for r in found if r.rij == row.label and total in (None, r.kolom)) for row in rows
    }
    totals = {row.kolom: row.aantal for row in own if row.rijvariabele == TOTAL}
    at = {(row.rij, row.kolom): row for row in found}
    return Grid(
        row_variable=variable,
        row_header=_header(variable, specification),
        column_variable=table.columns.variable,
        column_header=_header(table.columns.variable, specification),
        rows=rows,
        columns=columns,
        cells={
            (row.rij, row.kolom): None if row.procent is None else rounded(row.procent, table.decimals)
            for row in found
        },
        people=(of_rows, {column: totals[column.label] for column in columns}),
        decimals=table.decimals,
        surely=judge and (lambda one, other: judge(at[one], at[other], table.decimals)),
    )


def _header(variable: str, specification: Specification) -> str:
    return next((text.label for name, text in specification.variables.items() if name == variable), variable)


def _entries(labels: Sequence[str], axis: Axis, specification: Specification) -> tuple[Entry, ...]:
    text = specification.variables.get(axis.variable)
    codes = [*axis.apart, *(text.never_ranked if text else [])]
    known = variables.all_labels(axis.variable)
    apart = {known[code] for code in codes if code in known}
    apart |= {f"{known[code]} ({code})" for code in codes if code in known}

    def entry(label: str) -> Entry:
        if label == axis.rest:
            return Entry(label, "rest")
        return Entry(label, "apart" if label in apart else "gewoon")

    return tuple(entry(label) for label in dict.fromkeys(labels))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
