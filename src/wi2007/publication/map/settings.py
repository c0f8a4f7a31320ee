"""What a map is asked to be, and what it is to the rest of the project.

What does not belong here: how it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wi2007.publication.charts.data import ChartDrawing

Measure = Literal["aandeel", "aantal"]


@dataclass(frozen=True)
class MapSettings:
    """The boundary file, the property in it that holds the municipality's code, whose it is, and what is drawn.

    Of fewer persons than `floor` no share is drawn.
    """

    file: Path
    code: str
    attribution: str
    measure: Measure
    floor: int = 0


@dataclass(frozen=True)
class MapDrawing:
    """A map, and what has to be said with it.

    `table` is the number of the table it shows. Of the codes in the boundary file, `followed` had ended at the
    peildatum, and `split` of those had more than one successor, so that where their area belongs is an approximation.
    """

    drawing: ChartDrawing
    measure: Measure
    attribution: str
    table: str
    followed: int
    split: int
