"""What drawings over years share: round counts with grid lines, whole years below, and how lines differ.

Lines differ in dashes and in markers as well as in lightness, so that nothing rests on colour alone.
What does not belong here: what is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from wi2007 import dutch
from wi2007.publication.charts.sheet import text_width
from wi2007.publication.charts.style import Size

Point = tuple[float, float]
"""A year (with a part of it) and a count."""

COLORS: Final = ("#1f4e79", "#a8500a", "#3d6b21", "#6b3fa0", "#333333", "#7a6000")
DASHES: Final[tuple[Any, ...]] = (
    "-",
    (0, (5, 2)),
    (0, (1.4, 1.4)),
    (0, (6, 2, 1.4, 2)),
    (0, (3, 1.2)),
    (0, (9, 3)),
)
MARKERS: Final = ("o", "s", "^", "D", "v", "P")


def round_counts(highest: float, most: int = 5) -> list[int]:
    """Round counts from 0 to the highest or just above."""
    found = MaxNLocator(most, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1).tick_values(
        0, max(highest, 1.0)
    )
    return [int(count) for count in found]


def counts_width(counts: Sequence[int], size: Size) -> float:
    """The room in pixels for the counts left of the axes."""
    return max(text_width(dutch.count(count), size.figure) for count in counts) + 6


def put_scales(axes: Axes, years: Point, counts: Sequence[int], size: Size, named: bool = True) -> None:
    """Grid lines at round counts, named where `named`, and whole years as far as there is room for them."""
    axes.set_xlim(*years)
    axes.set_ylim(0, counts[-1])
    axes.set_yticks(counts, [dutch.count(count) if named else "" for count in counts], font=size.figure)
    axes.grid(axis="y", clip_on=False)
    room = axes.bbox.width / (1.6 * text_width("2000", size.figure))
    found = MaxNLocator(max(int(room), 1), steps=[1, 2, 5, 10], integer=True).tick_values(*years)
    whole = [int(year) for year in found if years[0] <= year <= years[1]]
    axes.set_xticks(whole, [str(year) for year in whole], font=size.figure)
