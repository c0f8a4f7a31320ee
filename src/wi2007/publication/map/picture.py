"""Draw the map in one of two widths: what the figures are of, a legend of classes, and the municipalities.

Legend and map stand beside each other where the sea leaves room, as it does in the Netherlands; else the legend
is above.
What does not belong here: classes, simplification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from wi2007.publication.charts.sheet import sheet, spaced, widest, wrap
from wi2007.publication.charts.style import Fill, Size
from wi2007.publication.map.classes import Class
from wi2007.publication.map.legend import label, municipalities
from wi2007.publication.map.settings import Measure
from wi2007.publication.map.shapes import Frame, Ring, proportion, shapes

TONES: Final = ("#c9d9e8", "#9abad6", "#6795c0", "#386c9f", "#143d66")
"""From the lowest class above nought to the highest: one hue, each clearly darker than the one before."""

NOUGHT: Final = Fill("#f0f3f6")
UNKNOWN: Final = Fill("#ffffff", edge="#767676", hatch="////")
BORDER: Final = ("#ffffff", 0.7)
OUTLINE: Final = ("#5f6b76", 0.8)
EDGE: Final = "#767676"

_TALLEST: Final = {"breed": 570.0, "smal": 390.0}
_LEGEND: Final = {"handlelength": 1.8, "handletextpad": 0.7, "labelspacing": 0.6}
"""Parts of the size of its letters."""
_APART: Final = 14.0
_CLEAR: Final = 10.0
"""Between the legend and the nearest municipality."""


@dataclass(frozen=True)
class Entry:
    """A class in the legend."""

    fill: Fill
    label: str
    members: tuple[str, ...]


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


def picture(areas: Mapping[str, BaseGeometry], entries: Sequence[Entry], note: str, size: Size) -> Axes:
    """The drawing; `areas` lie on a plane with y upwards."""
    across, down = _extent(areas, size)
    names = [_named(entry, size) for entry in entries]
    wide, high = _legend_size(names, size)
    top = 1.0
    drawn = shapes(areas, Frame(round(size.width - across, 1), top, across, down))
    if drawn.covers(0, 0, wide + _CLEAR, high + _CLEAR):
        top = round(high + _APART, 1)
        drawn = shapes(areas, Frame(round((size.width - across) / 2, 1), top, across, down))
    height = max(top + down, high) + 2
    axes = sheet(note, size, height)
    for entry in reversed(entries):
        axes.add_artist(_patch(drawn.together(entry.members), entry.fill))
    for lines, (color, width) in zip(drawn.borders(), (BORDER, OUTLINE), strict=True):
        if lines:
            axes.add_artist(_patch(lines, Fill("none", edge=color), width, closed=False))
    swatches = [
        Patch(facecolor=entry.fill.color, edgecolor=EDGE, hatch=entry.fill.hatch, linewidth=0.5)
        for entry in entries
    ]
    legend = axes.legend(swatches, names, loc="upper left", prop=size.label, **_LEGEND)
    for text in legend.get_texts():
        spaced(text)
    return axes


def _patch(rings: Sequence[Ring], fill: Fill, width: float = 0.5, closed: bool = True) -> PathPatch:
    """One surface of several closed rings, of which holes go the other way round; or lines drawn as one."""
    paths = [Path([*ring, ring[0]], closed=True) if closed else Path(ring) for ring in rings]
    return PathPatch(
        Path.make_compound_path(*paths),
        facecolor=fill.color,
        edgecolor=fill.edge,
        hatch=fill.hatch,
        linewidth=width if fill.edge != "none" else 0,
        joinstyle="round",
    )


def _named(entry: Entry, size: Size) -> str:
    """A class in the legend with how many municipalities are in it, on as many lines as the width asks."""
    words = f"{entry.label} ({municipalities(len(entry.members))})"
    return "\n".join(wrap(words, size.width - _before(size), size.label))


def _before(size: Size) -> float:
    """The width in pixels of the patch before a name and of the room behind that."""
    return (_LEGEND["handlelength"] + _LEGEND["handletextpad"]) * size.type


def _legend_size(names: Sequence[str], size: Size) -> tuple[float, float]:
    """The width and height of the legend in pixels."""
    lines = [name.count("\n") + 1 for name in names]
    high = sum((count - 1) * 1.2 + 1 + _LEGEND["labelspacing"] for count in lines)
    return _before(size) + widest(names, size.label), high * size.type


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
