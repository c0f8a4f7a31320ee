"""That one rounded count is no less than another: what a ranking asks of a rounding.

What does not belong here: which counts rank (see `leaders`).
"""

from __future__ import annotations

from dataclasses import dataclass

from wi2007.disclosure.cells import Cell


@dataclass(frozen=True)
class Order:
    """The rounded count of `larger` is at least `least` above that of `smaller`; None stands for nobody."""

    larger: Cell | None
    smaller: Cell | None
    least: int
