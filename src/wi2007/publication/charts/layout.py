"""What the kinds of charts share: the note on top, labels, slots for rows, and bars with their figure behind them.

What does not belong here: one kind of chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wi2007.publication.charts.canvas import Canvas, text_width, wrap
from wi2007.publication.charts.grid import Entry
from wi2007.publication.charts.style import REST, SOLID, Align, Fill, Size, Type

GAP = 6.0
"""Between a label and its bar, and between a bar and its figure."""

APART = 8.0
"""Extra space above the rest and those apart."""

RISE = 0.34
"""From the middle of a line of text to its baseline, as a part of its size."""


@dataclass(frozen=True)
class Labels:
    """Names, each in one or more lines, with the width of the widest line."""

    width: float
    lines: dict[Entry, list[str]]


@dataclass(frozen=True)
class Slot:
    """The place of a row, from `top` down."""

    entry: Entry
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Bar:
    """A bar with its figure behind it."""

    value: Decimal | None
    words: str
    fill: Fill
    type: Type


@dataclass(frozen=True)
class Pen:
    """Where and how large bars are drawn: `step` is pixels for each percentage point; leftwards where `left`."""

    canvas: Canvas
    step: float
    left: bool = False


def note_on(canvas: Canvas, note: str, size: Size) -> float:
    """Put the line above a chart that says what the percentages are of; gives the height it takes."""
    lines = wrap(note, size.width, size.note)
    for place, line in enumerate(lines):
        canvas.text((0, round(size.line * (place + 0.8), 1)), line, size.note)
    return round(size.line * len(lines) + 8, 1)


def labels_of(entries: Sequence[Entry], size: Size, part: float = 1.0) -> Labels:
    """Names wrapped to (a part of) their share of the width; a single long word may take more."""
    room = part * size.label_share * size.width
    lines = {entry: wrap(entry.name, room, size.label) for entry in entries}
    widest = max((text_width(line, size.label) for some in lines.values() for line in some), default=0)
    return Labels(round(widest, 1), lines)


def slots(
    entries: Sequence[Entry], labels: Labels, size: Size, row: tuple[float, float], top: float
) -> list[Slot]:
    """Places from `top` down for rows of a least height with space between (`row`), higher for longer names.

    Where the rest and those apart begin there is extra space.
    """
    least, between = row
    found: list[Slot] = []
    for place, entry in enumerate(entries):
        if place and entries[place - 1].kind == "gewoon" != entry.kind:
            top += APART
        height = max(least, size.line * len(labels.lines[entry]))
        found.append(Slot(entry, round(top, 1), round(height, 1)))
        top += height + between
    return found


def bottom(places: Sequence[Slot], top: float) -> float:
    """Where the last slot ends."""
    return places[-1].top + places[-1].height if places else top


def put_label(
    canvas: Canvas, lines: Sequence[str], at: tuple[float, float], size: Size, align: Align
) -> None:
    """A name of one or more lines, centered on a height."""
    across, middle = at
    top = middle - size.line * (len(lines) - 1) / 2 + RISE * size.type
    for place, line in enumerate(lines):
        canvas.text((across, round(top + place * size.line, 1)), line, size.label, align)


def step_for(bars: Sequence[Bar], room: float) -> float:
    """Pixels for each percentage point, so that every bar with its figure stays within `room`."""
    fits = [(room - GAP - text_width(bar.words, bar.type)) / float(bar.value) for bar in bars if bar.value]
    return max(min(fits, default=0.0), 0.0)


def put_bar(pen: Pen, bar: Bar, at: tuple[float, float], height: float) -> None:
    """A bar from its baseline, with its figure; `at` is its upper corner at the baseline."""
    base, top = at
    side = -1 if pen.left else 1
    length = round(float(bar.value or 0) * pen.step, 1)
    if length:
        pen.canvas.bar(base - length if pen.left else base, top, length, height, bar.fill)
    figure = (base + side * (length + GAP - 1), round(top + height / 2 + RISE * bar.type.size, 1))
    pen.canvas.text(figure, bar.words, bar.type, "right" if pen.left else "left")


def fill_of(entry: Entry) -> Fill:
    """Grey for the rest and those apart, which are no category among the others."""
    return SOLID if entry.kind == "gewoon" else REST
