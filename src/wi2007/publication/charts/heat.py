"""A heat map: a cell for each row and column with its figure, the darker the higher; those that are no category apart.

Lightness alone tells high from low, so that it reads the same in grey.
What does not belong here: words of the text alternative, which rows and columns there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from wi2007.publication.charts.bars import GAP, put_names, read_as, rows_of
from wi2007.publication.charts.data import Entry, Grid
from wi2007.publication.charts.sheet import sheet, text_width, wrap
from wi2007.publication.charts.style import QUIET_TEXT, SOLID, Size
from wi2007.publication.charts.svg import CELL

_LIGHTEST = "#edf2f7"
_DARK_TEXT, _LIGHT_TEXT = "#000000", "#ffffff"
_LIGHT_FROM = 0.179
"""Below this luminance white letters stand out more than black ones; either has a contrast of 4.5 at least."""
_APART = 8.0
"""Space before a column that is no category among the others."""
_BETWEEN = 2.0
_PADDING = 6.0
_LABELS = 0.7
"""The part of the usual room for labels that cells leave them."""
_WIDEST = 104.0
_STRIPS_APART = 14.0
_LINEAR_TO, _WEIGHTS = 0.04045, (0.2126, 0.7152, 0.0722)


def heat(grid: Grid, note: str, size: Size) -> Axes:
    """A cell for each row and column; columns that do not fit beside each other go on below."""
    least = size.line + _PADDING
    rows = rows_of(grid.rows, size, least, _BETWEEN, _LABELS)
    left = rows.width + GAP
    strips = _strips(grid, size, size.width - left)
    tops = [size.line * max((len(column.head) for column in strip), default=0) + 6 for strip in strips]
    height = sum(tops) + len(strips) * (rows.height + _STRIPS_APART) - _STRIPS_APART + 4
    axes = sheet(note, size, height, left)
    most = max((float(value) for value in grid.cells.values() if value), default=1.0)
    top = 0.0
    for number, (strip, above) in enumerate(zip(strips, tops, strict=True)):
        first = number * (len(grid.rows) + 1)
        top += above
        lowered = replace(rows.lowered(top), first=first)
        put_names(axes, lowered, size, -GAP)
        for column in strip:
            _put_head(axes, column, top, first, size)
        for turn, (row, middle) in enumerate(zip(grid.rows, lowered.middles, strict=True)):
            high = max(least, size.line * (lowered.names[turn].count("\n") + 1))
            for order, column in enumerate(strip):
                value, words = grid.value(row, column.entry), grid.text(row, column.entry)
                fill = None if value is None else _mixed(float(value) / most)
                place = CELL.format(turn, grid.columns.index(column.entry))
                box = Rectangle((column.start, middle - high / 2), column.width, high, linewidth=0, gid=place)
                text = _put_cell(axes, box, fill, words)
                read_as(text, first + turn + (order + 1) / 100).set_fontproperties(size.figure)
        top += rows.height + _STRIPS_APART
    return axes


@dataclass(frozen=True)
class _Column:
    """A column with its head in lines, and where it starts and how wide it is, in pixels."""

    entry: Entry
    head: list[str]
    start: float
    width: float


def _strips(grid: Grid, size: Size, room: float) -> list[list[_Column]]:
    """The columns, as many beside each other as their heads and figures have room for, evenly over the strips."""
    words = [word for column in grid.columns for word in wrap(column.name, 0, size.named)]
    figures = [grid.text(row, column) for row in grid.rows for column in grid.columns]
    least = max(
        [text_width(word, size.named) for word in words] + [text_width(one, size.figure) for one in figures],
        default=0.0,
    )
    most = max(1, int((room - _APART) // (least + _BETWEEN + 4)))
    strips = max(1, ceil(len(grid.columns) / most))
    each = max(1, ceil(len(grid.columns) / strips))
    width = min((room - _APART) / each - _BETWEEN, _WIDEST)
    return [
        _strip(grid.columns[first : first + each], width, size)
        for first in range(0, max(len(grid.columns), 1), each)
    ]


def _strip(entries: Sequence[Entry], width: float, size: Size) -> list[_Column]:
    found: list[_Column] = []
    start = 0.0
    for place, entry in enumerate(entries):
        if place and entries[place - 1].kind == "gewoon" != entry.kind:
            start += _APART
        found.append(_Column(entry, wrap(entry.name, width, size.named), start, width))
        start += width + _BETWEEN
    return found


def _put_head(axes: Axes, column: _Column, top: float, first: float, size: Size) -> None:
    for back, line in enumerate(reversed(column.head)):
        at = (column.start + column.width / 2, top - 6 - back * size.line)
        named = axes.text(*at, line, font=size.named, ha="center", parse_math=False)
        read_as(named, first - 0.5 - back / 100)


def _put_cell(axes: Axes, box: Rectangle, fill: str | None, words: str) -> Text:
    """The cell and the figure in it; without a figure its sign alone."""
    color = QUIET_TEXT
    if fill:
        box.set_facecolor(fill)
        axes.add_artist(box)
        color = _LIGHT_TEXT if _luminance(fill) < _LIGHT_FROM else _DARK_TEXT
    across, down = box.get_center()
    return axes.text(across, down, words, color=color, ha="center", va="center_baseline", parse_math=False)


def _mixed(shade: float) -> str:
    """From the lightest colour (0) to the darkest (1)."""
    ends = zip(to_rgb(_LIGHTEST), to_rgb(SOLID.color), strict=True)
    red, green, blue = (one + (other - one) * shade for one, other in ends)
    return to_hex((red, green, blue))


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2)."""
    linear = [
        part / 12.92 if part <= _LINEAR_TO else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)
    ]
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))
