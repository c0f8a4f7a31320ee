"""Charts of a table in the document: which belongs to which row variable, and its data as a table.

What does not belong here: drawing (see `wi2007.publication.charts`).
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.tables import Table as TableSpecification
from wi2007.publication.charts import ChartDrawing
from wi2007.publication.content.display import Shown
from wi2007.publication.document import Cell, Chart, Column, Row, Table

WIDE = "{}_breed.svg"
NARROW = "{}_smal.svg"


def paired(table: TableSpecification, drawings: Sequence[ChartDrawing]) -> dict[str, list[ChartDrawing]]:
    """The charts by row variable; by '' those of which it is not known."""
    if table.charts is not None and len(table.charts) == len(drawings):
        variables = [chart.rows for chart in table.charts]
    elif table.charts is None and len(table.rows) == len(drawings):
        variables = [axis.variable for axis in table.rows]
    else:
        return {"": list(drawings)}
    found: dict[str, list[ChartDrawing]] = {}
    for variable, drawing in zip(variables, drawings, strict=True):
        found.setdefault(variable, []).append(drawing)
    return found


def charts_of(drawings: Sequence[ChartDrawing], shown: Shown, source: str) -> list[Chart]:
    """Charts as blocks of the document."""
    label = shown.everything.populations[shown.table.population].label
    population = shown.writer.short(shown.table.population, label)
    return [chart_of(drawing, population, source) for drawing in drawings]


def chart_of(drawing: ChartDrawing, population: str, source: str) -> Chart:
    """One chart as a block, with its data as a table about `population`."""
    data = Table(
        id=f"{drawing.id}-gegevens",
        number="",
        title=drawing.title,
        population=population,
        header=drawing.data.header,
        columns=tuple(Column(column) for column in drawing.data.columns),
        rows=tuple(
            Row(label, tuple(Cell(text, value) for text, value in zip(texts, values, strict=True)))
            for label, texts, values in drawing.data.rows
        ),
        source=source,
        sortable=False,
    )
    return Chart(
        id=drawing.id,
        title=drawing.title,
        wide=WIDE.format(drawing.id),
        narrow=NARROW.format(drawing.id),
        alt=drawing.alt,
        data=data,
        source=source,
    )
