"""Catalogue of faults, 1: one value, one row or one column of a good delivery is wrong.

Every fault is tried by itself in text, and all faults of one field together, each in a row of its own, in every kind of
file: the same rules, columns and rows must be found, in the row numbers of that kind of file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from faults_forms import FORMS
from faults_people import BETWEEN, GOOD, NUMBER, SIZE, Sheet
from faults_trial import Attempt, attempt

from schemas.columns import COLUMNS

PERSON = "persoonsnummer"
ROW = 12
"""The row that is spoiled, counted from 0; row 14 of a text."""

FIELDS: dict[str, tuple[str, str, str]] = {
    "no number": (PERSON, "", "veld_leeg"),
    "space behind a number": (PERSON, "Q7K900 ", "spaties"),
    "tab before a number": (PERSON, "\tQ7K901", "spaties"),
    "space without width in a number": (PERSON, "Q7K\u200b902", "persoonsnummer_tekens"),
    "control character in a number": (PERSON, "Q7K\x07903", "persoonsnummer_tekens"),
    "tab in a number": (PERSON, "Q7K\t904", "persoonsnummer_tekens"),
    "formula for a number": (PERSON, "=1+Q7K905", "formule"),
    "call to a program for a number": (PERSON, "@SUM(Q7K906)", "formule"),
    "long number as Excel cut it short": (PERSON, "1,23457E+17", "wetenschappelijke_notatie"),
    "long number as R cut it short": (PERSON, "1.23457e+17", "wetenschappelijke_notatie"),
    "unknown gender": ("geslacht", "Q", "codelijst"),
    "tab in a gender": ("geslacht", "M\tV", "codelijst"),
    "31 February": ("geboortedatum", "19700231", "geboortedatum_ongeldig"),
    "31 February with hyphens": ("geboortedatum", "31-02-1970", "geboortedatum_ongeldig"),
    "29 February in 1900": ("geboortedatum", "19000229", "geboortedatum_ongeldig"),
    "month and day changed places": ("geboortedatum", "19701506", "geboortedatum_ongeldig"),
    "American order": ("geboortedatum", "06-15-1970", "geboortedatum_ongeldig"),
    "slashes": ("geboortedatum", "05/06/1970", "datumvorm_onduidelijk"),
    "year of two digits": ("geboortedatum", "15-06-70", "jaar_twee_cijfers"),
    "six digits": ("geboortedatum", "700615", "geboortedatum_ongeldig"),
    "only a year": ("geboortedatum", "1970", "geboortedatum_ongeldig"),
    "date in words": ("geboortedatum", "15 juin 1970", "geboortedatum_ongeldig"),
    "date and time": ("geboortedatum", "1970-06-15 13:45:00", "datum_met_tijd"),
    "digits in scientific notation": ("geboortedatum", "1.97E+07", "geboortedatum_ongeldig"),
    "Arabic digits": ("geboortedatum", "١٩٧٠٠٦١٥", "geboortedatum_ongeldig"),
    "known day in an unknown month": ("geboortedatum", "19700015", "geboortedatum_ongeldig"),
    "no birth": ("geboortedatum", "", "veld_leeg"),
    "born in the future": ("geboortedatum", "20300101", "datum_na_peildatum"),
    "born the day after the peildatum": ("geboortedatum", "2022-07-02", "datum_na_peildatum"),
    "born before 1900": ("geboortedatum", "18991231", "datum_te_vroeg"),
    "unknown country": ("land_van_herkomst", "4999", "codelijst"),
    "country by a name that is no country": ("land_van_herkomst", "Absurdistan", "codelijst"),
    "country with a letter for a zero": ("land_van_herkomst", "5O22", "codelijst"),
    "country as NULL": ("land_van_herkomst", "NULL", "veld_leeg"),
    "nationality asked that is none of the three": ("gevraagde_nationaliteit", "Klingon", "codelijst"),
    "no nationality asked": ("gevraagde_nationaliteit", "", "veld_leeg"),
    "code of a country for a nationality": ("nationaliteit_1", "5022", "codelijst"),
    "two nationalities in one field": ("nationaliteit_1", "0131,0001", "codelijst"),
    "unknown municipality": ("gemeentecode", "9876", "codelijst"),
    "postcode for a municipality": ("gemeentecode", "1234AB", "codelijst"),
    "five digits for a municipality": ("gemeentecode", "00363", "codelijst"),
    "code that begins in 2023": ("gemeentecode", "1992", "gemeente_nog_niet_geldig"),
    "no municipality": ("gemeentecode", "  ", "veld_leeg"),
    "unknown status": ("statuscode", "GESLAAGD", "codelijst"),
    "status with a letter less": ("statuscode", "VOLDAN", "codelijst"),
    "no status": ("statuscode", "", "veld_leeg"),
    "status on 31 April": ("statusdatum", "20150431", "datum_ongeldig"),
    "status day unknown as in the BRP": ("statusdatum", "20150000", "datum_ongeldig"),
    "status after the peildatum": ("statusdatum", "20220702", "datum_na_peildatum"),
    "start in 1899": ("startdatum_plicht", "18990101", "datum_te_vroeg"),
    "start in words": ("startdatum_plicht", "onbekend", "datum_ongeldig"),
    "unknown target group": ("doelgroep", "STATUSHOUDER", "codelijst"),
    "ten parts of the exam": ("examenonderdelen_behaald", "10", "geheel_getal"),
    "parts of the exam in words": ("examenonderdelen_behaald", "alle", "geheel_getal"),
    "exam after the peildatum": ("laatste_examendatum", "20220702", "datum_na_peildatum"),
    "exam on a day that is no day": ("laatste_examendatum", "20190229", "datum_ongeldig"),
    "half an hour": ("taaluren", "37,5", "geheel_getal"),
    "half an hour with a point": ("taaluren", "37.5", "geheel_getal"),
    "a thousand, or one": ("taaluren", "1.000", "geheel_getal"),
    "too many hours": ("taaluren", "10000", "geheel_getal"),
    "fewer than no hours": ("taaluren", "-5", "geheel_getal"),
    "a number for an income": ("inkomensbron", "1450", "codelijst"),
    "an income of their own": ("inkomensbron", "uitkering", "codelijst"),
    "perhaps refused": ("ontheffing_geweigerd", "misschien", "codelijst"),
    "a sign for yes": ("ontheffing_geweigerd", "j", "codelijst"),
    "error of Excel as text": ("doelgroep", "#N/B", "codelijst"),
    "sign for what cannot be read": ("doelgroep", "NIEUWKOMER\ufffd", "codelijst"),
}  # fmt: skip


def refused(result: Attempt, *rules: str) -> None:
    """What must hold for every refusal."""
    assert result.message is not None
    assert result.nothing_lost()
    assert "Traceback" not in result.words()
    assert "Q7K" not in result.words()
    for rule in rules:
        assert rule in result.words()


def delivered(folder: Path, sheet: Sheet) -> Attempt:
    return attempt(folder, {"levering.csv": sheet.bytes()})


@pytest.mark.parametrize("fault", FIELDS)
def test_a_wrong_value_is_the_only_thing_found(fault: str, tmp_path: Path) -> None:
    column, value, rule = FIELDS[fault]
    result = delivered(tmp_path, GOOD.put(ROW, column, value))
    refused(result, rule)
    assert result.told() == {(rule, column, ROW + 2)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("half", [0, 1])
def test_every_wrong_value_is_found_in_every_kind_of_file(form: str, half: int, tmp_path: Path) -> None:
    faults = list(FIELDS.values())[half * SIZE : (half + 1) * SIZE]
    kind, sheet, expected = FORMS[form], GOOD, set()
    for row, (column, value, rule) in enumerate(faults):
        if form == "sav" and value.endswith((" ", "\t")) and column == PERSON:
            continue  # SPSS pads every text with spaces and keeps none
        sheet = sheet.put(row, column, value)
        expected.add((rule, column, row + kind.first_row))
    result = attempt(tmp_path, {kind.name: kind.written(sheet)})
    refused(result)
    assert result.told() == expected


def _rows(rule: str, column: str, *rows: int) -> set[tuple[str, str, int | None]]:
    return {(rule, column, row) for row in rows}


def _doubled(first: int, second: int) -> Sheet:
    return GOOD.put(second, PERSON, NUMBER.format(first + 1))


EVERY = tuple(range(2, SIZE + 2))
ROWS: dict[str, tuple[Sheet, set[tuple[str, str, int | None]]]] = {
    "a person twice, one after the other": (_doubled(20, 21), _rows("persoonsnummer_dubbel", PERSON, 22, 23)),
    "a person twice, far apart": (_doubled(0, SIZE - 1), _rows("persoonsnummer_dubbel", PERSON, 2, SIZE + 1)),
    "a row twice": (GOOD.with_row(30, GOOD.rows[7]), _rows("persoonsnummer_dubbel", PERSON, 9, 32)),
    "every person the same number": (GOOD.everywhere(PERSON, "Q7K1"), _rows("persoonsnummer_dubbel", PERSON, *EVERY)),
    "a total at the end": (
        GOOD.with_row(SIZE - 1, ("Totaal", "40", *[""] * (BETWEEN - 1))), _rows("totaalrij", "", SIZE + 1),
    ),
    "a total with the number in the last field": (
        GOOD.with_row(SIZE - 1, ("TOTAAL", *[""] * (BETWEEN - 1), "39")), _rows("totaalrij", "", SIZE + 1),
    ),
    "the header twice": (GOOD.with_row(0, COLUMNS), _rows("kop_herhaald", "", 2)),
    "the header again halfway": (GOOD.with_row(19, COLUMNS), _rows("kop_herhaald", "", 21)),
    "a column all empty": (GOOD.everywhere("geslacht", ""), _rows("veld_leeg", "geslacht", *EVERY)),
    "NULL in a whole column": (GOOD.everywhere("statuscode", "NULL"), _rows("veld_leeg", "statuscode", *EVERY)),
    "one wrong value everywhere": (GOOD.everywhere("gemeentecode", "XXXX"), _rows("codelijst", "gemeentecode", *EVERY)),
    "gender and municipality under each other's name": (
        GOOD.renamed({"geslacht": "gemeentecode", "gemeentecode": "geslacht"}),
        _rows("codelijst", "geslacht", *EVERY) | _rows("codelijst", "gemeentecode", *EVERY),
    ),
    "country and nationality under each other's name": (
        GOOD.renamed({"land_van_herkomst": "nationaliteit_1", "nationaliteit_1": "land_van_herkomst"}),
        _rows("codelijst", "land_van_herkomst", *EVERY) | _rows("codelijst", "nationaliteit_1", *EVERY),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", ROWS)
@pytest.mark.parametrize("form", ["semicolons", "xlsx", "parquet"])
def test_a_wrong_row_or_column_is_the_only_thing_found(fault: str, form: str, tmp_path: Path) -> None:
    sheet, expected = ROWS[fault]
    kind = FORMS[form]
    shift = kind.first_row - 2
    result = attempt(tmp_path, {kind.name: kind.written(sheet)})
    refused(result)
    assert result.told() == {(rule, column, row and row + shift) for rule, column, row in expected}


def _shifted(row: tuple[str, ...]) -> tuple[str, ...]:
    """A field too many in front, and the last one gone."""
    return ("", *row[:-1])


MASSES: dict[str, tuple[Sheet, set[tuple[str, str, int | None]], Callable[[int | None], bool]]] = {
    "columns shifted in one row": (
        GOOD.with_row(ROW, _shifted(GOOD.rows[ROW])),
        {("veld_leeg", PERSON, 14), ("codelijst", "geslacht", 14), ("veld_leeg", "gemeentecode", 14),
         ("geboortedatum_ongeldig", "geboortedatum", 14)},
        lambda row: row == 14,
    ),
    "columns shifted from a row on": (
        Sheet(COLUMNS, (*GOOD.rows[:25], *map(_shifted, GOOD.rows[25:]))),
        {("veld_leeg", PERSON, row) for row in range(27, SIZE + 2)}
        | {("codelijst", "geslacht", row) for row in range(27, SIZE + 2)},
        lambda row: row is not None and row >= 27,
    ),
    "all values wrong": (
        Sheet(COLUMNS, (("?",) * len(COLUMNS),) * 3),
        {("codelijst", "geslacht", 2), ("codelijst", "doelgroep", 4), ("persoonsnummer_dubbel", PERSON, 3),
         ("geboortedatum_ongeldig", "geboortedatum", 3), ("datum_ongeldig", "statusdatum", 4)},
        lambda row: row in (2, 3, 4),
    ),
    "NULL everywhere": (
        Sheet(COLUMNS, (("NULL",) * len(COLUMNS),) * 3),
        {("veld_leeg", "geslacht", 2), ("veld_leeg", "statuscode", 4), ("veld_leeg", "gemeentecode", 3)},
        lambda row: row in (2, 3, 4),
    ),
    "all fields empty": (
        Sheet(COLUMNS, (("",) * len(COLUMNS),) * 3),
        {("geen_rijen", "", None)},
        lambda row: row is None,
    ),
    "birth and status day under each other's name": (
        GOOD.renamed({"geboortedatum": "statusdatum", "statusdatum": "geboortedatum"}),
        {("datum_te_vroeg", "statusdatum", row) for row in EVERY if GOOD.rows[row - 2][2] < "1990"},
        lambda row: True,
    ),
    "birth and start under each other's name": (
        GOOD.renamed({"geboortedatum": "startdatum_plicht", "startdatum_plicht": "geboortedatum"}),
        {("datum_te_vroeg", "startdatum_plicht", row) for row in EVERY if GOOD.rows[row - 2][2] < "1990"},
        lambda row: True,
    ),
    "everyone far too young": (
        GOOD.everywhere("geboortedatum", "20100405"), set(), lambda row: True,
    ),
    "dates after the peildatum of the folder": (
        GOOD.everywhere("statusdatum", "20240101"),
        {("datum_na_peildatum", "statusdatum", row) for row in EVERY},
        lambda row: row is not None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", MASSES)
def test_what_is_wrong_in_masses_is_found(fault: str, tmp_path: Path) -> None:
    sheet, least, where = MASSES[fault]
    result = delivered(tmp_path, sheet)
    refused(result)
    assert result.told() >= least
    assert all(where(row) for _, _, row in result.told())


def test_a_country_that_is_na_is_asked_about(tmp_path: Path) -> None:
    result = delivered(tmp_path, GOOD.put(ROW, "land_van_herkomst", "NA"))
    refused(result, "na_onduidelijk")
    assert result.told() == {("na_onduidelijk", "land_van_herkomst", ROW + 2)}


def test_the_good_delivery_is_good(tmp_path: Path) -> None:
    result = delivered(tmp_path, GOOD)
    assert result.message is None
    assert (result.told(), result.told("waarschuwing")) == (set(), set())
