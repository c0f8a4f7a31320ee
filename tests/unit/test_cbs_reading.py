"""The parts of reading a CBS workbook: formats, signs, labels, columns, what percentages are of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pytest
from cbs_books import TITLE, layout, read, simple, table, write

from schemas.cbs import CBS, CbsRow
from wi2007.cbs.figures import Figure, Signs, as_shown, figure, signs_of
from wi2007.cbs.labels import Tree, is_closing, label, marks_in
from wi2007.cbs.misfit import address
from wi2007.cbs.settings import load_signs
from wi2007.cbs.table import CbsTable, source_from_json, source_to_json
from wi2007.errors import UserError
from wi2007.project import CONFIG

OLD, NEW = date(2019, 6, 1), date(2020, 6, 1)


def signs(day: date = OLD) -> Signs:
    return signs_of(load_signs(CONFIG / "report" / "tekens.yaml"), day)


@pytest.mark.parametrize(
    ("code", "value", "digits", "percent", "words"),
    [
        ("General", 5, True, False, ""),
        ("# ##0", 9010, True, False, ""),
        ('#,##0"**"', 9010, True, False, "**"),
        ("#,##0\\*", 9010, True, False, "*"),
        ('0;-0;"-"', 0, False, False, "-"),
        ('0;-0;"-"', 7, True, False, ""),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0, False, False, "-"),
        ('".";".";"."', 7, False, False, "."),
        ("0%", 0.28, True, True, ""),
        ('[<5]"x";0', 3, False, False, "x"),
        ('[<5]"x";0', 5, True, False, ""),
        (";;;", 7, False, False, ""),
        ("[Red]0.0", 2.5, True, False, ""),
        ('0" personen; x"', 5, True, False, "personen; x"),
    ],
)
def test_what_a_format_shows(code: str, value: float, digits: bool, percent: bool, words: str) -> None:
    found = as_shown(code, value)
    assert (found.digits, found.percent, found.words) == (digits, percent, words)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (9010.0, "", Figure(Decimal(9010))),
        ("9 010", "", Figure(Decimal(9010))),
        ("9\u00a0010 **", "", Figure(Decimal(9010), "", "**")),
        ("2,5", "", Figure(Decimal("2.5"))),
        ("28%", "", Figure(Decimal(28))),
        (0.275, "0%", Figure(Decimal("27.5"))),
        (9010, '0"*"', Figure(Decimal(9010), "", "*")),
        (0, "", Figure(Decimal(0), "0")),
        (0, '0;-0;"-"', Figure(Decimal(0), "–")),
        (5, '".";".";"."', Figure(None, ".")),
        (".", "", Figure(None, ".")),
        (" . ", "", Figure(None, ".")),
        (".*", "", Figure(None, ".", "*")),
        ("x", "", Figure(None, "x")),
        ("X", "", Figure(None, "x")),
        ("-", "", Figure(Decimal(0), "–")),
    ],
)
def test_what_a_cell_says(value: Any, code: str, expected: Figure) -> None:
    assert figure(value, code, signs()) == expected


def test_signs_are_those_of_the_edition() -> None:
    assert signs(OLD).words == {".", "x", "X", "-", "–", "—"}
    assert signs(NEW).words == {"."}
    assert signs(date(2000, 1, 1)).edition == date(2007, 1, 1)


@pytest.mark.parametrize(
    ("text", "words", "mark"),
    [
        ("   Marokkaans 1)", "Marokkaans", ""),
        ("2019*", "2019", "*"),
        ("Totaal** 2)", "Totaal", "**"),
        ("Totaal 2)**", "Totaal", "**"),
        ("Totaal 1) 2)", "Totaal", ""),
        ("Totaal¹⁾", "Totaal", ""),
        ("Totaal²", "Totaal", ""),
        ("Leeftijd (20 tot 25)", "Leeftijd (20 tot 25)", ""),
        ("1)", "1)", ""),
    ],
)
def test_a_label_without_footnotes_and_marks(text: str, words: str, mark: str) -> None:
    found = label(text, signs())
    assert (found.words, found.mark) == (words, mark)


def test_a_title_may_mark_a_year() -> None:
    assert marks_in("Tabel 1. Iets, 1 januari 2019** 1)", signs()) == "**"
    assert marks_in("Tabel 1. Iets, 2018* en 2019**", signs()) == "**"
    assert marks_in("Tabel 1. Iets, 2019 1)", signs()) == ""


def test_what_is_closing_text() -> None:
    assert all(map(is_closing, ("1) Noot", "Bron: CBS", "* voorlopig cijfer", "** nader", "© CBS")))
    assert not any(map(is_closing, ("Totaal", "1 kind", "Bronvermelding", "10 jaar")))


def test_labels_stand_under_those_that_are_less_indented() -> None:
    tree = Tree(frozenset({"waarvan"}))

    def path(depth: int, words: str, figured: bool = True) -> list[str]:
        tree.add((1, depth), replace(label(words, signs()), figured=figured))
        return [one.words for one in tree.path]

    assert path(0, "Inkomen", figured=False) == ["Inkomen"]
    assert not tree.add((1, 0), label("Waarvan:", signs()))
    assert path(3, "Bijstand") == ["Inkomen", "Bijstand"]
    assert path(3, "Loon") == ["Inkomen", "Loon"]
    assert path(0, "Doelgroep", figured=False) == ["Doelgroep"]
    assert path(0, "Nieuwkomer") == ["Doelgroep", "Nieuwkomer"]
    assert path(0, "Oudkomer") == ["Doelgroep", "Oudkomer"]
    assert not tree.add((1, 0), label("waarvan", signs()))
    assert path(0, "Man") == ["Doelgroep", "Oudkomer", "Man"]
    assert path(0, "Geslacht", figured=False) == ["Geslacht"]


def test_addresses() -> None:
    assert [address(7, column) for column in (1, 26, 27, 702, 703)] == ["A7", "Z7", "AA7", "ZZ7", "AAA7"]


def found(row: CbsRow | None) -> tuple[Decimal | None, str, str]:
    assert row is not None
    return row.aantal, row.teken, row.voorlopig


def test_a_small_table(tmp_path: Path) -> None:
    made = table(tmp_path)
    assert made.count("totaal", "totaal") == 9010
    assert found(made.cell("totaal", "totaal", "Marokkaans")) == (None, ".", "")
    assert made.count("inkomen", "bijstand", "Marokkaans") == 825
    part = made.within("inkomen", "bijstand", "Marokkaans")
    assert part is not None
    assert (part.shown, part.computed) == (33, False)
    assert made.within("totaal", "totaal", "Marokkaans") is None
    share = made.share("inkomen", "bijstand", "Chinees")
    assert share is not None
    assert (share.shown, share.computed) == (6, True)


def test_an_empty_cell_is_neither_a_zero_nor_unknown(tmp_path: Path) -> None:
    made = table(tmp_path, D9=None, E9=0)
    assert found(made.cell("inkomen", "bijstand", "Chinees")) == (None, "", "")
    assert found(made.cell("inkomen", "bijstand", "Chinees", "procent", "categorie")) == (Decimal(0), "0", "")


def test_marks_of_titles_heads_rows_cells_formats_and_columns_beside(tmp_path: Path) -> None:
    def marks(**changes: Any) -> set[str]:
        return {row.cel for row in table(tmp_path, **changes).rows if row.voorlopig}

    assert marks() == set()
    assert len(marks(A1=TITLE.replace("2019", "2019*"))) == 12
    assert marks(D3="Bijstand**") == {"D6", "E6", "D8", "E8", "D9", "E9"}
    assert marks(A8="   Marokkaans*") == {"B8", "C8", "D8", "E8"}
    assert marks(B9="1 000*") == {"B9"}
    assert marks(B9=(1000, '0"**"')) == {"B9"}
    assert marks(F9="**") == {"E9"}
    assert marks(F9="**", A12="** significant anders") == set()
    assert marks(F9="**", A12="** nader voorlopige cijfers") == {"E9"}


def test_a_column_of_marks_between_figures(tmp_path: Path) -> None:
    cells = {
        "A1": TITLE,
        "B3": "Totaal",
        "D3": "Bijstand",
        "B4": "absoluut",
        "D4": "absoluut",
        "A6": "Totaal",
        "B6": 9010,
        "C6": "**",
        "D6": 2500,
    }
    made, _ = read(write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}))
    assert [(row.cel, row.voorlopig) for row in made.rows] == [("B6", "**"), ("D6", "")]


def test_merged_heads_over_pairs_of_columns(tmp_path: Path) -> None:
    cells = simple(B3=None, D3=None)
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}, {"B3:C3": "Totaal", "D3:E3": "Bijstand"})
    assert read(path)[0] == table(tmp_path)


def test_one_unit_holds_for_every_column(tmp_path: Path) -> None:
    cells = {place: value for place, value in simple(C4=None, D4=None, E4=None).items() if place[0] in "ABD"}
    made, _ = read(write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}))
    assert {row.eenheid for row in made.rows} == {"aantal"}
    assert made.count("inkomen", "bijstand") == 2500


def test_units_over_blocks_of_columns_and_in_a_second_block_of_rows(tmp_path: Path) -> None:
    cells = {
        "A1": TITLE,
        "A3": "Nationaliteit",
        "B3": "Totaal",
        "C3": "Bijstand",
        "D3": "Totaal",
        "E3": "Bijstand",
        "B4": "x 1 000",
        "D4": "%",
        "A5": "Totaal",
        "B5": 9,
        "C5": 2.5,
        "D5": 100,
        "E5": 100,
        "B7": "%",
        "A8": "Marokkaans",
        "B8": 20,
        "C8": 33,
    }
    made, _ = read(write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}))
    assert made.count("totaal", "totaal") == 9000
    assert made.count("inkomen", "bijstand") == 2500
    part = made.within("inkomen", "bijstand", "Marokkaans")
    assert part is not None
    assert part.shown == 33


def test_a_label_with_one_unit_too_few_is_not_given_that_of_its_neighbour(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cellen D6, D8, D9: bij dit cijfer staat geen eenheid"):
        table(tmp_path, D4=None)


def test_heads_on_two_rows_and_labels_that_are_told_by_what_they_stand_under(tmp_path: Path) -> None:
    cells = {
        "A1": TITLE,
        "B2": "Totaal",
        "C2": "Inkomen",
        "C3": "Bijstand",
        "D3": "Anders",
        "E2": "Doelgroep",
        "E3": "Anders",
        "B4": "absoluut",
        "A5": "Totaal",
        "B5": 100,
        "C5": 40,
        "D5": 60,
        "E5": 30,
    }
    wanted = layout(
        labels=[
            {"staat": ["Totaal"]},
            {"staat": ["Inkomen > Bijstand"], "kenmerk": "inkomen", "categorie": "bijstand"},
            {"staat": ["Inkomen > Anders"], "kenmerk": "inkomen", "categorie": "anders"},
            {"staat": ["Doelgroep > Anders"], "overslaan": True},
        ]
    )
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": cells})
    made, _ = read(path, wanted)
    assert [(row.kenmerk, row.categorie, row.aantal) for row in made.rows] == [
        ("totaal", "totaal", 100),
        ("inkomen", "bijstand", 40),
        ("inkomen", "anders", 60),
    ]


def test_categories_below_each_other_have_percentages_of_the_nationality(tmp_path: Path) -> None:
    cells = {
        "A1": TITLE,
        "B4": "absoluut",
        "C4": "%",
        "A5": "Totaal",
        "B5": 9010,
        "C5": 100,
        "A6": "waarvan",
        "A7": "  Nieuwkomer",
        "B7": 3425,
        "C7": (0.38, "0%"),
        "A8": "  Oudkomer",
        "B8": 5585,
        "C8": 62,
    }
    made, _ = read(write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}))
    part = made.share("doelgroep", "nieuwkomer")
    assert part is not None
    assert (part.shown, part.computed) == (38, False)
    assert {row.noemer for row in made.rows if row.eenheid == "procent"} == {"nationaliteit"}


def test_percentages_of_the_row(tmp_path: Path) -> None:
    wanted = layout(bladen=[{"blad": "Tabel 1", "procenten_van": "rij", "meetmoment": "2018-12-31"}])
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(E6=28, C8=100, C9=100)})
    made, _ = read(path, wanted)
    part = made.share("inkomen", "bijstand", "Marokkaans")
    assert part is not None
    assert (part.shown, part.computed) == (33, False)
    assert made.moments == ("2018-12-31",)


def test_figures_beside_waarvan_are_those_of_the_label_above(tmp_path: Path) -> None:
    moved = {f"{column}6": None for column in "BCDE"} | {"B7": 9010, "C7": 100, "D7": 2500, "E7": 100}
    assert table(tmp_path, **moved).count("totaal", "totaal") == 9010


def test_unknown_labels_are_nationalities_where_the_layout_says_so(tmp_path: Path) -> None:
    wanted = layout(
        bladen=[{"blad": "Tabel ?", "procenten_van": "kolom", "onbekende_rijen": "nationaliteit"}]
    )
    made = table(tmp_path, wanted, A8="   Koerdische 2)")
    assert made.nationalities("inkomen") == ("totaal", "Koerdische", "Chinees")


def test_a_sheet_without_units_has_that_of_the_layout(tmp_path: Path) -> None:
    cells = {"A1": TITLE, "B3": "Totaal", "C3": "Bijstand", "A4": "Totaal", "B4": 9010, "C4": 2500}
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": cells})
    with pytest.raises(UserError, match="bij dit cijfer staat geen eenheid"):
        read(path)
    made, _ = read(path, layout(bladen=[{"blad": "Tabel 1", "eenheid": "aantal"}]))
    assert made.count("inkomen", "bijstand") == 2500


def test_the_same_figure_on_two_sheets_is_one(tmp_path: Path) -> None:
    two = {"Voorblad": {"A1": "Iets"}, "Tabel 1": simple(), "Tabel 2": simple()}
    made, source = read(write(tmp_path / "cbs.xlsx", two))
    assert made == table(tmp_path)
    assert list(source.titles) == ["Tabel 1", "Tabel 2"]
    assert not source.reconstruction


def test_the_table_and_its_source_are_read_back(tmp_path: Path) -> None:
    made, source = read(write(tmp_path / "cbs.xlsx", {"Tabel 1": simple()}))
    assert CBS.from_csv(CBS.to_csv(made.rows)) == list(made.rows)
    assert source_from_json(source_to_json(source)) == source
    assert source_from_json(source_to_json(None)) is None
    assert not CBS.from_csv(CBS.to_csv([]))
    (tmp_path / "leeg.csv").write_text(CBS.to_csv([]), encoding="utf-8")
    assert len(CBS.checked(tmp_path / "leeg.csv")) == 0


GOOD = CbsRow(
    "inkomen", "bijstand", "totaal", "aantal", "", Decimal(5), "", "", "2019-01-01", "Tabel 1", "B6"
)


@pytest.mark.parametrize(
    "change",
    [
        {"aantal": Decimal("5.5")},
        {"aantal": Decimal(-5)},
        {"eenheid": "procent"},
        {"eenheid": "procent", "noemer": "categorie", "aantal": Decimal(101)},
        {"noemer": "categorie"},
        {"teken": "."},
        {"voorlopig": "ja"},
        {"kenmerk": "totaal"},
        {"meetmoment": "1 januari 2019"},
        {"cel": "6B"},
        {"nationaliteit": ""},
    ],
)
def test_the_contract_refuses(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "cbs.csv"
    path.write_text(CBS.to_csv([GOOD]), encoding="utf-8")
    assert isinstance(CBS.checked(path), pd.DataFrame)
    path.write_text(CBS.to_csv([CbsRow(**{**vars(GOOD), **change})]), encoding="utf-8")
    with pytest.raises(pandera.errors.SchemaErrors):
        CBS.checked(path)


def test_a_share_that_cannot_be_is_not_given() -> None:
    rows = (
        CbsRow(
            **{**vars(GOOD), "kenmerk": "totaal", "categorie": "totaal", "aantal": Decimal(0), "teken": "0"}
        ),
        GOOD,
    )
    assert CbsTable(rows).share("inkomen", "bijstand") is None
