"""Rows that are no persons, columns that were swapped, numbers that a spreadsheet spoiled: each by its own rule."""

from __future__ import annotations

import pytest
from engine_deliveries import Row, Run, person, random_people, run, run_rows, text_of

from schemas.columns import COLUMNS
from wi2007.validation.outcome import Tally, from_json

HEADER = dict(zip(COLUMNS, COLUMNS, strict=True))
EMPTY = dict.fromkeys(COLUMNS, "")
HALF = len(COLUMNS) // 2


def errors(result: Run) -> list[tuple[str, str, str]]:
    return [(f["regel"], f["kolom"], f["rijnummer"]) for f in result.failures if f["ernst"] == "fout"]


def with_row(row: Row, at: int = 3) -> list[Row]:
    rows = [person(number) for number in range(1, 6)]
    return [*rows[:at], row, *rows[at:]]


@pytest.mark.parametrize(
    "row",
    [
        HEADER,
        {name: name.upper().replace("_", " ") for name in COLUMNS},
        {**HEADER, **dict.fromkeys(COLUMNS[-HALF:], "tekst")},
        {**person(9), **dict.fromkeys(COLUMNS[:HALF], ""), **{name: name for name in COLUMNS[HALF:]}},
    ],
)
def test_a_header_in_the_middle_is_told_once(row: Row, tmp_path) -> None:
    result = run_rows(tmp_path, with_row(row))
    assert errors(result) == [("kop_herhaald", "", "5")]


def test_two_header_rows_and_two_files_pasted_together(tmp_path) -> None:
    people = text_of([person(1), person(2)])
    header = people.splitlines()[0]
    assert errors(run(tmp_path / "a", header + "\n" + people)) == [("kop_herhaald", "", "2")]
    again = text_of([person(3), person(4)])
    assert errors(run(tmp_path / "b", people + again)) == [("kop_herhaald", "", "4")]


def test_a_row_with_few_names_of_columns_is_judged(tmp_path) -> None:
    row = {**person(9), "geslacht": "geslacht", "doelgroep": "doelgroep"}
    result = run_rows(tmp_path, with_row(row))
    assert {rule for rule, _, _ in errors(result)} == {"codelijst"}


@pytest.mark.parametrize(
    "fields",
    [
        {"persoonsnummer": "Totaal", "geslacht": "5"},
        {"persoonsnummer": "TOTAAL: 5"},
        {"persoonsnummer": "Eindtotaal", "doelgroep": "5"},
        {"persoonsnummer": "Totaal aantal personen", "geslacht": "5", "statuscode": "5"},
        {"persoonsnummer": "Aantal rijen: 236.997"},
        {"persoonsnummer": "som"},
        {"persoonsnummer": "Total"},
        {"persoonsnummer": "n = 5"},
        {"persoonsnummer": "5 personen"},
        {"persoonsnummer": "(5 rows affected)"},
        {"persoonsnummer": "-- einde bestand"},
        {"geslacht": "Totaal", "statuscode": "5"},
        {"doelgroep": "totaal"},
    ],
)
@pytest.mark.parametrize("at", [5, 2])
def test_a_row_with_totals_is_told_once(fields: Row, at: int, tmp_path) -> None:
    result = run_rows(tmp_path, with_row({**EMPTY, **fields}, at))
    assert errors(result) == [("totaalrij", "", str(at + 2))]


@pytest.mark.parametrize(
    "row",
    [
        person(9, persoonsnummer="Totaal"),
        person(9, persoonsnummer="som"),
    ],
)
def test_a_person_with_an_odd_number_is_a_person(row: Row, tmp_path) -> None:
    assert errors(run_rows(tmp_path, with_row(row))) == []


def test_a_row_that_is_mostly_empty_is_told_as_such(tmp_path) -> None:
    result = run_rows(tmp_path, with_row({**EMPTY, "persoonsnummer": "Totaalverzekeraar"}))
    assert {rule for rule, _, _ in errors(result)} == {"veld_leeg"}


