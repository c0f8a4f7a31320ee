"""Charts of the tidy tables: matplotlib drawings as SVG text in two widths, with a text alternative and the data.

`chart_for` is what the rest of the project calls; `chart_of` draws figures of another origin (CBS), `bridge_of` a
change step by step, `line_chart` years ahead. Every length drawn and every word of the text alternative comes from
the figures that the table shows, rounded as shown, so a chart tells nothing more precise than its table.

    data, style -> svg -> sheet -> bars, lines -> bridge, select

What does not belong here: counting, choosing which tables there are, layout of the report.
"""

from wi2007.publication.charts.bridge import bridge_of
from wi2007.publication.charts.data import ChartData, ChartDrawing, DataRow, Entry, Grid
from wi2007.publication.charts.select import chart_for, chart_of
from wi2007.publication.charts.steps import Bridge, Step, Words

__all__ = [
    "Bridge",
    "ChartData",
    "ChartDrawing",
    "DataRow",
    "Entry",
    "Grid",
    "Step",
    "Words",
    "bridge_of",
    "chart_for",
    "chart_of",
]
