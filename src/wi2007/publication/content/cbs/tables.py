"""A table of the report for each characteristic in the CBS table, with the signs and marks of CBS.

Rows are nationalities where CBS gives any, else the categories. What does not belong here: other origins than CBS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.cbs import COUNT, OF_CATEGORY, OF_NATIONALITY, PERCENT, TOTAL, CbsRow
from wi2007 import dutch
from wi2007.cbs.table import CbsSource, CbsTable, shown_percent
from wi2007.publication.content.cbs.figures import base_of
from wi2007.publication.content.display import WIDEST, slug
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.wording import capital, number
from wi2007.publication.document import Cell, Column, Row, Sign, Table

MEASURES = ((COUNT, ""), (PERCENT, OF_CATEGORY), (PERCENT, OF_NATIONALITY))
Measure = tuple[str, str]
Category = tuple[str, str]
"""A characteristic and one of its categories."""


@dataclass(frozen=True)
class Setting:
    """What CBS tables are shown with: `legend` explains the signs of the whole report."""

    table: CbsTable
    source: CbsSource
    writer: Writer
    legend: Sequence[Sign]
    download: str
    day: str

    def words(self, name: str, **values: object) -> str:
        """One of the texts around CBS tables."""
        return self.writer.words(self.writer.texts.report.cbs[name], f"rapport.yaml, cbs > {name}", **values)

    @property
    def origin(self) -> str:
        """The source under tables."""
        return self.words("bron", bestand=self.source.file, reconstructie=self.source.reconstruction)

    @property
    def population(self) -> str:
        """Whom the figures are about."""
        return self.words("populatie", dag=self.day)


def of_characteristic(setting: Setting, kenmerk: str, name: str) -> Table:
    """The table of one characteristic; `name` is its number."""
    categories: list[Category] = [
        (TOTAL, TOTAL),
        *((kenmerk, one) for one in setting.table.categories(kenmerk)),
    ]
    nationalities = list(dict.fromkeys([TOTAL, *setting.table.nationalities(kenmerk)]))
    own = [row for row in setting.table.rows if row.kenmerk == kenmerk]
    measures = {(row.eenheid, row.noemer) for row in own}
    cells = [
        *(
            row
            for row in setting.table.rows
            if row.kenmerk == TOTAL and (row.eenheid, row.noemer) in measures
        ),
        *own,
    ]
    by_nationality = len(nationalities) > 1
    if by_nationality:
        columns = _columns(cells, categories)
        if len(columns) <= WIDEST:
            return _made(setting, (kenmerk, name), _across(setting, columns, nationalities), cells)
    return _made(setting, (kenmerk, name), _down(setting, cells, categories, nationalities), cells)


Body = tuple[str, list[Column], list[Row]]


def _made(setting: Setting, about: tuple[str, str], body: Body, cells: Sequence[CbsRow]) -> Table:
    kenmerk, name = about
    header, columns, rows = body
    return Table(
        id=f"tabel-{slug(name)}",
        number=name,
        title=setting.words("titel", kenmerk=kenmerk, dag=setting.day),
        population=setting.population,
        header=header,
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=tuple(_footnotes(setting, cells)),
        source=setting.origin,
        download=setting.download,
        sortable=False,
    )


def _columns(cells: Sequence[CbsRow], categories: Sequence[Category]) -> list[tuple[Category, Measure]]:
    """Every category with the measures in which CBS gives it."""
    return [
        (category, measure)
        for category in categories
        for measure in MEASURES
        if any(_at(row) == category and (row.eenheid, row.noemer) == measure for row in cells)
    ]


def _at(row: CbsRow) -> Category:
    return row.kenmerk, row.categorie


def _across(
    setting: Setting, columns: Sequence[tuple[Category, Measure]], nationalities: Sequence[str]
) -> Body:
    """Nationalities below each other, categories beside each other."""
    heads = [
        Column(_unit(setting, measure, rows="nationaliteit"), group=_label(setting, category[1]))
        for category, measure in columns
    ]
    rows = [
        Row(
            _label(setting, nationality),
            tuple(_cell(setting, category, nationality, measure) for category, measure in columns),
            role="total" if nationality == TOTAL else "row",
        )
        for nationality in nationalities
    ]
    return setting.words("nationaliteit"), heads, rows


def _down(
    setting: Setting, cells: Sequence[CbsRow], categories: Sequence[Category], nationalities: Sequence[str]
) -> Body:
    """Categories below each other, within each nationality."""
    measures = [measure for measure in MEASURES if any((row.eenheid, row.noemer) == measure for row in cells)]
    heads = [Column(_unit(setting, measure, rows="categorie")) for measure in measures]
    rows: list[Row] = []
    for nationality in nationalities:
        if len(nationalities) > 1:
            rows.append(Row(_label(setting, nationality), role="group"))
        for category in categories:
            found = tuple(_cell(setting, category, nationality, measure) for measure in measures)
            role = "total" if category[1] == TOTAL else "row"
            rows.append(Row(_label(setting, category[1]), found, role="total" if role == "total" else "row"))
    return setting.words("categorie"), heads, rows


def _label(setting: Setting, name: str) -> str:
    return setting.words("totaal") if name == TOTAL else str(capital(name))


def _unit(setting: Setting, measure: Measure, rows: str) -> str:
    """The unit of a column; a percentage says whether it is of the column or of the row."""
    unit, of = measure
    if unit == COUNT:
        return setting.words("aantal")
    down = (of == OF_CATEGORY) == (rows == "nationaliteit")
    return setting.words("procent_kolom" if down else "procent_rij")


def _cell(setting: Setting, category: Category, nationality: str, measure: Measure) -> Cell:
    """A figure as CBS gives it, or the sign in its place; what CBS does not have is a figure that is not known."""
    found = setting.table.cell(*category, nationality, *measure)
    if found is None:
        return Cell(setting.words("ontbreekt"))
    if found.aantal is None:
        return Cell(found.teken + found.voorlopig)
    sign = found.teken if found.teken != "0" else ""
    text = dutch.count(int(found.aantal)) if found.eenheid == COUNT else number(shown_percent(found.aantal))
    value = float(found.aantal if found.eenheid == COUNT else shown_percent(found.aantal))
    return Cell((sign or text) + found.voorlopig, value)


def _footnotes(setting: Setting, cells: Sequence[CbsRow]) -> Iterator[str]:
    """What percentages are of, signs that the legend of the report does not have, and CBS's own notes."""
    yield from (
        setting.words(base_of(of))
        for of in (OF_CATEGORY, OF_NATIONALITY)
        if any(row.noemer == of for row in cells)
    )
    yield setting.words("afgerond")
    known = {one.sign for one in setting.legend}
    told = dict.fromkeys(sign for row in cells for sign in (row.teken, row.voorlopig) if sign)
    for sign in told:
        if sign not in known and sign in setting.source.signs:
            yield setting.words("teken", teken=sign, betekenis=setting.source.signs[sign])
    for sheet in dict.fromkeys(row.blad for row in cells if row.kenmerk != TOTAL):
        for note in setting.source.notes.get(sheet, ()):
            yield setting.words("noot", blad=sheet, noot=note)
