"""Charts of the tidy tables: matplotlib drawings as SVG text in two widths, with a text alternative and the data.

`chart_for` is what the rest of the project calls; `chart_of` draws figures of another origin (CBS), `bridge_of` a
change step by step, `line_chart` years ahead, `trend_chart` years that went by,
`sparkline` a small line beside a key figure. Every length drawn and every word of the text alternative comes from
the figures that the table shows, rounded as shown, so a chart tells nothing more precise than its table.

    data, style -> svg -> sheet -> bars, years -> heat, bridge, lines, trend -> select

Whoever only reads the settings of a chapter does without matplotlib: what draws is imported when it is asked for.
What does not belong here: counting, choosing which tables there are, layout of the report.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wi2007.publication.charts.data import UNORDERED, ChartData, ChartDrawing, DataRow, Entry, Grid
from wi2007.publication.charts.steps import Bridge, Step, Words

if TYPE_CHECKING:
    from wi2007.publication.charts.bridge import bridge_of
    from wi2007.publication.charts.lines import KeyNames, Line, LineChart, line_chart
    from wi2007.publication.charts.select import chart_for, chart_of, pairs_of
    from wi2007.publication.charts.spark import sparkline
    from wi2007.publication.charts.trend import MOST_SERIES, Series, Trend, trend_chart

__all__ = [
    "MOST_SERIES",
    "UNORDERED",
    "Bridge",
    "ChartData",
    "ChartDrawing",
    "DataRow",
    "Entry",
    "Grid",
    "KeyNames",
    "Line",
    "LineChart",
    "Series",
    "Step",
    "Trend",
    "Words",
    "bridge_of",
    "chart_for",
    "chart_of",
    "line_chart",
    "pairs_of",
    "sparkline",
    "trend_chart",
]

_DRAWING = {
    "bridge_of": "bridge",
    "chart_for": "select",
    "chart_of": "select",
    "pairs_of": "select",
    "line_chart": "lines",
    "Line": "lines",
    "LineChart": "lines",
    "KeyNames": "lines",
    "MOST_SERIES": "trend",
    "Series": "trend",
    "Trend": "trend",
    "trend_chart": "trend",
    "sparkline": "spark",
}


def __getattr__(name: str) -> Any:
    """Import what draws. Raises `AttributeError` for any other name."""
    if name not in _DRAWING:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_DRAWING[name]}"), name)
