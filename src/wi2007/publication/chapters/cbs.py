"""The CBS table: figures for texts, and for each characteristic its charts and a table with the signs and marks of CBS.

Every number is that of a cell of `publicatie/cbs.csv`, or computed from those alone.
What does not belong here: reading a workbook (`wi2007.cbs`), CBS beside DUO (`beside`), the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any, Final

from schemas.cbs import CBS, COUNT, OF_CATEGORY, OF_NATIONALITY, PERCENT, TOTAL, CbsRow
from schemas.dataset import Dataset
from wi2007 import dutch
from wi2007.cbs.table import (
    OFF,
    CbsSource,
    CbsTable,
    Part,
    shown_percent,
    source_from_json,
)
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter, Heads
from wi2007.publication.charts import ChartDrawing, Entry, Grid
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.shown import WIDEST, slug
from wi2007.publication.content.surely import larger_share
from wi2007.publication.content.wording import capital, number
from wi2007.publication.document import Block, Cell, Column, Row, Table

SOURCE_FILE: Final = "cbs.json"
TOLD: Final = ("inkomen", "doelgroep")
"""Characteristics with a section of their own."""
MOST: Final = 20
"""Categories or nationalities that a chart can show below each other; of more there is a table only."""
MEASURES: Final = ((COUNT, ""), (PERCENT, OF_CATEGORY), (PERCENT, OF_NATIONALITY))
_BASES: Final = {OF_CATEGORY: "procent_categorie", OF_NATIONALITY: "procent_nationaliteit"}
"""The text that says what a percentage is a part of."""
Measure = tuple[str, str]
Category = tuple[str, str]
"""A characteristic and one of its categories."""


class CbsFigures:
    """The figures by Dutch names, for templates; None where CBS gives none."""

    def __init__(self, table: CbsTable) -> None:
        self._table = table

    @property
    def dag(self) -> str:
        """The day that the figures tell of; several days are told one after the other."""
        return " en ".join(dutch.day(date.fromisoformat(moment)) for moment in self._table.moments)

    @property
    def kenmerken(self) -> tuple[str, ...]:
        """The characteristics that CBS tells of."""
        return self._table.characteristics

    @property
    def andere_kenmerken(self) -> tuple[str, ...]:
        """Those that the report has no section of its own for."""
        return tuple(one for one in self.kenmerken if one not in TOLD)

    def aantal(self, kenmerk: str = TOTAL, categorie: str = TOTAL, nationaliteit: str = TOTAL) -> int | None:
        """Give how many persons."""
        return self._table.count(kenmerk, categorie, nationaliteit)

    def deel(self, kenmerk: str, categorie: str, nationaliteit: str = TOTAL) -> Share | None:
        """Give the part of everybody (of a nationality) that is in a category."""
        found = self._table.share(kenmerk, categorie, nationaliteit)
        return self._share(found, (kenmerk, categorie, nationaliteit), (TOTAL, TOTAL, nationaliteit))

    def binnen(self, kenmerk: str, categorie: str, nationaliteit: str) -> Share | None:
        """Give the part of a category that has a nationality."""
        found = self._table.within(kenmerk, categorie, nationaliteit)
        return self._share(found, (kenmerk, categorie, nationaliteit), (kenmerk, categorie, TOTAL))

    def _share(
        self, found: Part | None, part: tuple[str, str, str], whole: tuple[str, str, str]
    ) -> Share | None:
        if found is None:
            return None
        if found.computed:
            return Share(self._table.count(*part) or 0, self._table.count(*whole) or 0, 0)
        return _given(found.shown)

    def teken(self, kenmerk: str, categorie: str, nationaliteit: str, of: str) -> str:
        """Give the sign that CBS put in the place of a percentage, or of the count that it would follow from."""
        for unit, base in (("procent", of), ("aantal", "")):
            cell = self._table.cell(kenmerk, categorie, nationaliteit, unit, base)
            if cell is not None and cell.aantal is None and cell.teken:
                return cell.teken
        return ""


def _given(percent: Decimal) -> Share:
    """A percentage that CBS gives itself, as a share of a thousand."""
    return Share(int(percent * 10), 1000, 0 if percent == percent.to_integral_value() else 1)


class OfCbs(Chapter):
    """What chapters from the CBS table share; without a workbook the table is empty."""

    key = "cbs"
    reads = (CBS.file, SOURCE_FILE)

    @cached_property
    def cbs(self) -> CbsTable:
        """The table."""
        return CbsTable(tuple(CBS.from_csv(self.inputs.files[CBS.file])))

    @cached_property
    def origin(self) -> CbsSource:
        """Where it is from."""
        found = source_from_json(self.inputs.files[SOURCE_FILE])
        if found is None:
            raise ValueError("a CBS table without its source")
        return found

    @property
    def present(self) -> bool:
        """Whether there is a workbook."""
        return super().present and bool(self.cbs)

    @cached_property
    def figures(self) -> CbsFigures:
        """The figures by name."""
        return CbsFigures(self.cbs)

    @property
    def origin_words(self) -> str:
        """The source under tables."""
        return self.words("bron", bestand=self.origin.file, reconstructie=self.origin.reconstruction)

    def numbered(self, name: str) -> str:
        """Number the table of a characteristic, or of CBS beside DUO and the estimates behind them."""
        names = (*self.cbs.characteristics, "naast", "schatting")
        return f"C.{names.index(name) + 1}"


class Cbs(OfCbs):
    """The characteristics that CBS tells of."""

    names = ("cbs", "cbs_bron")
    own_names = (
        "bestand",
        "reconstructie",
        "dag",
        "kenmerk",
        "teken",
        "betekenis",
        "blad",
        "noot",
    )
    parts = ("cbs_inkomen", "cbs_doelgroep", "cbs_overig")

    def values(self) -> dict[str, Any]:
        """Give the figures, and where they are from."""
        return {"cbs": self.figures, "cbs_bron": self.origin}

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """The table."""
        return (CBS,)

    def part(self, name: str) -> list[Block]:
        """Make the charts of each characteristic of a part, then its table."""
        asked = name.removeprefix("cbs_")
        return [
            block
            for kenmerk in self.cbs.characteristics
            if kenmerk == asked or (asked == "overig" and kenmerk not in TOLD)
            for block in self._characteristic(kenmerk)
        ]

    def _characteristic(self, kenmerk: str) -> list[Block]:
        source = self.words("bron_grafiek", reconstructie=self.origin.reconstruction)
        return [*self.charts_of(kenmerk, self._population, source), self._table(kenmerk)]

    @property
    def _population(self) -> str:
        return self.words("populatie", dag=self.figures.dag)

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw the charts by characteristic; one of which CBS gives no percentage has none."""
        return {kenmerk: list(self._drawn(kenmerk)) for kenmerk in self.cbs.characteristics}

    def _drawn(self, kenmerk: str) -> Iterator[ChartDrawing]:
        """The part of everybody in each category, and the nationalities within categories."""

        def words(text: str) -> str:
            return self.words(text, kenmerk=kenmerk, dag=self.figures.dag)

        heads = (words("categorie"), words("nationaliteit"))
        ident = f"grafiek-{slug(self.numbered(kenmerk))}-{slug(kenmerk)}"
        categories = list(self.cbs.categories(kenmerk))
        shares = {(one, TOTAL): self.cbs.share(kenmerk, one) for one in categories}
        if any(shares.values()) and len(categories) <= MOST:
            drawing = _Drawing(self, kenmerk, (categories, [TOTAL]), shares, OF_NATIONALITY)
            yield charts.chart_of(ident, words("grafiek_titel"), drawing.grid(heads), words("grafiek_noot"))
        others = [one for one in self.cbs.nationalities(kenmerk) if one != TOTAL]
        within = {(c, n): self.cbs.within(kenmerk, c, n) for c in categories for n in others}
        rows = [c for c in categories if any(within[c, n] for n in others)]
        columns = [n for n in others if any(within[c, n] for c in categories)]
        if 0 < len(rows) <= MOST and 0 < len(columns) <= MOST:
            drawing = _Drawing(self, kenmerk, (rows, columns), within, OF_CATEGORY)
            title, note = words("grafiek_nationaliteit_titel"), words("grafiek_nationaliteit_noot")
            yield charts.chart_of(f"{ident}-nationaliteit", title, drawing.grid(heads), note)

    def _table(self, kenmerk: str) -> Table:
        """The table of one characteristic: rows are nationalities where CBS gives any, else the categories."""
        categories: list[Category] = [
            (TOTAL, TOTAL),
            *((kenmerk, one) for one in self.cbs.categories(kenmerk)),
        ]
        nationalities = list(dict.fromkeys([TOTAL, *self.cbs.nationalities(kenmerk)]))
        own = [row for row in self.cbs.rows if row.kenmerk == kenmerk]
        measures = {_measure(row) for row in own}
        totals = [row for row in self.cbs.rows if row.kenmerk == TOTAL and _measure(row) in measures]
        cells = [*totals, *own]
        columns = _columns(cells, categories)
        if len(nationalities) > 1 and len(columns) <= WIDEST:
            heads, rows = self._across(columns, nationalities)
        else:
            heads, rows = self._down(cells, categories, nationalities)
        return self.table(
            self.numbered(kenmerk),
            self.words("titel", kenmerk=kenmerk, dag=self.figures.dag),
            heads,
            rows,
            population=self._population,
            footnotes=tuple(self._footnotes(cells)),
            source=self.origin_words,
            download=self.download(CBS.file),
        )

    def _across(
        self, columns: Sequence[tuple[Category, Measure]], nationalities: Sequence[str]
    ) -> tuple[Heads, list[Row]]:
        """Nationalities below each other, categories beside each other."""
        heads = [
            Column(self._unit(measure, rows="nationaliteit"), group=self._label(category[1]))
            for category, measure in columns
        ]
        rows = [
            Row(
                self._label(nationality),
                tuple(self._cell(category, nationality, measure) for category, measure in columns),
                role="total" if nationality == TOTAL else "row",
            )
            for nationality in nationalities
        ]
        return (self.words("nationaliteit"), heads), rows

    def _down(
        self, cells: Sequence[CbsRow], categories: Sequence[Category], nationalities: Sequence[str]
    ) -> tuple[Heads, list[Row]]:
        """Categories below each other, within each nationality."""
        measures = [one for one in MEASURES if any(_measure(row) == one for row in cells)]
        rows: list[Row] = []
        for nationality in nationalities:
            if len(nationalities) > 1:
                rows.append(Row(self._label(nationality), role="group"))
            for category in categories:
                found = tuple(self._cell(category, nationality, measure) for measure in measures)
                is_total = category[1] == TOTAL
                rows.append(Row(self._label(category[1]), found, role="total" if is_total else "row"))
        heads = [Column(self._unit(measure, rows="categorie")) for measure in measures]
        return (self.words("categorie"), heads), rows

    def _label(self, name: str) -> str:
        return self.words("totaal") if name == TOTAL else str(capital(name))

    def _unit(self, measure: Measure, rows: str) -> str:
        """The unit of a column; a percentage says whether it is of the column or of the row."""
        unit, of = measure
        if unit == COUNT:
            return self.words("aantal")
        down = (of == OF_CATEGORY) == (rows == "nationaliteit")
        return self.words("procent_kolom" if down else "procent_rij")

    def _cell(self, category: Category, nationality: str, measure: Measure) -> Cell:
        """A figure as CBS gives it, or the sign in its place; what CBS does not have is a figure that is not known."""
        found = self.cbs.cell(*category, nationality, *measure)
        if found is None:
            return Cell(self.words("ontbreekt"))
        if found.aantal is None:
            return Cell(found.teken + found.voorlopig)
        sign = found.teken if found.teken != "0" else ""
        value = found.aantal if found.eenheid == COUNT else shown_percent(found.aantal)
        text = dutch.count(int(value)) if found.eenheid == COUNT else number(value)
        return Cell((sign or text) + found.voorlopig, float(value))

    def _footnotes(self, cells: Sequence[CbsRow]) -> Iterator[str]:
        """What percentages are of, signs that the legend of the report does not have, and CBS's own notes."""
        for of, name in _BASES.items():
            if any(row.noemer == of for row in cells):
                yield self.words(name)
        yield self.words("afgerond")
        known = {one.sign for one in self.inputs.legend}
        told = dict.fromkeys(sign for row in cells for sign in (row.teken, row.voorlopig) if sign)
        for sign in told:
            if sign not in known and sign in self.origin.signs:
                yield self.words("teken", teken=sign, betekenis=self.origin.signs[sign])
        for sheet in dict.fromkeys(row.blad for row in cells if row.kenmerk != TOTAL):
            for note in self.origin.notes.get(sheet, ()):
                yield self.words("noot", blad=sheet, noot=note)


