"""What stands on which sheet of a workbook."""

from __future__ import annotations

from dataclasses import replace

import pytest
from book_sample import NOTICE, document, made, report_tables, sheet, shown, turned_table, words

from wi2007.publication.document import Cell, Column, Document, Imprint, Row
from wi2007.publication.workbook.model import Sheet
from wi2007.publication.workbook.sheets import book, units

TABLES = ["Tabel 2.1", "Tabel 2.2", "Tabel 2.4", "Tabel 2.9", "Tabel B.3", "Tabel B.4"]


def data(found: Sheet) -> list[list[str]]:
    assert found.region
    return shown(found.rows[found.region.header : found.region.last + 1])


def test_the_sheets_in_order() -> None:
    assert [each.name for each in made().sheets] == ["Voorblad", "Inhoud", "Toelichting", *TABLES]


def test_every_sheet_begins_with_the_notice() -> None:
    assert {shown(each.rows)[0][0] for each in made().sheets} == {NOTICE}
    assert made().paper.head == "Demonstratie: verzonnen gegevens, geen mensen."


def test_without_a_notice_every_sheet_begins_with_its_title() -> None:
    plain = book(replace(document(), notice=""), words())
    assert plain.paper.head == document().title
    assert {each.rows[0][0].look for each in plain.sheets} == {"title"}
    assert "Let op" not in [row[0] for row in shown(plain.sheets[0].rows) if row]


def test_the_cover_says_what_this_is_and_who_made_it() -> None:
    rows = {row[0]: row[1] for row in shown(sheet("Voorblad").rows) if len(row) == 2}
    assert rows["Peildatum"] == "1 juli 2022"
    assert rows["Bron"] == document().source
    assert rows["Uitgever"] == document().publisher
    assert rows["Gepubliceerd"] == "1 oktober 2022, gewijzigd op 4 november 2022"
    assert rows["Contact"] == "Bureau <A> & B, a_b@voorbeeld.nl"
    assert rows["Licentie"] == "Creative Commons Naamsvermelding (https://example.org/licentie)"
    assert rows["Citeren"] == document().imprint.citation
    assert rows["Let op"] == NOTICE


def test_what_is_not_to_be_published_has_no_licence() -> None:
    closed = book(replace(document(), imprint=Imprint()), words())
    rows = {row[0]: row[1] for row in shown(closed.sheets[0].rows) if len(row) == 2}
    assert rows["Licentie"] == words().voorblad.geen_licentie
    assert "Citeren" not in rows


def test_the_list_of_sheets_links_to_every_other_sheet() -> None:
    head, *rows = data(sheet("Inhoud"))
    assert head == ["Blad", "In het rapport", "Titel", "Populatie", "CSV-bestand"]
    assert [row[0] for row in rows] == ["Toelichting", *TABLES]
    assert rows[5][1:] == ["Tabel 3", "Uitstroomroute naar gemeente", "iedereen", "tabel_B.3.csv"]
    links = [cell.sheet for row in sheet("Inhoud").rows for cell in row if cell.sheet]
    assert links == ["Toelichting", *TABLES]


def test_the_explanation_is_one_list() -> None:
    _, *rows = data(sheet("Toelichting"))
    assert rows[0] == ["Tekens in de tabellen", ".", "niet te berekenen"]
    assert ["Bescherming van aantallen", "Aantallen en percentages", document().protection[0]] in rows
    assert ["Methode", "Methode", "Zo is geteld. (Met een noot.)"] in rows
    assert ["Tellen", "Leeftijd", "In volle jaren."] in rows
    assert ["Begrippen", "Peildatum", "De dag waarop is geteld. Zie ook uitstroomroute."] in rows
    assert ["Voetnoten bij de tabellen", "Tabel B.3", turned_table().footnotes[0].strip()] in rows
    assert all(cell for row in rows for cell in row)


def test_a_table_has_title_population_units_header_rows_and_source() -> None:
    rows = shown(sheet("Tabel B.3").rows)
    assert rows[:5] == [
        [NOTICE],
        ["Tabel B.3. Uitstroomroute naar gemeente"],
        ["Populatie: iedereen"],
        ["Naar de inhoud"],
        [],
    ]
    assert rows[5] == ["", "", "Uitstroomroute", ""]
    assert rows[6] == ["Eenheid", "aantal", "%", "%"]
    assert rows[7] == ["Gemeente", "Totaal", "Inburgering voldaan", "Nog steeds inburgeringsplichtig"]
    assert rows[8] == ["Totaal", "236.995", "54,6", "3,3"]
    assert rows[10] == ["Leeg", "0", ".", "."]
    assert rows[11] == []
    assert rows[12:-2] == [[turned_table().footnotes[0].strip()]], "a note is whole"
    assert rows[-2:] == [[".: niet te berekenen"], ["Bron: DUO, peildatum 1 juli 2022"]]


