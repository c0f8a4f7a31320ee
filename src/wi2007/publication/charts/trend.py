"""Counts through the years: a line for each of some series, named where it ends.

What does not belong here: other kinds of charts, where the figures come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from wi2007 import dutch
from wi2007.publication.charts.data import ChartData, ChartDrawing, DataRow
from wi2007.publication.charts.sheet import draw, sheet, widest, wrap
from wi2007.publication.charts.style import NARROW, WIDE, Size
from wi2007.publication.charts.years import (
    COLORS,
    DASHES,
    MARKERS,
    Point,
    counts_width,
    put_scales,
    round_counts,
)

_HEIGHT = {WIDE.name: 210.0, NARROW.name: 190.0}
_NAMES = {WIDE.name: 0.3, NARROW.name: 0.38}
"""The part of the width that names at the ends may take."""
_GAP = 6.0
_SAMPLE = 18.0
"""The length of the sample of a line before its name."""
MOST_SERIES = len(COLORS)


@dataclass(frozen=True)
class Series:
    """A line: its name and its points by year, ascending."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Trend:
    """What is drawn: at most `MOST_SERIES` series, and their figures by moment; `moment` heads the moments."""

    series: tuple[Series, ...]
    moment: str
    moments: tuple[str, ...]

    def data(self) -> ChartData:
        """Every figure drawn, a row for each moment."""
        rows = []
        for place, moment in enumerate(self.moments):
            counts = [int(series.points[place][1]) for series in self.series]
            rows.append(DataRow(moment, tuple(map(dutch.count, counts)), tuple(map(float, counts))))
        return ChartData(self.moment, tuple(series.name for series in self.series), tuple(rows))


def trend_chart(ident: str, title: str, trend: Trend, note: str, alt: str) -> ChartDrawing:
    """The chart in two widths; `alt` says in one sentence what it shows."""
    return draw(ident, title, alt, trend.data(), lambda size: _drawn(trend, note, size))


def _drawn(trend: Trend, note: str, size: Size) -> Axes:
    every = [point for series in trend.series for point in series.points]
    years = [year for year, _ in every]
    counts = round_counts(max(count for _, count in every))
    names = [wrap(series.name, size.width * _NAMES[size.name], size.label) for series in trend.series]
    left, right = (
        counts_width(counts, size),
        widest(["\n".join(name) for name in names], size.label) + _behind(trend) + 2,
    )
    lines = sum(map(len, names))
    height = max(_HEIGHT[size.name], lines * size.line + 2 * size.line)
    whole = sheet(note, size, height + 2.5 * size.line)
    figure = whole.figure
    wide, high = figure.bbox.width, figure.bbox.height
    axes = figure.add_axes((left / wide, 2 * size.line / high, (wide - left - right) / wide, height / high))
    put_scales(axes, (min(*years, max(years) - 1), max(years)), counts, size)
    for place, series in enumerate(trend.series):
        axes.plot(*zip(*series.points, strict=True), **_look(place))
    _put_names(axes, trend, names, size, height / counts[-1])
    return whole


def _look(place: int) -> dict[str, Any]:
    """How the line of a place looks."""
    return {
        "color": COLORS[place],
        "linestyle": DASHES[place],
        "marker": MARKERS[place],
        "markersize": 4,
        "linewidth": 2,
        "clip_on": False,
    }


def _behind(trend: Trend) -> float:
    """The pixels between the end of a line and its name: with a sample of the line where there are several."""
    return _GAP if len(trend.series) == 1 else 2 * _GAP + _SAMPLE


def _put_names(axes: Axes, trend: Trend, names: Sequence[list[str]], size: Size, scale: float) -> None:
    """The names beside the ends of their lines, moved apart where they would touch."""
    order = sorted(range(len(names)), key=lambda place: (-trend.series[place].points[-1][1], place))
    ends = [trend.series[place].points[-1][1] * scale for place in order]
    heights = [len(names[place]) * size.line for place in order]
    middles = _apart(ends, heights)
    last = trend.series[0].points[-1][0]
    first, end = axes.get_xlim()
    pixel = (end - first) / axes.bbox.width
    for place, middle in zip(order, middles, strict=True):
        lines = names[place]
        if len(trend.series) > 1:
            starts = last + _GAP * pixel
            middle_of = starts + _SAMPLE / 2 * pixel
            across = (starts, middle_of, starts + _SAMPLE * pixel)
            axes.plot(across, [middle / scale] * 3, markevery=[1], **_look(place))
        for row, line in enumerate(lines):
            down = middle + ((len(lines) - 1) / 2 - row) * size.line
            axes.annotate(
                line,
                (last, down / scale),
                (_behind(trend), 0),
                textcoords="offset points",
                font=size.label,
                color=COLORS[place],
                va="center_baseline",
                annotation_clip=False,
                parse_math=False,
            )


def _apart(ends: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles as near to the ends as can be (descending), so that nothing of these heights overlaps, from 0 up."""
    found: list[float] = []
    top = float("inf")
    for end, height in zip(ends, heights, strict=True):
        middle = min(end, top - height / 2)
        found.append(middle)
        top = middle - height / 2
    floor = 0.0
    for place in reversed(range(len(found))):
        found[place] = max(found[place], floor + heights[place] / 2)
        floor = found[place] + heights[place] / 2
    return found
