"""Colours, sizes and fonts of the charts: quiet, and different in lightness and texture, never in colour alone.

Contrast with white: text at least 4.5 : 1, bars and their outlines at least 3 : 1. Sizes are in pixels on a screen;
in print the wide drawing fills the text width.
What does not belong here: positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import font_source_sans_pro
from matplotlib.font_manager import FontProperties

FAMILY: Final = "Source Sans Pro"
TEXT: Final = "#1a1a1a"
QUIET_TEXT: Final = "#555555"
BASELINE: Final = "#767676"
GRID: Final = "#d9d9d9"

Weight = Literal["regular", "semibold"]
_FILES: Final = {"regular": "SourceSansPro-Regular.otf", "semibold": "SourceSansPro-Semibold.otf"}

SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "path.simplify": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": BASELINE,
    "axes.linewidth": 1.0,
    "axes.axisbelow": True,
    "axes.spines.left": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 1.0,
    "xtick.color": BASELINE,
    "xtick.labelcolor": TEXT,
    "ytick.labelcolor": TEXT,
    "ytick.major.size": 0.0,
    "ytick.major.pad": 6.0,
    "text.color": TEXT,
    "hatch.linewidth": 1.0,
    "legend.frameon": False,
    "legend.borderpad": 0.0,
    "legend.borderaxespad": 0.0,
}
"""What differs from matplotlib's own settings."""


@dataclass(frozen=True)
class Fill:
    """How a surface is filled: `hatch` is a pattern of matplotlib drawn in the colour of `edge`."""

    color: str
    edge: str = "none"
    hatch: str = ""


SOLID: Final = Fill("#1f4e79")
LIGHT: Final = Fill("#fbe3c8", edge="#a8500a", hatch="///")
REST: Final = Fill("#767676")
MORE: Final = Fill("#d3ead9", edge="#1d6b3f", hatch="\\\\\\")
LESS: Final = LIGHT


@dataclass(frozen=True)
class Size:
    """One of the two widths: a drawing for wide screens and print, and one for phones."""

    name: str
    width: int
    type: float
    label_share: float

    @property
    def label(self) -> FontProperties:
        """Labels of rows."""
        return font(self.type)

    @property
    def head(self) -> FontProperties:
        """What stands out: heads of columns, names of sides."""
        return font(self.type, "semibold")

    @property
    def figure(self) -> FontProperties:
        """Figures behind bars, and the note above a chart."""
        return font(self.type - 1)

    @property
    def named(self) -> FontProperties:
        """Figures that also name their bar."""
        return font(self.type - 1, "semibold")

    @property
    def line(self) -> float:
        """From one line of text to the next."""
        return round(self.type * 1.2, 1)


WIDE: Final = Size("breed", width=660, type=13, label_share=0.33)
NARROW: Final = Size("smal", width=300, type=12, label_share=0.37)


@cache
def font(size: float, weight: Weight = "regular") -> FontProperties:
    """The font that readers get, from its own package: one of this name on the machine changes nothing."""
    path = Path(font_source_sans_pro.font_directory) / _FILES[weight]
    return FontProperties(
        family=FAMILY, weight=600 if weight == "semibold" else 400, size=size, fname=str(path)
    )
