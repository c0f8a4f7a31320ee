"""A mistake in levering.yaml is told in Dutch with its file and line, and without the value that stands there."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM, person, text_of
from steps import read_delivery

from wi2007.errors import UserError
from wi2007.mapping.levering import configured_layout, levering_file, read_layout

SECRET = "zqgeheim"
"""Stands for a value of the researcher's file."""

MISTAKES: dict[str, tuple[str, int, str]] = {
    "no YAML": ("kolommen: [a\nb: c", 2, "geen geldige YAML"),
    "a list": ("- kolommen", 0, "geen instellingen"),
    "nothing": ("", 0, "leeg"),
    "comments only": ("# niets\n", 0, "leeg"),
    "two documents": ("bestand: a.csv\n---\nbestand: b.csv\n", 2, "geen geldige YAML"),
    "a key that is no key": ("# x\nkolomen: {geslacht: x}", 2, "Kies uit: indeling"),
    "a setting of reading that does not exist": ("lezen:\n  sooort: sav", 2, "Kies uit: soort"),
    "a kind of file we do not know": ("lezen: {soort: zqgeheim}", 1, "Kies uit: tekst, xlsx, xlsb, xls, ods, sav"),
    "a row that is no row": ("lezen:\n  koprij: nul", 2, "geheel getal"),
    "row 0": ("lezen:\n  koprij: 0", 2, "geheel getal"),
    "a worksheet in text": ("lezen:\n  soort: tekst\n  werkblad: Blad1", 1, "gaan niet samen"),
    "an encoding in SPSS": ("lezen: {soort: sav, codering: utf-8}", 1, "gaan niet samen"),
    "a column that is not ours": ("kolommen:\n  geslagt: sekse", 2, "'geslagt' is geen kolom van ons"),
    "no columns": ("kolommen:", 1, "Onder 'kolommen' horen regels"),
    "no name": ("kolommen:\n  geslacht:", 2, "staat niets"),
    "a list for a name": ("kolommen:\n  geslacht: [a, b]", 2, "Schrijf de naam"),
    "a word that does not exist": ("kolommen:\n  geslacht: {kolom: a, waarde: {b: M}}", 2, "'waarde' bestaat"),
    "one field and many": ("kolommen:\n  geslacht: {kolom: a, kolommen: [a]}", 2, "niet allebei"),
    "neither": ("kolommen:\n  geslacht: {waarden: {a: M}}", 2, "niet allebei"),
    "many without lines": ("kolommen:\n  statuscode: {kolommen: [a, b]}", 2, "hoort 'waarden'"),
    "a line without result": ("kolommen:\n  statuscode: {kolommen: [a], waarden: [{a: x}]}", 2, "hoort 'wordt'"),
    "a line on another field": (
        "kolommen:\n  statuscode: {kolommen: [a], waarden: [{b: x, wordt: IBP}]}", 2, "niet in 'kolommen'",
    ),
    "a line that never holds": (
        "kolommen:\n  statuscode: {kolommen: [a], waarden: [{wordt: IBP}, {a: x, wordt: NI}]}", 2, "nooit gelden",
    ),
    "a value that is not ours": (
        "kolommen:\n  geslacht:\n    kolom: sekse\n    waarden:\n      1: M\n      2: zqgeheim", 6, "Kies uit: M, V, O",
    ),
    "the wrong way round": ("kolommen:\n  geslacht: {kolom: sekse, waarden: {M: zqgeheim}}", 2, "Kies uit: M, V, O"),
    "a code that is no code": (
        "kolommen:\n  gemeentecode: {kolom: g, waarden: {zqgeheim: 363}}", 2, "vier cijfers",
    ),
    "a day that is no day": ("kolommen:\n  statusdatum: {kolom: s, waarden: {x: 20150431}}", 2, "20150301"),
    "empty where that cannot be": ("kolommen:\n  geslacht: leeg", 2, "mag niet leeg zijn"),
    "a value empty where that cannot be": ("kolommen:\n  geslacht: {kolom: s, waarden: {x: leeg}}", 2, "Kies uit"),
    "a recoded persoonsnummer": ("kolommen:\n  persoonsnummer: {kolom: p, waarden: {a: b}}", 2, "één veld"),
    "an empty persoonsnummer": ("kolommen:\n  persoonsnummer: leeg", 2, "één veld"),
    "the same column twice": ("kolommen:\n  geslacht: a\n  geslacht: b", 3, "er al staat"),
    "the same value twice": ("kolommen:\n  geslacht: {kolom: s, waarden: {zqgeheim: M, zqgeheim: V}}", 2, "al staat"),
    "a rule that does not exist": ("normaliseren:\n  - spaties\n  - alles", 3, "'alles' bestaat niet"),
    "no rules": ("normaliseren: []", 1, "geen, of een lijst"),
    "another peildatum": ("bestand: a.csv\npeildatum: 2024-07-01", 2, "niet die van de map"),
    "a peildatum that is no date": ("peildatum: 1 juli 2022", 1, "2024-07-01"),
    "a file elsewhere": ("bestand: ../geheim.csv", 1, "zonder map"),
    "a layout that is not there": ("\nindeling: duo_1900", 2, "standaard"),
    "a reference": ("kolommen: &a {geslacht: x}\nlezen: *a", 0, "verwijzing"),
    "a value of another kind": ("bestand: [a]", 1, "docs/indeling.md"),
}  # fmt: skip