def _measure(row: CbsRow) -> Measure:
    return row.eenheid, row.noemer


def _columns(cells: Sequence[CbsRow], categories: Sequence[Category]) -> list[tuple[Category, Measure]]:
    """Every category with the measures in which CBS gives it."""
    given = {((row.kenmerk, row.categorie), _measure(row)) for row in cells}
    return [one for one in product(categories, MEASURES) if one in given]


@dataclass(frozen=True)
class _Drawing:
    """Percentages by category and nationality (`axes`); `of` is what they are a part of."""

    chapter: OfCbs
    kenmerk: str
    axes: tuple[list[str], list[str]]
    found: Mapping[tuple[str, str], Part | None]
    of: str

    def grid(self, heads: tuple[str, str]) -> Grid:
        """Set out the percentages as a chart draws them, with the signs of CBS where there are none."""
        rows, columns = ([Entry(_name(one)) for one in labels] for labels in self.axes)
        cells: dict[tuple[str, str], Decimal | None] = {}
        signs: dict[tuple[str, str], str] = {}
        shares: dict[tuple[str, str], Share | None] = {}
        for category, nationality in product(*self.axes):
            at = (_name(category), _name(nationality))
            part = self.found[category, nationality]
            cells[at] = part.shown if part else None
            signs[at] = self.chapter.figures.teken(self.kenmerk, category, nationality, self.of)
            shares[at] = self._counted(category, nationality)

        def surely(first: tuple[str, str], second: tuple[str, str]) -> bool:
            one, other = shares[first], shares[second]
            if one is None or other is None:
                return (cells[first] or 0) > (cells[second] or 0)
            return larger_share(one, other, self.chapter.inputs.limits)

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
            surely=surely,
        )

    def _counted(self, category: str, nationality: str) -> Share | None:
        """The share by the counts of CBS; None where it does not give both."""
        cbs = self.chapter.cbs
        above = (self.kenmerk, category, TOTAL) if self.of == OF_CATEGORY else (TOTAL, TOTAL, nationality)
        part, whole = cbs.count(self.kenmerk, category, nationality), cbs.count(*above)
        return None if part is None or not whole else Share(part, whole, 0, OFF)


def _name(label: str) -> str:
    """A label as readers see it; the total keeps its own name, by which a chart knows it."""
    return label if label == TOTAL else str(capital(label))
