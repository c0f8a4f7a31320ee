"""One bar for each row: a single chart (bars), or a small panel for each row with a bar for each column (panels).

What does not belong here: other kinds of charts, words of the text alternative.
"""

from __future__ import annotations

from collections.abc import Sequence

from wi2007.publication.charts.canvas import Canvas, wrap
from wi2007.publication.charts.grid import Entry, Grid
from wi2007.publication.charts.layout import (
    GAP,
    Bar,
    Labels,
    Pen,
    bottom,
    fill_of,
    labels_of,
    note_on,
    put_bar,
    put_label,
    slots,
    step_for,
)
from wi2007.publication.charts.style import Size

_BAR = 14.0
_SMALL = 12.0
_PANEL_GAP = 18.0
_PANEL_LABELS = 0.75
"""The part of the usual room for labels that panels leave them."""


def bars(grid: Grid, note: str, size: Size) -> tuple[Canvas, float]:
    """One bar for each row, of the first column."""
    canvas = Canvas(size.width)
    top = note_on(canvas, note, size)
    labels = labels_of(grid.rows, size)
    base = labels.width + GAP
    column = grid.columns[0]
    drawn = {row: _bar(grid, (row, column), row, size) for row in grid.rows}
    pen = Pen(canvas, step_for(list(drawn.values()), size.width - base))
    places = slots(grid.rows, labels, size, (_BAR + 2, 8), top)
    for slot in places:
        put_label(canvas, labels.lines[slot.entry], (labels.width, slot.middle), size, "right")
        put_bar(pen, drawn[slot.entry], (base, slot.middle - _BAR / 2), _BAR)
    end = bottom(places, top)
    canvas.line((base, top), (base, end))
    return canvas, end + 4


def panels(grid: Grid, note: str, size: Size) -> tuple[Canvas, float]:
    """A panel for each row with a bar for each column, in strips; all panels on one scale."""
    canvas = Canvas(size.width)
    top = note_on(canvas, note, size)
    labels = labels_of(grid.columns, size, _PANEL_LABELS)
    across = min(size.panels, len(grid.rows))
    room = (size.width - labels.width - GAP - (across - 1) * _PANEL_GAP) / across
    every = [_bar(grid, (row, column), column, size) for row in grid.rows for column in grid.columns]
    pen = Pen(canvas, step_for(every, room))
    for first in range(0, len(grid.rows), across):
        strip = grid.rows[first : first + across]
        top = _heads(canvas, strip, (labels.width + GAP, room, top), size)
        top = _strip(pen, grid, strip, (labels, room, top), size) + _PANEL_GAP
    return canvas, top - _PANEL_GAP + 4


def _heads(canvas: Canvas, strip: Sequence[Entry], place: tuple[float, float, float], size: Size) -> float:
    """The heads of a strip of panels, their last lines level; gives where the panels begin.

    A head may run on into the gap beside it, but the last one of a full strip has none.
    """
    left, room, top = place
    full = left + len(strip) * (room + _PANEL_GAP) > size.width
    beside = [_PANEL_GAP - 8 if number < len(strip) - full else 0 for number in range(len(strip))]
    heads = [wrap(entry.name, room + more, size.head) for entry, more in zip(strip, beside, strict=True)]
    top += size.line * max(len(head) for head in heads) + 4
    for number, head in enumerate(heads):
        for up, line in enumerate(reversed(head)):
            at = (round(left + number * (room + _PANEL_GAP), 1), round(top - 6 - up * size.line, 1))
            canvas.text(at, line, size.head)
    return top


def _strip(
    pen: Pen, grid: Grid, strip: Sequence[Entry], place: tuple[Labels, float, float], size: Size
) -> float:
    """Panels side by side with the labels of the bars before the first; gives where they end."""
    labels, room, top = place
    bases = [round(labels.width + GAP + number * (room + _PANEL_GAP), 1) for number in range(len(strip))]
    places = slots(grid.columns, labels, size, (_SMALL + 4, 2), top)
    for slot in places:
        put_label(pen.canvas, labels.lines[slot.entry], (labels.width, slot.middle), size, "right")
        for row, base in zip(strip, bases, strict=True):
            put_bar(
                pen, _bar(grid, (row, slot.entry), slot.entry, size), (base, slot.middle - _SMALL / 2), _SMALL
            )
    end = bottom(places, top)
    for base in bases:
        pen.canvas.line((base, top), (base, end))
    return end


def _bar(grid: Grid, cell: tuple[Entry, Entry], entry: Entry, size: Size) -> Bar:
    return Bar(grid.value(*cell), grid.text(*cell), fill_of(entry), size.figure)
