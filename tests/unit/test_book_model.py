"""Names, numbers and texts as a sheet can hold them, and what stops a workbook from being written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from book_sample import document, made, sheet

from wi2007.publication.document import Cell, Column, Span
from wi2007.publication.workbook import model
from wi2007.publication.workbook.model import (
    Region,
    Sheet,
    check,
    clean,
    column_names,
    figure,
    marks,
    sheet_names,
)
from wi2007.publication.workbook.sheets import chapters, lead, numbered_tables, running


@pytest.mark.parametrize(
    ("text", "value", "number", "decimals", "suffix"),
    [
        ("236.997", 236997.0, 236997, 0, ""),
        ("0", 0.0, 0, 0, ""),
        ("54,6", 54.613, 54.613, 1, ""),
        ("100,00", 100.0, 100, 2, ""),
        ("54,6%", 54.613, 54.613, 1, "%"),
        ("1.235*", 1235.0, 1235, 0, "*"),
        ("-3", -3.0, -3, 0, ""),
        ("27", 27.4, 27.4, 0, ""),
    ],
)
def test_a_figure_is_a_number_with_the_decimals_that_are_shown(
    text: str, value: float, number: float, decimals: int, suffix: str
) -> None:
    cell = figure(Cell(text, value))
    assert (cell.text, cell.number, cell.decimals, cell.suffix) == (text, number, decimals, suffix)
    assert isinstance(cell.number, int) == (value == int(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [(".", None), ("–", None), ("x", 5.0), ("7.919", None), ("1.23", 1.23), ("", None), ("1,2,3", 1.0)],
)
def test_a_sign_or_a_word_stays_text(text: str, value: float | None) -> None:
    cell = figure(Cell(text, value))
    assert (cell.text, cell.number) == (text, None)


def test_names_of_sheets_are_short_plain_and_each_another() -> None:
    wanted = ["Tabel 2.1", "tabel 2.1", "Inhoud", "Tabel [a]:b/c", "T" * 40, "T" * 35, "'"]
    found = sheet_names(wanted, ["Inhoud"])
    assert found[:4] == ["Tabel 2.1", "tabel 2.1 (2)", "Inhoud (2)", "Tabel -a--b-c"]
    assert found[4:] == ["T" * 31, "T" * 27 + " (2)", "-"]


def test_names_in_a_file_are_each_another() -> None:
    assert marks(["2.1", "B.1", "2-1", "…"]) == ["tabel_2_1", "tabel_b_1", "tabel_2_1_2", "tabel"]


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ([Column("Marokko", "%"), Column("Turkije", "%")], ["Marokko", "Turkije"]),
        (
            [Column("aantal", group="Man"), Column("%", group="Man"), Column("aantal", group="Vrouw")],
            ["Man, aantal", "Man, %", "Vrouw, aantal"],
        ),
        ([Column("Man", "aantal"), Column("Man", "%")], ["Man, aantal", "Man, %"]),
        ([Column("Man"), Column("man"), Column("")], ["Man", "man (2)", "3"]),
        ([Column("Gemeente", "%"), Column("Totaal", "%")], ["Gemeente, %", "Totaal, %"]),
    ],
)
def test_every_column_has_another_name_and_the_shortest_that_does(
    columns: list[Column], names: list[str]
) -> None:
    assert column_names(columns, ["Gemeente"]) == names


def test_a_text_is_cleaned_of_what_no_file_can_hold() -> None:
    assert clean(" a\t b\n\nc\x00\x0b\ufffe\ud800 ") == "a b c\ufffd\ufffd\ufffd\ufffd"


def test_tables_with_a_number_are_taken_in_order_and_once() -> None:
    twice = replace(document(), sections=(*document().sections, document().appendix[0]))
    numbers = [table.number for table in numbered_tables(twice)]
    assert numbers == ["2.1", "2.2", "2.4", "2.9", "B.3", "B.4"]


def test_chapters_are_taken_with_what_is_in_them_and_once() -> None:
    assert [section.id for section in chapters(document(), ["methode", "wie-land"])] == [
        "wie-land",
        "methode",
        "methode-tellen",
    ]


def test_running_text_keeps_notes_and_addresses() -> None:
    text = (
        Span("Lees "),
        Span("dit", href="https://example.org/"),
        Span("", note="noot"),
        Span(".", href="#hier"),
    )
    assert running(text) == "Lees dit (https://example.org/) (noot)."
    assert lead((Span("Kop.", strong=True), Span(" Rest."))) == ("Kop", (Span(" Rest."),))
    assert lead((Span("Alles vet.", strong=True),)) == ("", (Span("Alles vet.", strong=True),))


def spoiled(**changes: object) -> model.Book:
    one = replace(sheet("Tabel B.3"), **changes)  # type: ignore[arg-type]
    return replace(made(), sheets=(*made().sheets[:2], one))


@pytest.mark.parametrize(
    ("book", "fault"),
    [
        (spoiled(name="inhoud"), "two sheets inhoud"),
        (spoiled(name="a" * 32), "sheet name"),
        (spoiled(name="a/b"), "sheet name"),
        (spoiled(rows=((model.Cell("x" * 32768),),), region=None), "too long"),
        (spoiled(rows=((model.Cell("x\x00"),),), region=None), "not clean"),
        (spoiled(rows=((model.Cell("x", sheet="Weg"),),), region=None), "no sheet Weg"),
        (spoiled(widths=(9,)), "no rectangle"),
        (spoiled(region=Region("t", "t", 0, 0, 99)), "no rectangle"),
        (
            spoiled(
                rows=((model.Cell("A"), model.Cell("a")),), widths=(9, 9), region=Region("t", "t", 0, 0, 0)
            ),
            "two columns a",
        ),
    ],
)
def test_a_workbook_that_would_lose_something_is_not_written(book: model.Book, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        check(book)


def test_without_a_notice_everything_is_printed() -> None:
    assert Sheet("a", ((model.Cell("t", "title"),),), (9,)).printed == 0
    assert Sheet("a", ((model.Cell("n", "notice"),), ()), (9,)).printed == 1
    assert Sheet("a", ((),), (9,)).printed == 0
