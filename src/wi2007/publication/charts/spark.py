"""A small line beside a key figure: which way a count went, from its first day to its last, above nought.

It has no scale and no figures but the years at its ends: the text beside it has the counts. What does not belong here:
charts with figures of their own (`lines`), where the counts come from.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wi2007.publication.charts.sheet import DPI, written
from wi2007.publication.charts.style import BASELINE, QUIET_TEXT, SOLID, font
from wi2007.publication.charts.years import Point

_WIDTH, _HEIGHT, _WORDS = 96, 38, 13
"""In pixels: of the whole, and of the years below the line."""
_EDGE = 4
"""Room for the dot at the end."""
_YEARS = 11.0


def sparkline(name: str, title: str, alt: str, points: Sequence[Point]) -> str:
    """The line through the points (a year with a part of it, and a count) as SVG; `alt` says what it shows."""
    return written(name, title, alt, lambda: _drawn(points))


def _drawn(points: Sequence[Point]) -> Axes:
    figure = Figure(figsize=(_WIDTH / DPI, _HEIGHT / DPI), dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    (first, *_, last), most = points, max(count for _, count in points)
    across, up = (_WIDTH - 2 * _EDGE) / (last[0] - first[0]), (_HEIGHT - _WORDS - 2 * _EDGE) / most
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(0, _HEIGHT)
    places = [(_EDGE + (day - first[0]) * across, _WORDS + _EDGE + count * up) for day, count in points]
    axes.plot([_EDGE, _WIDTH - _EDGE], [_WORDS + _EDGE] * 2, color=BASELINE, linewidth=1, clip_on=False)
    axes.plot(*zip(*places, strict=True), color=SOLID.color, linewidth=2, clip_on=False)
    axes.plot(*places[-1], "o", color=SOLID.color, markersize=5, clip_on=False)
    for (day, _), place, side in ((first, 0, "left"), (last, _WIDTH, "right")):
        axes.text(place, 2, str(int(day)), font=font(_YEARS), color=QUIET_TEXT, ha=side, va="bottom")
    return axes
