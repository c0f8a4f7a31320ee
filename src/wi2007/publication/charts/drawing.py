"""What a chart is to the rest of the project.

What does not belong here: how it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class DataRow(NamedTuple):
    """One row of a chart's data: texts as shown, and the same values for sorting (None where there is no figure)."""

    label: str
    texts: tuple[str, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class ChartData:
    """The data of a chart as a table. `header` heads the labels; every row has a text and a value for each column."""

    header: str
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]


@dataclass(frozen=True)
class ChartDrawing:
    """A chart: `id` is a slug, unique in the report; `wide` and `narrow` are SVG texts that can stand inside HTML.

    `alt` is one Dutch sentence: what is drawn and its main message.
    """

    id: str
    title: str
    alt: str
    wide: str
    narrow: str
    data: ChartData
