"""A value and its label are two sources of meaning: read where they agree or only one is there, asked where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from wi2007.delivery.source import Missing
from wi2007.mapping.normalise.asking import FEW_ROWS
from wi2007.mapping.normalise.column import Column, Read
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.rules import chosen

Labels = Mapping[str, str]


def column(
    name: str, labels: Labels, rows: Sequence[str] = (), rules: str | tuple[str, ...] = "alle", **more: object
) -> Column:
    there = tuple(rows) or tuple(labels)
    counts = dict.fromkeys(there, FEW_ROWS)
    field = Field(labels, whole=Whole(lambda: there), rows=lambda: counts, **more)  # type: ignore[arg-type]
    return Column(name, chosen(rules), date(2022, 7, 1), field)


def read(name: str, text: str, label: str, rules: str | tuple[str, ...] = "alle", **more: object) -> Read:
    """A value with its label in a column that has no other."""
    return column(name, {text: label}, rules=rules, **more).read(text)


AGREE = ""
CONTRARY, UNREADABLE, PARTLY = "waardelabel_strijdig", "waardelabel_onleesbaar", "waardelabel_deels"
ONE = [
    ("geslacht", "1", "Vrouw", "V", AGREE), ("geslacht", "2", "Man", "M", AGREE),
    ("geslacht", "1", "Vrouwen", "V", AGREE), ("geslacht", "2", "Mannen", "M", AGREE),
    ("geslacht", "1", "Mevrouw", "V", AGREE), ("geslacht", "2", "Meneer", "M", AGREE),
    ("geslacht", "1", "Meisje", "V", AGREE), ("geslacht", "2", "Jongen", "M", AGREE),
    ("geslacht", "1", "vr.", "V", AGREE), ("geslacht", "2", "m.", "M", AGREE),
    ("geslacht", "1", "1 Vrouw", "V", AGREE), ("geslacht", "2", "2. Man", "M", AGREE),
    ("geslacht", "2", "2 = Man", "M", AGREE), ("geslacht", "2", "Man (2)", "M", AGREE),
    ("geslacht", "1", "2 Vrouw", "1", UNREADABLE), ("geslacht", "1", "Vrouw (v)", "V", AGREE),
    ("geslacht", "1", "Female", "V", AGREE), ("geslacht", "2", "Male", "M", AGREE),
    ("geslacht", "1", "Femme", "V", AGREE), ("geslacht", "2", "Homme", "M", AGREE),
    ("geslacht", "1", "weiblich", "V", AGREE), ("geslacht", "3", "X", "O", AGREE),
    ("geslacht", "1", "Vrouw, geregistreerd", "1", UNREADABLE), ("geslacht", "1", "Groep A", "1", UNREADABLE),
    ("geslacht", "1", "F", "1", UNREADABLE), ("geslacht", "1", "0", "1", UNREADABLE),
    ("geslacht", "V", "vrouw", "V", AGREE), ("geslacht", "V", "in beeld", "V", UNREADABLE),
    ("geslacht", "V", "Man", "V", CONTRARY), ("geslacht", "v", "Man", "v", CONTRARY),
    ("geslacht", " 1", "Vrouw", "V", AGREE),
    ("gemeentecode", "363", "Amsterdam", "0363", AGREE), ("gemeentecode", "363", "Rotterdam", "363", CONTRARY),
    ("gemeentecode", "77", "'s-Gravenhage", "0518", AGREE),
    ("gemeentecode", "9876", "Gemeente Wageningen", "0289", AGREE),
    ("gemeentecode", "14", "Gemeente Wageningen", "14", CONTRARY),
    ("gemeentecode", "9876", "Utrecht (gemeente)", "0344", AGREE),
    ("gemeentecode", "9876", "Utrecht (PV)", "9876", UNREADABLE),
    ("gemeentecode", "14", "Utrecht (PV)", "14", UNREADABLE),
    ("gemeentecode", "363", "GM0363 Amsterdam", "0363", AGREE),
    ("gemeentecode", "5", "0363 Amsterdam", "5", CONTRARY),
    ("gemeentecode", "14", "0363", "14", CONTRARY), ("gemeentecode", "9999", "Onbekend", "0000", AGREE),
    ("gemeentecode", "1999", "RNI", "1999", AGREE),
    ("nationaliteit_1", "2", "Turkse", "2", CONTRARY), ("gevraagde_nationaliteit", "2", "Turks", "Turks", AGREE),
    ("land_van_herkomst", "17", "Marokko (5022)", "5022", AGREE),
    ("land_van_herkomst", "NA", "Namibië", "9023", AGREE),
    ("land_van_herkomst", "12", "NA", "12", "na_onduidelijk"),
    ("land_van_herkomst", "5022", "NA", "5022", UNREADABLE),
    ("geboortedatum", "19700615", "15-06-1971", "19700615", AGREE),
    ("statuscode", "4", "ONTHEFFING AGI", "ONTHEFFING_AGI", AGREE),
    ("statuscode", "IBP", "nog plichtig", "IBP", UNREADABLE),
    ("doelgroep", "1", "NULL", "", AGREE),
    ("inkomensbron", "1", "Loon", "loon", AGREE), ("inkomensbron", "3", "Uitkering", "3", UNREADABLE),
    ("ontheffing_geweigerd", "2", "Nee", "nee", AGREE), ("ontheffing_geweigerd", "ja", "nee", "ja", CONTRARY),
    ("examenonderdelen_behaald", "4", "3", "4", CONTRARY), ("examenonderdelen_behaald", "4", "4", "4", AGREE),
    ("examenonderdelen_behaald", "12", "2", "2", AGREE), ("examenonderdelen_behaald", "9", "onbekend", "9", UNREADABLE),
    ("taaluren", "9999", "onbekend", "9999", UNREADABLE), ("taaluren", "600", "600", "600", AGREE),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "label", "ours", "question"), ONE)
def test_a_value_and_its_label(name: str, text: str, label: str, ours: str, question: str) -> None:
    found = read(name, text, label)
    assert (found.text, found.question) == (ours, question)


COLUMNS = [
    ("one value has no label", {"2": "Man"}, ["1", "2"], ["?", "M"]),
    ("one value has no label and reads the same", {"1": "Man"}, ["1", "2"], ["M", "?"]),
    ("the labelled value is in no row", {"3": "Man"}, ["1", "2"], ["M", "V"]),
    ("an unreadable label is in no row", {"3": "Groep A"}, ["1", "2"], ["M", "V"]),
    ("only unknown has a label", {"9": "Onbekend"}, ["1", "2", "9"], ["M", "V", "O"]),
    ("labels say what the values are", {"1": "1", "2": "2"}, ["1", "2"], ["M", "V"]),
    ("labels are empty", {"1": "", "2": " "}, ["1", "2"], ["M", "V"]),
    ("letters of our own beside a label", {"5": "Man"}, ["5", "V"], ["M", "?"]),
    ("English letters", {"1": "F", "2": "M", "3": "X"}, ["1", "2", "3"], ["V", "M", "O"]),
    ("French letters", {"1": "H", "2": "F"}, ["1", "2"], ["M", "V"]),
    ("German letters", {"1": "m", "2": "w"}, ["1", "2"], ["M", "V"]),
    ("letters that may be heer and mevrouw", {"1": "H", "2": "M"}, ["1", "2"], ["?", "M"]),
    ("a factor with digits as levels", {"1": "0", "2": "1"}, ["1", "2"], ["?", "?"]),
    ("numbers as a program writes them", {"1": "Vrouw", "2": "Man"}, ["1", "2"], ["V", "M"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "rows", "ours"), [case[1:] for case in COLUMNS], ids=[case[0] for case in COLUMNS]
)
def test_a_whole_column_goes_one_way(labels: Labels, rows: list[str], ours: list[str]) -> None:
    reader = column("geslacht", labels, rows)
    found = [reader.read(text) for text in rows]
    assert ["?" if one.question else one.text for one in found] == ours


def test_codes_without_a_label_stay_where_labels_agree_and_are_asked_where_others_go_by_label() -> None:
    rows = ["0363", "0599"]
    assert column("gemeentecode", {"0363": "Amsterdam"}, rows).read("0599") == Read("0599")
    own = column("gemeentecode", {"9001": "Amsterdam"}, ["9001", "0599"])
    assert own.read("0599").question == PARTLY
    assert "9001 ('Amsterdam')" in own.about(PARTLY)
    assert "0599" not in own.about(PARTLY)


def test_the_researcher_can_say_what_counts() -> None:
    factor = {"14": "0363", "34": "Amsterdam", "5": "Groep A"}
    by_label = column("gemeentecode", factor, reads="label")
    assert [by_label.read(text).text for text in ("14", "34")] == ["0363", "0363"]
    assert by_label.read("5").question == by_label.read("599").question == UNREADABLE
    by_value = column("gemeentecode", factor, reads="waarde")
    assert [by_value.read(text).text for text in ("14", "34", "5")] == ["0014", "0034", "0005"]
    assert (
        column("geslacht", {"1": "Vrouw"}, ["1"], reads="waarde").read("1").question == "geslacht_onduidelijk"
    )


def test_a_contradiction_is_told_once_with_both_lines() -> None:
    labels = {
        str(at): name for at, name in enumerate(["Amsterdam", "Rotterdam", "Utrecht", "Assen", "Emmen"], 14)
    }
    reader = column("gemeentecode", {**labels, "3": "Zwolle"}, ["14", "17", "18"])
    assert reader.read("14").question == CONTRARY
    words = reader.about(CONTRARY)
    assert "14 ('Amsterdam'), 17 ('Assen')" in words
    assert "Zwolle" not in words
    assert "gemeentecode: {kolom: …, lees: label}" in words
    assert "lees: waarde" in words


def test_a_value_that_few_rows_have_is_not_named() -> None:
    rows = {"14": FEW_ROWS - 1, "17": FEW_ROWS}
    labels = {"14": "Amsterdam", "17": "Assen"}
    field = Field(labels, whole=Whole(lambda: rows), rows=lambda: rows)
    words = Column("gemeentecode", chosen("alle"), date(2022, 7, 1), field).about(CONTRARY)
    assert "Assen" in words
    assert "14" not in words
    assert "Amsterdam" not in words
    field = Field(missing=Missing(frozenset({"9999"})), rows=lambda: {"9999": FEW_ROWS - 1})
    some = Column("nationaliteit_2", chosen("alle"), date(2022, 7, 1), field)
    assert some.read("9999") == Read("", ("ontbrekend_leeg",))
    assert some.emptied() == ()


def test_a_label_is_not_passed_over_when_its_rule_is_not_chosen() -> None:
    assert read("geslacht", "V", "Man", "geen").question == CONTRARY
    assert read("geslacht", "1", "Vrouw", "geen") == Read("1")
    digits = column("geslacht", {"1": "Vrouw", "2": "Man"}, rules=("geslacht_cijfers",))
    assert digits.read("1").question == CONTRARY
    assert column("geslacht", {"1": "Man", "2": "Vrouw"}, rules=("geslacht_cijfers",)).read("1").text == "M"


MISSING = [
    ("nationaliteit_2", "9999", "geen", "", ""), ("nationaliteit_2", "9999", None, "", ""),
    ("nationaliteit_2", "9999", "Onbekend", "", ""), ("statusdatum", "-99", "niet van toepassing", "", ""),
    ("doelgroep", "9", "onbekend", "", ""), ("nationaliteit_2", "9999", "Turkse", "9999", "ontbrekend_onduidelijk"),
    ("nationaliteit_2", "0000", "Onbekend", "0000", "ontbrekend_onduidelijk"),
    ("nationaliteit_2", "0339", None, "0339", "ontbrekend_onduidelijk"),
    ("geslacht", "9", "Geen opgave", "9", "ontbrekend_onduidelijk"),
    ("geslacht", "9", None, "9", "ontbrekend_onduidelijk"),
    ("geslacht", "9", "Onbekend", "O", ""), ("geslacht", "1", "Man", "1", "ontbrekend_onduidelijk"),
    ("gemeentecode", "0000", "Onbekend", "0000", ""),
    ("gemeentecode", "0363", None, "0363", "ontbrekend_onduidelijk"),
    ("gemeentecode", "9999", "weet niet", "9999", "ontbrekend_onduidelijk"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "label", "ours", "question"), MISSING)
def test_what_a_file_declares_missing_is_empty_or_asked(
    name: str, text: str, label: str | None, ours: str, question: str
) -> None:
    labels = {} if label is None else {text: label}
    reader = column(name, labels, [text], missing=Missing(frozenset({text})))
    found = reader.read(text)
    assert (found.text, found.question) == (ours, question)
    if not ours:
        assert found.rules == ("ontbrekend_leeg",)
        assert reader.emptied() == ((f"{text} ('{label}')" if label else text),)


def test_a_missing_value_makes_no_other_value_doubtful() -> None:
    missing = Missing(ranges=((9000.0, 9999.0),))
    reader = column("nationaliteit_1", {"9999": "geen"}, ["339", "9999"], missing=missing)
    assert reader.read("339").text == "0339"
    assert column("geslacht", {"-1": "geen"}, ["1", "2"], missing=missing).read("1").text == "M"
