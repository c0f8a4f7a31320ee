"""The picture: what the figures are of, a legend of classes, and the municipalities, in one of the two widths.

Legend and map stand beside each other where the sea leaves room, as it does in the Netherlands; else the legend
is above.
What does not belong here: classes, simplification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from shapely.geometry.base import BaseGeometry

from wi2007.publication.charts.canvas import Canvas, text_width, wrap
from wi2007.publication.charts.style import QUIET_TEXT, TEXT, Fill, Size, Type
from wi2007.publication.map.classes import Class
from wi2007.publication.map.legend import COUNTED, label
from wi2007.publication.map.settings import Measure
from wi2007.publication.map.shapes import Frame, Shapes, proportion, shapes

TONES: Final = ("#c9d9e8", "#9abad6", "#6795c0", "#386c9f", "#143d66")
"""From the lowest class above nought to the highest: one hue, each clearly darker than the one before."""

NOUGHT: Final = Fill("#f0f3f6")
UNKNOWN: Final = Fill("#ffffff", edge="#767676", hatch="////")
BORDER: Final = ("#ffffff", 0.7)
OUTLINE: Final = ("#5f6b76", 0.8)
EDGE: Final = "#767676"

_TALLEST: Final = {"breed": 570.0, "smal": 390.0}
_SWATCH: Final = (24.0, 13.0)
_GAP: Final = 9.0
_APART: Final = 14.0
_CLEAR: Final = 10.0
"""Between the legend and the nearest municipality."""


@dataclass(frozen=True)
class Entry:
    """A class in the legend."""

    fill: Fill
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Legend:
    """The note and the classes, the highest first, with the measures of their columns."""

    note: list[str]
    entries: list[Entry]
    labels: float
    width: float
    height: float


def entries_of(made: Sequence[Class], measure: Measure) -> list[Entry]:
    """The classes with their fills, the highest first and what cannot be computed last."""
    tones = _tones(sum(not (one.is_nought or one.is_unknown) for one in made))
    found = [
        Entry(
            NOUGHT if one.is_nought else UNKNOWN if one.is_unknown else tones.pop(0),
            label(one, measure),
            one.members,
        )
        for one in made
    ]
    ordered = [entry for entry in reversed(found) if entry.fill != UNKNOWN]
    return [*ordered, *(entry for entry in found if entry.fill == UNKNOWN)]


def picture(
    areas: Mapping[str, BaseGeometry], entries: Sequence[Entry], note: str, size: Size
) -> tuple[Canvas, float]:
    """The drawing and its height."""
    canvas = Canvas(size.width)
    across, down = _extent(areas, size)
    column = _legend(entries, note, size, size.width * 0.42)
    beside = Frame(round(size.width - across, 1), 1.0, across, down)
    drawn = shapes(areas, beside)
    if drawn.covers(0, 0, column.width + _CLEAR, column.height + _CLEAR):
        column = _legend(entries, note, size, size.width)
        top = round(column.height + _APART, 1)
        drawn = shapes(areas, Frame(round((size.width - across) / 2, 1), top, across, down))
        down += top
    _put_map(canvas, drawn, entries)
    _put_legend(canvas, column, size)
    return canvas, max(down, column.height) + 2


def _tones(count: int) -> list[Fill]:
    """As many tones as there are classes, from the whole range: few classes lie further apart."""
    last = len(TONES) - 1
    places = (
        [round(number * last / max(count - 1, 1)) for number in range(count)] if count > 1 else [last - 1]
    )
    return [Fill(TONES[place]) for place in places[:count]]


def _extent(areas: Mapping[str, BaseGeometry], size: Size) -> tuple[float, float]:
    """The width and height of the map: as large as fits, with room for the outline."""
    high = proportion(areas)
    across = min(size.width - 2, _TALLEST[size.name] / high)
    return round(across, 1), round(across * high, 1)


def _legend(entries: Sequence[Entry], note: str, size: Size, room: float) -> Legend:
    lines = wrap(note, room, size.note)
    labels = max(text_width(entry.label, size.label) for entry in entries)
    counts = max(text_width(COUNTED, size.note), *(text_width(_count(e), size.note) for e in entries))
    rows = _SWATCH[0] + _GAP + labels + 2 * _GAP + counts
    width = max(rows, *(text_width(line, size.note) for line in lines))
    height = size.line * (len(lines) + 1) + _APART + len(entries) * _row(size)
    return Legend(lines, list(entries), labels, width, round(height, 1))


def _row(size: Size) -> float:
    return size.line + 5


def _count(entry: Entry) -> str:
    return str(len(entry.members))


def _put_map(canvas: Canvas, drawn: Shapes, entries: Sequence[Entry]) -> None:
    for entry in reversed(entries):
        canvas.surface(drawn.together(entry.members), replace(entry.fill, edge=_edge(entry.fill)))
    inner, outline = drawn.borders()
    canvas.strokes(inner, *BORDER)
    canvas.strokes(outline, *OUTLINE)


def _edge(fill: Fill) -> str:
    return fill.edge if fill.hatch else "none"


def _put_legend(canvas: Canvas, legend: Legend, size: Size) -> None:
    quiet, plain = Type(size.note.size, color=QUIET_TEXT), Type(size.type, color=TEXT)
    for number, line in enumerate(legend.note):
        canvas.text((0, round(size.line * (number + 0.8), 1)), line, quiet)
    right = round(_SWATCH[0] + _GAP + legend.labels + 2 * _GAP + text_width(COUNTED, quiet), 1)
    top = size.line * len(legend.note) + _APART
    canvas.text((right, round(top + size.line * 0.6, 1)), COUNTED, quiet, "right")
    top += size.line
    for entry in legend.entries:
        middle = top + _row(size) / 2
        base = round(middle + 0.34 * size.type, 1)
        fill = entry.fill if entry.fill.hatch else replace(entry.fill, edge=EDGE)
        canvas.bar(0, round(middle - _SWATCH[1] / 2, 1), *_SWATCH, fill)
        canvas.text((_SWATCH[0] + _GAP, base), entry.label, plain)
        canvas.text((right, base), _count(entry), quiet, "right")
        top += _row(size)
