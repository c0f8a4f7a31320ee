"""The charts of a table: those that its specification names, or a suitable one for each row variable.

What does not belong here: how a kind of chart is drawn (see `bars`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from schemas.tables import Chart, Specification, Table, Variable
from schemas.tidy import TOTAL, TidyRow
from wi2007 import dutch
from wi2007.publication.charts import alt, bars
from wi2007.publication.charts.data import UNORDERED, ChartDrawing, Entry, Grid, Judge, grid_of
from wi2007.publication.charts.heat import heat
from wi2007.publication.charts.sheet import draw
from wi2007.publication.charts.style import Size

MANY_ROWS = 20
MANY_COLUMNS = 12

_Drawing = Callable[[Grid, str, Size], Axes]


@dataclass(frozen=True)
class _Plan:
    """A kind of chart with the part of the table it draws, the note above it, and its text alternative."""

    draw: _Drawing
    tell: Callable[[Grid], str]
    grid: Grid
    note: str


def chart_for(
    table: Table, rows: Sequence[TidyRow], specification: Specification, judge: Judge | None = None
) -> list[ChartDrawing]:
    """The charts of one table from its tidy rows (rows of other tables are passed over), in their order.

    Where the specification names no charts there is one for each row variable, but none for a table of the appendix.
    What a chart's text alternative compares is decided by `judge`, by the figures themselves without it.
    """
    charts = table.charts
    if charts is None and table.appendix:
        charts = []
    if charts is None:
        charts = [_suitable(table, axis.variable, specification) for axis in table.rows]
    drawings: list[ChartDrawing] = []
    for chart in charts:
        ident = _ident(table, chart, [drawing.id for drawing in drawings])
        plan = _plan(chart, grid_of(table, chart.rows, rows, specification, judge))
        drawings.append(_draw(ident, chart.title, plan))
    return drawings


def _draw(ident: str, title: str, plan: _Plan) -> ChartDrawing:
    grid, note = plan.grid, plan.note
    return draw(ident, title, plan.tell(grid), grid.data(), lambda size: plan.draw(grid, note, size))


def chart_of(ident: str, title: str, grid: Grid, note: str) -> ChartDrawing:
    """A chart of figures that are from elsewhere: bars for one column, else a heat map.

    `note` stands above it and says what the percentages are of.
    """
    if len(grid.columns) == 1:
        return _draw(ident, title, _Plan(bars.bars, alt.bars, grid, note))
    return _draw(ident, title, _Plan(heat, alt.heat, grid, _darker(note)))


def pairs_of(ident: str, title: str, grid: Grid, note: str) -> ChartDrawing:
    """A chart of figures that are from elsewhere: two bars for each row, one for each of two columns."""
    return _draw(ident, title, _Plan(bars.pairs, alt.pairs, grid, note))


def _ident(table: Table, chart: Chart, taken: Sequence[str]) -> str:
    """A slug of the table's number and the row variable, with a number where a variable has several charts."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"grafiek-{table.number}-{chart.rows}".lower())
    same = sum(ident == slug or ident.startswith(f"{slug}-") for ident in taken)
    return f"{slug}-{same + 1}" if same else slug


def _suitable(table: Table, variable: Variable, specification: Specification) -> Chart:
    """A chart for a row variable of a table that names none."""
    text = specification.variables.get(variable)
    title = f"{table.title}: {dutch.inline(text.label if text else variable)}"
    if table.columns.variable != "geslacht":
        return Chart(kind="composition", rows=variable, title=title)
    return Chart(kind="pyramid" if variable == "leeftijdsklasse" else "pairs", rows=variable, title=title)


def _plan(chart: Chart, grid: Grid) -> _Plan:
    """The plan of a chart. What is drawn depends on the columns there are: pairs and pyramids need two.

    With one column bars take their place, with more than two a heat map.
    """
    parts = grid.parts()
    if chart.kind == "bars":
        overall = grid.with_columns([TOTAL])
        parts = overall if overall.columns else parts
    if chart.kind != "composition" and len(parts.columns) == 1:
        shown = parts.largest_first().at_most(MANY_ROWS)
        return _Plan(bars.bars, alt.bars, shown, _note(shown, shown.cut))
    if chart.kind not in ("composition", "bars") and len(parts.columns) == 2:
        draw, tell = (bars.pyramid, alt.pyramid) if chart.kind == "pyramid" else (bars.pairs, alt.pairs)
        shown = parts.at_most(MANY_ROWS)
        if chart.kind == "pairs" and chart.rows in UNORDERED:
            shown = shown.largest_first()
        return _Plan(draw, tell, shown, _note(shown, shown.cut))
    return _heat(parts)


def _heat(grid: Grid) -> _Plan:
    """A cell for each row and column, or the other way round where there are too many columns.

    Where there is still too much, the largest are shown.
    """
    too_wide = len(grid.columns) > MANY_COLUMNS >= len(grid.rows)
    across = grid.turned() if too_wide else grid.largest_first()
    shown = across.at_most(MANY_ROWS).turned().at_most(MANY_COLUMNS).turned()
    return _Plan(heat, alt.heat, shown, _darker(_note(grid, shown.cut)))


def _darker(note: str) -> str:
    """What a shade means, behind what the percentages are of."""
    return f"{note}; hoe donkerder, hoe hoger"


def _note(grid: Grid, cut: str = "") -> str:
    """What the percentages are of, and how many there was no room for."""
    names = [column.inline for column in grid.columns]
    if grid.column_variable == "geslacht" and names != [Entry(TOTAL).inline]:
        base = f"In procenten van alle {' en van alle '.join(names)} in deze groep"
    elif [column.label for column in grid.columns] == [TOTAL]:
        base = "In procenten van iedereen in deze groep"
    else:
        base = f"In procenten per {dutch.inline(grid.column_header)}"
    return f"{base}; {cut}" if cut else base
