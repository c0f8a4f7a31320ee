"""What lies ahead: scenarios of how many are still obliged, as lines with their band and as a table.

And what the report before expected for this peildatum, beside what was counted.
What does not belong here: computing scenarios (`wi2007.tempo`), looking rows up (`content.outflow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from schemas.dataset import Dataset
from schemas.tempo_tables import OUTLOOK, OutlookRow
from wi2007 import dutch
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import written
from wi2007.publication.chapters.tempo import BY_PERIOD, OfTempo, years
from wi2007.publication.charts import ChartData, ChartDrawing, DataRow
from wi2007.publication.content.outflow import COUNTED
from wi2007.publication.content.shown import counted
from wi2007.publication.document import Block, Cell, Column, Row, Table
from wi2007.tempo.outlook import BEFORE

_PART = "vooruitzicht"
_PARTS = ("verwacht", "minst", "meest")
_BACK = "terugblik"


class Outlook(OfTempo):
    """The scenarios that there is enough for."""

    names = ("vooruitzicht",)
    own_names = (
        "manier",
        "manieren",
        "jaar",
        "tot_en_met",
        "deel",
        "aantal",
        "niveau",
        "verwacht",
        "vroegst",
        "laatst",
    )
    parts = (_PART, _BACK)

    @property
    def present(self) -> bool:
        """Whether there is enough for any scenario."""
        return super().present and bool(self.tempo.ways)

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """The scenarios."""
        return (OUTLOOK,)

    def values(self) -> dict[str, Any]:
        """Give what texts say of the bands, of the day that two sources counted, and of the report before."""
        record = self.tempo.record
        return {
            "vooruitzicht": {
                "niveau": self._often,
                "wanneer": {way: self._when(way) for way in self.tempo.ways},
                "zelfde_dag": record["studie"]["zelfde_dag"],
                "tabel": BY_PERIOD,
                "achteraf": BEFORE not in {one["bron"] for one in record["punten"]},
                "eerder": self._told_before(record["eerder"]) if record["eerder"] else None,
            }
        }

    @property
    def _often(self) -> str:
        """How often a count lies within a band, in tens or in hundreds: 8 van de 10."""
        level = int(self.tempo.record["niveau"])
        of = 100 if level % 10 else 10
        return self.words("niveau", aantal=level * of // 100, tot_en_met=of)

    def _when(self, way: str) -> str:
        """The years in which the level is reached: as expected, and by the band."""
        record = self.tempo.record
        years = {
            name: (record["manieren"][way][name] or "")[:4] for name in ("verwacht", "vroegst", "laatst")
        }
        return self.words("wanneer", tot_en_met=record["tot_en_met"], niveau=self._often, **years)

    def _told_before(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The report before: its peildatum, the count, and the scenarios whose band holds it or does not."""
        ways = told["manieren"]
        return {
            "peildatum": _day(told["peildatum"]),
            "geteld": told["geteld"],
            "binnen": [self._way(way) for way in ways if ways[way]["binnen"]],
            "buiten": [self._way(way) for way in ways if not ways[way]["binnen"]],
        }

    def part(self, name: str) -> list[Block]:
        """Make the chart, then the table; or the table of what the report before expected, if there was one."""
        if name == _BACK:
            told = self.tempo.record["eerder"]
            return [self._back(told)] if told else []
        return [*self.charts_of(name, self.population(name), self.source), self._ahead()]

    def _back(self, told: Mapping[str, Any]) -> Table:
        """Scenarios below each other: the expectation with its band, the count, and whether that is within."""
        unit = self.words("personen")
        columns = [Column(self.words(name), unit=unit) for name in (*_PARTS, "gemeten")]
        rows = []
        for way, expected in told["manieren"].items():
            counts = (*(expected[name] for name in _PARTS), told["geteld"])
            within = Cell(
                self.words("binnen_ja" if expected["binnen"] else "binnen_nee"), int(expected["binnen"])
            )
            rows.append(Row(self._way(way), (*map(counted, counts), within)))
        heads = (self.words("scenario"), [*columns, written(self.words("binnen"))])
        return self.made(_BACK, "U.6", heads, rows)

    def _way(self, way: str) -> str:
        """A scenario as readers see it."""
        return self.words(f"manier_{way}")

    @cached_property
    def _days(self) -> list[tuple[str, dict[str, OutlookRow]]]:
        """Every day that is shown with its rows by scenario, counted points among them."""
        found: dict[str, dict[str, OutlookRow]] = {}
        for way in (COUNTED, *self.tempo.ways):
            for row in self._until(way):
                found.setdefault(row.dag, {})[way] = row
        return sorted(found.items())

    def _until(self, way: str) -> list[OutlookRow]:
        """The rows of a scenario up to the last year that is worth showing."""
        return [row for row in self.tempo.of_way(way) if int(row.dag[:4]) <= self.tempo.shown_until]

    def _ahead(self) -> Table:
        """Days below each other; of each scenario what is expected, and the ends of the band."""
        ways = self.tempo.ways
        unit = self.words("personen")
        columns = [
            Column(self.words(part), unit=unit, group=self._way(way)) for way in ways for part in _PARTS
        ]
        rows = [
            Row(_day(day), tuple(_band(found[way] for way in ways)))
            for day, found in self._days
            if found.keys() & set(ways)
        ]
        return self.made(_PART, "U.5", (self.words("dag"), columns), rows)

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw a line for each scenario, and the counted points."""
        level = self.tempo.record["verwaarloosbaar"]
        chart = charts.LineChart(
            lines=tuple(map(self._line, self.tempo.ways)),
            points=tuple((_when(row.dag), float(row.verwacht)) for row in self.tempo.of_way(COUNTED)),
            level=float(level),
            names=charts.KeyNames(
                self.words("verwacht_lang"),
                self.words("band"),
                self.words("gemeten"),
                self.words("grens", aantal=level),
            ),
            data=self._data(),
        )
        title = self.words(f"titel_grafiek_{_PART}")
        note = self.words(f"noot_grafiek_{_PART}", niveau=self._often)
        alt = self.words(f"alt_{_PART}", manieren="; ".join(self._told(way) for way in self.tempo.ways))
        return {_PART: [charts.line_chart(f"grafiek-{_PART}", title, chart, note, alt)]}

    def _told(self, way: str) -> str:
        """A scenario in the text alternative: the year in which the level is reached, if it is."""
        record = self.tempo.record
        year = (record["manieren"][way]["verwacht"] or "")[:4]
        return self.words("alt_manier", manier=self._way(way), jaar=year, tot_en_met=record["tot_en_met"])

    def _line(self, way: str) -> charts.Line:
        rows = self._until(way)
        return charts.Line(
            self._way(way),
            tuple((_when(row.dag), float(row.verwacht)) for row in rows),
            tuple((_when(row.dag), float(row.minst)) for row in rows),
            tuple((_when(row.dag), float(row.meest)) for row in rows),
        )

    def _data(self) -> ChartData:
        """Every figure drawn: counted points first, then a row for each year."""
        columns = [self.words("gemeten")]
        for way in self.tempo.ways:
            columns += [
                self.words("kop_deel", manier=self._way(way), deel=self.words(part)) for part in _PARTS
            ]
        rows = (DataRow(_day(day), *self._figures(found)) for day, found in self._days)
        return ChartData(self.words("dag"), tuple(columns), tuple(rows))

    def _figures(self, found: dict[str, OutlookRow]) -> tuple[tuple[str, ...], tuple[float | None, ...]]:
        figures: list[int | None] = []
        for way in (COUNTED, *self.tempo.ways):
            row = found.get(way)
            whole = (row.verwacht, row.minst, row.meest) if row else (None, None, None)
            figures += whole[:1] if way == COUNTED else whole
        none = self.words("niets")
        return (
            tuple(none if one is None else dutch.count(one) for one in figures),
            tuple(None if one is None else float(one) for one in figures),
        )


def _band(rows: Iterator[OutlookRow]) -> Iterator[Cell]:
    for row in rows:
        yield from (counted(row.verwacht), counted(row.minst), counted(row.meest))


def _day(day: str) -> str:
    return dutch.day(date.fromisoformat(day))


def _when(day: str) -> float:
    return years(date.fromisoformat(day))
