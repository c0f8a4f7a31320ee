"""The chapter on CBS: its figures, tables and charts, CBS beside DUO, estimates, and none of it without a workbook."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from cbs_books import grid, layout, read, simple, write
from content_sample import chapter_of, inputs, section, sentences, tables, with_files

from schemas.cbs import CBS
from wi2007.cbs.table import CbsSource, CbsTable, source_to_json
from wi2007.demo import cbs
from wi2007.publication.chapters.beside import BesideDuo
from wi2007.publication.chapters.cbs import Cbs
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.document import Chart, Document, Items, Section, Table
from wi2007.publication.report import report

PROTECTED = {"basis": 5, "afwijking": 5, "rest_wijkt_verder_af": False, "uitgave": 1, "samengevoegd": True}


def with_workbook(path: Path, wanted: Any = None, **changes: Any) -> Inputs:
    return with_table(inputs(**changes), *read(path, wanted))


def with_table(made: Inputs, table: CbsTable, source: CbsSource) -> Inputs:
    return with_files(made, cbs_csv=CBS.to_csv(table.rows), cbs_json=source_to_json(source))


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    chosen = cbs.load()
    path = tmp_path_factory.mktemp("cbs") / chosen.bestand
    path.write_bytes(cbs.workbook(chosen))
    return with_workbook(path, demonstratie=True)


def parts(document: Document) -> list[Section]:
    return [section(document, "cbs"), *section(document, "cbs").sections]


def test_the_chapter_tells_them(chapter: Inputs) -> None:
    document = report(chapter)
    told = " ".join(sentences(section(document, "cbs")) + sentences(section(document, "cbs-inkomen")))
    for words in (
        "9.010 personen",
        "28% van de personen die volgens het CBS nog inburgeringsplichtig waren",
        "2.500 personen",
        "ongeveer een derde (33%)",
        "41% van de personen die volgens het CBS nog inburgeringsplichtig waren, had inkomen uit loon",
        "3.700 personen",
        "755 zelfstandigen",
        "ruim een kwart (27%)",
        "reconstructie",
    ):
        assert words in told, words
    told = " ".join(sentences(section(document, "cbs-doelgroep")))
    assert "38%" in told
    assert "bijna twee derde (62%)" in told
    (income,) = tables(section(document, "cbs-inkomen"))
    assert [cell.text for cell in income.rows[0].cells] == [
        "9.010",
        "100",
        "2.500",
        "100",
        "3.700",
        "100",
        "755",
        "100",
    ]
    assert [cell.text for cell in income.rows[1].cells] == [".", ".", ".", "33", ".", ".", ".", "."]
    assert income.download == "cbs.niet-voor-publicatie.csv"


def test_without_a_workbook_one_line_says_so_and_nothing_else_does() -> None:
    document = report(inputs())
    (told,) = (one for one in sentences(section(document, "methode-ontbreekt")) if "werkboek" in one)
    assert "geen werkboek" in told
    assert "cbs" not in [chapter.id for chapter in document.sections]


def test_every_figure_drawn_is_that_of_the_table(chapter: Inputs) -> None:
    cbs = chapter_of(Cbs, chapter)
    made = [block for name in cbs.parts for block in cbs.part(name) if isinstance(block, Chart)]
    assert [chart.id for chart in made] == [
        "grafiek-c-1-inkomen",
        "grafiek-c-1-inkomen-nationaliteit",
        "grafiek-c-2-doelgroep",
    ]
    income, within, group = made
    assert [(row.label, row.cells[0].text) for row in income.data.rows] == [
        ("Bijstand", "28%"),
        ("Loon of eigen bedrijf", "41%"),
        ("Zelfstandige", "8%"),
    ]
    assert [(row.label, [cell.text for cell in row.cells]) for row in within.data.rows] == [
        ("Bijstand", ["33%", "."]),
        ("Zelfstandige", [".", "27%"]),
    ]
    assert [row.cells[0].text for row in group.data.rows] == ["38%", "62%"]
    assert "2,5%" not in within.alt, "the study has from two to three percent, and no figure between"


@pytest.mark.parametrize(
    ("count", "surely"), [("2500", True), ("3500", True), ("3695", False), ("3700", False)]
)
def test_the_largest_is_named_where_counts_of_cbs_leave_no_doubt(
    chapter: Inputs, count: str, surely: bool
) -> None:
    """Of 9,010: whoever is off by four, and by chance some dozens, may be the largest as well."""
    rows = [
        replace(row, aantal=Decimal(count)) if (row.categorie, row.aantal) == ("bijstand", 2500) else row
        for row in CBS.from_csv(chapter.files["cbs.csv"])
    ]
    made = with_files(chapter, cbs_csv=CBS.to_csv(rows))
    (drawing, *_) = chapter_of(Cbs, made).drawn()["inkomen"]
    assert ("het grootst is Loon of eigen bedrijf (41%)" in drawing.alt) == surely


def test_cbs_beside_duo(chapter: Inputs) -> None:
    part = section(report(chapter), "cbs-naast-duo")
    (beside,) = tables(part)
    rows = {row.label: [cell.text for cell in row.cells] for row in beside.rows}
    assert rows["Dag"] == ["1 januari 2019", "1 juli 2024"]
    assert rows["Personen nog inburgeringsplichtig"] == ["9.010", "76"]
    reasons = [item[0].text for block in part.blocks if isinstance(block, Items) for item in block.items]
    assert reasons == ["De dag.", "De groep.", "Het afronden."]


def test_estimates_follow_from_both_and_carry_their_assumptions(chapter: Inputs) -> None:
    people = {("M", "5022", code, "45 tot 55", "IBP", "OUDKOMER"): 400 for code in _codes(12)}
    made = replace(inputs(people, afronding=PROTECTED), files=chapter.files)
    found = chapter_of(BesideDuo, made).estimates
    assert found is not None
    assert len(found.named) == 10
    assert found.rest == 800
    part = section(report(made), "cbs-schatting")
    (table,) = tables(part)
    assert [cell.text for cell in table.rows[0].cells] == ["400", "28%", "110"], "no person more precise"
    mean = Decimal(800) / found.others
    assert table.rows[-1].cells[0].text == f"{mean:.1f}".replace(".", ",")
    assert table.rows[-1].cells[2].text == "minder dan één"
    assert "minder dan één" in sentences(part)[0]
    assumptions = [item for block in part.blocks if isinstance(block, Items) for item in block.items]
    assert len(assumptions) == 3
    assert "De schatting rust op drie aannames:" in sentences(part)


def test_who_lives_in_no_known_municipality_is_in_no_mean(chapter: Inputs) -> None:
    """As in the statement of the study on the same mean: 10,4 and 10,6 would be two figures for one thing."""
    people = {("M", "5022", code, "45 tot 55", "IBP", "OUDKOMER"): 400 for code in _codes(12)}
    people["M", "5022", "0000", "45 tot 55", "IBP", "OUDKOMER"] = 300
    found = chapter_of(BesideDuo, replace(inputs(people, afronding=PROTECTED), files=chapter.files)).estimates
    assert found is not None
    assert (found.rest, found.unknown) == (1100, 300)
    assert found.mean == Fraction(800, found.others)


def _codes(number: int) -> list[str]:
    return ["0363", "0518", "0599", "0344", "0772", "0034", "0402", "0355", "0758", "0014", "0153", "0080"][
        :number
    ]


def test_a_sign_in_the_place_of_the_share_leaves_the_estimates_out(tmp_path: Path) -> None:
    made = with_workbook(write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(B6=".")}))
    assert chapter_of(BesideDuo, made).estimates is None
    ids = [part.id for part in parts(report(made))]
    assert ids == ["cbs", "cbs-inkomen", "cbs-naast-duo"]
    assert tables(section(report(made), "cbs-naast-duo")) == []


def test_signs_marks_and_notes_of_cbs_are_shown(tmp_path: Path) -> None:
    wanted = layout(uitgave="2019-06-01")
    cells = simple(D8="x", E8="x", B9="960**", D9="-", E9=0, A12="Bron: CBS")
    made = with_workbook(write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}), wanted)
    (table,) = tables(section(report(made), "cbs-inkomen"))
    texts = {row.label: [cell.text for cell in row.cells] for row in table.rows}
    assert texts["Marokkaans"] == [".", ".", "x", "x"]
    assert texts["Chinees"] == ["960**", "11", "–", "0"]
    notes = " ".join(table.footnotes)
    assert "Een x betekent: het cijfer is geheim." in notes
    assert "Een – betekent: er is niets." in notes
    assert "1) Een voetnoot." in notes


def test_other_characteristics_have_a_section_of_their_own(tmp_path: Path) -> None:
    wanted = layout(
        labels=[
            {"staat": ["Totaal"]},
            {"staat": ["Bijstand"], "kenmerk": "gezin", "categorie": "alleenstaand"},
            {"staat": ["Marokkaans"], "nationaliteit": "Marokkaans"},
            {"staat": ["Chinees"], "nationaliteit": "Chinees"},
        ]
    )
    made = with_workbook(write(tmp_path / "cbs.xlsx", {"Tabel 1": simple()}), wanted)
    document = report(made)
    assert [part.id for part in parts(document)] == ["cbs", "cbs-overig", "cbs-naast-duo"]
    (table,) = tables(section(document, "cbs-overig"))
    assert table.title.startswith("Gezin van wie")


def test_more_characteristics_stand_beside_each_other_and_nobody_is_counted_twice(tmp_path: Path) -> None:
    places = (
        "Amsterdam",
        "Ede",
        "Zwolle",
        "Breda",
        "Almere",
        "Tilburg",
        "Venlo",
        "Assen",
        "Delft",
        "Gouda",
        "Leiden",
    )
    more = (
        "Arnhem",
        "Nijmegen",
        "Maastricht",
        "Haarlem",
        "Zaanstad",
        "Apeldoorn",
        "Enschede",
        "Emmen",
        "Lelystad",
    )
    rows = [
        *(["", "Totaal", ""], ["", "absoluut", "%"], ["Totaal", 9010, 100]),
        *(["Geslacht"], ["Man", 4505, 50], ["Vrouw", 4505, 50]),
        *(["Leeftijd"], ["Tot 25 jaar", 10, 1], ["65 jaar of ouder", 9000, 99]),
        *(["Bron van inkomen"], ["Bijstand", 2500, 28]),
        *(["Gemeente"], *([place, 5, 0] for place in (*places, *more, "Overige gemeenten"))),
    ]
    made = with_workbook(write(tmp_path / "cbs.xlsx", {"Tabel 1": grid(rows)}))
    own = chapter_of(Cbs, made)
    assert own.cbs.characteristics == ("geslacht", "leeftijd", "inkomen", "gemeente")
    assert own.cbs.count("totaal", "totaal") == 9010
    document = report(made)
    assert [part.id for part in parts(document)] == ["cbs", "cbs-inkomen", "cbs-overig", "cbs-naast-duo"]
    told = tables(section(document, "cbs-overig"))
    assert [table.title.split(" ")[0] for table in told] == ["Geslacht", "Leeftijd", "Gemeente"]
    assert [[cell.text for cell in row.cells] for row in told[0].rows] == [
        ["9.010", "100"],
        ["4.505", "50"],
        ["4.505", "50"],
    ]
    assert [bool(found) for found in own.charts.values()] == [True, True, True, False]


def test_a_wide_table_is_written_downwards(tmp_path: Path) -> None:
    table, source = read(write(tmp_path / "cbs.xlsx", {"Tabel 1": simple()}))
    rows = [
        replace(row, kenmerk="inkomen", categorie=f"soort {at}", cel=f"B{at + 1}")
        for at in range(6)
        for row in table.rows
        if row.kenmerk == "inkomen"
    ]
    wide = CbsTable((*(row for row in table.rows if row.kenmerk == "totaal"), *rows))
    (shown,) = tables(section(report(with_table(inputs(), wide, source)), "cbs-inkomen"))
    assert len(shown.columns) == 2
    assert [row.label for row in shown.rows if row.role == "group"] == ["Totaal", "Marokkaans", "Chinees"]


def test_a_real_workbook_is_no_reconstruction(tmp_path: Path) -> None:
    made = with_workbook(write(tmp_path / "cbs.xlsx", {"Tabel 1": simple()}))
    document = report(made)
    told = " ".join(sentences(section(document, "cbs")))
    assert "reconstructie" not in told.lower()
    numbered = [block for part in parts(document) for block in part.blocks if isinstance(block, Table)]
    assert not any("reconstructie" in table.source for table in numbered)
