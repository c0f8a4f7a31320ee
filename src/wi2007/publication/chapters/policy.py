"""The policy groups: of each how many persons are in it at the least and at the most, and what would tell more.

From the table that shows all of them. What does not belong here: that table, who is in a group
(`config/beleidsgroepen.yaml`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from schemas.policy import GROUPS, NOT, SURE, Group
from schemas.tables import Table as TableSpecification
from schemas.tidy import TOTAL
from wi2007.policy import read_policy_groups
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.charts import ChartDrawing, Entry, Grid
from wi2007.publication.content.changes import OBLIGED
from wi2007.publication.content.downloads import download_name
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import displayed, shown_of
from wi2007.publication.document import Block, Items, Table
from wi2007.tables.tidy import percentage, rounded
from wi2007.tables.variables import ANSWERS, MEMBERSHIPS

_PART: Final = "beleid"


@dataclass(frozen=True)
class Bounds:
    """How many persons of `everybody` are in a policy group: at the least, and at the most.

    `missing` are columns that the delivery lacks and that would tell more.
    """

    group: Group
    least: int
    most: int
    everybody: int
    missing: tuple[str, ...] = ()

    def shares(self) -> tuple[float, float]:
        """Return both as a percentage of everybody."""
        return percentage(self.least, self.everybody) or 0.0, percentage(self.most, self.everybody) or 0.0


class Policy(Chapter):
    """The policy groups of who is still obliged; absent without a table of all of them."""

    key = _PART
    names = ("beleid",)
    own_names = ("naam", "minstens", "hoogstens", "aanname", "ontbreekt")
    parts = (_PART,)

    @classmethod
    def claims(cls, inputs: Inputs) -> Collection[str]:
        """Number the table that shows every policy group."""
        table = _table(inputs)
        return () if table is None else (table.number,)

    @property
    def present(self) -> bool:
        """Whether a table shows every policy group, with enough persons to take a percentage of."""
        return bool(self._found) and self._found[0].everybody >= self.inputs.floor

    def values(self) -> dict[str, Any]:
        """Give the bounds by group."""
        return {"beleid": {one.group.groep: one for one in self._found}}

    def part(self, name: str) -> list[Block]:
        """Make a line for each group, the chart and the table."""
        place = self.place("groep")
        lines = tuple(
            self.writer.text(
                self.texts["groep"],
                place,
                naam=one.group.naam,
                minstens=one.least,
                hoogstens=one.most,
                aanname=one.group.aanname,
                ontbreekt=one.missing,
            )
            for one in self._found
        )
        group = self.writer.group(OBLIGED, self.inputs.label(OBLIGED))
        return [Items(lines), *self.charts_of(_PART, group, self.source), *self._tables()]

    def _tables(self) -> Iterator[Table]:
        """Show the table that the bounds are from."""
        if (table := _table(self.inputs)) is not None:
            shown = shown_of(self.inputs, table, self.writer)
            yield displayed(shown, download_name(table.number, self.inputs.account.mark), self.source)

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw the least and the most of each group."""
        if not self.present:
            return {}
        columns = least, most = Entry(self.words("minstens")), Entry(self.words("hoogstens"))
        rows = tuple(Entry(one.group.naam) for one in self._found)
        cells: dict[tuple[str, str], Decimal | None] = {
            (one.group.naam, column.label): rounded(share, 0)
            for one in self._found
            for column, share in zip(columns, one.shares(), strict=True)
        }
        sizes = {row: one.most for row, one in zip(rows, self._found, strict=True)}
        grid = Grid(
            row_variable=_PART,
            row_header=self.words("kop"),
            column_variable=_PART,
            column_header=self.words("kop_kolom"),
            rows=rows,
            columns=columns,
            cells=cells,
            people=(sizes, {least: 1, most: 1}),
            decimals=0,
            surely=lambda one, other: False,
        )
        title, note = self.words("grafiek_titel"), self.words("grafiek_noot")
        return {_PART: [charts.pairs_of(f"grafiek-{_PART}", title, grid, note)]}

    @cached_property
    def _found(self) -> Sequence[Bounds]:
        """The bounds of every group, in the order of the settings."""
        table = _table(self.inputs)
        if table is None:
            return ()
        shown = self.inputs.tables[table.number]
        columns, everybody = self.inputs.account.delivery.fields, shown.everybody

        def size(group: str, membership: str) -> int:
            cell = shown.cell(group, MEMBERSHIPS[membership], TOTAL)
            return cell.aantal if cell else 0

        return [
            Bounds(
                group=one,
                least=size(one.groep, SURE),
                most=everybody - size(one.groep, NOT),
                everybody=everybody,
                missing=tuple(name for name in one.columns if not columns.get(name)),
            )
            for one in read_policy_groups().groepen
        ]


def _table(inputs: Inputs) -> TableSpecification | None:
    """The first table whose rows are the policy groups, all of them, with a column for everybody."""
    for table in inputs.present:
        rows = {axis.variable for axis in table.rows}
        if ANSWERS >= rows >= {*GROUPS} and table.columns.total:
            return table
    return None
