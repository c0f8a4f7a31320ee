"""How a population is spread over the municipalities: how many have few persons, and how many live in the largest.

From the full table of municipalities, as it is shown. What does not belong here: that table, sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schemas.report import SpreadLimits
from schemas.tables import Table as TableSpecification
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.charts import ChartDrawing, Entry, Grid
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.changes import OBLIGED
from wi2007.publication.content.surely import in_order
from wi2007.publication.document import Block
from wi2007.tables.tidy import percentage, rounded
from wi2007.tables.variables import MUNICIPALITY, abroad

_PART = "spreiding"


@dataclass(frozen=True)
class Spread:
    """Persons by municipality as a table shows them, the largest first; `abroad` are those of the RNI.

    With `samengevoegd` some municipalities are shown as one, and are not among them.
    """

    tabel: str
    everybody: int
    abroad: int
    sizes: Sequence[int]
    grens: SpreadLimits
    off: int = 0
    samengevoegd: bool = False

    @property
    def in_rni(self) -> int:
        """Who does not live in the Netherlands and is still obliged."""
        return self.abroad

    @property
    def gemeenten(self) -> int:
        """How many municipalities have a row of their own."""
        return len(self.sizes)

    @property
    def met_weinig(self) -> int:
        """How many of them show few persons: `grens.weinig` or less."""
        return sum(size <= self.grens.weinig for size in self.sizes)

    @property
    def met_veel(self) -> int:
        """How many of them show many persons: `grens.veel` or more."""
        return sum(size >= self.grens.veel for size in self.sizes)

    @property
    def in_grootste(self) -> Share:
        """The part of everybody in the Netherlands that lives in the `grens.grootste` municipalities with the most."""
        number = min(self.grens.grootste, self.gemeenten)
        part = sum(self.sizes[:number])
        return Share(part, self.everybody - self.abroad, 0, self.off, parts=number, wholes=2)


class Spreading(Chapter):
    """The spread of who is still obliged over the municipalities; absent without a table of all of them."""

    key = _PART
    names = ("spreiding",)
    parts = (_PART,)

    @property
    def present(self) -> bool:
        """Whether a table shows municipalities, with enough persons to take a percentage of."""
        found = self._found
        return found is not None and bool(found.sizes) and found.everybody >= self.inputs.floor

    def values(self) -> dict[str, Any]:
        """Give the numbers that texts use."""
        return {"spreiding": self._found}

    def part(self, name: str) -> list[Block]:
        """Make the chart."""
        group = self.writer.group(OBLIGED, self.inputs.label(OBLIGED))
        return self.charts_of(_PART, group, self.source)

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw how many municipalities show how many persons; of rounded counts no class is called the largest."""
        found = self._found
        if found is None:
            return {}
        classes = dict(self._classes(found.sizes))
        rows, column = tuple(map(Entry, classes)), Entry(self.words("kolom"))
        grid = Grid(
            row_variable=_PART,
            row_header=self.words("kop"),
            column_variable="",
            column_header="",
            rows=rows,
            columns=(column,),
            cells={
                (label, column.label): rounded(percentage(number, found.gemeenten) or 0.0, 0)
                for label, number in classes.items()
            },
            people=({row: classes[row.label] for row in rows}, {column: 0}),
            decimals=0,
            surely=(lambda one, other: False) if found.off else None,
        )
        note = self.words("grafiek_noot")
        return {_PART: [charts.chart_of(f"grafiek-{_PART}", self.words("grafiek_titel"), grid, note)]}

    def _classes(self, sizes: Sequence[int]) -> Iterator[tuple[str, int]]:
        """The classes of persons (their ends are in `woorden.yaml`), each with how many municipalities show so many."""
        below = -1
        for end in self.writer.texts.words.spreiding.klassen:
            yield self.words("klasse", van=below + 1, tot=end), sum(below < size <= end for size in sizes)
            below = end
        yield self.words("klasse_laatste", van=below + 1), sum(size > below for size in sizes)

    @cached_property
    def _found(self) -> Spread | None:
        table = self._table
        if table is None:
            return None
        axis = next(one for one in table.rows if one.variable == MUNICIPALITY)
        block = next(one for one in self.inputs.blocks(table) if one.variable == MUNICIPALITY)
        outside = sum(block.overall(row).part for row in block.rows if row.startswith(abroad()))
        sizes = [share.part for _, share in in_order(block)]
        limits, together = self.writer.texts.words.spreiding, axis.merged in block.rows
        return Spread(table.number, block.everybody, outside, sizes, limits, block.spread, together)

    @property
    def _table(self) -> TableSpecification | None:
        """The table of all municipalities of who is still obliged."""
        for table in self.inputs.present:
            full = any(axis.variable == MUNICIPALITY and axis.largest is None for axis in table.rows)
            if full and table.population == OBLIGED:
                return table
        return None
