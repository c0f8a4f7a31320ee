"""A chart in its two widths: figures of matplotlib measured in pixels, with a note above, that end as SVG.

Margins follow from the measured width of texts, which takes a hundredth of the time of a layout engine.
What does not belong here: what is drawn.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import cache

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from wi2007.publication.charts import svg
from wi2007.publication.charts.data import ChartData, ChartDrawing
from wi2007.publication.charts.style import NARROW, QUIET_TEXT, SETTINGS, WIDE, Size

DPI = 72
_BREAKS = re.compile(r"(?<= )|(?<=\w{3}-)")


def sheet(note: str, size: Size, height: float, left: float = 0.0, scale: float = 1.0) -> Axes:
    """Axes of a height (in pixels) below the note, as wide as the chart; neither axis is drawn.

    Across, one unit is `scale` pixels and nought lies `left` pixels from the edge; y counts pixels downwards.
    """
    height = max(height, 1.0)
    lines = wrap(note, size.width, size.figure)
    whole = round(size.line * len(lines) + 8 + height)
    figure = Figure(figsize=(size.width / DPI, whole / DPI), dpi=DPI)
    words = "\n".join(lines)
    spaced(
        figure.text(
            0, 1 - 2 / whole, words, font=size.figure, color=QUIET_TEXT, va="top", parse_math=False, zorder=-1
        )
    )
    axes = figure.add_axes((0, 0, 1, height / whole))
    axes.set_axis_off()
    axes.set_ylim(height, 0)
    axes.set_xlim(-left / scale, (size.width - left) / scale)
    return axes


def draw(ident: str, title: str, alt: str, data: ChartData, axes_of: Callable[[Size], Axes]) -> ChartDrawing:
    """The chart in both widths: the same bytes for the same chart, whatever the settings of the machine."""

    def in_size(size: Size) -> str:
        return written(f"{ident}-{size.name}", title, alt, lambda: axes_of(size))

    return ChartDrawing(ident, title, alt, wide=in_size(WIDE), narrow=in_size(NARROW), data=data)


def written(name: str, title: str, alt: str, axes_of: Callable[[], Axes]) -> str:
    """One drawing as SVG; `name` is unique in the report."""
    with mpl.rc_context({**mpl.rcParamsDefault, **SETTINGS}):
        mpl.rcParams["svg.hashsalt"] = name
        raw = io.StringIO()
        figure = axes_of().get_figure(root=True)
        FigureCanvasSVG(figure).print_figure(raw, format="svg", metadata={"Date": None})
        return svg.clean(raw.getvalue(), name, title, alt)


def spaced(text: Text) -> Text:
    """The text with as much space between its lines as `Size.line` counts with."""
    if "\n" in text.get_text():
        text.set_linespacing(1.2)
    return text


def text_width(words: str, font: FontProperties) -> float:
    """The width in pixels of a line of text."""
    return font.get_size_in_points() * _width(words, font.get_file())


@cache
def _width(words: str, file: str) -> float:
    """The same for letters of one pixel: widths are in proportion, so that both drawings share a measurement."""
    return float(
        text_to_path.get_text_width_height_descent(words, FontProperties(fname=file, size=1), False)[0]
    )


def widest(lines: Sequence[str], font: FontProperties) -> float:
    """The width in pixels of texts of one or more lines."""
    return max((text_width(line, font) for text in lines for line in text.split("\n")), default=0.0)


def wrap(words: str, width: float, font: FontProperties) -> list[str]:
    """Lines of at most a width, broken at spaces and behind hyphens; a single longer word stays whole.

    There is no break behind a hyphen that follows one or two letters ('s-Hertogenbosch).
    """
    lines: list[str] = []
    for piece in _BREAKS.split(words):
        joined = lines[-1] + piece if lines else piece
        if lines and text_width(joined.rstrip(), font) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines if line.strip()]
