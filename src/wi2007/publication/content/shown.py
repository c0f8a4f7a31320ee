"""Show a tidy table and its charts as readers see them.

Counts and percentages stand side by side by gender, or percentages by category. A table of the appendix shows counts
only: percentages of long lists are nearly all nil, and its file has them.
What does not belong here: sentences, drawing (see `wi2007.publication.charts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.tables import Axis, Specification
from schemas.tables import Table as TableSpecification
from schemas.tidy import TOTAL, TidyRow
from wi2007 import dutch
from wi2007.publication.charts import UNORDERED, ChartDrawing
from wi2007.publication.content.blocks import MEN, WOMEN, Kind, Kinds, Tidy, kinds_of
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.wording import number
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Cell, Chart, Column, Row, Table
from wi2007.tables import variables
from wi2007.tables.tidy import rounded

Role = Literal["row", "total", "rest", "group"]
Content = Literal["pairs", "percents", "counts"]

WIDEST = 9
"""Columns that fit beside each other on A4; a wider table is turned."""

MUNICIPALITY = "gemeente"

_MANY_ROWS = 3
"""Row variables that fit in a title; of more a section has the title of its table."""

PAIRED = 3
"""Columns that can each show a count and a percentage."""


@dataclass(frozen=True)
class Shown:
    """What a table is shown with."""

    table: Tidy
    specification: TableSpecification
    everything: Specification
    kinds: Kinds
    writer: Writer
    floor: int
    peildatum: date
    untold: Sequence[str] = ()

    def is_too_small(self, size: int) -> bool:
        """Whether a group of this size has too few persons for percentages."""
        return size < self.floor

    def text(self, name: str, **values: object) -> str:
        """One of the texts around tables."""
        return self.writer.words(
            self.writer.texts.report.tabelteksten[name], f"rapport.yaml, tabelteksten > {name}", **values
        )

    def footnote(self, template: str) -> str:
        """A footnote of the table's specification, filled in; empty where its condition does not hold."""
        axes = (self.specification.columns, *self.specification.rows)
        largest = {axis.variable: axis.largest for axis in axes if axis.largest is not None}
        place = f"tables.yaml, tabel {self.table.id}"
        return self.writer.words(
            template, place, grootste=largest, grote_gemeenten=variables.large_municipalities()
        )

    def heading(self, column: str) -> str:
        """A column's header."""
        names = {TOTAL: "totaal", MEN: "man", WOMEN: "vrouw"}
        return self.text(names[column]) if column in names else column


def shown_of(inputs: Inputs, table: TableSpecification, writer: Writer) -> Shown:
    """What a table of the report is shown with."""
    kinds = kinds_of(table, inputs.specification)
    return Shown(
        table=inputs.tables[table.number],
        specification=table,
        everything=inputs.specification,
        kinds=kinds,
        writer=writer,
        floor=inputs.floor,
        peildatum=inputs.account.peildatum,
        untold=inputs.untold.get(table.number, ()),
    )


def displayed(shown: Shown, download: str, source: str) -> Table:
    """The table for readers; its numbers are those of the tidy table, rounded once."""
    table = shown.table
    label = shown.everything.populations[table.population].label
    if _is_turned(shown):
        header, columns, rows = _turned(shown)
    else:
        content = _content(shown)
        header, columns, rows = _header(shown), _columns(shown, content), _rows(shown, content)
    return Table(
        id="tabel-" + slug(table.id),
        number=table.id,
        title=shown.specification.title,
        population=shown.writer.short(table.population, label),
        header=header,
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=tuple(_footnotes(shown)),
        source=source,
        download=download,
    )


def section_title(shown: Shown) -> str:
    """What a table's section is about: its rows by its columns."""
    table = shown.table
    rows = [dutch.inline(variable_label(one, shown.everything)) for one in table.row_variables]
    column = dutch.inline(variable_label(table.column_variable, shown.everything))
    if shown.specification.appendix:
        return shown.text("paragraaf_bijlage", nummer=table.id, rijen=rows, kolom=column)
    if len(rows) > _MANY_ROWS:
        return shown.specification.title
    name = "paragraaf_geslacht" if {MEN, WOMEN} <= set(table.columns) else "paragraaf"
    return shown.text(name, rijen=rows, kolom=column)


