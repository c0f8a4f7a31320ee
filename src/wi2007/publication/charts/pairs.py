"""Two bars for each row: beneath one another (pairs) or back to back (pyramid).

What does not belong here: other kinds of charts, words of the text alternative.
"""

from __future__ import annotations

from wi2007.publication.charts.canvas import Canvas
from wi2007.publication.charts.grid import Entry, Grid
from wi2007.publication.charts.layout import (
    GAP,
    Bar,
    Pen,
    bottom,
    labels_of,
    note_on,
    put_bar,
    put_label,
    slots,
    step_for,
)
from wi2007.publication.charts.style import LIGHT, SOLID, Size

_BAR = 12.0
_SIDE = 16.0
_BETWEEN = 8.0


def pairs(grid: Grid, note: str, size: Size) -> tuple[Canvas, float]:
    """Bars of two columns beneath one another; the figures of the first row name them."""
    canvas = Canvas(size.width)
    top = note_on(canvas, note, size)
    labels = labels_of(grid.rows, size)
    base = labels.width + GAP
    bars = {row: _bars(grid, row, size, named=row is grid.rows[0]) for row in grid.rows}
    pen = Pen(canvas, step_for([bar for both in bars.values() for bar in both], size.width - base))
    places = slots(grid.rows, labels, size, (2 * _BAR + 1, _BETWEEN), top)
    for slot in places:
        put_label(canvas, labels.lines[slot.entry], (labels.width, slot.middle), size, "right")
        for order, bar in enumerate(bars[slot.entry]):
            put_bar(pen, bar, (base, slot.middle - _BAR - 0.5 + order * (_BAR + 1)), _BAR)
    end = bottom(places, top)
    canvas.line((base, top), (base, end))
    return canvas, end + 4


def pyramid(grid: Grid, note: str, size: Size) -> tuple[Canvas, float]:
    """Bars of two columns back to back, the labels between them; the last ordinary row on top."""
    canvas = Canvas(size.width)
    top = note_on(canvas, note, size)
    usual = [row for row in grid.rows if row.kind == "gewoon"]
    rows = [*reversed(usual), *(row for row in grid.rows if row.kind != "gewoon")]
    labels = labels_of(rows, size)
    middle = size.width / 2
    half = round(labels.width / 2 + GAP + 2, 1)
    bars = {row: _bars(grid, row, size, named=False) for row in rows}
    step = step_for([bar for both in bars.values() for bar in both], middle - half)
    pens = (Pen(canvas, step, left=True), Pen(canvas, step))
    bases = (middle - half, middle + half)
    for column, base, pen in zip(grid.columns, bases, pens, strict=True):
        canvas.text((base, top + size.type), column.name, size.head, "right" if pen.left else "left")
    top += size.line + 6
    places = slots(rows, labels, size, (_SIDE, _BETWEEN - 2), top)
    for slot in places:
        put_label(canvas, labels.lines[slot.entry], (middle, slot.middle), size, "center")
        for bar, base, pen in zip(bars[slot.entry], bases, pens, strict=True):
            put_bar(pen, bar, (base, slot.middle - _SIDE / 2), _SIDE)
    end = bottom(places, top)
    for base in bases:
        canvas.line((base, top), (base, end))
    return canvas, end + 4


def _bars(grid: Grid, row: Entry, size: Size, named: bool) -> list[Bar]:
    """The bars of the two columns, with the column's name behind the figure where `named`."""
    found = []
    for column, fill in zip(grid.columns, (SOLID, LIGHT), strict=True):
        figure = grid.text(row, column)
        words = f"{figure} {column.inline}" if named else figure
        found.append(Bar(grid.value(row, column), words, fill, size.named if named else size.figure))
    return found
