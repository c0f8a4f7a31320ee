"""What one value becomes: written another way, with a label, or open to two readings."""

from __future__ import annotations

import time
from datetime import date

import pytest

from schemas.columns import COLUMNS, PERSON
from schemas.values import is_value
from wi2007 import reference
from wi2007.mapping.normalise import names
from wi2007.mapping.normalise.column import Column, Read
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.methods import METHODS
from wi2007.mapping.normalise.rules import FIXED_WIDTH, LABEL, MISSING, chosen, listed
from wi2007.project import ROOT
from wi2007.validation.rules import read_rules

PEILDATUM = date(2022, 7, 1)


def read(column: str, text: str, label: str | None = None, rules: str | tuple[str, ...] = "alle") -> Read:
    """A value in a column with both digits for sex, so that it is read by ISO 5218."""
    labels = {} if label is None else {text.strip(): label}
    field = Field(labels, whole=Whole(lambda: ["1", "2", text]))
    return Column(column, chosen(rules), PEILDATUM, field).read(text)


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
    ("taaluren", "600.0", "600"), ("taaluren", "600,00", "600"), ("taaluren", "0600", "600"), ("taaluren", "000", "0"),
    ("taaluren", "00.0", "0"), ("taaluren", " 12 ", "12"), ("taaluren", "-", ""), ("taaluren", "NA", ""),
    ("examenonderdelen_behaald", "5.0", "5"), ("examenonderdelen_behaald", "05", "5"),
    ("inkomensbron", "Loon", "loon"), ("inkomensbron", "BIJSTAND", "bijstand"), ("inkomensbron", "NULL", ""),
    ("ontheffing_geweigerd", "Ja", "ja"), ("ontheffing_geweigerd", "NEE", "nee"),
    ("ontheffing_geweigerd", "TRUE", "ja"), ("ontheffing_geweigerd", "onwaar", "nee"),
    ("laatste_examendatum", "16-06-2014", "20140616"), ("laatste_examendatum", "20140616.0", "20140616"),
    ("geboortedatum", "1970-06-15", "19700615"), ("geboortedatum", "15-06-1970", "19700615"),
    ("geboortedatum", "1-7-1970", "19700701"), ("geboortedatum", "00-00-1968", "19680000"),
    ("geboortedatum", "1995-02-00", "19950200"), ("geboortedatum", "00-00-0000", "00000000"),
    ("geboortedatum", "0", "00000000"), ("geboortedatum", "0.0", "00000000"),
    ("geboortedatum", "25734", "19700615"),
    ("geboortedatum", "25734,0", "19700615"), ("geboortedatum", "12235017600", "19700701"),
    ("geboortedatum", "1970-06-15 00:00:00", "19700615"),
    ("geboortedatum", "1970-06-15T00:00:00", "19700615"),
    ("geboortedatum", "15-06-1970 0:00", "19700615"), ("geboortedatum", "19700615 00:00:00.000", "19700615"),
    ("geboortedatum", "1970/06/15", "19700615"), ("geboortedatum", "15.06.1970", "19700615"),
    ("geboortedatum", "5.6.1970", "19700605"), ("geboortedatum", "15/06/1970", "19700615"),
    ("geboortedatum", "06/15/1970", "19700615"), ("geboortedatum", "05/05/1970", "19700505"),
    ("geboortedatum", "00/06/1970", "19700600"), ("geboortedatum", "00/00/1970", "19700000"),
    ("geboortedatum", "1-jul-1970", "19700701"), ("geboortedatum", "1 juli 1970", "19700701"),
    ("geboortedatum", "01JUL1970", "19700701"), ("geboortedatum", "00-mrt-1970", "19700300"),
    ("geboortedatum", "3 Mei 1970", "19700503"), ("geboortedatum", "03-MAY-1970", "19700503"),
    ("geboortedatum", "1 okt. 1970", "19701001"), ("geboortedatum", "Oct 1, 1970", "19701001"),
    ("geboortedatum", "Jun  1 1970 12:00AM", "19700601"),
    ("geboortedatum", "2015-03-01T00:00:00Z", "20150301"),
    ("geboortedatum", "2015-03-01T00:00:00.000+00:00", "20150301"),
    ("geboortedatum", "2015-03-01T00:00:00+02:00", "20150301"),
    ("geboortedatum", "2015-03-01 00:00:00 CEST", "20150301"),
    ("geboortedatum", "2015-03-01 00:00:00 UTC", "20150301"), ("geboortedatum", "15/06/1970 0:00", "19700615"),
    ("gemeentecode", "GM0363", "0363"), ("gemeentecode", "gm0363", "0363"),
    ("gemeentecode", "Gemeente Utrecht", "0344"), ("gemeentecode", "Utrecht (gemeente)", "0344"),
    ("gemeentecode", "Groningen (gem.)", "0014"), ("gemeentecode", "gemeente 's-Gravenhage", "0518"),
    ("gemeentecode", "GM0363 Amsterdam", "0363"), ("gemeentecode", "0344 - Gemeente Utrecht", "0344"),
    ("land_van_herkomst", "Marokko (5022)", "5022"), ("nationaliteit_1", "0339: Turkse", "0339"),
    ("geslacht", "Mannen", "M"), ("geslacht", "Mevrouw", "V"), ("geslacht", "de heer", "M"),
    ("geslacht", "Dhr.", "M"), ("geslacht", "vr.", "V"), ("geslacht", "Female", "V"), ("geslacht", "MALE", "M"),
    ("geslacht", "Vrouw (v)", "V"), ("geslacht", "Femme", "V"), ("geslacht", "männlich", "M"),
    ("geslacht", "unknown", "O"), ("geslacht", "niet bekend", "O"),
    *((column, mark, "") for column in ("geslacht", "nationaliteit_2", "statusdatum")
      for mark in ("\\N", "(null)", "None", "nan", "NaN", "<NA>", ".", "-")),
    ("statusdatum", "2015-03-01", "20150301"), ("statusdatum", "NULL", ""), ("startdatum_plicht", "NA", ""),
]  # fmt: skip

