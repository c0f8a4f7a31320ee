"""What lies ahead: the projections of how many are still obliged, as lines with their band and as a table.

What does not belong here: computing projections (`wi2007.tempo`), looking rows up (`content.outflow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from schemas.dataset import Dataset
from schemas.tempo_tables import OUTLOOK, OutlookRow
from wi2007 import dutch
from wi2007.publication import charts
from wi2007.publication.chapters.tempo import OfTempo
from wi2007.publication.charts import ChartData, ChartDrawing, DataRow
from wi2007.publication.content.outflow import COUNTED
from wi2007.publication.content.shown import counted
from wi2007.publication.document import Block, Cell, Column, Row, Table

_PART = "vooruitzicht"


class Outlook(OfTempo):
    """The ways of looking ahead that there is enough for."""

    own_names = ("manier", "manieren", "jaar", "tot_en_met", "van", "tot", "aantal")
    parts = (_PART,)

    @property
    def present(self) -> bool:
        """Whether there is enough for any way."""
        return super().present and bool(self.tempo.ways)

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """The projections."""
        return (OUTLOOK,)

    def part(self, name: str) -> list[Block]:
        """Make the chart, then the table."""
        return [*self.charts_of(name, self.population(name), self.source), self._ahead()]

    def _way(self, way: str) -> str:
        """A way of looking ahead as readers see it."""
        return self.words(f"manier_{way}")

    @cached_property
    def _days(self) -> list[tuple[str, dict[str, OutlookRow]]]:
        """Every day that is shown with its rows by way, counted points among them."""
        found: dict[str, dict[str, OutlookRow]] = {}
        for way in (COUNTED, *self.tempo.ways):
            for row in self._until(way):
                found.setdefault(row.dag, {})[way] = row
        return sorted(found.items())

    def _until(self, way: str) -> list[OutlookRow]:
        """The rows of a way up to the last year that is worth showing."""
        return [row for row in self.tempo.of_way(way) if int(row.dag[:4]) <= self.tempo.shown_until]

    def _ahead(self) -> Table:
        """Days below each other; of each way of looking ahead what is expected, and the ends of the band."""
        ways = self.tempo.ways
        columns = [
            Column(self.words(part), group=self._way(way))
            for way in ways
            for part in ("verwacht", "minst", "meest")
        ]
        rows = [
            Row(_day(day), tuple(_band(found[way] for way in ways)))
            for day, found in self._days
            if found.keys() & set(ways)
        ]
        return self.made(_PART, "U.5", (self.words("dag"), columns), rows)

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw a line for each way, and the counted points."""
        level = self.tempo.record["verwaarloosbaar"]
        chart = charts.LineChart(
            lines=tuple(self._line(way, letter) for way, letter in zip(self.tempo.ways, "ABC", strict=False)),
            points=tuple((_when(row.dag), float(row.verwacht)) for row in self.tempo.of_way(COUNTED)),
            points_name=self.words("gemeten"),
            level=float(level),
            level_name=self.words("grens", aantal=level),
            data=self._data(),
        )
        title, note = (self.words(f"{name}_grafiek_{_PART}") for name in ("titel", "noot"))
        alt = self.words(f"alt_{_PART}", manieren="; ".join(self._told(way) for way in self.tempo.ways))
        return {_PART: [charts.line_chart(f"grafiek-{_PART}", title, chart, note, alt)]}

    def _told(self, way: str) -> str:
        """A way in the text alternative: the year in which the level is reached, if it is."""
        record = self.tempo.record
        year = (record["manieren"][way]["verwacht"] or "")[:4]
        return self.words("alt_manier", manier=self._way(way), jaar=year, tot_en_met=record["tot_en_met"])

    def _line(self, way: str, letter: str) -> charts.Line:
        rows = self._until(way)
        return charts.Line(
            self._way(way),
            letter,
            tuple((_when(row.dag), float(row.verwacht)) for row in rows),
            tuple((_when(row.dag), float(row.minst)) for row in rows),
            tuple((_when(row.dag), float(row.meest)) for row in rows),
        )

    def _data(self) -> ChartData:
        """Every figure drawn: counted points first, then a row for each year."""
        columns = [self.words("gemeten")]
        for way in self.tempo.ways:
            columns += [self._way(way), self.words("kop_band", manier=self._way(way))]
        rows = (DataRow(_day(day), *self._figures(found)) for day, found in self._days)
        return ChartData(self.words("dag"), tuple(columns), tuple(rows))

    def _figures(self, found: dict[str, OutlookRow]) -> tuple[tuple[str, ...], tuple[float | None, ...]]:
        texts, values = [], list[float | None]()
        none = self.words("niets")
        for way in (COUNTED, *self.tempo.ways):
            row = found.get(way)
            texts.append(dutch.count(row.verwacht) if row else none)
            values.append(float(row.verwacht) if row else None)
            if way != COUNTED:
                texts.append(self._from_to(row) if row else none)
                values.append(float(row.meest) if row else None)
        return tuple(texts), tuple(values)

    def _from_to(self, row: OutlookRow) -> str:
        """From the fewest to the most."""
        return self.words("van_tot", van=dutch.count(row.minst), tot=dutch.count(row.meest))


def _band(rows: Iterator[OutlookRow]) -> Iterator[Cell]:
    for row in rows:
        yield from (counted(row.verwacht), counted(row.minst), counted(row.meest))


def _day(day: str) -> str:
    return dutch.day(date.fromisoformat(day))


def _when(day: str) -> float:
    """A day as a year with a part of it."""
    found = date.fromisoformat(day)
    return round(found.year + (found.timetuple().tm_yday - 1) / 366, 3)
