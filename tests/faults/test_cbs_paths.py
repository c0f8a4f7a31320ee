"""What a figure of a CBS workbook is about is its whole path of heads and labels: it is read rightly, or asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cbs_books import TITLE, Said, grid, read, said, write

from wi2007.errors import UserError

ALL: Said = ("totaal", "totaal", "totaal", 9010)
WORK: Said = ("inkomen", "loon of eigen bedrijf", "totaal", 3700)
UNIT = ["", "absoluut"]
EVERYBODY = ["Totaal", 9010]
Rows = list[list[Any]]


def income(category: str, count: float | str, nationality: str = "totaal") -> Said:
    return "inkomen", category, nationality, count


READ: dict[str, tuple[Rows, list[Said]]] = {
    "a head over two rows": (
        [["", "Totaal", "Loon of"], ["", "", "eigen bedrijf"], UNIT, [*EVERYBODY, 3700]],
        [ALL, WORK],
    ),
    "a head over three rows": (
        [
            ["", "Totaal", "Inkomen"],
            ["", "", "uit loon of"],
            ["", "", "eigen bedrijf"],
            UNIT,
            [*EVERYBODY, 3700],
        ],
        [ALL, WORK],
    ),
    "a head broken in a word": (
        [["", "Totaal", "Werkloosheids-"], ["", "", "uitkering"], UNIT, [*EVERYBODY, 5]],
        [ALL, income("werkloosheidsuitkering", 5)],
    ),
    "a head with a line end in its cell": (
        [["", "Totaal", "Loon of\neigen bedrijf"], UNIT, [*EVERYBODY, 3700]],
        [ALL, WORK],
    ),
    "a row label over two rows, and other rows below it": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Loon of"], ["eigen bedrijf", 3700], ["Bijstand", 2500]],
        [ALL, WORK, income("bijstand", 2500)],
    ),
    "a row label over two rows, the second indented": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Loon of"], ["  eigen bedrijf", 3700]],
        [ALL, WORK],
    ),
    "the rest of a characteristic": (
        [
            ["Nationaliteit", "Totaal", "Bron van inkomen"],
            ["", "", "Bijstand", "Overig"],
            UNIT,
            [*EVERYBODY, 5, 10],
        ],
        [ALL, income("bijstand", 5), income("overig inkomen", 10)],
    ),
    "nationalities by the title": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Marokkaans", 3], ["Overig", 4]],
        [ALL, ("totaal", "totaal", "Marokkaans", 3), ("totaal", "totaal", "Overig", 4)],
    ),
    "a nationality with what stands under it": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Nationaliteit"], ["  Marokkaans", 100], ["     Bijstand", 40]],
        [ALL, ("totaal", "totaal", "Marokkaans", 100), income("bijstand", 40, "Marokkaans")],
    ),
    "the characteristics of the real table, each below its head": (
        [
            *(["", "Totaal"], UNIT, EVERYBODY, ["Geslacht"], ["Man", 1], ["Vrouw", 2]),
            *(["Leeftijd"], ["Jonger dan 25 jaar", 3], ["25-34 jaar", 4], ["65 jaar of ouder", 5]),
            *(["Verblijfsduur"], ["Korter dan 5 jaar", 6], ["5 tot 10 jaar", 7]),
            *(["Gemeente"], ["G4", 8], ["Overige gemeenten", 9], ["Nationaliteit"], ["Eritrese", 10]),
        ],
        [
            *(ALL, ("geslacht", "man", "totaal", 1), ("geslacht", "vrouw", "totaal", 2)),
            *(("leeftijd", "tot 25", "totaal", 3), ("leeftijd", "25 tot 35", "totaal", 4)),
            *(("leeftijd", "65 en ouder", "totaal", 5), ("verblijfsduur", "tot 5 jaar", "totaal", 6)),
            *(("verblijfsduur", "5 tot 10 jaar", "totaal", 7), ("gemeente", "G4", "totaal", 8)),
            *(("gemeente", "Overige gemeenten", "totaal", 9), ("totaal", "totaal", "Eritrees", 10)),
        ],
    ),
    "municipalities": (
        [
            ["Gemeente", "Totaal"],
            UNIT,
            EVERYBODY,
            ["Amsterdam", 5],
            ["'s-Gravenhage", 6],
            ["Bergen (NH.)", 7],
        ],
        [
            *(ALL, ("gemeente", "Amsterdam", "totaal", 5)),
            *(("gemeente", "Den Haag", "totaal", 6), ("gemeente", "Bergen (NH)", "totaal", 7)),
        ],
    ),
    "a part of a category": (
        [
            ["", "Totaal", "Loon of eigen bedrijf", "waarvan zelfstandigen", "Bijstand"],
            UNIT,
            [*EVERYBODY, 3700, 755, 5],
        ],
        [ALL, WORK, income("zelfstandige", 755), income("bijstand", 5)],
    ),
    "two columns of labels": (
        [
            ["Geslacht", "Nationaliteit", "Aantal"],
            ["Totaal", "Totaal", 9010],
            ["Man", "Totaal", 5],
            ["", "Turks", 3],
        ],
        [ALL, ("geslacht", "man", "totaal", 5), ("geslacht", "man", "Turks", 3)],
    ),
    "the year of the sheet as a head": (
        [["", 2019], ["", "Totaal", "Bijstand"], UNIT, [*EVERYBODY, 2500]],
        [ALL, income("bijstand", 2500)],
    ),
    "signs of an earlier edition": (
        [["Nationaliteit", "Totaal", "Bijstand"], UNIT, [*EVERYBODY, "x"], ["Turks", "-", "."]],
        [ALL, income("bijstand", "x"), ("totaal", "totaal", "Turks", 0), income("bijstand", ".", "Turks")],
    ),
    "a percentage of the total": (
        [
            ["Nationaliteit", "Bijstand"],
            ["", "absoluut", "% van totaal"],
            ["Totaal", 2500, 100],
            ["Turks", 825, 33],
        ],
        [income("bijstand", 2500), income("bijstand", 825, "Turks")],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_has_one_meaning_is_read(tmp_path: Path, name: str) -> None:
    rows, expected = READ[name]
    title = "Tabel 1. Personen naar nationaliteit, 1 januari 2019" if "title" in name else TITLE
    assert said(tmp_path, rows, title) == expected


ASKED: dict[str, tuple[Rows, list[str]]] = {
    "a first part that is not known": (
        [["", "Totaal", "Werk of"], ["", "", "eigen bedrijf"], UNIT, [*EVERYBODY, 3700]],
        ["C3 ('Werk of')"],
    ),
    "a first part of a row label that is not known": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Geen loon of"], ["eigen bedrijf", 3700]],
        ["A6 ('Geen loon of')"],
    ),
    "a second part below the figures": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Bijstand", 2500], ["of andere uitkering"], ["Student", 4]],
        ["A7 ('of andere uitkering')"],
    ),
    "a second part below the last figures": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Bijstand", 2500], ["of andere uitkering"]],
        ["A7 ('of andere uitkering')"],
    ),
    "a language in the corner": (
        [["Taal thuis", "Totaal"], UNIT, EVERYBODY, ["Nederlands", 5], ["Turks", 4]],
        ["A3 ('Taal thuis')"],
    ),
    "a language above the heads": (
        [["Taal thuis"], ["", "Totaal"], UNIT, EVERYBODY, ["Nederlands", 5]],
        ["A3 ('Taal thuis')"],
    ),
    "a language above the rows": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Taal thuis"], ["Nederlands", 5], ["Turks", 4]],
        ["A6 ('Taal thuis')"],
    ),
    "a country of origin": ([["herkomst", "Totaal"], UNIT, EVERYBODY, ["Marokko", 5]], ["A3 ('herkomst')"]),
    "all that is not known at once": (
        [
            ["", "Totaal", "Zonder", "Met"],
            ["", "", "Bijstand", "Bijstand"],
            UNIT,
            [*EVERYBODY, 6510, 2500],
            ["Klingon", 1],
        ],
        ["C3 ('Zonder')", "D3 ('Met')", "A7 ('Klingon')"],
    ),
    "a general label without a head": ([["", "Totaal", "Overig"], UNIT, [*EVERYBODY, 5]], ["C3 ('Overig')"]),
    "a nationality without a head": ([["", "Totaal"], UNIT, EVERYBODY, ["Turks", 5]], ["A6 ('Turks')"]),
    "rows of a nationality that are not indented": (
        [["", "Totaal"], UNIT, ["Marokkaans"], ["Bijstand", 5], ["Chinees"], ["Bijstand", 6]],
        ["Marokkaans › Bijstand", "Chinees › Bijstand"],
    ),
    "a second block about a group": (
        [["Nationaliteit", "Totaal"], UNIT, EVERYBODY, ["Mannen"], UNIT, ["Turks", 5]],
        ["Mannen › Turks"],
    ),
    "women with social assistance": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Bijstand", 100], ["  Vrouw", 40]],
        ["cel B7: dit cijfer gaat over twee kenmerken tegelijk"],
    ),
    "women of whom it is not clear which": (
        [["", "Totaal"], UNIT, EVERYBODY, ["Bijstand", 100], ["waarvan"], ["Vrouw", 40]],
        ["Bijstand › Vrouw: geslacht vrouw, of inkomen bijstand"],
    ),
    "another year": ([["", "2018", "2019"], UNIT, [*EVERYBODY, 5]], ["B3 ('2018')"]),
    "a head with figures": ([["", "Totaal"], UNIT, EVERYBODY, ["Inkomen", 8000]], ["A6 ('Inkomen')"]),
    "self-employed with social assistance": (
        [["", "Bijstand"], ["", "Totaal", "Zelfstandigen"], UNIT, ["Totaal", 2500, 55]],
        ["Bijstand › Zelfstandigen"],
    ),
    "a unit": (
        [["Nationaliteit", "Bijstand"], ["", "absoluut", "% van de mannen"], ["Totaal", 2500, 100]],
        ["C4 ('% van de mannen')"],
    ),
    "two tables beside each other": (
        [
            ["Nationaliteit", "Totaal", "", "Doelgroep", "Totaal"],
            ["", "absoluut", "", "", "absoluut"],
            [*EVERYBODY, "", *EVERYBODY],
            ["Turks", 5, "", "Nieuwkomer", 6],
        ],
        ["cellen D5, D6: hier staat tekst in plaats van een cijfer"],
    ),
    "two tables below each other": (
        [
            ["Nationaliteit", "Totaal"],
            UNIT,
            EVERYBODY,
            [],
            ["Tabel 2. Mannen"],
            ["", "Totaal"],
            UNIT,
            ["Totaal", 4],
        ],
        ["A7 ('Tabel 2. Mannen')", "B8"],
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_known_is_asked(tmp_path: Path, name: str) -> None:
    rows, told = ASKED[name]
    with pytest.raises(UserError) as error:
        said(tmp_path, rows)
    for words in told:
        assert words in str(error.value), str(error.value)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Tabel 1. Vrouwen naar bron van inkomen, 1 januari 2019", "'vrouw'"),
        ("Tabel 1. Personen met bijstand, 1 januari 2019", "'bijstand'"),
        ("Tabel 1. Mannen en vrouwen, 1 januari 2019", ""),
        ("Tabel 1. Nieuwkomers en oudkomers, 1 januari 2019", ""),
    ],
)
def test_a_title_about_a_group(tmp_path: Path, title: str, told: str) -> None:
    rows = [["", "Totaal"], UNIT, EVERYBODY]
    if not told:
        assert said(tmp_path, rows, title) == [ALL]
        return
    with pytest.raises(UserError, match=f"A1 .*{told}.*de titel noemt een groep"):
        said(tmp_path, rows, title)
    sheets = [{"blad": "Tabel 1", "gaat_over": "iedereen"}]
    assert said(tmp_path, rows, title, bladen=sheets) == [ALL]


def test_figures_about_two_characteristics_are_left_out_where_that_is_said(tmp_path: Path) -> None:
    rows = [["Geslacht", "Totaal", "Bijstand"], UNIT, [*EVERYBODY, 2500], ["Man", 5, 4]]
    sheets = [{"blad": "Tabel 1", "twee_kenmerken": "overslaan"}]
    assert said(tmp_path, rows, bladen=sheets) == [
        ALL,
        income("bijstand", 2500),
        ("geslacht", "man", "totaal", 5),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["persoonsnummer", "geslacht", "Bijstand"], ["P1", "man", "ja"]],
        [["Nummer", "Sekse", "Plaats"], *([f"K{at}", "vrouw", "Ede"] for at in range(7))],
        [["Nummer", "Sekse", "Leeftijd"], *([f"K{100000 + at}", 1, 34] for at in range(7))],
        [["Sekse", "Geboren", "Land"], *([1, 19700100 + at, 5022] for at in range(1, 9))],
        [["Nummer", "Sekse"], *([f"K{at}", 1] for at in range(700))],
        [["Plaats", "Sekse", "Leeftijd"], *([("Ede", "Urk")[at % 2], 1, 34] for at in range(20))],
        [["Sekse", "Leeftijd", "Land"], *([1 + at % 2, 34, 5022] for at in range(20))],
    ],
)
@pytest.mark.parametrize("titled", [True, False])
def test_nothing_is_told_of_a_list_of_persons(tmp_path: Path, rows: Rows, titled: bool) -> None:
    cells = grid(rows, first=2)
    if not titled:
        cells = grid(rows, first=1) | {"A1": rows[0][0]}
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": cells})
    with pytest.raises(UserError, match="lijkt geen tabel van het CBS, maar een lijst met personen") as error:
        read(path)
    assert not any(str(value) in str(error.value) for row in rows for value in row if len(str(value)) > 2)
