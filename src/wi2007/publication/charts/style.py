"""Colours, sizes and type of the charts: quiet, and different in lightness and texture, never in colour alone.

Contrast with white: text at least 4.5 : 1, bars and their outlines at least 3 : 1. Sizes are in SVG units, which are
pixels on a screen; in print the wide drawing fills the text width.
What does not belong here: positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FAMILY = "Source Sans Pro"

TEXT = "#1a1a1a"
QUIET_TEXT = "#555555"
BASELINE = "#767676"

Weight = Literal["regular", "semibold"]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Fill:
    """How a bar is filled: `hatch` is a pattern of matplotlib drawn in the colour of `edge`."""

    color: str
    edge: str = "none"
    hatch: str = ""


@dataclass(frozen=True)
class Type:
    """How text is set."""

    size: float
    weight: Weight = "regular"
    color: str = TEXT


SOLID = Fill("#1f4e79")
LIGHT = Fill("#fbe3c8", edge="#a8500a", hatch="///")
REST = Fill("#767676")
MORE = Fill("#d3ead9", edge="#1d6b3f", hatch="\\\\\\")
LESS = LIGHT


@dataclass(frozen=True)
class Size:
    """One of the two widths: a drawing for wide screens and print, and one for phones."""

    name: str
    width: int
    type: float
    label_share: float
    panels: int

    @property
    def label(self) -> Type:
        """Labels of rows."""
        return Type(self.type)

    @property
    def head(self) -> Type:
        """What stands out: heads of panels, names of sides."""
        return Type(self.type, "semibold")

    @property
    def figure(self) -> Type:
        """Figures behind bars."""
        return Type(self.type - 1)

    @property
    def named(self) -> Type:
        """Figures that also name their bar."""
        return Type(self.type - 1, "semibold")

    @property
    def note(self) -> Type:
        """The note above a chart."""
        return Type(self.type - 1, color=QUIET_TEXT)

    @property
    def line(self) -> float:
        """From one line of text to the next."""
        return round(self.type * 1.2, 1)


WIDE = Size("breed", width=660, type=13, label_share=0.33, panels=4)
NARROW = Size("smal", width=300, type=12, label_share=0.37, panels=2)
