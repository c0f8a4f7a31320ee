"""Charts of outflow (bars, of every hundred) and of the projections (lines with their band).

What does not belong here: drawing (see `wi2007.publication.charts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from schemas.tempo_tables import COUNTED, OutlookRow, TempoRow
from wi2007 import dutch
from wi2007.publication.charts import ChartData, ChartDrawing, DataRow, Entry, Grid, chart_of
from wi2007.publication.charts.lines import Line, LineChart, line_chart
from wi2007.publication.content.tempo.figures import Tempo, per_100
from wi2007.publication.content.tempo.tables import GROUPS, Setting, band
from wi2007.tempo.cells import ALL_ROUTES
from wi2007.tempo.periods import RECENT

ROUTE = "uitstroomroute"


def drawn(setting: Setting) -> dict[str, list[ChartDrawing]]:
    """The charts by part of the chapter; none where there is nothing to draw."""
    tempo = setting.tempo
    if not tempo:
        return {}
    by_route = {route: tempo.row(RECENT, route=route) for route in tempo.routes}
    made = {"tempo_route": [_bars(setting, ROUTE, by_route)], "tempo_groepen": [], "vooruitzicht": []}
    for variable in GROUPS:
        rows = {label: tempo.row(RECENT, variable, label) for label in tempo.categories(variable)}
        if any(per_100(row) is not None for row in rows.values()):
            made["tempo_groepen"].append(_bars(setting, variable, rows))
    if tempo.ways:
        made["vooruitzicht"].append(_ahead(setting))
    return made


def _bars(setting: Setting, variable: str, rows: dict[str, TempoRow]) -> ChartDrawing:
    """One bar for each row, of every hundred still obliged at the start; without those of too few."""
    shown = {label: share for label, row in rows.items() if (share := per_100(row)) is not None}
    rest = setting.tempo_rest
    entries = tuple(Entry(label, "rest" if label in rest else "gewoon") for label in shown)
    column = Entry(ALL_ROUTES)
    cells: dict[tuple[str, str], Decimal | None] = {
        (one.label, ALL_ROUTES): shown[one.label] for one in entries
    }
    grid = Grid(
        row_variable=variable,
        row_header=setting.heading(variable),
        column_variable="",
        column_header="",
        rows=entries,
        columns=(column,),
        cells=cells,
        people=({one: rows[one.label].uitgestroomd for one in entries}, {column: 0}),
        decimals=1,
    )
    title = setting.words("grafiek_titel", kenmerk=setting.heading(variable).lower())
    return chart_of(f"grafiek-tempo-{variable.replace('_', '-')}", title, grid, setting.words("grafiek_noot"))


def _ahead(setting: Setting) -> ChartDrawing:
    tempo = setting.tempo
    lines = [_line(setting, way, letter) for way, letter in zip(tempo.ways, "ABC", strict=False)]
    points = tuple((_when(row.dag), float(row.verwacht)) for row in tempo.of_way(COUNTED))
    level = tempo.record["verwaarloosbaar"]
    chart = LineChart(
        lines=tuple(lines),
        points=points,
        points_name=setting.words("gemeten"),
        level=float(level),
        level_name=setting.words("grens", aantal=level),
        data=_data(setting),
    )
    told = [
        setting.words(
            "alt_manier",
            manier=setting.words(f"manier_{way}"),
            jaar=(tempo.record["manieren"][way]["verwacht"] or "")[:4],
            tot_en_met=tempo.record["tot_en_met"],
        )
        for way in tempo.ways
    ]
    alt = setting.words("alt_vooruitzicht", manieren="; ".join(told))
    return line_chart(
        "grafiek-vooruitzicht",
        setting.words("titel_grafiek_vooruitzicht"),
        chart,
        setting.words("noot_grafiek_vooruitzicht"),
        alt,
    )


def _line(setting: Setting, way: str, letter: str) -> Line:
    rows = _until(setting.tempo, setting.tempo.of_way(way))
    return Line(
        setting.words(f"manier_{way}"),
        letter,
        tuple((_when(row.dag), float(row.verwacht)) for row in rows),
        tuple((_when(row.dag), float(row.minst)) for row in rows),
        tuple((_when(row.dag), float(row.meest)) for row in rows),
    )


def _data(setting: Setting) -> ChartData:
    """Every figure drawn: counted points first, then a row for each year."""
    tempo = setting.tempo
    columns = [setting.words("gemeten")]
    columns += [text for way in tempo.ways for text in _heads(setting, way)]
    by_day: dict[str, dict[str, OutlookRow]] = {}
    for way in (COUNTED, *tempo.ways):
        for row in _until(tempo, tempo.of_way(way)):
            by_day.setdefault(row.dag, {})[way] = row
    rows = []
    for day, found in sorted(by_day.items()):
        texts, values = _cells(setting, found)
        rows.append(DataRow(dutch.day(date.fromisoformat(day)), texts, values))
    return ChartData(setting.words("dag"), tuple(columns), tuple(rows))


def _heads(setting: Setting, way: str) -> tuple[str, str]:
    name = setting.words(f"manier_{way}")
    return name, setting.words("kop_band", manier=name)


def _cells(
    setting: Setting, found: dict[str, OutlookRow]
) -> tuple[tuple[str, ...], tuple[float | None, ...]]:
    texts, values = [], list[float | None]()
    for way in (COUNTED, *setting.tempo.ways):
        row = found.get(way)
        none = setting.words("niets")
        texts.append(dutch.count(row.verwacht) if row else none)
        values.append(float(row.verwacht) if row else None)
        if way != COUNTED:
            texts.append(band(setting, row) if row else none)
            values.append(float(row.meest) if row else None)
    return tuple(texts), tuple(values)


def _until(tempo: Tempo, rows: Sequence[OutlookRow]) -> list[OutlookRow]:
    return [row for row in rows if int(row.dag[:4]) <= tempo.shown_until]


def _when(day: str) -> float:
    """A day as a year with a part of it."""
    found = date.fromisoformat(day)
    return round(found.year + (found.timetuple().tm_yday - 1) / 366, 3)
