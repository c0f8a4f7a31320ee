"""What does not fit in a CBS workbook is refused by sheet and cell; what stands in a figure's cell is never told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from cbs_books import TITLE, layout, read, simple, write

from wi2007.cbs.settings import load_layout
from wi2007.errors import UserError
from wi2007.project import Run
from wi2007.run.choice import choose

SECRET = "Zeer bijzondere waarde 4321"


def refused(path: Path, *told: str) -> str:
    with pytest.raises(UserError) as error:
        read(path)
    message = str(error.value)
    for words in told:
        assert words in message, message
    assert SECRET not in message
    assert "4321" not in message
    return message


@pytest.mark.parametrize(
    ("changes", "cell", "what"),
    [
        ({"A1": None}, "A1", "hier hoort de titel te staan"),
        ({"A1": 4321}, "A1", "hier hoort de titel te staan"),
        ({"A1": "Tabel 1. Iets"}, "A1", "de titel noemt niet één dag"),
        ({"A1": "Iets, 1 januari 2019 en 1 januari 2020"}, "A1", "de titel noemt niet één dag"),
        ({"A1": "Iets, 31 februari 2019"}, "A1", "de titel noemt niet één dag"),
        ({"D3": "Toeslagen"}, "D3 ('Toeslagen')", "dit label staat niet in de indeling"),
        ({"D3": None}, "D6", "hetzelfde staat ook op"),
        ({"A8": "Koerdisch"}, "A8 ('Koerdisch')", "dit label staat niet in de indeling"),
        ({"A8": None}, "A8", "naast deze cijfers staat geen label"),
        ({"B7": 4321}, "A7", "naast dit woord horen geen cijfers"),
        (
            {"B8": SECRET, "C8": None, "D8": SECRET, "E8": None},
            "B8",
            "hier staat tekst in plaats van een cijfer",
        ),
        ({"A10": "   Iraaks", "B10": SECRET}, "B10", "hier staat tekst in plaats van een cijfer"),
        ({"A7": None, "A8": None}, "A8", "naast deze cijfers staat geen label"),
        ({"B4": None}, "B6", "bij dit cijfer staat geen eenheid"),
        ({"D8": SECRET}, "D8", "hier staat tekst in plaats van een cijfer"),
        ({"D8": "?"}, "D8 ('?')", "dit teken staat in geen verklaring van tekens"),
        ({"D8": -4321}, "D8", "een getal onder nul"),
        ({"D8": 43.21}, "D8", "een aantal personen is een geheel getal"),
        ({"E8": 432.1}, "E8", "een percentage is hoogstens honderd"),
        ({"E6": 99}, "E6", "dit percentage hoort honderd te zijn"),
        ({"D8": True}, "D8", "waar/onwaar in plaats van een cijfer"),
        ({"D8": (43210, "dd-mm-yyyy")}, "D8", "hier staat een datum"),
        ({"D8": (4321, ";;;")}, "D8", "de opmaak van deze cel laat het getal niet zien"),
        ({"D8": "=4000+321"}, "D8", "hier staat een formule"),
        ({"D8": "9.010"}, "D8", "hier staat tekst in plaats van een cijfer"),
        ({"B2": 4321, "A2": "Totaal"}, "B2", "dit cijfer staat boven de rij met eenheden"),
        ({"F8": SECRET}, "F8", "hier staat tekst in plaats van een cijfer"),
        ({"A9": "   Marokkaans"}, "D9", "hetzelfde staat ook op blad 'Tabel 1', cel D8"),
        ({"A3": None, "A8": None, "B8": None, "C8": None, "A9": "Bijstand"}, "A8", "geen label"),
        (
            {"A3": None, "A8": "Nieuwkomer", "B8": 5, "C8": 1, "A9": "Zelfstandigen"},
            "D8, E8",
            "twee kenmerken tegelijk",
        ),
        (
            {"A3": None, "A8": "Bijstand", "B8": 2500, "C8": 100, "D8": 2500, "A9": "Zelfstandigen"},
            "D9, E9",
            "spreken elkaar tegen",
        ),
    ],
)
def test_a_cell_that_does_not_fit(tmp_path: Path, changes: dict[str, Any], cell: str, what: str) -> None:
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(**changes)})
    message = refused(path, "Het werkboek cbs.xlsx van het CBS", what)
    line = next(line for line in message.splitlines() if what in line)
    assert re.match(rf"- blad 'Tabel 1', cel(len)? ({re.escape(cell)}|{re.escape(cell)},.*): ", line), message


def test_all_that_does_not_fit_is_told_at_once(tmp_path: Path) -> None:
    cells = simple(B8=SECRET, C8="?", D8=-4321, A9="Koerdisch")
    message = refused(write(tmp_path / "cbs.xlsx", {"Tabel 1": cells}), "4 plaatsen passen niet")
    assert len(re.findall(r"cel [A-E][89][ :]", message)) == 4
    many = {f"A{at}": f"   Volk {at}" for at in range(10, 40)} | {f"D{at}": 5 for at in range(10, 40)}
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(A11=None, A12=None) | many})
    message = refused(path, "30 plaatsen passen niet")
    assert all(f"('Volk {at}')" in message for at in range(10, 40))
    signs = simple(C8="?", D8="?", E8="?", C9="?", D9="?", E9="?")
    message = refused(write(tmp_path / "cbs.xlsx", {"Tabel 1": signs}))
    assert "cellen C8, D8, E8, C9 en nog 2 ('?')" in message


def test_sheets_that_do_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "cbs.xlsx"
    refused(
        write(path, {"Tabel 1": simple(), "Blad7": simple()}),
        "blad 'Blad7': dit blad staat niet in de indeling",
    )
    refused(write(path, {"Toelichting": {"A1": "Iets"}}), "blad 'Tabel *': dit blad ontbreekt")
    refused(write(path, {"Tabel 1": {"A1": TITLE}}), "blad 'Tabel 1': op dit blad staan geen cijfers")
    refused(
        write(path, {"Tabel 1": simple(), "Tabel 2": {"A1": TITLE}}),
        "blad 'Tabel 2': op dit blad staan geen cijfers",
    )
    other = simple(D8=1000)
    message = refused(
        write(path, {"Tabel 1": simple(), "Tabel 2": other}),
        "blad 'Tabel 2', cel D8",
        "blad 'Tabel 1', cel D8",
    )
    assert "1000" not in message


def test_merged_figures_and_errors_of_excel(tmp_path: Path) -> None:
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(B8=None, C8=None)}, {"B8:C8": "."})
    refused(path, "cel B8: samengevoegde cellen tussen de cijfers")
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Tabel 1")
    for place, value in simple(D8=None).items():
        sheet.write(place, value)
    sheet.write_formula("D8", "=1/0", None, "#DIV/0!")
    book.close()
    refused(path, "cel D8: hier staat een fout van Excel")


def test_percentages_of_which_it_is_not_said_what_they_are_of(tmp_path: Path) -> None:
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": simple()})
    with pytest.raises(UserError, match=r"cellen C6, .*: waarvan dit een percentage is, staat niet vast"):
        read(path, layout(bladen=[{"blad": "Tabel 1"}]))
    with pytest.raises(UserError, match="dit percentage hoort honderd te zijn"):
        read(path, layout(bladen=[{"blad": "Tabel 1", "procenten_van": "rij"}]))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"a;b\r\n1;2\r\n"]
)
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cbs.xlsx"
    path.write_bytes(content)
    refused(path, "niet te lezen: het is beschadigd", "sla het opnieuw op als .xlsx")


def test_a_workbook_that_is_too_large(tmp_path: Path) -> None:
    refused(
        write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(A30000="x")}),
        "is te groot voor een tabel van het CBS",
    )
    refused(
        write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(AZZ5="x")}), "is te groot voor een tabel van het CBS"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bladen: [{}]\nlabels: []\n", "deze sleutel ontbreekt"),
        (
            "bladen: [{blad: T, kop_rijen: leeftijdd}]\n",
            "het kenmerk 'leeftijdd' bestaat niet. Kies uit: doelgroep",
        ),
        ("labels: [{staat: [a], kenmerk: VUL_IN, categorie: VUL_IN}]\n", "hier staat nog VUL_IN"),
        ("kenmerken: [{kenmerk: a, labels: [{categorie: b, staat: []}]}]\n", "hier staat niets of te weinig"),
        (
            "kenmerken: [{kenmerk: a, labels: [{categorie: b, staat: [x]}, {categorie: c, staat: [X]}]}]\n",
            "het label 'X' staat er twee keer",
        ),
        ("bladen: [{blad: T, procenten_van: diagonaal}]\nlabels: []\n", "Kies uit: kolom, rij"),
        (
            "bladen: [{blad: T}]\nlabels: [{staat: [a], kenmerk: b}]\n",
            "kenmerk en categorie horen bij elkaar",
        ),
        ("bladen: [{blad: T}]\nlabels: [{staat: [a]}, {staat: [A]}]\n", "het label 'A' staat er twee keer"),
        ("bladen: [{blad: T}]\nlabels: []\n", "de eenheid '%' staat er twee keer"),
    ],
)
def test_a_layout_that_cannot_be(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "cbs.yaml"
    doubled = "eenheden: {aantal: ['%'], procent: ['%']}\n" if "eenheid" in told else ""
    path.write_text(f"{text}{doubled}waarvan: []\n", encoding="utf-8")
    with pytest.raises(UserError, match=re.escape(told)) as error:
        load_layout(own=path)
    assert "regel" in str(error.value)


def test_the_layout_of_the_project_is_sound() -> None:
    assert load_layout().bladen


def folder(run: Run, *names: str) -> Run:
    place = run.raw / "2022-07-01"
    place.mkdir(parents=True)
    for name in names:
        (place / name).write_bytes(b"x")
    return run


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (
            ("duo.csv", "cbs_a.xlsx", "cbs_b.xlsx"),
            "2 werkboeken van het CBS: cbs_a.xlsx, cbs_b.xlsx. Laat er één",
        ),
        (("duo.csv", "cbs.xls"), "cbs.xls in data/raw/2022-07-01/ is geen .xlsx"),
        (("duo.csv", "cbs.ods", "cbs.xlsx"), "staan 2 werkboeken van het CBS"),
        (("duo.csv", "cbs.xlsx", "cbs.yml"), "staat cbs.yml. Geef het bestand de naam cbs.yaml"),
    ],
)
def test_a_folder_with_other_files_is_refused_before_anything_is_read(
    tmp_path: Path, names: tuple[str, ...], told: str
) -> None:
    choice = choose(folder(Run(tmp_path), *names), (), None)
    assert choice.peildata == ()
    assert any(told in problem for problem in choice.problems), choice.problems


def test_the_workbook_is_never_taken_for_the_delivery(tmp_path: Path) -> None:
    run = folder(Run(tmp_path), "duo.xlsx", "cbs_maatwerk.xlsx", "CBS.yaml.bak")
    assert choose(run, (), None).peildata == ("2022-07-01",)
    assert run.delivery("2022-07-01").name == "duo.xlsx"
    found = run.cbs_workbook("2022-07-01")
    assert found is not None
    assert found.name == "cbs_maatwerk.xlsx"
    (run.raw / "2022-07-01" / "cbs_maatwerk.xlsx").unlink()
    assert run.cbs_workbook("2022-07-01") is None


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    run = folder(Run(tmp_path), "duo.csv")
    outside = tmp_path / "elders.xlsx"
    outside.write_bytes(b"x")
    (run.raw / "2022-07-01" / "cbs.xlsx").symlink_to(outside)
    (problem,) = choose(run, (), None).problems
    assert "cbs.xlsx in data/raw/2022-07-01/ is een koppeling" in problem