def slug(text: str) -> str:
    """Letters, digits and hyphens: for ids."""
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())


def variable_label(variable: str, everything: Specification) -> str:
    """A variable's name above its rows."""
    for name, text in everything.variables.items():
        if name == variable:
            return text.label
    return variable.replace("_", " ").capitalize()


def _is_turned(shown: Shown) -> bool:
    """Whether a table is too wide for a page, and would not be with its rows as columns."""
    table = shown.table
    rows = sum(len(table.rows(variable)) for variable in table.row_variables)
    wide = len(table.columns) > WIDEST > rows and len(table.row_variables) == 1
    return wide and not shown.specification.appendix


def _content(shown: Shown) -> Content:
    if shown.specification.appendix:
        return "counts"
    return "pairs" if len(shown.table.columns) <= PAIRED else "percents"


def _turned(shown: Shown) -> tuple[str, Iterator[Column], Iterator[Row]]:
    """Header, columns and rows of a wide table: its categories below each other, counts first."""
    table = shown.table
    variable = table.row_variables[0]
    labels = table.rows(variable)
    group = variable_label(variable, shown.everything)
    counts = Column(shown.text("totaal"), unit=shown.text("aantal"))
    percents = (Column(label, unit=shown.text("procent"), group=group) for label in labels)
    return (
        variable_label(table.column_variable, shown.everything),
        iter((counts, *percents)),
        (_turned_row(shown, variable, column) for column in table.columns),
    )


def _turned_row(shown: Shown, variable: str, column: str) -> Row:
    table = shown.table
    percents = (_percent(shown, table.cell(variable, row, column)) for row in table.rows(variable))
    cells = (_count(table.cell(TOTAL, TOTAL, column)), *percents)
    kind = shown.kinds.get((table.column_variable, column), "gewoon")
    role: Role = "total" if column == TOTAL else _role(kind)
    return Row(shown.heading(column), cells, role=role)


def _role(kind: Kind) -> Role:
    return "row" if kind == "gewoon" else "rest"


def _header(shown: Shown) -> str:
    variables = shown.table.row_variables
    return variable_label(variables[0], shown.everything) if len(variables) == 1 else shown.text("kop_meer")


def _columns(shown: Shown, content: Content) -> Iterator[Column]:
    for column in shown.table.columns:
        heading = shown.heading(column)
        if content == "pairs":
            yield Column(shown.text("aantal"), group=heading)
            yield Column(shown.text("procent"), group=heading)
        else:
            yield Column(heading, unit=shown.text("procent") if content == "percents" else "")


def _rows(shown: Shown, content: Content) -> Iterator[Row]:
    table = shown.table
    cells = [table.cell(TOTAL, TOTAL, column) for column in table.columns]
    label = "totaal_procent_van_kolom" if content == "percents" else "totaal"
    total = _pairs(shown, cells) if content == "pairs" else map(_count, cells)
    yield Row(shown.text(label), tuple(total), role="total")
    for variable in table.row_variables:
        if len(table.row_variables) > 1:
            yield Row(variable_label(variable, shown.everything), role="group")
        for label in _in_order(shown, variable):
            cells = [table.cell(variable, label, column) for column in table.columns]
            role = _role(shown.kinds.get((variable, label), "gewoon"))
            yield Row(label, tuple(_cells(shown, cells, content)), role=role)


def _in_order(shown: Shown, variable: str) -> list[str]:
    """The rows as readers see them: of what has no order of its own the largest first, as in its chart."""
    table = shown.table
    labels = list(table.rows(variable))
    if variable not in UNORDERED or shown.specification.appendix:
        return labels

    def persons(label: str) -> int:
        columns = [TOTAL] if TOTAL in table.columns else table.columns
        return sum(cell.aantal for column in columns if (cell := table.cell(variable, label, column)))

    def place(label: str) -> tuple[bool, int]:
        return shown.kinds.get((variable, label), "gewoon") != "gewoon", -persons(label)

    return sorted(labels, key=place)


