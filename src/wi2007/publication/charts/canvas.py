"""A canvas in pixels, y downwards, on which charts place bars, lines and text; it ends as SVG by way of matplotlib.

Every chart is laid out by hand: text is measured with the font that readers get, so that labels never collide.
What does not belong here: what is drawn, and the clean-up of the SVG (see `svg`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from wi2007.publication.charts.style import BASELINE, FAMILY, Align, Fill, Type, Weight

Points = Sequence[tuple[float, float]]

_DPI = 72
_FILES = {"regular": "SourceSansPro-Regular.otf", "semibold": "SourceSansPro-Semibold.otf"}
_BREAKS = re.compile(r"(?<= )|(?<=\w{3}-)")
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "wi2007",
    "hatch.linewidth": 1.0,
    "path.simplify": False,
    "font.family": [FAMILY],
}


class Canvas:
    """Things to draw, in pixels from the top left; the height is given when it is written.

    Artists are made at the end, under settings of our own: a researcher's matplotlibrc changes nothing.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self._place = Affine2D()
        self._artists: list[Callable[[], Artist]] = []

    def bar(self, left: float, top: float, width: float, height: float, fill: Fill) -> None:
        """A bar; outlines are drawn inside it, so that its length stays true."""
        inset = 0.5 if fill.edge != "none" and width > 1 else 0.0
        self._artists.append(
            lambda: Rectangle(
                (left + inset, top + inset),
                width - 2 * inset,
                height - 2 * inset,
                facecolor=fill.color,
                edgecolor=fill.edge,
                hatch=fill.hatch or None,
                linewidth=1 if fill.edge != "none" else 0,
                transform=self._place,
            )
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], color: str = BASELINE) -> None:
        """A thin straight line."""
        across, down = zip(start, end, strict=True)
        self._artists.append(
            lambda: Line2D(
                across, down, color=color, linewidth=1, transform=self._place, solid_capstyle="butt"
            )
        )

    def surface(self, rings: Sequence[Points], fill: Fill) -> None:
        """One surface of several closed rings; holes go the other way round."""
        self._outlined(rings, fill, 0.5 if fill.edge != "none" else 0.0, closed=True)

    def strokes(self, lines: Sequence[Points], color: str, width: float) -> None:
        """Thin lines through points, drawn as one."""
        self._outlined(lines, Fill("none", edge=color), width, closed=False)

    def _outlined(self, parts: Sequence[Points], fill: Fill, width: float, closed: bool) -> None:
        points: list[tuple[float, float]] = []
        codes: list[Any] = []
        for part in parts:
            end = [part[0]] if closed else []
            points += [*part, *end]
            codes += [Outline.MOVETO, *[Outline.LINETO] * (len(part) - 1), *[Outline.CLOSEPOLY] * len(end)]
        if not points:
            return
        self._artists.append(
            lambda: PathPatch(
                Outline(points, codes),
                facecolor=fill.color,
                edgecolor=fill.edge,
                hatch=fill.hatch or None,
                linewidth=width,
                joinstyle="round",
                transform=self._place,
            )
        )

    def text(self, at: tuple[float, float], words: str, kind: Type, align: Align = "left") -> None:
        """One line of text; `at` is on its baseline, at its left, right or center."""
        self._artists.append(
            lambda: Text(
                *at,
                words,
                color=kind.color,
                horizontalalignment=align,
                verticalalignment="baseline",
                fontproperties=_font_properties(kind.size, kind.weight),
                transform=self._place,
                parse_math=False,
            )
        )

    def write(self, height: float) -> str:
        """The SVG as matplotlib writes it: the same bytes for the same drawing."""
        self._place.clear().scale(1, -1).translate(0, height)
        text = io.StringIO()
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(_SETTINGS)
            figure = Figure(figsize=(self.width / _DPI, height / _DPI), dpi=_DPI)
            FigureCanvasSVG(figure)
            for artist in self._artists:
                figure.add_artist(artist())
            figure.savefig(text, format="svg", metadata={"Date": None}, transparent=True)
        return text.getvalue()


def text_width(words: str, kind: Type) -> float:
    """The width of a line of text in pixels."""
    font = _font(kind.weight)
    font.set_size(kind.size, _DPI)
    font.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def wrap(words: str, width: float, kind: Type) -> list[str]:
    """Lines of at most `width`, broken at spaces and behind hyphens; a single longer word stays whole.

    There is no break behind a hyphen that follows one or two letters ('s-Hertogenbosch).
    """
    lines: list[str] = []
    for piece in _BREAKS.split(words):
        joined = lines[-1] + piece if lines else piece
        if lines and text_width(joined.rstrip(), kind) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines if line.strip()]


@cache
def _font(weight: Weight) -> FT2Font:
    return FT2Font(str(_path(weight)))


@cache
def _font_properties(size: float, weight: Weight) -> FontProperties:
    number = 600 if weight == "semibold" else 400
    return FontProperties(family=FAMILY, weight=number, size=size, fname=str(_path(weight)))


def _path(weight: Weight) -> Path:
    return Path(font_source_sans_pro.font_directory) / _FILES[weight]
