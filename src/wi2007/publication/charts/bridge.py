"""A bridge chart: a bar for the begin, a floating bar for each step from where the one before ended, a bar for the end.

Direction shows thrice: in the sign of the figure, in colour, and in the way of the hatching.
What does not belong here: words (see `steps`), other kinds of charts.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from matplotlib.axes import Axes

from wi2007 import dutch
from wi2007.publication.charts.bars import (
    GAP,
    THICK,
    Bar,
    put_bars,
    put_baseline,
    put_names,
    rows_of,
    scale_of,
)
from wi2007.publication.charts.data import ChartDrawing, Entry
from wi2007.publication.charts.sheet import draw, sheet
from wi2007.publication.charts.steps import Bridge, Step
from wi2007.publication.charts.style import LESS, MORE, REST, SOLID, Fill, Size


def bridge_of(ident: str, title: str, bridge: Bridge, note: str) -> ChartDrawing:
    """The chart, with a note above it."""
    return draw(ident, title, bridge.alt(), bridge.data(), lambda size: _drawn(bridge, note, size))


def _drawn(bridge: Bridge, note: str, size: Size) -> Axes:
    """The bars below each other, joined by lines."""
    names = [bridge.ends[0], *(step.label for step in bridge.steps), bridge.ends[1]]
    rows = rows_of([Entry(name) for name in names], size, THICK + 2, 8)
    left = rows.width + GAP
    bars = [replace(bar, turn=row + 0.1, cell=(row, 0)) for row, bar in enumerate(_bars(bridge, size))]
    origin = float(min(0, *bridge.levels))
    scale = scale_of(bars, size.width - left, origin)
    axes = sheet(note, size, rows.height + 4, left - origin * scale, scale)
    put_bars(axes, bars, rows.middles, THICK, scale)
    put_names(axes, rows, size, origin - GAP / scale)
    for level, (above, below) in zip(bridge.levels, pairwise(rows.middles), strict=True):
        put_baseline(axes, level, above + THICK / 2, below - THICK / 2)
    put_baseline(axes, 0, 0, rows.height)
    return axes


def _bars(bridge: Bridge, size: Size) -> list[Bar]:
    levels = bridge.levels
    first, last = (
        Bar(min(0.0, level), max(0.0, level), dutch.count(level), SOLID, size.named)
        for level in (levels[0], levels[-1])
    )
    steps = [
        Bar(min(before, after), max(before, after), step.text, _fill_of(step), size.figure)
        for step, (before, after) in zip(bridge.steps, pairwise(levels), strict=True)
    ]
    return [first, *steps, last]


def _fill_of(step: Step) -> Fill:
    return REST if step.aside else MORE if step.amount > 0 else LESS
