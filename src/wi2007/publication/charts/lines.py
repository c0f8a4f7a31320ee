"""Lines through the years with a band around each, and points: which way a count goes in several ways of looking ahead.

Each line has its own dashes, its own hatching and a letter, so that nothing rests on colour alone; the key is above.
What does not belong here: other kinds of charts, where the figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from wi2007 import dutch
from wi2007.publication.charts.data import ChartData, ChartDrawing
from wi2007.publication.charts.sheet import draw, sheet, spaced, text_width, wrap
from wi2007.publication.charts.style import NARROW, TEXT, WIDE, Size

Point = tuple[float, float]
"""A year (with a part of it) and a count."""

_COLORS = ("#1f4e79", "#a8500a", "#3d6b21")
_DASHES = ("-", (0, (4, 2)), (0, (1.2, 1.2)))
_HATCHES = ("//", "\\\\", "..")
_HEIGHT = {WIDE.name: 280.0, NARROW.name: 220.0}
_RIGHT = 14.0
"""Room for half the name of a year that is at the edge."""
_KEY = 30.0
"""The width in pixels of a sample in the key."""


@dataclass(frozen=True)
class Line:
    """A line by year with the least and the most it may be; `name` explains it in the key."""

    name: str
    letter: str
    middle: tuple[Point, ...]
    least: tuple[Point, ...]
    most: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart:
    """What is drawn: lines, points that were counted, and a level that is named (`level`, `level_name`)."""

    lines: tuple[Line, ...]
    points: tuple[Point, ...]
    points_name: str
    level: float
    level_name: str
    data: ChartData

    @property
    def years(self) -> tuple[float, float]:
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
    """The key above bands below lines below points."""
    texts = [f"{line.letter}: {line.name}" for line in chart.lines]
    texts += [*([chart.points_name] if chart.points else []), chart.level_name]
    names = ["\n".join(wrap(text, size.width - _KEY - 8, size.label)) for text in texts]
    key = sum(size.line * (name.count("\n") + 1) + 4 for name in names) + 8
    counts = MaxNLocator(5, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1).tick_values(0, chart.highest)
    axes = sheet(note, size, key + _HEIGHT[size.name] + 2 * size.line)
    below_note = axes.get_position().y1
    left = text_width(dutch.count(int(counts[-1])), size.figure) + 6
    _scales(axes, chart.years, [int(count) for count in counts], size, left)
    samples: list[Artist | tuple[Artist, ...]] = [
        _line(axes, line, place, size) for place, line in enumerate(chart.lines)
    ]
    if chart.points:
        samples += axes.plot(*zip(*chart.points, strict=True), "D", color=TEXT, markersize=5, clip_on=False)
    level = axes.axhline(chart.level, color=TEXT, linewidth=1, clip_on=False)
    legend = axes.legend(
        [*samples, level],
        names,
        loc="upper left",
        bbox_to_anchor=(0, below_note),
        bbox_transform=axes.figure.transFigure,
        prop=size.label,
        handlelength=_KEY / size.type,
        handletextpad=8 / size.type,
        labelspacing=0.4,
    )
    for text in legend.get_texts():
        spaced(text)
    return axes


def _scales(axes: Axes, years: tuple[float, float], counts: list[int], size: Size, left: float) -> None:
    """Round counts with grid lines, and whole years; the axes leave room for both."""
    wide, high = axes.bbox.width, axes.figure.bbox.height
    axes.set_position(
        (left / wide, 2 * size.line / high, (wide - left - _RIGHT) / wide, _HEIGHT[size.name] / high)
    )
    axes.set_xlim(*years)
    axes.set_ylim(0, counts[-1])
    axes.set_yticks(counts, [dutch.count(count) for count in counts], font=size.figure)
    axes.grid(axis="y", clip_on=False)
    axes.set_axis_on()
    room = axes.bbox.width / (1.6 * text_width("2000", size.figure))
    found = MaxNLocator(max(int(room), 1), steps=[1, 2, 5, 10], integer=True).tick_values(*years)
    whole = [int(year) for year in found if years[0] <= year <= years[1]]
    axes.set_xticks(whole, [str(year) for year in whole], font=size.figure)


def _line(axes: Axes, line: Line, place: int, size: Size) -> tuple[Artist, ...]:
    """A line in its band with its letter; gives both, as a sample for the key."""
    color = _COLORS[place]
    years, least = zip(*line.least, strict=True)
    band = axes.fill_between(
        years,
        least,
        [count for _, count in line.most],
        facecolor="none",
        edgecolor=color,
        hatch=_HATCHES[place],
        hatch_linewidth=0.6,
        linewidth=0.5,
        clip_on=False,
    )
    (drawn,) = axes.plot(
        *zip(*line.middle, strict=True), color=color, linestyle=_DASHES[place], linewidth=2, clip_on=False
    )
    aim = axes.get_ylim()[1] * (0.6, 0.42, 0.26)[place]
    at = min(line.middle, key=lambda point: abs(point[1] - aim))
    box = {"boxstyle": "round,pad=0.1", "facecolor": "#ffffff", "edgecolor": "none"}
    axes.annotate(
        line.letter,
        at,
        (0, 11),
        textcoords="offset points",
        ha="center",
        va="center",
        font=size.head,
        bbox=box,
    )
    return band, drawn
