"""Exemptions in time: how many got one each year, and on which ground.

What does not belong here: who ever got one, by age or country, which are tables of `tables.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from schemas.dataset import Dataset
from schemas.tempo_tables import GROUND, TEMPO
from wi2007.publication import charts
from wi2007.publication.chapters.tempo import OfTempo
from wi2007.publication.charts import ChartDrawing, Entry, Grid
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.shown import counted
from wi2007.publication.content.surely import larger_share
from wi2007.publication.document import Block, Column, Row, Table
from wi2007.tables.tidy import percentage, rounded

_PART: Final = "tempo_gronden"


class Exemptions(OfTempo):
    """Who got an exemption in the last twelve months and in each year before, by ground."""

    parts = (_PART,)

    @property
    def present(self) -> bool:
        """Whether anybody got one."""
        return super().present and bool(self.tempo.exemptions)

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """Outflow, in which they are."""
        return (TEMPO,)

    def part(self, name: str) -> list[Block]:
        """Make the chart, where enough got one in any year, and the table."""
        return [*self.charts_of(name, self.population(name), self.source), self._by_ground()]

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw for each ground what part of the exemptions of each period it is; without periods of too few."""
        told = {
            period: by_ground
            for period, by_ground in self.tempo.exemptions.items()
            if sum(by_ground.values()) >= self.inputs.floor
        }
        if not told:
            return {}
        columns = {period: Entry(self.period_name(period)) for period in self.tempo.periods if period in told}
        rows = tuple(map(Entry, next(iter(told.values()))))
        sizes = {period: sum(by_ground.values()) for period, by_ground in told.items()}
        cells: dict[tuple[str, str], Decimal | None] = {
            (row.label, column.label): rounded(percentage(told[period][row.label], sizes[period]) or 0.0, 0)
            for row in rows
            for period, column in columns.items()
        }
        labels = {column.label: period for period, column in columns.items()}

        def is_larger(first: tuple[str, str], second: tuple[str, str]) -> bool:
            off = self.inputs.account.rounding.spread
            one, other = (
                Share(told[labels[at]][row], sizes[labels[at]], 0, off, wholes=len(rows))
                for row, at in (first, second)
            )
            return larger_share(one, other, self.inputs.limits)

        grid = Grid(
            row_variable=GROUND,
            row_header=self.heading(GROUND),
            column_variable="",
            column_header=self.words("tijdvak"),
            rows=rows,
            columns=tuple(columns.values()),
            cells=cells,
            people=(
                {row: sum(one[row.label] for one in told.values()) for row in rows},
                {column: sizes[period] for period, column in columns.items()},
            ),
            decimals=0,
            surely=is_larger,
        )
        title, note = self.words("titel_gronden"), self.words("grafiek_noot_gronden")
        return {_PART: [charts.chart_of("grafiek-tempo-gronden", title, grid, note)]}

    def _by_ground(self) -> Table:
        """Periods below each other, grounds of exemption beside each other, all of them first."""
        persons, told = self.words("personen"), self.tempo.exemptions
        grounds = list(next(iter(told.values())))
        columns = [Column(label, unit=persons) for label in (self.words("alle_gronden"), *grounds)]
        rows = [
            Row(
                self.period_name(period),
                (counted(sum(told[period].values())), *(counted(told[period][ground]) for ground in grounds)),
            )
            for period in self.tempo.periods
            if period in told
        ]
        return self.made("gronden", "U.7", (self.words("tijdvak"), columns), rows)