def test_counts_and_percentages_side_by_side_have_their_unit_above_and_in_the_name() -> None:
    groups, units, head = shown(sheet("Tabel 2.1").rows)[5:8]
    assert groups == ["", "Totaal", "", "Man", "", "Vrouw", ""]
    assert units == ["Eenheid", *["aantal", "procent"] * 3]
    assert head[1:] == [
        "Totaal, Aantal",
        "Totaal, Procent",
        "Man, Aantal",
        "Man, Procent",
        "Vrouw, Aantal",
        "Vrouw, Procent",
    ]


def test_columns_of_whole_numbers_without_a_unit_are_counts() -> None:
    columns = (Column("Totaal"), Column("Mannen"), Column("Woord", numeric=False), Column("Aandeel"))
    cells = (Cell("1.235", 1235.0), Cell(".", None), Cell("5", 5.0), Cell("5,0", 5.0))
    full = replace(
        turned_table(), columns=columns, rows=(Row("Leeg", cells), Row("Aa", (cells[0], *cells[:3])))
    )
    assert units(full, words().tabelblad) == ["aantal", "aantal", "", ""]


def test_a_label_below_a_common_header_is_a_unit_only_where_it_is_the_name_of_one() -> None:
    columns = (
        Column("Ontheffing", group="Naar uitstroomroute"),
        Column("verwacht", group="Rechte lijn", unit="personen"),
        Column("%", group="Totaal"),
    )
    cells = (Cell("5", 5.0), Cell("5", 5.0), Cell("5,0", 5.0))
    table = replace(turned_table(), columns=columns, rows=(Row("Aa", cells),))
    assert units(table, words().tabelblad) == ["aantal", "personen", "%"]


def test_rows_in_groups_get_a_column_with_their_group() -> None:
    head, *rows = data(sheet("Tabel 2.2"))
    assert head[:2] == ["Kenmerk", "Categorie"]
    assert [row[:2] for row in rows[:3]] == [
        ["Totaal", "Totaal"],
        ["Gemeente", "Amsterdam"],
        ["Gemeente", "Súdwest-Fryslân"],
    ]
    assert rows[-1][:2] == ["Leeftijd", "Overig"]
    region = sheet("Tabel 2.2").region
    assert region
    assert region.labels == 2
    assert len(rows) == sum(row.role != "group" for row in report_tables()[1].rows)


def test_labels_without_a_head_get_one() -> None:
    report = replace(
        document(),
        sections=(),
        appendix=(replace(document().appendix[0], blocks=(replace(turned_table(), header=" "),)),),
    )
    assert data(book(report, words()).sheets[3])[0][0] == words().tabelblad.categorie


def test_a_table_without_rows_is_a_header_alone() -> None:
    empty = replace(turned_table(), rows=())
    report = replace(document(), appendix=(), sections=(replace(document().sections[0], blocks=(empty,)),))
    found = book(report, words()).sheets[-1]
    assert found.region
    assert not found.region.has_rows


@pytest.mark.parametrize("name", ["Tabel 2.1", "Tabel B.3"])
def test_a_column_is_as_wide_as_its_figures(name: str) -> None:
    found = sheet(name)
    assert found.region
    for row in found.rows[found.region.header + 1 : found.region.last + 1]:
        assert all(len(cell.text) < width for cell, width in zip(row[1:], found.widths[1:], strict=True))


def test_only_a_wide_table_lies_on_its_side() -> None:
    assert {name: sheet(name).landscape for name in TABLES} == {
        "Tabel 2.1": False,
        "Tabel 2.2": False,
        "Tabel 2.4": True,
        "Tabel 2.9": False,
        "Tabel B.3": False,
        "Tabel B.4": False,
    }


def test_a_report_without_tables_has_the_other_sheets() -> None:
    report: Document = replace(document(), sections=(), appendix=())
    assert [each.name for each in book(report, words()).sheets] == ["Voorblad", "Inhoud", "Toelichting"]
