"""Ways of looking ahead beside each other: a panel for each, with its line, its band, what was counted and a level.

All panels have one scale, so that they can be compared; none lies over another, so that each can be read in grey.
What does not belong here: other kinds of charts, where the figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes

from wi2007.publication.charts.data import ChartData, ChartDrawing
from wi2007.publication.charts.sheet import draw, sheet, spaced, text_width, wrap
from wi2007.publication.charts.style import NARROW, QUIET_TEXT, TEXT, WIDE, Size
from wi2007.publication.charts.years import COLORS, Point, counts_width, put_scales, round_counts

_HEIGHT = {WIDE.name: 190.0, NARROW.name: 130.0}
_ACROSS = {WIDE.name: 3, NARROW.name: 1}
_BAND = "#d5e0ea"
_GUTTER = 18.0
_RIGHT = 14.0
"""Room for half the name of a year that is at the edge."""
_KEY = 26.0
"""The width in pixels of a sample in the key."""


@dataclass(frozen=True)
class Line:
    """A line by year with the least and the most it may be, and its name."""

    name: str
    middle: tuple[Point, ...]
    least: tuple[Point, ...]
    most: tuple[Point, ...]


@dataclass(frozen=True)
class KeyNames:
    """What the key calls the line, its band, the points that were counted, and the level."""

    line: str
    band: str
    points: str
    level: str


@dataclass(frozen=True)
class LineChart:
    """What is drawn: lines, points that were counted, and a level."""

    lines: tuple[Line, ...]
    points: tuple[Point, ...]
    level: float
    names: KeyNames
    data: ChartData

    @property
    def years(self) -> Point:
        """The first and the last year of anything drawn, at least one apart."""
        years = [year for year, _ in (*self.points, *(p for line in self.lines for p in line.middle))]
        return min(*years, max(years) - 1), max(years)

    @property
    def highest(self) -> float:
        """The highest count of anything drawn."""
        every = [*self.points, *(p for line in self.lines for p in (*line.middle, *line.most))]
        return max((count for _, count in every), default=1.0)


def line_chart(ident: str, title: str, chart: LineChart, note: str, alt: str) -> ChartDrawing:
    """The chart in two widths; `alt` says in one sentence what it shows."""
    return draw(ident, title, alt, chart.data, lambda size: _drawn(chart, note, size))


def _drawn(chart: LineChart, note: str, size: Size) -> Axes:
    """The key above the panels, in strips."""
    counts = round_counts(chart.highest, 4)
    left = counts_width(counts, size)
    across = min(_ACROSS[size.name], max(len(chart.lines), 1))
    strips = ceil(len(chart.lines) / across)
    width = (size.width - left - _RIGHT - (across - 1) * _GUTTER) / across
    heads = [wrap(line.name, width, size.head) for line in chart.lines]
    above = size.line * max((len(head) for head in heads), default=1) + 8
    key = _key_height(chart, size)
    strip = above + _HEIGHT[size.name] + 2 * size.line
    whole = sheet(note, size, key + strips * strip)
    _key(whole, chart, size)
    for place, (line, head) in enumerate(zip(chart.lines, heads, strict=True)):
        row, column = divmod(place, across)
        start = left + column * (width + _GUTTER)
        top = key + row * strip + above
        axes = _panel(whole, (start, top, width, _HEIGHT[size.name]))
        put_scales(axes, chart.years, counts, size, named=column == 0)
        _put_line(axes, chart, line)
        title = axes.annotate(
            "\n".join(head),
            (0, 1),
            (0, 5),
            xycoords="axes fraction",
            textcoords="offset points",
            font=size.head,
            va="bottom",
        )
        spaced(title)
    return whole


def _panel(whole: Axes, place: tuple[float, float, float, float]) -> Axes:
    """Axes within others: left, top, width and height in pixels, counted from the corner below the note."""
    start, top, width, height = place
    figure = whole.figure
    wide, high = figure.bbox.width, figure.bbox.height
    under = whole.bbox.height - top - height
    axes: Axes = figure.add_axes((start / wide, under / high, width / wide, height / high))
    return axes


def _put_line(axes: Axes, chart: LineChart, line: Line) -> None:
    years, least = zip(*line.least, strict=True)
    most = [count for _, count in line.most]
    axes.fill_between(years, least, most, facecolor=_BAND, edgecolor=COLORS[0], linewidth=0.5, clip_on=False)
    axes.axhline(chart.level, color=TEXT, linewidth=1, linestyle=(0, (2, 2)), clip_on=False)
    axes.plot(*zip(*line.middle, strict=True), color=COLORS[0], linewidth=2, clip_on=False)
    if chart.points:
        axes.plot(*zip(*chart.points, strict=True), "D", color=TEXT, markersize=4, clip_on=False)


def _names(chart: LineChart) -> list[str]:
    names = chart.names
    return [names.line, names.band, *([names.points] if chart.points else []), names.level]


def _entries(chart: LineChart, size: Size) -> list[tuple[float, float, list[str]]]:
    """Where each entry of the key stands, in pixels from the left and in lines from the top, and its words."""
    found: list[tuple[float, float, list[str]]] = []
    across, down = 0.0, 0.0
    for name in _names(chart):
        lines = wrap(name, size.width - _KEY - 8, size.label)
        width = _KEY + 8 + max(text_width(line, size.label) for line in lines)
        if across and across + width > size.width:
            across, down = 0.0, down + len(found[-1][2])
        found.append((across, down, lines))
        across += width + 20
    return found


def _key_height(chart: LineChart, size: Size) -> float:
    *_, (_, down, lines) = _entries(chart, size)
    return (down + len(lines)) * (size.line + 3) + 6


def _key(whole: Axes, chart: LineChart, size: Size) -> None:
    names = _names(chart)
    for name, (across, down, lines) in zip(names, _entries(chart, size), strict=True):
        middle = (down + 0.5) * (size.line + 3)
        ends = (across, across + _KEY)
        if name == chart.names.band:
            whole.fill_between(
                ends, [middle - 5] * 2, [middle + 5] * 2, facecolor=_BAND, edgecolor=COLORS[0], linewidth=0.5
            )
        elif name == chart.names.points:
            whole.plot([across + _KEY / 2], [middle], "D", color=TEXT, markersize=4)
        elif name == chart.names.level:
            whole.plot(ends, [middle] * 2, color=TEXT, linewidth=1, linestyle=(0, (2, 2)))
        else:
            whole.plot(ends, [middle] * 2, color=COLORS[0], linewidth=2)
        for place, line in enumerate(lines):
            at = middle + place * (size.line + 3)
            whole.text(
                across + _KEY + 8,
                at,
                line,
                font=size.label,
                color=QUIET_TEXT,
                va="center_baseline",
                parse_math=False,
            )
