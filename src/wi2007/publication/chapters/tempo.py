"""Outflow in time: the group and its outflow through the years, and of every hundred how many left, by route and group.

What does not belong here: computing rates (`wi2007.tempo`), projections (`outlook`), looking rows up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from schemas.dataset import Dataset
from schemas.tempo_tables import OUTLOOK, TEMPO, TempoRow
from wi2007 import dutch
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter, Heads
from wi2007.publication.charts import ChartDrawing, Entry, Grid
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.outflow import RECORD_FILE, TempoData, TempoFigures, per_100
from wi2007.publication.content.shown import counted, variable_label
from wi2007.publication.content.surely import larger_share
from wi2007.publication.content.wording import number
from wi2007.publication.document import Block, Cell, Column, Row, Table
from wi2007.tempo.cells import ALL_ROUTES, RECENT

SHORTEST: Final = 2
"""A line has so many points at least."""
GROUPS: Final = ("leeftijdsklasse", "land_van_herkomst")
LASTING: Final = ("land_van_herkomst",)
"""The groups that are told of all years: an age at the start is known of the last twelve months alone."""
OF_EVERYBODY, OF_GROUPS = 1, 0
"""Decimals of percentages: of a group of some hundreds rounding alone leaves more open than a decimal says."""
ROUTE: Final = "uitstroomroute"
BY_PERIOD: Final = "U.1"
"""The table of who was still obliged at the start of each period."""


class OfTempo(Chapter):
    """What the chapters on outflow and on what lies ahead share."""

    key = "tempo"
    reads = (TEMPO.file, OUTLOOK.file, RECORD_FILE)

    @cached_property
    def tempo(self) -> TempoData:
        """The rows of both; of scenarios those of this report."""
        outflow, outlook, record = (self.inputs.files[name] for name in self.reads)
        told = json.loads(record)
        own = [row for row in OUTLOOK.from_csv(outlook) if row.peildatum == told["peildatum"]]
        return TempoData(TEMPO.from_csv(outflow), own, told)

    @property
    def present(self) -> bool:
        """Whether anybody left or could leave."""
        return super().present and bool(self.tempo)

    def population(self, name: str) -> str:
        """Tell who a table or chart is about."""
        own = f"populatie_{name}"
        return self.words(own if own in self.texts else "populatie")

    def heading(self, variable: str) -> str:
        """A variable as it heads rows."""
        return variable_label(variable, self.inputs.specification)

    def period_name(self, period: str) -> str:
        """A period as readers see it."""
        return self.words("laatste_maanden") if period == RECENT else period

    def made(self, name: str, numbered: str, heads: Heads, rows: Sequence[Row]) -> Table:
        """Make a table with the title, notes and source of its name; `numbered` is its number."""
        notes = [self.words(key) for key in (f"noot_{name}", f"noot_{name}_2") if key in self.texts]
        if any(cell.value is None for row in rows for cell in row.cells):
            notes.append(self.words("noot_te_weinig"))
        (offered,) = self.offers
        return self.table(
            numbered,
            self.words(f"titel_{name}"),
            heads,
            rows,
            population=self.population(name),
            footnotes=tuple(notes),
            source=self.source,
            download=self.download(offered.file),
        )


class Tempo(OfTempo):
    """Who left in the last twelve months and in each year before."""

    names = ("tempo",)
    own_names = ("kenmerk", "basis", "begin", "eind", "routes")
    parts = ("tempo_verloop", "tempo_route", "tempo_groepen")

    @cached_property
    def figures(self) -> TempoFigures:
        """The figures of outflow, and of what lies ahead."""
        return TempoFigures(self.tempo, self.inputs.account.rounding.spread, self.inputs.limits)

    def values(self) -> dict[str, Any]:
        """Give the figures of outflow, and of what lies ahead."""
        return {"tempo": self.figures}

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """Outflow."""
        return (TEMPO,)

    def part(self, name: str) -> list[Block]:
        """Make the charts of one part, then its two tables; of the course of the group the chart alone."""
        drawn = self.charts_of(name, self.population(name), self.source)
        if name == "tempo_verloop":
            return drawn
        if name == "tempo_route":
            return [*drawn, self._counts(), self._shares()]
        return [*drawn, self._groups(), self._years()]

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw the group and its outflow through the years; and bars by group where there are enough at the start."""
        groups = []
        for variable in GROUPS:
            rows = {
                label: self.tempo.row(RECENT, variable, label) for label in self.tempo.categories(variable)
            }
            if any(per_100(row) is not None for row in rows.values()):
                groups.append(self._bars(variable, rows))
        return {
            "tempo_verloop": self._course(),
            "tempo_route": self._routes_by_year(),
            "tempo_groepen": groups,
        }

    def _course(self) -> list[ChartDrawing]:
        """Draw who was still obliged at the start of each year and who is on the peildatum; nothing of one moment."""
        course = self.figures.verloop
        if len(course) < SHORTEST:
            return []
        points = tuple((years(day), float(count)) for day, count in course)
        name = self.words("verloop_reeks")
        trend = charts.Trend(
            (charts.Series(name, points),), self.words("dag"), tuple(dutch.day(day) for day, _ in course)
        )
        told = [f"{dutch.count(count)} op {dutch.day(day)}" for day, count in (course[0], course[-1])]
        alt = self.words("alt_verloop", begin=told[0], eind=told[1])
        note = self.words("grafiek_noot_verloop")
        return [charts.trend_chart("grafiek-tempo-verloop", self.words("titel_verloop"), trend, note, alt)]

    def _routes_by_year(self) -> list[ChartDrawing]:
        """Draw the outflow of each calendar year by route; bars of the last twelve months where there is one year."""
        periods = sorted(period for period in self.tempo.periods if period != RECENT)
        rows = {
            route: [self.tempo.row(period, route=route).uitgestroomd for period in periods]
            for route in self.tempo.routes
        }
        told = sorted((route for route in rows if any(rows[route])), key=lambda route: -sum(rows[route]))
        if len(periods) < SHORTEST or not told:
            return [self._bars(ROUTE, {one: self.tempo.row(RECENT, route=one) for one in self.tempo.routes})]
        series = (
            charts.Series(
                route,
                tuple((float(year), float(left)) for year, left in zip(periods, rows[route], strict=True)),
            )
            for route in told[: charts.MOST_SERIES]
        )
        trend = charts.Trend(tuple(series), self.words("jaar_van"), tuple(periods))
        alt = self.words("alt_routes", routes=told, begin=periods[0], eind=periods[-1])
        note = self.words("grafiek_noot_routes")
        return [charts.trend_chart("grafiek-tempo-routes", self.words("titel_routes"), trend, note, alt)]

    def _bars(self, variable: str, rows: dict[str, TempoRow]) -> ChartDrawing:
        """One bar for each row, of every hundred still obliged at the start; without those of too few."""
        decimals = OF_EVERYBODY if variable == ROUTE else OF_GROUPS
        shown = {label: share for label, row in rows.items() if (share := per_100(row, decimals)) is not None}
        rest = self.words("rest_land"), self.words("rest_leeftijd")
        entries = tuple(Entry(label, "rest" if label in rest else "gewoon") for label in shown)
        column = Entry(ALL_ROUTES)
        cells: dict[tuple[str, str], Decimal | None] = {
            (label, ALL_ROUTES): share for label, share in shown.items()
        }
        grid = Grid(
            row_variable=variable,
            row_header=self.heading(variable),
            column_variable="",
            column_header="",
            rows=entries,
            columns=(column,),
            cells=cells,
            people=({one: rows[one.label].uitgestroomd for one in entries}, {column: 0}),
            decimals=decimals,
            surely=lambda one, other: self._is_larger(rows[one[0]], rows[other[0]]),
        )
        title = self.words("grafiek_titel", kenmerk=dutch.inline(self.heading(variable)))
        ident = f"grafiek-tempo-{variable.replace('_', '-')}"
        own = f"grafiek_noot_{variable}"
        return charts.chart_of(ident, title, grid, self.words(own if own in self.texts else "grafiek_noot"))

    def _is_larger(self, first: TempoRow, second: TempoRow) -> bool:
        """Whether surely more of every hundred left of one group than of another."""
        off = self.inputs.account.rounding.spread
        one, other = (Share(row.uitgestroomd, row.plichtig_begin or 0, 1, 2 * off) for row in (first, second))
        return larger_share(one, other, self.inputs.limits)

    def _by_route(self, period: str) -> list[TempoRow]:
        return [self.tempo.row(period, route=route) for route in (ALL_ROUTES, *self.tempo.routes)]

    def _routes(self, unit: str) -> list[Column]:
        labels = (self.words("alle_routes"), *self.tempo.routes)
        return [Column(label, unit=self.words(unit)) for label in labels]

    def _counts(self) -> Table:
        """Periods below each other, ways out beside each other."""
        rows = []
        for period in self.tempo.periods:
            found = self._by_route(period)
            left = (counted(one.uitgestroomd) for one in found)
            rows.append(Row(self.period_name(period), (counted(found[0].plichtig_begin or 0), *left)))
        begin = Column(self.words("plichtig_begin"), unit=self.words("personen"))
        heads = (self.words("tijdvak"), [begin, *self._routes("personen")])
        return self.made("aantallen", BY_PERIOD, heads, rows)

    def _shares(self) -> Table:
        """The same, of every hundred."""
        rows = [
            Row(self.period_name(period), tuple(map(self._share, self._by_route(period))))
            for period in self.tempo.periods
        ]
        return self.made("per_100", "U.2", (self.words("tijdvak"), self._routes("procent")), rows)

    def _groups(self) -> Table:
        """Age classes and countries below each other: the last twelve months."""
        persons = self.words("personen")
        columns = (
            Column(self.words(name), unit=unit)
            for name, unit in (
                ("plichtig_begin", persons),
                ("uitgestroomd", persons),
                ("uitgestroomd", self.words("procent")),
            )
        )
        group = self.words("naar_route")
        routes = (Column(route, unit=persons, group=group) for route in self.tempo.routes)

        def cells(variable: str, category: str) -> tuple[Cell, ...]:
            whole = self.tempo.row(RECENT, variable, category)
            ways = [self.tempo.row(RECENT, variable, category, route) for route in self.tempo.routes]
            return (
                counted(whole.plichtig_begin or 0),
                counted(whole.uitgestroomd),
                self._share(whole, OF_GROUPS),
                *(counted(one.uitgestroomd) for one in ways),
            )

        return self.made(
            "groepen", "U.3", (self.words("groep"), [*columns, *routes]), list(self._by_group(cells))
        )

    def _years(self) -> Table:
        """The groups that last, of every hundred, by period."""
        periods = self.tempo.periods

        def cells(variable: str, category: str) -> tuple[Cell, ...]:
            return tuple(
                self._share(self.tempo.row(period, variable, category), OF_GROUPS) for period in periods
            )

        unit = self.words("procent")
        heads = (self.words("groep"), [*(Column(self.period_name(period), unit=unit) for period in periods)])
        return self.made("jaren", "U.4", heads, list(self._by_group(cells, LASTING)))

    def _by_group(
        self, make: Callable[[str, str], tuple[Cell, ...]], variables: Sequence[str] = GROUPS
    ) -> Iterator[Row]:
        yield Row(self.words("iedereen"), make(ALL_ROUTES, ALL_ROUTES), role="total")
        for variable in variables:
            categories = self.tempo.categories(variable)
            if categories:
                yield Row(self.heading(variable), role="group")
            for category in categories:
                yield Row(category, make(variable, category), role="row")

    def _share(self, row: TempoRow, decimals: int = OF_EVERYBODY) -> Cell:
        shown = per_100(row, decimals)
        return Cell(self.words("te_weinig")) if shown is None else Cell(number(shown), float(shown))


def years(day: date) -> float:
    """Tell a day as a year with a part of it."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 3)
