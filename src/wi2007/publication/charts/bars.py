"""Bars with their figures behind them: one for each row, two, two back to back, or a small panel for each row.

What does not belong here: words of the text alternative, which rows and columns there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
_PAIRED = 12.0
_PANEL_GAP = 18.0
_PANEL_LABELS = 0.75
"""The part of the usual room for labels that panels leave them."""


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
    series = [[_bar(grid, (row, grid.columns[0]), _fill_of(row), size) for row in grid.rows]]
    return _single(rows_of(grid.rows, size, THICK + 2, 8), series, THICK, note, size)


def pairs(grid: Grid, note: str, size: Size) -> Axes:
    """Bars of two columns beneath one another; the figures of the first row name them."""
    series = [
        [_bar(grid, (row, column), fill, size, named=row is grid.rows[0]) for row in grid.rows]
        for column, fill in zip(grid.columns, (SOLID, LIGHT), strict=True)
    ]
    return _single(rows_of(grid.rows, size, 2 * _PAIRED + 1, 9), series, _PAIRED, note, size)


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


def panels(grid: Grid, note: str, size: Size) -> Axes:
    """A panel for each row with a bar for each column, in strips; all panels on one scale."""
    rows = rows_of(grid.columns, size, _PAIRED + 4, 2, _PANEL_LABELS)
    across = max(1, min(size.panels, len(grid.rows)))
    left = rows.width + GAP
    room = (size.width - left - (across - 1) * _PANEL_GAP) / across
    every = [[_bar(grid, (row, c), _fill_of(c), size) for c in grid.columns] for row in grid.rows]
    scale = scale_of([bar for some in every for bar in some], room)
    heads = [
        wrap(row.name, room + (_PANEL_GAP - 8 if (place + 1) % across else 0), size.head)
        for place, row in enumerate(grid.rows)
    ]
    strips = [range(first, min(first + across, len(heads))) for first in range(0, len(heads), across)]
    tops = [size.line * max(len(heads[place]) for place in strip) + 4 for strip in strips]
    height = sum(tops) + len(strips) * (rows.height + _PANEL_GAP) - _PANEL_GAP + 4
    axes = sheet(note, size, height, left, scale)
    drawn: list[Bar] = []
    middles: list[float] = []
    top = 0.0
    for number, (strip, head) in enumerate(zip(strips, tops, strict=True)):
        first = number * (len(grid.columns) + 1)
        top += head
        lowered = replace(rows.lowered(top), first=first)
        put_names(axes, lowered, size, -GAP / scale)
        for order, place in enumerate(strip):
            base = order * (room + _PANEL_GAP) / scale
            put_baseline(axes, base, top, top + rows.height)
            named = axes.text(base, top - 6, "\n".join(heads[place]), font=size.head, parse_math=False)
            spaced(read_as(named, first - 0.5))
            turned = first + (order + 1) / 10
            drawn += [replace(bar, base=base, turn=row + turned) for row, bar in enumerate(every[place])]
            middles += lowered.middles
        top += rows.height + _PANEL_GAP
    put_bars(axes, drawn, middles, _PAIRED, scale)
    return axes


def _bar(grid: Grid, cell: tuple[Entry, Entry], fill: Fill, size: Size, named: bool = False) -> Bar:
    """The bar of a cell, with the column's name behind the figure where `named`."""
    words = f"{grid.text(*cell)} {cell[1].inline}" if named else grid.text(*cell)
    font = size.named if named else size.figure
    place = (grid.rows.index(cell[0]), grid.columns.index(cell[1]))
    return Bar(0.0, float(grid.value(*cell) or 0), words, fill, font, cell=place)


def _fill_of(entry: Entry) -> Fill:
    """Grey for the rest and those apart, which are no category among the others."""
    return SOLID if entry.kind == "gewoon" else REST


def _fill(bar: Bar, scale: float) -> Fill:
    return Fill(bar.fill.edge) if bar.fill.hatch and (bar.high - bar.low) * scale < _THIN else bar.fill