STAYS = [
    ("geslacht", "-1"), ("geslacht", "3"), ("geslacht", "Q"), ("gemeentecode", "9999"),
    ("gemeentecode", "36300"),
    ("gemeentecode", "363.5"), ("gemeentecode", "2"), ("land_van_herkomst", "Marokkko"),
    ("land_van_herkomst", "5022"),
    ("geboortedatum", "06-15-1970"), ("geboortedatum", "700615"), ("geboortedatum", "31/02/1970"),
    ("geboortedatum", "1970"), ("geboortedatum", "1970-02-30"), ("geboortedatum", "15 juin 1970"),
    ("geboortedatum", "99999"), ("geboortedatum", "09999"), ("geboortedatum", "12235017601"),
    ("geboortedatum", "25734.5"), ("geboortedatum", "15-00-1970"), ("statusdatum", "0"),
    ("statusdatum", "00000000"),
    ("gevraagde_nationaliteit", "1"), ("gevraagde_nationaliteit", "2"), ("gevraagde_nationaliteit", "0000"),
    ("gevraagde_nationaliteit", "Onbekend"), ("statuscode", "Ontheffing"), ("doelgroep", "--"),
    ("gemeentecode", "Utrecht (PV)"), ("gemeentecode", "PV0026"), ("gemeentecode", "0344 Amsterdam"),
    ("gemeentecode", "Provincie Utrecht"), ("geslacht", "Man/Vrouw"), ("geslacht", "Vrouw, geregistreerd"),
    ("statusdatum", "#N/B"), ("nationaliteit_1", "geen"), ("land_van_herkomst", "Marokko (6043)"),
    ("nationaliteit_1", "na"),
    ("taaluren", "1.000"), ("taaluren", "1,000"), ("taaluren", "1.200"), ("taaluren", "37,5"), ("taaluren", "10000"),
    ("taaluren", "600 uur"), ("taaluren", "-1"), ("taaluren", "²"), ("examenonderdelen_behaald", "10"),
    ("examenonderdelen_behaald", "5.000"), ("examenonderdelen_behaald", "5 van 6"), ("inkomensbron", "1"),
    ("inkomensbron", "uitkering"), ("ontheffing_geweigerd", "1"), ("ontheffing_geweigerd", "j"),
    ("ontheffing_geweigerd", "ja, in 2015"), ("laatste_examendatum", "0"),
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


def test_a_label_is_not_passed_over_when_its_rule_is_not_chosen() -> None:
    assert read("geslacht", "1", "Vrouw", ("geslacht_cijfers",)).question == "waardelabel_strijdig"
    assert read("geslacht", "1", "Man", ("geslacht_cijfers",)).text == "M"
    assert read("geslacht", "1", "Vrouw", "geen") == Read("1")


QUESTIONS = [
    ("geboortedatum", "05/06/1970", "datumvorm_onduidelijk"), ("geboortedatum", "06/15/70", "jaar_twee_cijfers"),
    ("geboortedatum", "15-06-70", "jaar_twee_cijfers"), ("geboortedatum", "1-jul-70", "jaar_twee_cijfers"),
    ("geboortedatum", "01JUL70", "jaar_twee_cijfers"), ("geboortedatum", "15 juni 70", "jaar_twee_cijfers"),
    ("geboortedatum", "1970-06-15 12:00:00", "datum_met_tijd"),
    ("geboortedatum", "1970-06-14T22:00:00Z", "datum_met_tijd"),
    ("geboortedatum", "15-06-1970 1:30 PM", "datum_met_tijd"),
    ("geboortedatum", "1970-06-14T22:00:00+00:00", "datum_met_tijd"),
    ("geslacht", "F", "geslacht_onduidelijk"), ("geslacht", "h", "geslacht_onduidelijk"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "question"), QUESTIONS)
def test_what_has_two_readings_is_asked(column: str, text: str, question: str) -> None:
    assert read(column, text) == Read(text, question=question)


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
        assert (PERSON in rule.columns) == (rule.method == FIXED_WIDTH)
        assert set(rule.columns) <= set(COLUMNS)
        if rule.question:
            assert set(rule.columns) <= set(validation[rule.question].columns)
        if rule.method in ("waarden", "woorden", "cijfers"):
            assert all(is_value(rule.columns[0], value) for value in rule.values.values())
            assert all(key == key.casefold() for key in rule.values)
        if rule.method == "woorden":
            assert all(key == names.folded(key) for key in rule.values)
    for method in (LABEL, MISSING, FIXED_WIDTH):
        assert sum(rule.method == method for rule in listed()) == 1


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


@pytest.mark.parametrize(
    "text", ["9" * 1_000_000, "1 " * 500_000, "Utrecht (" * 100_000, "x" * 3_000_000, "(1) " * 200_000]
)
def test_an_endless_value_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    for column in COLUMNS:
        if column != PERSON:
            assert read(column, text).text in (text, text.strip())
    assert read("gemeentecode", "363", text).question == "waardelabel_onleesbaar"
    assert time.perf_counter() - begun < 5.0
