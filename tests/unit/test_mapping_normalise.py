"""What one value becomes: written another way, with a label, or open to two readings."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.columns import COLUMNS, PERSON
from schemas.values import is_value
from wi2007 import reference
from wi2007.mapping.normalise import names
from wi2007.mapping.normalise.listed import LABEL, chosen, listed
from wi2007.mapping.normalise.methods import METHODS
from wi2007.mapping.normalise.reading import Column, Read
from wi2007.project import ROOT
from wi2007.validation.rules import read_rules

PEILDATUM = date(2022, 7, 1)


def read(column: str, text: str, label: str | None = None, rules: str | tuple[str, ...] = "alle") -> Read:
    return Column(column, chosen(rules), PEILDATUM).read(text, label)


BECOMES = [
    ("geslacht", " V ", "V"), ("geslacht", "vrouw", "V"), ("geslacht", "Mannelijk", "M"),
    ("geslacht", "x", "O"),
    ("geslacht", "1", "M"), ("geslacht", "2.0", "V"), ("geslacht", "9", "O"), ("geslacht", "NULL", ""),
    ("geslacht", "NA", ""),
    ("gemeentecode", "363", "0363"), ("gemeentecode", "363.0", "0363"), ("gemeentecode", "363,00", "0363"),
    ("gemeentecode", "0", "0000"), ("gemeentecode", "'s-Gravenhage", "0518"),
    ("gemeentecode", "'S-GRAVENHAGE", "0518"),
    ("gemeentecode", "’s-Gravenhage", "0518"), ("gemeentecode", "Den Haag", "0518"),
    ("gemeentecode", "den  haag", "0518"),
    ("gemeentecode", "Súdwest-Fryslân", "1900"), ("gemeentecode", "SUDWEST FRYSLAN", "1900"),
    ("gemeentecode", "Weesp", "0457"),
    ("land_van_herkomst", "Marokko", "5022"), ("land_van_herkomst", "MAROKKO", "5022"),
    ("land_van_herkomst", "Namibie", "9023"), ("land_van_herkomst", "Verenigde Staten", "6014"),
    ("land_van_herkomst", "Joegoslavië", "6045"), ("land_van_herkomst", "onbekend", "0000"),
    ("nationaliteit_1", "339", "0339"), ("nationaliteit_2", "Turkse", "0339"),
    ("nationaliteit_3", "NULL", ""),
    ("nationaliteit_4", "NA", ""), ("nationaliteit_1", "1", "0001"),
    ("gevraagde_nationaliteit", "TURKS", "Turks"), ("gevraagde_nationaliteit", "Anders", "anders"),
    ("gevraagde_nationaliteit", "0339", "Turks"), ("gevraagde_nationaliteit", "0001", "Nederlands"),
    ("gevraagde_nationaliteit", "Turkse", "Turks"), ("gevraagde_nationaliteit", "marokkaanse", "anders"),
    ("statuscode", "voldaan", "VOLDAAN"), ("statuscode", "Ontheffing-medisch", "ONTHEFFING_MEDISCH"),
    ("statuscode", "ontheffing agi", "ONTHEFFING_AGI"), ("statuscode", "Overleden", "OVERLEDEN"),
    ("statuscode", "Heeft het inburgeringsexamen gehaald", "VOLDAAN"),
    ("doelgroep", "nieuwkomer", "NIEUWKOMER"), ("doelgroep", "Oud-komer", "OUDKOMER"),
    ("doelgroep", "  ", ""),
    ("geboortedatum", "1970-06-15", "19700615"), ("geboortedatum", "15-06-1970", "19700615"),
    ("geboortedatum", "1-7-1970", "19700701"), ("geboortedatum", "00-00-1968", "19680000"),
    ("geboortedatum", "1995-02-00", "19950200"), ("geboortedatum", "00-00-0000", "00000000"),
    ("geboortedatum", "0", "00000000"), ("geboortedatum", "0.0", "00000000"),
    ("geboortedatum", "25734", "19700615"),
    ("geboortedatum", "25734,0", "19700615"), ("geboortedatum", "12235017600", "19700701"),
    ("geboortedatum", "1970-06-15 00:00:00", "19700615"),
    ("geboortedatum", "1970-06-15T00:00:00", "19700615"),
    ("geboortedatum", "15-06-1970 0:00", "19700615"), ("geboortedatum", "19700615 00:00:00.000", "19700615"),
    ("statusdatum", "2015-03-01", "20150301"), ("statusdatum", "NULL", ""), ("startdatum_plicht", "NA", ""),
]  # fmt: skip

STAYS = [
    ("geslacht", "-1"), ("geslacht", "3"), ("geslacht", "F"), ("gemeentecode", "9999"),
    ("gemeentecode", "36300"),
    ("gemeentecode", "363.5"), ("gemeentecode", "2"), ("land_van_herkomst", "Marokkko"),
    ("land_van_herkomst", "5022"),
    ("geboortedatum", "06-15-1970"), ("geboortedatum", "15/06/1970"), ("geboortedatum", "06/15/70"),
    ("geboortedatum", "1970"), ("geboortedatum", "1970-02-30"), ("geboortedatum", "1970-06-15 12:00:00"),
    ("geboortedatum", "99999"), ("geboortedatum", "09999"), ("geboortedatum", "12235017601"),
    ("geboortedatum", "25734.5"), ("geboortedatum", "15-00-1970"), ("statusdatum", "0"),
    ("statusdatum", "00000000"),
    ("gevraagde_nationaliteit", "1"), ("gevraagde_nationaliteit", "2"), ("gevraagde_nationaliteit", "0000"),
    ("gevraagde_nationaliteit", "Onbekend"), ("statuscode", "Ontheffing"), ("doelgroep", "nan"),
    ("statusdatum", "#N/B"), ("nationaliteit_1", "na"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "ours"), BECOMES)
def test_a_value_written_another_way_is_read(column: str, text: str, ours: str) -> None:
    found = read(column, text)
    assert found.text == ours
    assert found.rules
    assert not found.question
    assert read(column, text, rules="geen") == Read(text)


@pytest.mark.parametrize(("column", "text"), STAYS)
def test_what_is_not_listed_stays_as_it_is(column: str, text: str) -> None:
    assert read(column, text) == Read(text)


def test_each_step_of_the_way_is_told() -> None:
    assert read("gemeentecode", " 363.0").rules == ("spaties", "getal_met_decimalen", "voorloopnullen")


def test_only_the_chosen_rules_are_used() -> None:
    assert read("gemeentecode", "363", rules=("spaties",)).text == "363"
    assert read("gemeentecode", " 0363", rules=("voorloopnullen", "spaties")).text == "0363"


def test_na_as_a_country_is_asked() -> None:
    assert read("land_van_herkomst", " NA ").question == "na_onduidelijk"


LABELS = [
    ("geslacht", "1", "Vrouw", "V", ""), ("geslacht", "2", "Man", "M", ""),
    ("geslacht", "1", "Groep A", "M", ""),
    ("geslacht", "V", "vrouw", "V", ""), ("geslacht", "V", "in beeld", "V", ""),
    ("geslacht", "V", "Man", "V", "waardelabel_strijdig"),
    ("geslacht", "v", "Man", "v", "waardelabel_strijdig"),
    ("gemeentecode", "363", "Amsterdam", "0363", ""),
    ("gemeentecode", "363", "Rotterdam", "363", "waardelabel_strijdig"),
    ("gemeentecode", "77", "'s-Gravenhage", "0518", ""),
    ("nationaliteit_1", "2", "Turkse", "2", "waardelabel_strijdig"),
    ("gevraagde_nationaliteit", "2", "Turks", "Turks", ""),
    ("land_van_herkomst", "NA", "Namibië", "9023", ""),
    ("land_van_herkomst", "12", "NA", "12", "na_onduidelijk"),
    ("land_van_herkomst", "5022", "NA", "5022", ""),
    ("geboortedatum", "19700615", "15-06-1971", "19700615", ""),
    ("statuscode", "4", "ONTHEFFING AGI", "ONTHEFFING_AGI", ""),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "label", "ours", "question"), LABELS)
def test_a_value_and_its_label_are_two_readings(
    column: str, text: str, label: str, ours: str, question: str
) -> None:
    found = read(column, text, label)
    assert (found.text, found.question) == (ours, question)


def test_a_label_is_not_passed_over_when_its_rule_is_not_chosen() -> None:
    assert read("geslacht", "1", "Vrouw", ("geslacht_cijfers",)).question == "waardelabel_strijdig"
    assert read("geslacht", "1", "Man", ("geslacht_cijfers",)).text == "M"
    assert read("geslacht", "1", "Vrouw", "geen") == Read("1")


def test_a_name_of_two_codes_goes_by_the_peildatum_or_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {
        code.code: code
        for code in (
            reference.Code("7001", "Oudland", "Oudland", None, date(1990, 1, 1)),
            reference.Code("7002", "OUDLAND", "Oudland", date(1990, 1, 1), None),
            reference.Code("7003", "Tweeland", "Tweeland", None, None),
            reference.Code("7004", "Tweeland", "Twee-land", None, None),
        )
    }
    monkeypatch.setattr(reference, "countries", lambda: codes)
    names.by_name.cache_clear()
    try:
        assert read("land_van_herkomst", "oudland").text == "7002"
        assert read("land_van_herkomst", "Tweeland").question == "label_onduidelijk"
    finally:
        names.by_name.cache_clear()


def test_every_name_of_the_lists_is_read_or_asked() -> None:
    lists = {
        "land_van_herkomst": reference.countries(),
        "nationaliteit_1": reference.nationalities(),
        "gemeentecode": reference.municipalities(),
    }
    for column, codes in lists.items():
        for code in codes.values():
            for name in {code.name, code.name.upper(), code.label}:
                found = read(column, name)
                same = names.by_name(column)[names.folded(name)]
                assert found.text in same or found.question == "label_onduidelijk"
                assert code.code in same


def test_the_rules_are_whole() -> None:
    validation = read_rules().rules
    for rule in listed():
        assert rule.method in METHODS
        assert rule.description.endswith(".")
        assert rule.reason.endswith(".") or rule.reason.endswith(").")
        assert PERSON not in rule.columns
        assert set(rule.columns) <= set(COLUMNS)
        if rule.question:
            assert set(rule.columns) <= set(validation[rule.question].columns)
        if rule.method == "waarden":
            assert all(is_value(rule.columns[0], value) for value in rule.values.values())
            assert all(key == key.casefold() for key in rule.values)
    assert sum(rule.method == LABEL for rule in listed()) == 1


def test_the_documentation_lists_every_rule() -> None:
    text = (ROOT / "docs" / "indeling.md").read_text(encoding="utf-8")
    lines = [
        line.split("|")[1:4]
        for line in text.split("## Wat er wordt rechtgezet")[1].splitlines()
        if line[:3] == "| `"
    ]
    assert [[cell.strip() for cell in line] for line in lines] == [
        [f"`{rule.name}`", rule.description, rule.reason] for rule in listed()
    ]
