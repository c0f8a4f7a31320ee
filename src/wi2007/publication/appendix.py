"""The appendix: the full tables by row variable (all municipalities, all countries), and a choice of one of their rows.

No sentences are made about these tables. The choice ('Mijn gemeente') sets the counts and shares of a row beside those
of everybody, from the full tables of the row variable, whichever there are: for each population one table, with a part
for each column variable. A share is of everybody in the row, by the counts as they are published.
What does not belong here: how a table is shown (see `content.shown`), how a choice went and by which other names it is
found (see `choices`), texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from schemas.report import AppendixText, BlockText, ChooserText
from schemas.tables import Table as TableSpecification
from schemas.tidy import TOTAL
from wi2007 import dutch
from wi2007.publication.choices.course import course_of
from wi2007.publication.choices.names import other_names
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.downloads import download_name
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import (
    MUNICIPALITY,
    Shown,
    counted,
    displayed,
    section_title,
    shown_of,
    slug,
    variable_label,
)
from wi2007.publication.content.wording import number
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Cell, Choice, Chooser, Column, Row, Section, Table
from wi2007.tables import variables
from wi2007.tables.tidy import percentage

Introduction = Callable[[Sequence[BlockText[str]], str, dict[str, str]], list[Block]]
"""Makes the blocks of texts, given the place of the texts and values for them."""


def appendix(inputs: Inputs, writer: Writer, introduction: Introduction) -> Iterator[Section]:
    """Make a section for each first row variable of a table of the appendix, in the order of the specification."""
    tables = inputs.in_appendix()
    for variable in dict.fromkeys(table.rows[0].variable for table in tables):
        own = [table for table in tables if table.rows[0].variable == variable]
        yield _part(inputs, writer, own, introduction)


def _part(
    inputs: Inputs,
    writer: Writer,
    tables: Sequence[TableSpecification],
    introduction: Introduction,
) -> Section:
    variable = tables[0].rows[0].variable
    texts = writer.texts.report
    text = texts.bijlagen.get(variable, texts.andere_bijlage)
    name = text.id if variable in texts.bijlagen else f"{text.id}-{slug(variable)}"
    place = f"rapport.yaml, bijlage {text.id}"
    values = {"variabele": dutch.inline(variable_label(variable, inputs.specification))}
    inner = [_full(inputs, writer, table) for table in tables]
    return Section(
        id=name,
        number="",
        title=writer.words(text.titel, place, **values),
        blocks=tuple(introduction(text.inhoud, place, values)),
        sections=(*_choice(inputs, writer, tables, text), *inner),
    )


def _choice(
    inputs: Inputs, writer: Writer, tables: Sequence[TableSpecification], text: AppendixText[str]
) -> Iterator[Section]:
    if text.kiezer is None:
        return
    made = chooser(inputs, writer, tables, text.kiezer)
    if made.choices:
        yield Section(f"paragraaf-{made.id}", "", made.title, (made,))


def _full(inputs: Inputs, writer: Writer, table: TableSpecification) -> Section:
    shown = shown_of(inputs, table, writer)
    block = displayed(shown, download_name(table.number, inputs.account.mark), writer.source)
    return Section("paragraaf-" + slug(table.number), "", section_title(shown), (block,))


@dataclass(frozen=True)
class _Line:
    """A line that every choice has: a column of one of the full tables; without a column the heading over others.

    `missing` stands for a share of nobody.
    """

    shown: Shown
    label: str
    missing: str
    column: str = ""

    def cells(self, variable: str, row: str) -> tuple[Cell, Cell]:
        """The count of a row in this column, and its share of the row; none of a row that does not stand alone."""
        table = self.shown.table
        part, whole = (table.cell(variable, row, column) for column in (self.column, TOTAL))
        if part is None or whole is None:
            return Cell(self.missing), Cell(self.missing)
        return self._shown(part.aantal, whole.aantal)

    def of_everybody(self, variable: str) -> tuple[Cell, Cell]:
        """The same of everybody together, but for who does not live in the Netherlands (RNI), where they have a row."""
        table = self.shown.table
        part, whole = (table.size(column) for column in (self.column, TOTAL))
        if self.leaves_out(variable):
            away = [table.cell(variable, variables.abroad(), column) for column in (self.column, TOTAL)]
            part, whole = (
                count - (cell.aantal if cell else 0) for count, cell in zip((part, whole), away, strict=True)
            )
        return self._shown(part, whole)

    def leaves_out(self, variable: str) -> bool:
        """Whether who does not live in the Netherlands has a row of its own."""
        return variables.abroad() in self.shown.table.rows(variable)

    def _shown(self, part: int, whole: int) -> tuple[Cell, Cell]:
        if self.shown.is_too_small(whole):
            return counted(part), Cell(self.missing)
        share = Share(part, whole, self.shown.specification.decimals)
        return counted(part), Cell(number(share.shown), percentage(part, whole))


def chooser(
    inputs: Inputs, writer: Writer, tables: Sequence[TableSpecification], text: ChooserText
) -> Chooser:
    """Make the choice of a row of `tables`, which share their first row variable; without rows it has no choices."""
    place = f"rapport.yaml, kiezer {text.id}"
    variable = tables[0].rows[0].variable
    used = [table for table in tables if table.columns.total]
    parts = [
        list(_lines(inputs, writer, [table for table in used if table.population == population]))
        for population in dict.fromkeys(table.population for table in used)
    ]
    told = [line for lines in parts for line in lines if line.column]
    keys = _keys(inputs, told, variable)
    cells = {label: tuple(line.cells(variable, label) for line in told) for label in keys}
    missing = any(cell.value is None for rows in cells.values() for row in rows for cell in row)
    numbers = [table.number for table in tables]
    since = course_of(inputs, writer, used, text, keys)
    others = other_names(inputs.account.peildatum, writer, text) if variable == MUNICIPALITY else {}
    shown = [_table(lines, text, at, missing) for at, lines in enumerate(parts, start=1)]
    return Chooser(
        id=text.id,
        title=writer.words(text.titel, place),
        prompt=writer.words(text.vraag, place),
        empty=writer.words(text.leeg, place),
        hint=writer.words(text.uitleg, place, iedereen=dict.fromkeys(one.columns[0].group for one in shown)),
        fallback=writer.words(text.zonder_script, place, tabellen=numbers),
        tables=(*since.tables, *shown),
        choices=tuple(
            Choice(key, label, (*since.cells.get(label, ()), *cells[label]), others.get(key, ()))
            for label, key in keys.items()
        ),
        more=since.more,
        full=tuple("tabel-" + slug(number) for number in numbers),
        course=since.tables[0].id if since.tables else "",
    )


def _lines(inputs: Inputs, writer: Writer, tables: Sequence[TableSpecification]) -> Iterator[_Line]:
    """Everybody, then the columns of each table; where there are more tables under the name of what they are by."""
    for at, table in enumerate(tables):
        shown = shown_of(inputs, table, writer)
        missing = shown.text("niet_te_berekenen")
        if at == 0:
            yield _Line(shown, shown.heading(TOTAL), missing, TOTAL)
        if len(tables) > 1:
            yield _Line(shown, variable_label(table.columns.variable, inputs.specification), missing)
        for column in shown.table.columns:
            if column != TOTAL:
                yield _Line(shown, shown.heading(column), missing, column)


def _keys(inputs: Inputs, lines: Sequence[_Line], variable: str) -> dict[str, str]:
    """The rows that can be chosen, with what stands for each in a link: its code, or its name where that has none."""
    codes = {label: code for code, label in variables.categories(variable, inputs.account.peildatum).items()}
    if not lines:
        return {}
    shown = lines[0].shown
    return {
        label: codes.get(label, slug(label))
        for label in shown.table.rows(variable)
        if shown.kinds.get((variable, label), "gewoon") == "gewoon"
    }


def _table(lines: Sequence[_Line], text: ChooserText, at: int, missing: bool) -> Table:
    first = lines[0].shown
    writer, table = first.writer, first.table
    place = f"rapport.yaml, kiezer {text.id}"
    everything = first.everything
    names = dict.fromkeys(line.shown.table.column_variable for line in lines)
    subjects = [dutch.inline(variable_label(name, everything)) for name in names]
    variable = first.specification.rows[0].variable
    at_home = all(line.leaves_out(variable) for line in lines)
    everybody = writer.words(text.iedereen, place, zonder_rni=at_home)
    notes = [writer.words(text.voetnoot, place, iedereen=everybody, zonder_rni=at_home)]
    axes = [axis for line in lines for axis in line.shown.specification.rows[:1]]
    labels = [label for line in lines for label in line.shown.table.rows(axes[0].variable)]
    merged = next((axis.merged for axis in axes if axis.merged in labels), "")
    points = "voetnoot_niet_apart" if merged else "voetnoot_niet_te_berekenen"
    return Table(
        id=f"{text.id}-{at}",
        number="",
        title=writer.words(text.tabel, place, kenmerken=subjects),
        population=writer.short(table.population, everything.populations[table.population].label),
        header=first.text("kop_meer"),
        columns=tuple(Column(first.text(name), group=everybody) for name in ("aantal", "procent")),
        rows=tuple(
            Row(
                line.label,
                line.of_everybody(variable) if line.column else (),
                "total" if line.column == TOTAL else "row" if line.column else "group",
            )
            for line in lines
        ),
        footnotes=(*notes, first.text(points, samengevoegd=merged)) if missing else tuple(notes),
        sortable=False,
    )
