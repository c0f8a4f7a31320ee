"""Charts of the CBS table: the part of everybody in each category, and the nationalities within categories.

What does not belong here: drawing (see `wi2007.publication.charts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

from schemas.cbs import OF_CATEGORY, OF_NATIONALITY, TOTAL
from wi2007.cbs.table import CbsTable, Part
from wi2007.publication.charts import ChartDrawing, Entry, Grid, chart_of
from wi2007.publication.content.cbs.figures import CbsFigures, numbers
from wi2007.publication.content.display import slug
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.wording import capital

MOST: Final = 20
"""Categories or nationalities that a chart can show below each other; of more there is a table only."""


def drawn(table: CbsTable, writer: Writer) -> dict[str, list[ChartDrawing]]:
    """The charts by characteristic; one of which CBS gives no percentage has none."""
    named = numbers(table)
    return {kenmerk: _of(table, writer, kenmerk, named[kenmerk]) for kenmerk in table.characteristics}


def _of(table: CbsTable, writer: Writer, kenmerk: str, name: str) -> list[ChartDrawing]:
    def words(text: str) -> str:
        template, place = writer.texts.report.cbs[text], f"rapport.yaml, cbs > {text}"
        return writer.words(template, place, kenmerk=kenmerk, dag=CbsFigures(table).dag)

    made = []
    heads = (words("categorie"), words("nationaliteit"))
    ident = f"grafiek-{slug(name)}-{slug(kenmerk)}"
    categories = list(table.categories(kenmerk))
    shares = {(one, TOTAL): table.share(kenmerk, one) for one in categories}
    if any(shares.values()) and len(categories) <= MOST:
        drawing = _Drawing(table, kenmerk, (categories, [TOTAL]), shares, OF_NATIONALITY)
        made.append(chart_of(ident, words("grafiek_titel"), drawing.grid(heads), words("grafiek_noot")))
    others = [one for one in table.nationalities(kenmerk) if one != TOTAL]
    within = {(c, n): table.within(kenmerk, c, n) for c in categories for n in others}
    rows = [c for c in categories if any(within[c, n] for n in others)]
    columns = [n for n in others if any(within[c, n] for c in categories)]
    if 0 < len(rows) <= MOST and 0 < len(columns) <= MOST:
        drawing = _Drawing(table, kenmerk, (rows, columns), within, OF_CATEGORY)
        title, note = words("grafiek_nationaliteit_titel"), words("grafiek_nationaliteit_noot")
        made.append(chart_of(f"{ident}-nationaliteit", title, drawing.grid(heads), note))
    return made


@dataclass(frozen=True)
class _Drawing:
    """Percentages by category and nationality (`axes`); `of` is what they are a part of."""

    table: CbsTable
    kenmerk: str
    axes: tuple[list[str], list[str]]
    found: Mapping[tuple[str, str], Part | None]
    of: str

    def grid(self, heads: tuple[str, str]) -> Grid:
        """The percentages as a chart draws them, with the signs of CBS where there are none."""
        figures = CbsFigures(self.table)
        rows, columns = ([Entry(_name(one)) for one in labels] for labels in self.axes)
        cells: dict[tuple[str, str], Decimal | None] = {}
        signs: dict[tuple[str, str], str] = {}
        for category, nationality in product(*self.axes):
            at = (_name(category), _name(nationality))
            part = self.found[category, nationality]
            cells[at] = part.shown if part else None
            signs[at] = figures.teken(self.kenmerk, category, nationality, self.of)
        return Grid(
            row_variable=self.kenmerk,
            row_header=heads[0],
            column_variable="nationaliteit",
            column_header=heads[1],
            rows=tuple(rows),
            columns=tuple(columns),
            cells=cells,
            people=(dict.fromkeys(rows, 0), dict.fromkeys(columns, 0)),
            decimals=None,
            signs=signs,
        )


def _name(label: str) -> str:
    """A label as readers see it; the total keeps its own name, by which a chart knows it."""
    return label if label == TOTAL else str(capital(label))
