"""Values with two readings in whole files: asked with both readings and the line that decides, or read and told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from dialect_values import DATES, each
from faults_forms import FORMS
from faults_people import GOOD, Sheet
from faults_trial import Attempt, attempt

from schemas.columns import COLUMNS
from wi2007 import cli, reference

MEN = {"M": "1", "V": "2"}
PERSON = "persoonsnummer"


def sav(frame: Any, **options: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        pyreadstat.write_sav(frame, str(Path(folder, "x.sav")), **options)
        return Path(folder, "x.sav").read_bytes()


def frame(**columns: Callable[[str], object]) -> Any:
    """The good persons, with columns written another way."""
    made = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS), dtype=object)
    for name, how in columns.items():
        made[name] = [how(text) for text in made[name]]
    return made


def sexes(sheet: Sheet, how: Mapping[str, str]) -> Sheet:
    return each(sheet, ("geslacht",), lambda text: how[text])


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The persons of the good delivery in our own layout."""
    return attempt(tmp_path_factory.mktemp("straight"), {"levering.csv": GOOD.bytes()}).persons


Persons = list[dict[str, Any]]


def rule_of(result: Attempt) -> set[tuple[str, str]]:
    assert result.message is not None
    assert "Q7K" not in result.words()
    return result.pairs


DIGITS = [
    ({"M": "1", "V": "2"}, None), ({"M": "1.0", "V": "2.0"}, None), ({"M": " 1", "V": "2 "}, None),
    ({"M": "0", "V": "1"}, 0),
    ({"M": "1", "V": "0"}, 0), ({"M": "1", "V": "1"}, 0), ({"M": "1", "V": "9"}, 0), ({"M": "0.0", "V": "1.0"}, 0),
    ({"M": "2", "V": "0"}, 0), ({"M": "1", "V": "V"}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("how", "asked"), DIGITS)
@pytest.mark.parametrize("form", ["semicolons", "zip", "xlsx", "parquet"])
def test_digits_for_sex_are_read_where_both_one_and_two_are_in_the_file(
    how: dict[str, str], asked: int | None, form: str, straight: Persons, tmp_path: Path
) -> None:
    kind = FORMS[form]
    result = attempt(tmp_path, {kind.name: kind.written(sexes(GOOD, how))})
    if asked is None:
        assert result.persons == straight
    else:
        assert rule_of(result) == {("geslacht_onduidelijk", "geslacht")}
        assert "geslacht: {kolom: …, waarden: {…}}" in str(result.message)


def test_what_levering_yaml_translates_is_no_evidence_for_the_rest(straight: Persons, tmp_path: Path) -> None:
    delivery = sexes(GOOD, {"M": "2.0", "V": "1.0"}).bytes()
    half = "kolommen: {geslacht: {kolom: geslacht, waarden: {1: V}}}"
    assert rule_of(attempt(tmp_path / "half", {"levering.csv": delivery, "levering.yaml": half})) == {
        ("geslacht_onduidelijk", "geslacht")
    }
    whole = "kolommen: {geslacht: {kolom: geslacht, waarden: {1: V, 2: M}}}"
    result = attempt(tmp_path / "whole", {"levering.csv": delivery, "levering.yaml": whole})
    assert result.persons == straight


def test_labels_that_cannot_be_read_are_named_and_the_switch_decides(
    straight: Persons, tmp_path: Path
) -> None:
    labels = {"geslacht": {1.0: "Groep A", 2.0: "Groep B", 3.0: "Groep C"}}
    content = sav(frame(geslacht=lambda text: float(MEN[text])), variable_value_labels=labels)
    result = attempt(tmp_path / "asked", {"levering.sav": content})
    assert rule_of(result) == {("waardelabel_onleesbaar", "geslacht")}
    assert "1 ('Groep A'), 2 ('Groep B')." in str(result.message)
    switch = "kolommen: {geslacht: {kolom: geslacht, lees: waarde}}"
    again = attempt(tmp_path / "said", {"levering.sav": content, "levering.yaml": switch})
    assert again.persons == straight


def test_own_numbers_with_names_go_by_the_label_when_that_is_said(straight: Persons, tmp_path: Path) -> None:
    codes = sorted(set(GOOD.column("gemeentecode")))
    number = {code: float(at) for at, code in enumerate(codes, 14)}
    labels = {number[code]: f"Gemeente {reference.municipalities()[code].name}" for code in codes}
    labels[number["1999"]] = "RNI"
    content = sav(frame(gemeentecode=number.__getitem__), variable_value_labels={"gemeentecode": labels})
    result = attempt(tmp_path / "asked", {"levering.sav": content})
    assert rule_of(result) == {("waardelabel_strijdig", "gemeentecode")}
    assert str(result.message).count("lees: label") == 1
    switch = "kolommen: {gemeentecode: {kolom: gemeentecode, lees: label}}"
    again = attempt(tmp_path / "said", {"levering.sav": content, "levering.yaml": switch})
    assert again.persons == straight


def test_declared_missing_is_empty_and_told_with_its_label(tmp_path: Path) -> None:
    content = sav(
        frame(nationaliteit_2=lambda text: float(text or 9999)),
        variable_value_labels={"nationaliteit_2": {9999.0: "geen"}},
        missing_ranges={"nationaliteit_2": [9999.0]},
    )
    result = attempt(tmp_path, {"levering.sav": content})
    assert result.message is None
    (told,) = (one for one in result.record["normalisaties"] if one["regel"] == "ontbrekend_leeg")
    assert told["aantal"] == GOOD.column("nationaliteit_2").count("")
    assert "9999 ('geen')" in told["omschrijving"]


def test_titles_that_are_our_names_stand_for_names_that_are_not(tmp_path: Path) -> None:
    made = frame()
    made.columns = [f"v{at}" for at in range(len(COLUMNS))]
    result = attempt(tmp_path / "all", {"levering.sav": sav(made, column_labels=list(COLUMNS))})
    assert result.message is None
    assert "kolomnamen" in str(result.record["lezing"])
    twice = ["geslacht", *COLUMNS[1:]]
    doubtful = attempt(tmp_path / "twice", {"levering.sav": sav(made, column_labels=twice)})
    assert {("kolom_ontbreekt", "geslacht"), ("kolom_ontbreekt", PERSON)} <= rule_of(doubtful)


@pytest.mark.parametrize("form", ["semicolons", "gz", "xlsx", "parquet"])
def test_numbers_padded_to_one_length_lose_the_spaces(form: str, tmp_path: Path) -> None:
    kind = FORMS[form]
    for name, how in (("behind", lambda text: text.ljust(12)), ("before", lambda text: text.rjust(12))):
        padded = each(GOOD, (PERSON,), how).put(3, PERSON, f"{'Q7K':12}")
        result = attempt(tmp_path / name, {kind.name: kind.written(padded)})
        assert result.message is None
        assert [one["persoonsnummer"] for one in result.persons][:4] == [*GOOD.column(PERSON)[:3], "Q7K"]
        told = {one["regel"]: one["aantal"] for one in result.record["normalisaties"]}
        assert told == {"persoonsnummer_lengte": len(GOOD.rows)}


def test_numbers_that_are_one_without_their_spaces_are_one(tmp_path: Path) -> None:
    padded = each(GOOD, (PERSON,), lambda text: text.ljust(12)).put(3, PERSON, f"{GOOD.rows[9][0]:>12}")
    assert attempt(tmp_path, {"levering.csv": padded.bytes()}).told() == {
        ("persoonsnummer_dubbel", PERSON, 5),
        ("persoonsnummer_dubbel", PERSON, 11),
    }


@pytest.mark.parametrize(
    ("how", "setting"),
    [
        (lambda text: text + " " * (text[-1] == "7"), ""),
        (lambda text: f"{text}\t", ""),
        (lambda text: text.ljust(12), "normaliseren: geen"),
    ],
)
def test_other_spaces_in_numbers_are_refused(how: Callable[[str], str], setting: str, tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {"levering.csv": each(GOOD, (PERSON,), how).bytes()}
    result = attempt(tmp_path, files | ({"levering.yaml": setting} if setting else {}))
    assert rule_of(result) == {("spaties", PERSON)}


def slashed(text: str) -> str:
    return f"{text[6:]}/{text[4:6]}/{text[:4]}"


def test_slashes_are_read_in_the_order_of_their_own_column(tmp_path: Path) -> None:
    low = each(GOOD, ("statusdatum",), lambda text: f"{text[:6]}0{1 + int(text[6:]) % 9}")
    delivery = each(low, DATES, slashed).bytes()
    result = attempt(tmp_path / "asked", {"levering.csv": delivery})
    assert rule_of(result) == {("datumvorm_onduidelijk", "statusdatum")}
    form = "kolommen: {statusdatum: {kolom: statusdatum, datumvorm: dd/mm/jjjj}}"
    again = attempt(tmp_path / "said", {"levering.csv": delivery, "levering.yaml": form})
    assert again.persons == attempt(tmp_path / "plain", {"levering.csv": low.bytes()}).persons


def test_a_birth_in_three_fields_is_proposed_and_read(
    straight: Persons, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    born = GOOD.column("geboortedatum")
    parts = {"GBJAAR": slice(0, 4), "GBMND": slice(4, 6), "GBDAG": slice(6, 8)}
    sheet = GOOD
    for name, part in parts.items():
        sheet = sheet.beside(name, [str(int(text[part])) for text in born])
    others = tuple(name for name in COLUMNS if name != "geboortedatum")
    delivery = sheet.ordered((*others, *parts)).bytes()
    before = attempt(tmp_path / "before", {"levering.csv": delivery})
    path = next((before.directory / "data" / "raw").rglob("levering.csv"))
    assert cli.main(["inspect", str(path)]) == 0
    capsys.readouterr()
    proposal = path.with_name("levering.yaml").read_text(encoding="utf-8")
    assert "  geboortedatum: {jaar: GBJAAR, maand: GBMND, dag: GBDAG}\n" in proposal
    result = attempt(tmp_path / "then", {"levering.csv": delivery, "levering.yaml": proposal})
    assert result.persons == straight
