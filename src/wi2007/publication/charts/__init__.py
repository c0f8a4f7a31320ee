"""Charts of the tidy tables: matplotlib drawings as SVG text in two widths, with a text alternative and the data.

`chart_for` is what the rest of the project calls; `chart_of` draws figures of another origin (CBS). Every length drawn
and every word of the text alternative comes from the figures that the table shows, rounded as shown, so a chart tells
nothing more precise than its table.

    style, drawing -> canvas, svg, grid -> layout, alt -> pairs, bars -> select

What does not belong here: counting, choosing which tables there are, layout of the report.
"""

from wi2007.publication.charts.drawing import ChartData, ChartDrawing, DataRow
from wi2007.publication.charts.grid import Entry, Grid
from wi2007.publication.charts.select import chart_for, chart_of

__all__ = ["ChartData", "ChartDrawing", "DataRow", "Entry", "Grid", "chart_for", "chart_of"]
