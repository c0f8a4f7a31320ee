"""A bridge chart: a bar for the begin, a floating bar for each step from where the one before ended, a bar for the end.

Direction shows thrice: in the sign of the figure, in colour, and in the way of the hatching.
What does not belong here: words (see `steps`), other kinds of charts.
"""

from __future__ import annotations

from dataclasses import dataclass

from wi2007 import dutch
from wi2007.publication.charts import svg
from wi2007.publication.charts.canvas import Canvas, text_width
from wi2007.publication.charts.drawing import ChartDrawing
from wi2007.publication.charts.grid import Entry
from wi2007.publication.charts.layout import (
    GAP,
    RISE,
    Labels,
    Slot,
    bottom,
    labels_of,
    note_on,
    put_label,
    slots,
)
from wi2007.publication.charts.steps import Bridge
from wi2007.publication.charts.style import LESS, MORE, NARROW, REST, SOLID, WIDE, Fill, Size, Type

_BAR = 14.0
_BETWEEN = 8.0
_THIN = 3.0
"""A bar narrower than this has no room for hatching: it is filled with the colour of its outline."""
_LEAST = 1.0
_WHITE = "#ffffff"


@dataclass(frozen=True)
class _Bar:
    """A bar between two numbers of persons, with the figure behind it; the next one begins at `after`."""

    entry: Entry
    low: float
    high: float
    after: float
    words: str
    fill: Fill
    type: Type


@dataclass(frozen=True)
class _Scale:
    """Where a number of persons is drawn: `step` pixels for each, from `base` for `origin`."""

    base: float
    origin: float
    step: float

    def at(self, persons: float) -> float:
        """Pixels from the left."""
        return round(self.base + (persons - self.origin) * self.step, 2)


def bridge_of(ident: str, title: str, bridge: Bridge, notes: tuple[str, str]) -> ChartDrawing:
    """The chart. `notes` stand above it: always, and behind that where the ends are cut."""
    note = "; ".join(notes if bridge.cut else notes[:1])
    texts = {}
    for size in (WIDE, NARROW):
        canvas, height = drawn(bridge, note, size)
        texts[size] = svg.clean(canvas.write(round(height)), f"{ident}-{size.name}", title, bridge.alt())
    return ChartDrawing(
        id=ident,
        title=title,
        alt=bridge.alt(),
        wide=texts[WIDE],
        narrow=texts[NARROW],
        data=bridge.data(),
    )


def drawn(bridge: Bridge, note: str, size: Size) -> tuple[Canvas, float]:
    """The bars below each other, joined by lines; gives the height too."""
    canvas = Canvas(size.width)
    top = note_on(canvas, note, size)
    bars = _bars(bridge, size)
    labels = labels_of([bar.entry for bar in bars], size)
    scale = _scale(bridge, bars, labels, size)
    places = slots([bar.entry for bar in bars], labels, size, (_BAR + 2, _BETWEEN), top)
    end = bottom(places, top)
    if not bridge.cut:
        canvas.line((scale.at(0), top), (scale.at(0), end))
    for order, (bar, place) in enumerate(zip(bars, places, strict=True)):
        put_label(canvas, labels.lines[bar.entry], (labels.width, place.middle), size, "right")
        _put(canvas, bar, place, scale)
        if order + 1 < len(bars):
            across = scale.at(bar.after)
            canvas.line((across, place.middle + _BAR / 2), (across, places[order + 1].middle - _BAR / 2))
    if bridge.cut:
        for place in (places[0], places[-1]):
            _break(canvas, scale.base, place)
    return canvas, end + 4


def _bars(bridge: Bridge, size: Size) -> list[_Bar]:
    levels = bridge.levels
    left = max(0.0, bridge.origin)
    first, last = (
        _Bar(
            Entry(label),
            min(left, level),
            max(left, level),
            level,
            dutch.count(level),
            SOLID,
            size.named,
        )
        for label, level in zip(bridge.ends, (levels[0], levels[-1]), strict=True)
    )
    between = [
        _Bar(
            Entry(step.label),
            min(before, after),
            max(before, after),
            after,
            step.text,
            REST if step.aside else MORE if step.amount > 0 else LESS,
            size.figure,
        )
        for step, before, after in zip(bridge.steps, levels, levels[1:], strict=False)
    ]
    return [first, *between, last]


def _scale(bridge: Bridge, bars: list[_Bar], labels: Labels, size: Size) -> _Scale:
    """As large as leaves room for the figure behind every bar."""
    base = labels.width + GAP
    room = size.width - base
    fits = [
        (room - GAP - text_width(bar.words, bar.type)) / (bar.high - bridge.origin)
        for bar in bars
        if bar.high > bridge.origin
    ]
    return _Scale(base, bridge.origin, max(min(fits, default=0.0), 0.0))


def _put(canvas: Canvas, bar: _Bar, place: Slot, scale: _Scale) -> None:
    """One bar with its figure behind it."""
    left, right = scale.at(bar.low), scale.at(bar.high)
    if bar.high > bar.low:
        width = max(right - left, _LEAST)
        fill = Fill(bar.fill.edge) if bar.fill.hatch and width < _THIN else bar.fill
        canvas.bar(left, round(place.middle - _BAR / 2, 1), round(width, 2), _BAR, fill)
    at = (round(right + GAP - 1, 1), round(place.middle + RISE * bar.type.size, 1))
    canvas.text(at, bar.words, bar.type)


def _break(canvas: Canvas, base: float, place: Slot) -> None:
    """Two white strokes through a bar near its foot: something was left out there."""
    high, low = place.middle - _BAR / 2 - 1, place.middle + _BAR / 2 + 1
    for across in (base + 8, base + 13):
        canvas.strokes([[(across, low), (across + 5, high)]], _WHITE, 2)
