"""What a choice has beside its row: how it went since the peildatum before, and the other names it is found by."""

from __future__ import annotations

from datetime import date

import pytest
from change_sample import rows, told
from content_sample import PROTECTED, inputs, with_files

from schemas.change import CHANGE, ChangeRow
from wi2007 import reference
from wi2007.publication import structure
from wi2007.publication.document import Choice, Chooser, OtherName
from wi2007.publication.report import report

DAY = date(2024, 7, 1)
LARGE = {"uitgestroomd/Ontheffing": -150, "uitgestroomd/Inburgering voldaan": -50, "verhuisd": -100}
COURSES = {
    "totaal": (1000, {"uitgestroomd/Ontheffing": -300, "verhuisd": -50, "nieuw_in_register": 10}),
    "Amsterdam": (600, LARGE),
    "Den Haag": (100, {"uitgestroomd/Ontheffing": -30}),
    "Zwolle": (40, {"uitgestroomd/Ontheffing": -5}),
    "Voorne aan Zee": (500, {"herindeling": 25}),
    "Register niet-ingezetenen": (100, {"uitgestroomd/Ontheffing": -20, "verhuisd": 30}),
}


def compared(**changes: str) -> Chooser:
    """The choice of a report of which table B.1 was compared."""
    found: list[ChangeRow] = []
    for label, course in COURSES.items():
        variable = "totaal" if label == "totaal" else "gemeente"
        found += rows(("B.1", variable, "geslacht"), label, course, "totaal")
    files = {"verandering_csv": CHANGE.to_csv(tuple(found)), "verandering_json": told(**changes)}
    (made,) = structure.choosers(report(with_files(inputs(afronding=PROTECTED), **files)))
    return made


def choice(made: Chooser, label: str) -> Choice:
    return next(one for one in made.choices if one.label == label)


def course(made: Chooser, label: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in choice(made, label).cells[:3]]


def test_how_a_choice_went_stands_first_beside_everybody_at_home() -> None:
    made = compared()
    table = made.tables[0]
    assert (made.course, table.id, made.more) == (table.id, "mijn-gemeente-verloop", "")
    assert [row.label for row in table.rows] == [
        "Op 1 juli 2022",
        "Daarna uitgestroomd",
        "Op 1 juli 2024",
    ]
    assert {column.group for column in table.columns} == {"Nederland zonder RNI"}
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["900", "100,0"],
        ["280", "31,1"],
        ["550", "61,1"],
    ]
    assert course(made, "Amsterdam") == [["600", "100,0"], ["200", "33,3"], ["300", "50,0"]]


def test_a_sum_of_rounded_counts_needs_as_many_times_the_persons_for_a_percentage() -> None:
    made = compared()
    assert course(made, "Den Haag") == [["100", "100,0"], ["30", "."], ["70", "70,0"]]
    assert course(made, "Zwolle") == [["40", "."], ["5", "."], ["35", "."]]
    assert any("te weinig personen" in note for note in made.tables[0].footnotes)


@pytest.mark.parametrize("label", ["Voorne aan Zee", "Utrecht"])
def test_what_counts_something_else_or_is_not_told_of_has_no_course(label: str) -> None:
    assert course(compared(), label) == [[".", "."]] * 3


def test_without_a_comparison_it_says_when_there_will_be_one() -> None:
    (alone,) = structure.choosers(report(inputs()))
    assert alone.course == ""
    assert "vorige peildatum" in alone.more
    renewed = compared(pseudoniemen="vernieuwd")
    assert (renewed.course, renewed.more) == ("", alone.more)
    assert len(alone.tables) == len(renewed.tables) == 2


def names(label: str) -> list[OtherName]:
    (made,) = structure.choosers(report(inputs()))
    return list(choice(made, label).others)


def test_a_municipality_is_found_by_the_names_that_went_into_it() -> None:
    assert names("Amsterdam") == [OtherName("Weesp", "0457", "Weesp is nu Amsterdam")]
    assert OtherName("'s-Gravenhage") in names("Den Haag")
    assert OtherName("Haaren", "0788", "Haaren is nu voor een deel Boxtel") in names("Boxtel")
    assert {one.code for one in names("Eemsdelta")} == {"0003", "0010", "0024"}


def test_every_code_that_ended_leads_somewhere() -> None:
    found = reference.former(DAY)
    known = reference.municipalities()
    ended = {change.code for change in reference.reorganisations() if change.day <= DAY}
    ended = {code for code in ended if not known[code].valid_on(DAY)}
    assert {one.code for some in found.values() for one in some} == ended
    assert all(known[code].valid_on(DAY) for code in found)
    main = reference.classification(DAY)
    assert all(code in {one.code for one in found[main[code].code]} for code in ended)


def test_a_split_is_told_of_each_part_and_a_chain_of_its_end() -> None:
    found = reference.former(DAY)
    haaren = {code for code, some in found.items() for one in some if one.code == "0788"}
    assert haaren == {"0757", "0824", "0855", "0865"}
    assert all(one.split for some in found.values() for one in some if one.code == "0788")
    assert not any(one.split for some in found.values() for one in some if one.code == "0457")
    assert reference.former(date(2021, 1, 1)).get("0363") is None
