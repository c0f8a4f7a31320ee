"""A document for the workbooks: tables of every shape, an appendix, signs, texts that a spreadsheet may misread."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook
from rendering_sample import gender_table, grouped_table, sample_document

from schemas.workbook import WorkbookText
from wi2007.project import CONFIG
from wi2007.publication.content import texts
from wi2007.publication.document import (
    Cell,
    Column,
    Document,
    Items,
    Paragraph,
    Row,
    Section,
    Sign,
    Span,
    Table,
)
from wi2007.publication.workbook import ods, xlsx
from wi2007.publication.workbook.model import Book, Sheet
from wi2007.publication.workbook.model import Cell as Made
from wi2007.publication.workbook.sheets import book

NOTICE = "Demonstratie: verzonnen gegevens, geen mensen. Niet gebruiken."
FORMULAS = (
    "=1+1",
    "+31 6",
    "-2",
    "@SOM(A1)",
    '=HYPERLINK("https://example.org")',
    "http://example.org/a",
    "12,5",
)


@cache
def words() -> WorkbookText:
    """The project's own words."""
    return texts.load_workbook(CONFIG / "report")


def turned_table() -> Table:
    """Counts, then percentages under one header, a sign where there is nothing to take a percentage of."""
    rows = (
        Row("Totaal", (Cell("236.995", 236995.0), Cell("54,6", 54.613472), Cell("3,3", 3.341252)), "total"),
        Row("Aa en Hunze", (Cell("1.235", 1235.0), Cell("50,0", 50.0), Cell("0,0", 0.0))),
        Row("Leeg", (Cell("0", 0.0), Cell(".", None), Cell(".", None))),
    )
    return Table(
        id="tabel-b-3",
        number="B.3",
        shown="3",
        title="Uitstroomroute naar gemeente",
        population="iedereen",
        header="Gemeente",
        columns=(
            Column("Totaal", "aantal"),
            Column("Inburgering voldaan", "%", "Uitstroomroute"),
            Column("Nog steeds inburgeringsplichtig", "%", "Uitstroomroute"),
        ),
        rows=rows,
        footnotes=("Percentages van het aantal personen in de rij. " * 6,),
        source="DUO, peildatum 1 juli 2022",
        download="tabel_B.3.csv",
    )


def formula_table() -> Table:
    """Labels, headers and words that a spreadsheet would work out."""
    return Table(
        id="tabel-b-4",
        number="B.4",
        title="=Titel",
        population="@populatie",
        header="=Land",
        columns=(Column("=A1", "=%"), Column("+woord", numeric=False)),
        rows=tuple(Row(text, (Cell(text, 5.0), Cell(text))) for text in FORMULAS),
        footnotes=("=noot",),
        source="-bron",
    )


@cache
def document() -> Document:
    """The awkward report with two full tables, a chapter on method and what every product must repeat."""
    report = sample_document()
    method = Section(
        "methode",
        "",
        "Methode",
        (Paragraph((Span("Zo is geteld."), Span("", note="Met een noot."))),),
        (
            Section(
                "methode-tellen",
                "",
                "Tellen",
                (Items(((Span("Leeftijd.", strong=True), Span(" In volle jaren.")),)),),
            ),
        ),
    )
    appendix = Section(
        "bijlage", "", "Bijlage", (turned_table(),), (Section("b-4", "", "B.4", (formula_table(),)),)
    )
    return replace(
        report,
        notice=NOTICE,
        sections=(*report.sections, method),
        appendix=(appendix,),
        legend=(Sign(".", "niet te berekenen"), Sign("x", "komt hier niet voor")),
        protection=("Alle aantallen zijn een veelvoud van vijf.",),
    )


@cache
def made() -> Book:
    """The workbook of that document."""
    return book(document(), words())


def sheet(name: str) -> Sheet:
    """The sheet of that name."""
    return next(each for each in made().sheets if each.name == name)


def shown(rows: tuple[tuple[Made, ...], ...]) -> list[list[str]]:
    """The texts of rows."""
    return [[cell.text for cell in row] for row in rows]


@cache
def excel() -> bytes:
    """The XLSX file."""
    return xlsx.write(made())


@cache
def opendocument() -> bytes:
    """The ODS file."""
    return ods.write(made())


def opened(content: bytes) -> Workbook:
    """An XLSX file as openpyxl reads it."""
    return load_workbook(BytesIO(content))


def read(content: bytes, name: str) -> list[list[object]]:
    """A sheet of either file as calamine reads it."""
    found = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(name)
    return found.to_python(skip_empty_area=False)


def report_tables() -> tuple[Table, Table]:
    """Two tables of the report itself."""
    return gender_table(), grouped_table()
