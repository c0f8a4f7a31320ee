"""Charts of the tidy tables: matplotlib drawings as SVG text in two widths, with a text alternative and the data.

`chart_for` is what the rest of the project calls. Every length drawn and every word of the text alternative comes from
the figures that the table shows, rounded as shown, so a chart tells nothing more precise than its table.
What does not belong here: counting, choosing which tables there are, layout of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.tables import Specification, Table
from wi2007.tables.tidy import TidyRow


@dataclass(frozen=True)
class ChartData:
    """The data of a chart as a table: texts as shown, values for sorting (None where there is no figure).

    `header` heads the row labels; `columns` and every row's `texts` and `values` are of the same length.
    """

    header: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], tuple[float | None, ...]], ...]


@dataclass(frozen=True)
class ChartDrawing:
    """A chart: `id` is a slug, unique in the report; `wide` and `narrow` are SVG texts for inline use.

    `alt` is one Dutch sentence: what is drawn and its main message.
    """

    id: str
    title: str
    alt: str
    wide: str
    narrow: str
    data: ChartData


def chart_for(table: Table, rows: Sequence[TidyRow], specification: Specification) -> list[ChartDrawing]:
    """Draw the charts of one table from its tidy rows (`rows` of other tables are passed over)."""
    raise NotImplementedError