def levering(tmp_path: Path, text: str | bytes) -> Path:
    folder = tmp_path / PEILDATUM
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "levering.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    text, line, words = MISTAKES[mistake]
    with pytest.raises(UserError) as caught:
        read_layout(levering(tmp_path, text), PEILDATUM)
    message = str(caught.value)
    assert words in message
    assert "levering.yaml" in message
    assert SECRET not in message
    if line:
        assert f"levering.yaml, regel {line}" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"kolommen:\n  geslacht: \xe9\n", "regel 2, is geen tekst in UTF-8"),
        ("bestand: a.csv\n".encode("utf-16"), "geen tekst in UTF-8"),
        (b"bestand: a\x00b\n", "geen geldige YAML"),
        (b"a: b\n" * 300_000, "groter dan 256 kB"),
        (b"[" * 5_000, "te veel haakjes"),
    ],
)
def test_what_is_no_text_of_ours_is_told(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        read_layout(levering(tmp_path, content), PEILDATUM)


@pytest.mark.parametrize("name", ["levering.yml", "Levering.yaml", "levering.yaml.txt"])
def test_a_name_that_is_nearly_right_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("bestand: a.csv")
    with pytest.raises(UserError, match=r"Geef het bestand de naam levering\.yaml"):
        levering_file(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / PEILDATUM / "levering.yaml").mkdir(parents=True)
    with pytest.raises(UserError, match="kan niet worden gelezen"):
        read_layout(tmp_path / PEILDATUM / "levering.yaml", PEILDATUM)


def test_a_layout_of_the_configuration_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match=r"config\.yaml .*indeling.* Kies uit: .*standaard"):
        configured_layout("duo_1900", PEILDATUM)


UNFIT = {
    "a field that is not there": ("geslacht: sekse", "heeft geen veld 'sekse'. De velden zijn: persoonsnummer, gesl"),
    "a field of two names": ("geslacht: nationaliteit_12", "alleen in hoofdletters of tekens"),
    "a field that is there twice": ("geslacht: naam", "komt 2 keer voor"),
    "the persoonsnummer again": ("persoonsnummer: naam_x\n  geslacht: naam_x", "is al het persoonsnummer"),
    "the same field twice in one": (
        "statuscode: {kolommen: [statuscode, Status-code], waarden: [{wordt: NI}]}", "hetzelfde veld",
    ),
}  # fmt: skip


@pytest.mark.parametrize("unfit", UNFIT)
def test_what_does_not_fit_the_file_is_told(unfit: str, tmp_path: Path) -> None:
    setting, words = UNFIT[unfit]
    path = levering(tmp_path, f"# onze namen\nkolommen:\n  {setting}\n")
    header, *rows = text_of([person(1), person(2)]).splitlines()
    header += ";naam;naam;nationaliteit1_2;nationaliteit_1-2;naam_x"
    content = "\n".join([header, *(f"{row};{SECRET};;;;" for row in rows)])
    delivery = tmp_path / "levering.csv"
    delivery.write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_delivery(delivery, tmp_path, levering=path)
    message = str(caught.value)
    assert words in message
    assert "levering.yaml, regel" in message
    assert SECRET not in message