def _cells(shown: Shown, cells: list[TidyRow | None], content: Content) -> Iterable[Cell]:
    if content == "pairs":
        return _pairs(shown, cells)
    return map(_count, cells) if content == "counts" else (_percent(shown, cell) for cell in cells)


def _pairs(shown: Shown, cells: list[TidyRow | None]) -> Iterator[Cell]:
    for cell in cells:
        yield _count(cell)
        yield _percent(shown, cell)


def _count(cell: TidyRow | None) -> Cell:
    return counted(cell.aantal if cell else 0)


def counted(count: int) -> Cell:
    """A count as a table shows it."""
    return Cell(dutch.count(count), float(count))


def _percent(shown: Shown, cell: TidyRow | None) -> Cell:
    if cell and shown.is_too_small(cell.noemer):
        return Cell(shown.text("niet_te_berekenen"))
    share = (cell.procent if cell else None) or 0.0
    return Cell(number(rounded(share, shown.specification.decimals)), share)


def _footnotes(shown: Shown) -> Iterator[str]:
    table = shown.table
    yield _unit(shown)
    yield from filter(None, map(shown.footnote, shown.specification.footnotes))
    if shown.untold:
        names = [dutch.inline(variable_label(one, shown.everything)) for one in shown.untold]
        yield shown.text("voetnoot_niet_geleverd", variabelen=names)
    yield from _merged(shown)
    if MUNICIPALITY in (*table.row_variables, table.column_variable):
        yield from _followed(shown)
    if {TOTAL, MEN, WOMEN} <= set(table.columns):
        unknown = table.size(TOTAL) - table.size(MEN) - table.size(WOMEN)
        if unknown:
            yield shown.text("voetnoot_geslacht_onbekend", onbekend=unknown)
    if not shown.specification.appendix and any(
        shown.is_too_small(record.noemer) for record in table.records
    ):
        yield shown.text("voetnoot_niet_te_berekenen")


def _unit(shown: Shown) -> str:
    """What the figures of a table are."""
    table = shown.table
    if shown.specification.appendix:
        return shown.text("voetnoot_aantallen")
    if _is_turned(shown):
        return shown.text("voetnoot_rij")
    own_share = any(
        cell is not None and cell.noemer != cell.aantal
        for column in table.columns
        if (cell := table.cell(TOTAL, TOTAL, column)) is not None
    )
    return shown.text("voetnoot_totaal" if own_share and len(table.columns) <= PAIRED else "voetnoot_kolom")


def _merged(shown: Shown) -> Iterator[str]:
    """What stands together in a merged row or column; which categories, where the table has all others."""
    table, specification = shown.table, shown.specification
    for axis in (specification.columns, *specification.rows):
        is_column = axis is specification.columns
        labels = table.columns if is_column else table.rows(axis.variable)
        if axis.merged in labels:
            names = _left_out(axis, labels, shown.peildatum)
            yield shown.text("voetnoot_samengevoegd", samengevoegd=axis.merged, namen=names)


def _left_out(axis: Axis, labels: Iterable[str], peildatum: date) -> list[str]:
    """Name the categories without a row of their own; none where some are left out for another reason."""
    if axis.rest or axis.present_only or axis.largest:
        return []
    every = variables.categories(axis.variable, peildatum).values()
    return [label for label in every if label not in set(labels)]


def _followed(shown: Shown) -> Iterator[str]:
    """What was done to codes of municipalities that ended; of a split, that it is an approximation."""
    for name in ("gemeente_opgevolgd", "gemeente_gesplitst"):
        if shown.writer.common["tellingen"].get(name):
            yield shown.text(f"voetnoot_{name}")


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
