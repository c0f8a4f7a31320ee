"""Bars with their figures behind them: one for each row, two, or two back to back.

What does not belong here: words of the text alternative, which rows and columns there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from wi2007.publication.charts.data import Entry, Grid
from wi2007.publication.charts.sheet import sheet, spaced, text_width, widest, wrap
from wi2007.publication.charts.style import BASELINE, LIGHT, REST, SOLID, Fill, Size
from wi2007.publication.charts.svg import CELL

Align = Literal["right", "center"]

GAP = 6.0
"""Between a label and its bar."""
FIGURE_GAP = 5.0
"""Between a bar and its figure."""
THICK = 14.0

_APART = 8.0
"""Extra space above the rest and those apart."""
_THIN = 3.0
"""A bar narrower than this has no room for hatching: it is filled with the colour of its outline."""
_LEAST = 1.0
_PAIRED = 11.0
_FLATTENING = 1.25
"""What is no category and so much larger than all that are has no bar, which would make theirs too short to compare."""


@dataclass(frozen=True)
class Bar:
    """A bar between two values with the figure behind it; from `base` to the left where `left`.

    `turn` says when the figure is read (`read_as`), `cell` which row and column of the chart's data it draws.
    """

    low: float
    high: float
    words: str
    fill: Fill
    font: FontProperties
    base: float = 0.0
    left: bool = False
    turn: float = 0.0
    cell: tuple[int, int] | None = None

    @property
    def span(self) -> tuple[float, float]:
        """Where it begins and ends on the axis, the end with the figure last."""
        side = -1 if self.left else 1
        return self.base + side * self.low, self.base + side * self.high


@dataclass(frozen=True)
class Rows:
    """Names of rows, wrapped, with the middle of each in pixels from the top; `width` is that of the widest.

    `first` is the turn of the first to be read (`read_as`).
    """

    names: list[str]
    width: float
    middles: list[float]
    height: float
    first: float = 0.0

    def lowered(self, pixels: float) -> Rows:
        """The same rows further down."""
        return replace(self, middles=[middle + pixels for middle in self.middles])


def rows_of(entries: Sequence[Entry], size: Size, least: float, between: float, share: float = 1.0) -> Rows:
    """Rows of a least height with space between, higher for names of more lines than fit in it."""
    room = share * size.label_share * size.width
    lines = [wrap(entry.name, room, size.label) for entry in entries]
    middles, top = [], 0.0
    for place, entry in enumerate(entries):
        if place and entries[place - 1].kind == "gewoon" != entry.kind:
            top += _APART
        height = max(least, size.line * len(lines[place]))
        middles.append(round(top + height / 2, 1))
        top += height + between
    names = ["\n".join(some) for some in lines]
    return Rows(names, round(widest(names, size.label), 1), middles, round(max(top - between, 0.0), 1))


def scale_of(bars: Sequence[Bar], room: float, origin: float = 0.0) -> float:
    """Pixels for each unit, so that every bar with its figure stays within the room."""
    fits = [
        (room - FIGURE_GAP - text_width(bar.words, bar.font)) / (bar.high - origin)
        for bar in bars
        if bar.high > origin
    ]
    return max(min(fits, default=1.0), 0.001)


def put_bars(axes: Axes, bars: Sequence[Bar], middles: Sequence[float], thick: float, scale: float) -> None:
    """Bars with their figures; outlines are drawn inside them, so that lengths stay true."""
    for bar, middle in zip(bars, middles, strict=True):
        if bar.high > bar.low:
            axes.add_artist(_rectangle(bar, middle, thick, scale))
    for bar, middle in zip(bars, middles, strict=True):
        side, align = (-1, "right") if bar.left else (1, "left")
        at = bar.span[1] + side * FIGURE_GAP / scale
        words = axes.text(
            at, middle, bar.words, font=bar.font, ha=align, va="center_baseline", parse_math=False
        )
        read_as(words, bar.turn)


def _rectangle(bar: Bar, middle: float, thick: float, scale: float) -> Rectangle:
    fill = _fill(bar, scale)
    inset = 0.5 if fill.hatch else 0.0
    return Rectangle(
        (min(bar.span) + inset / scale, middle - thick / 2 + inset),
        max(bar.high - bar.low, _LEAST / scale) - 2 * inset / scale,
        thick - 2 * inset,
        facecolor=fill.color,
        edgecolor=fill.edge if fill.hatch else "none",
        linewidth=2 * inset,
        hatch=fill.hatch,
        clip_on=False,
        gid=bar.cell and CELL.format(*bar.cell),
    )


def read_as(text: Text, turn: float) -> Text:
    """Let a text be read in its turn: a chart is read aloud, and copied, in the order in which it is drawn.

    A row's name has the row's number, and its figures something more.
    """
    text.set_zorder(3 + turn / 1000)
    return text


def put_names(axes: Axes, rows: Rows, size: Size, at: float, align: Align = "right") -> None:
    """The names of the rows, before or around a place."""
    for number, (name, middle) in enumerate(zip(rows.names, rows.middles, strict=True)):
        text = axes.text(at, middle, name, font=size.label, ha=align, ma=align, parse_math=False)
        spaced(read_as(text, rows.first + number)).set_verticalalignment(
            "center" if "\n" in name else "center_baseline"
        )


def put_baseline(axes: Axes, at: float, top: float, bottom: float) -> None:
    """The line from which bars begin, or one from a bar to the next."""
    axes.plot((at, at), (top, bottom), color=BASELINE, linewidth=1, solid_capstyle="butt", clip_on=False)


def bars(grid: Grid, note: str, size: Size) -> Axes:
    """One bar for each row, of the first column."""
    limit = _limit(grid)
    series = [[_bar(grid, (row, grid.columns[0]), _fill_of(row), size, limit) for row in grid.rows]]
    note += _without_bar(grid, limit)
    return _single(rows_of(grid.rows, size, THICK + 2, 8), series, THICK, note, size)


def pairs(grid: Grid, note: str, size: Size) -> Axes:
    """Bars of two columns beneath one another; the figures of the first row name them."""
    limit = _limit(grid)
    series = [
        [_bar(grid, (row, column), fill, size, limit) for row in grid.rows]
        for column, fill in zip(grid.columns, (SOLID, LIGHT), strict=True)
    ]
    for column, some in zip(grid.columns, series, strict=True):
        some[:1] = [_named(bar, column, size) for bar in some[:1]]
    note += _without_bar(grid, limit)
    return _single(rows_of(grid.rows, size, 2 * _PAIRED + 1, 7), series, _PAIRED, note, size)


def _single(rows: Rows, series: Sequence[Sequence[Bar]], thick: float, note: str, size: Size) -> Axes:
    """For each row a bar of every series, beneath one another."""
    left = rows.width + GAP
    every = [
        replace(bar, turn=row + (order + 1) / 10)
        for order, some in enumerate(series)
        for row, bar in enumerate(some)
    ]
    scale = scale_of(every, size.width - left)
    axes = sheet(note, size, rows.height + 4, left, scale)
    shifts = [(order - (len(series) - 1) / 2) * (thick + 1) for order in range(len(series))]
    middles = [middle + shift for shift in shifts for middle in rows.middles]
    put_bars(axes, every, middles, thick, scale)
    put_names(axes, rows, size, -GAP / scale)
    put_baseline(axes, 0, 0, rows.height)
    return axes


def pyramid(grid: Grid, note: str, size: Size) -> Axes:
    """Bars of two columns back to back, the names between them; the last ordinary row on top."""
    usual = [row for row in grid.rows if row.kind == "gewoon"]
    entries = [*reversed(usual), *(row for row in grid.rows if row.kind != "gewoon")]
    rows = rows_of(entries, size, THICK + 2, 6)
    head = size.line + 6
    half = rows.width / 2 + GAP + 2
    sides = [
        [_bar(grid, (row, column), fill, size) for row in entries]
        for column, fill in zip(grid.columns, (SOLID, LIGHT), strict=True)
    ]
    scale = scale_of([bar for side in sides for bar in side], size.width / 2 - half)
    axes = sheet(note, size, head + rows.height + 4, size.width / 2, scale)
    rows = rows.lowered(head)
    for column, side, left in zip(grid.columns, sides, (True, False), strict=True):
        base = (-half if left else half) / scale
        turned = -0.1 if left else 0.1
        based = [replace(bar, base=base, left=left, turn=row + turned) for row, bar in enumerate(side)]
        put_bars(axes, based, rows.middles, THICK + 2, scale)
        put_baseline(axes, base, head, head + rows.height)
        align = "right" if left else "left"
        read_as(axes.text(base, head - 6, column.name, font=size.head, ha=align, parse_math=False), -1)
    put_names(axes, rows, size, 0, "center")
    return axes


def _limit(grid: Grid) -> float:
    """How long a bar may be of what is no category; any length where no category has a bar."""
    values = [grid.value(row, column) for row in grid.rows if row.kind == "gewoon" for column in grid.columns]
    return _FLATTENING * max((float(value) for value in values if value), default=inf)


def _without_bar(grid: Grid, limit: float) -> str:
    """What the note says of rows that have their figure alone."""
    names = [
        row.name
        for row in grid.rows
        if row.kind != "gewoon"
        and any(float(grid.value(row, column) or 0) > limit for column in grid.columns)
    ]
    return f"; zonder staaf: {', '.join(names)}" if names else ""


def _bar(grid: Grid, cell: tuple[Entry, Entry], fill: Fill, size: Size, limit: float = inf) -> Bar:
    """The bar of a cell; none where it is past the limit."""
    value = float(grid.value(*cell) or 0)
    length = value if cell[0].kind == "gewoon" or value <= limit else 0.0
    place = (grid.rows.index(cell[0]), grid.columns.index(cell[1]))
    return Bar(0.0, length, grid.text(*cell), fill, size.figure, cell=place)


def _named(bar: Bar, column: Entry, size: Size) -> Bar:
    """The bar with the name of its column behind the figure."""
    return replace(bar, words=f"{bar.words} {column.inline}", font=size.named)


def _fill_of(entry: Entry) -> Fill:
    """Grey for the rest and those apart, which are no category among the others."""
    return SOLID if entry.kind == "gewoon" else REST


def _fill(bar: Bar, scale: float) -> Fill:
    return Fill(bar.fill.edge) if bar.fill.hatch and (bar.high - bar.low) * scale < _THIN else bar.fill