def test_every_row_of_the_file_is_accounted_for(tmp_path) -> None:
    text = text_of([person(1), person(2)])
    lines = [text.rstrip("\n"), "te;kort", "", text.splitlines()[0], "Totaal" + ";" * (len(COLUMNS) - 1), ""]
    seen = []

    def remember(outcome, *places) -> None:
        seen.append(outcome.tally)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wi2007.steps.read.write_report", remember)
        with pytest.raises(FileNotFoundError):
            run(tmp_path, "\n".join(lines))
    assert seen == [Tally(in_file=6, judged=2, wrong_length=1, headers=1, totals=1, empty=1, whole=True)]


def test_the_account_of_an_accepted_delivery_is_kept(tmp_path) -> None:
    result = run_rows(tmp_path, random_people(40))
    outcome = from_json((result.folder / "validatie.json").read_text(encoding="utf-8"))
    assert outcome.tally == Tally(in_file=40, judged=40, whole=True)


@pytest.mark.parametrize(
    "number", ["=1+1", "=SOM(A1:A9)", "@SOM(A1)", "+31612345678", "-12", "-1+2", "+A1*2", "=cmd|' /C'!A0"]
)
def test_a_formula_for_a_number_is_refused_and_not_quoted(number: str, tmp_path) -> None:
    result = run_rows(tmp_path, with_row(person(9, persoonsnummer=number)))
    assert errors(result) == [("formule", "persoonsnummer", "5")]
    assert number not in (result.message or "")


@pytest.mark.parametrize("number", ["1,2E+17", "1.23457E+15", "9e+3", "1E+12"])
def test_a_shortened_number_is_refused(number: str, tmp_path) -> None:
    result = run_rows(tmp_path, with_row(person(9, persoonsnummer=number)))
    assert errors(result) == [("wetenschappelijke_notatie", "persoonsnummer", "5")]


@pytest.mark.parametrize(
    "number",
    [
        "+abcDEF123/xyz=",
        "-Zk9_ab-cd",
        "12e45678",
        "1E17",
        "a=b",
        "x@y",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "A1.2E+17",
    ],
)
def test_pseudonyms_of_every_kind_are_accepted(number: str, tmp_path) -> None:
    assert run_rows(tmp_path, with_row(person(9, persoonsnummer=number))).message is None


def swapped(rows: list[Row], one: str, other: str) -> list[Row]:
    return [{**row, one: row[other], other: row[one]} for row in rows]


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        ("statusdatum", "startdatum_plicht", {"datums_volgorde"}),
        ("geboortedatum", "statusdatum", {"datum_te_vroeg", "te_jong", "datums_volgorde"}),
        ("geboortedatum", "startdatum_plicht", {"datum_te_vroeg", "te_jong", "datums_volgorde"}),
        ("land_van_herkomst", "gemeentecode", {"codelijst"}),
        ("geslacht", "statuscode", {"codelijst"}),
    ],
)
def test_columns_that_were_swapped_are_refused(one: str, other: str, rules: set[str], tmp_path) -> None:
    result = run_rows(tmp_path, swapped([person(at) for at in range(60)], one, other))
    assert result.message is not None
    assert {rule for rule, _, _ in errors(result)} & rules
    assert run_rows(tmp_path / "goed", [person(at) for at in range(60)]).message is None


def test_a_column_of_which_most_is_unknown_is_refused(tmp_path) -> None:
    rows = [person(at, gemeentecode="0000" if at % 4 else "0363") for at in range(100)]
    result = run_rows(tmp_path, rows)
    assert errors(result) == [("aandeel_onbekend", "gemeentecode", "")]
    few = [person(at, gemeentecode="0363" if at % 4 else "0000") for at in range(100)]
    accepted = run_rows(tmp_path / "minder", few)
    assert accepted.message is None
    assert ("aandeel_onbekend", "gemeentecode") in accepted.rules
    warned = accepted.processing["waarschuwingen"]
    assert [one["aantal"] for one in warned if one["regel"] == "aandeel_onbekend"] == [25]
