"""The contract of `config/tables.yaml`: what a table specification may say.

Only the shape of each value is held here. Whether populations, variables and codes that it names exist is checked by
`wi2007.tables.specification`, which also words every error for the researcher.
What does not belong here: reading files, counting.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.policy import OF_POLICY

Variable = Literal[  # type: ignore[valid-type]
    "geslacht",
    "land_van_herkomst",
    "gemeente",
    "provincie",
    "gemeentegroep",
    "leeftijdsklasse",
    "uitstroomroute",
    "statuscode",
    "doelgroep",
    "ontheffingsgrond",
    *OF_POLICY,
]
Label = Annotated[str, Field(min_length=1)]
TableNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$")]


class _Model(BaseModel):
    """Unknown keys are mistakes; a value is never converted (2.10 without quotes is the number 2.1, not a name)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class VariableText(_Model):
    """How a variable is called, and the codes that never take a place in a ranking (with the reason)."""

    label: Label
    never_ranked: list[str] = []
    reason: str = ""


class Population(_Model):
    """Who is counted: everyone (`filter` empty) or those with one of the named values of each variable."""

    label: Label
    filter: dict[Variable, Annotated[list[str], Field(min_length=1)]] = {}


class Axis(_Model):
    """The categories of one variable, as rows or as columns.

    Without `largest`: every category of the code list, in its order. With `largest`: that many of the largest by count
    in the table's own population, ties by lower code, and all others together as `rest`. `apart` names codes that have
    a category of their own and never rank; they come before `rest` unless `rest_before_apart`. `merged` is the name of
    the categories without `rest` that disclosure control shows as one. `present_only` leaves out categories in which
    nobody is counted.
    """

    variable: Variable
    largest: Annotated[int, Field(ge=1, le=1000)] | None = None
    rest: Label | None = None
    apart: list[str] = []
    rest_before_apart: bool = False
    merged: Label = "Samengevoegd"
    present_only: bool = False


class Columns(Axis):
    """The column variable; `total` puts a column `totaal` with everyone before it."""

    total: bool = True


class Chart(_Model):
    """A chart of one row variable of the table. `kind` is one of the kinds in `wi2007.publication.charts`."""

    kind: Literal["pairs", "pyramid", "bars", "composition"]
    rows: Variable
    title: Label


class Table(_Model):
    """One table. `totals` says what the figures in the row `totaal` are a percentage of:

    `of_table` everyone in the table (100, and the share of each column); `of_column` the column itself (always 100).
    All other percentages are of their column. `appendix` puts the whole table in the appendix instead of a chapter.
    What changed since the peildatum before, and what other choices change, is counted for tables that are `compared`.
    """

    number: TableNumber
    title: Label
    population: Label
    columns: Columns
    rows: Annotated[list[Axis], Field(min_length=1)]
    totals: Literal["of_table", "of_column"] = "of_table"
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    footnotes: list[Label] = []
    charts: list[Chart] | None = None
    appendix: bool = False
    compared: bool = True


class Specification(_Model):
    """The whole of `config/tables.yaml`."""

    variables: dict[Variable, VariableText]
    populations: Annotated[dict[str, Population], Field(min_length=1)]
    tables: Annotated[list[Table], Field(min_length=1)]

    @cached_property
    def for_comparison(self) -> Specification:
        """The tables that are `compared` with other peildata and choices: without the policy groups (`schemas.policy`),
        which are counted apart.
        """
        tables = []
        for table in filter(lambda one: one.compared, self.tables):
            rows = [axis for axis in table.rows if axis.variable not in OF_POLICY]
            if rows and table.columns.variable not in OF_POLICY:
                charts = table.charts and [one for one in table.charts if one.rows not in OF_POLICY]
                tables.append(table.model_copy(update={"rows": rows, "charts": charts}))
        return self.model_copy(update={"tables": tables})

    def table(self, number: str) -> Table:
        """The table with this number; raises `KeyError` when there is none."""
        for table in self.tables:
            if table.number == number:
                return table
        raise KeyError(number)
