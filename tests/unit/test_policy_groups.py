"""Policy groups: who is in one by the rules of `config/beleidsgroepen.yaml`, and what stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from schemas.policy import Condition
from wi2007.delivery.source import EMPTY, Coded
from wi2007.policy import read_policy_groups
from wi2007.population.policy import MAYBE, NO, YES, Judge, aow_key
from wi2007.reference import year_labels

DAY = date(2022, 7, 1)


def coded(*texts: str) -> Coded:
    values = sorted({text for text in texts if text})
    codes = [values.index(text) if text else EMPTY for text in texts]
    return Coded(values, np.array(codes, dtype=np.int32))


def answers(rule: Mapping[str, object], **columns: Coded) -> list[int]:
    size = max(len(column.codes) for column in columns.values())
    found: list[int] = Judge(DAY).answers(Condition.model_validate(rule), columns, size).tolist()
    return found


def day_of(birth: date) -> tuple[int, int, int]:
    """The day on which somebody reaches the AOW age."""
    months, day = divmod(int(aow_key(np.array([birth.toordinal()]))[0]), 31)
    return months // 12, months % 12 + 1, day + 1


@pytest.mark.parametrize(
    ("birth", "reached"),
    [
        # As the Sociale Verzekeringsbank tells it: 66 and 4 months for who was born up to August 1955, and so on.
        (date(1955, 8, 31), (2021, 12, 31)),
        (date(1955, 9, 1), (2022, 4, 1)),
        (date(1956, 5, 31), (2022, 12, 31)),
        (date(1956, 6, 1), (2023, 4, 1)),
        (date(1957, 2, 28), (2023, 12, 28)),
        (date(1957, 3, 1), (2024, 3, 1)),
        (date(1960, 12, 31), (2027, 12, 31)),
        (date(1961, 1, 1), (2028, 4, 1)),
        (date(1980, 2, 29), (2047, 5, 29)),
    ],
)
def test_the_aow_age_is_that_of_the_year_in_which_somebody_reaches_it(
    birth: date, reached: tuple[int, int, int]
) -> None:
    assert day_of(birth) == reached


def test_years_to_the_aow_age_are_counted_from_the_peildatum() -> None:
    births = coded("19551201", "19551202", "19570630", "19570701", "19600701", "19650401", "19800101")
    labels = [
        year_labels("jaren_tot_aow")[at]
        for at in Judge(DAY).classes("jaren_tot_aow", {"geboortedatum": births}, 7)
    ]
    assert labels == [
        "AOW-leeftijd bereikt",
        "minder dan 2 jaar",
        "minder dan 2 jaar",
        "2 tot 5 jaar",
        "5 tot 10 jaar",
        "10 jaar of meer",
        "10 jaar of meer",
    ]


def test_a_birth_date_that_leaves_it_open_is_unknown() -> None:
    births = coded("19570000", "19800000", "00000000", "")
    labels = year_labels("jaren_tot_aow")
    found = [labels[at] for at in Judge(DAY).classes("jaren_tot_aow", {"geboortedatum": births}, 4)]
    assert found == ["Onbekend", "10 jaar of meer", "Onbekend", "Onbekend"]
    assert answers({"kenmerk": "jaren_tot_aow", "minder_dan": 2}, geboortedatum=births) == [
        MAYBE,
        NO,
        MAYBE,
        MAYBE,
    ]
    assert answers({"kenmerk": "jaren_tot_aow", "minstens": 2}, geboortedatum=births) == [
        MAYBE,
        YES,
        MAYBE,
        MAYBE,
    ]


def test_years_obliged_are_whole_years() -> None:
    starts = coded("20120701", "20120702", "20100701", "20100702", "20070101", "")
    found = Judge(DAY).classes("jaren_plichtig", {"startdatum_plicht": starts}, 6)
    labels = [year_labels("jaren_plichtig")[at] for at in found]
    assert labels == [
        "10 tot 12 jaar",
        "minder dan 10 jaar",
        "12 tot 14 jaar",
        "10 tot 12 jaar",
        "14 jaar of langer",
        "Onbekend",
    ]
    assert answers({"kenmerk": "jaren_plichtig", "minstens": 10}, startdatum_plicht=starts) == [
        YES,
        NO,
        YES,
        YES,
        YES,
        MAYBE,
    ]


def test_an_empty_field_and_a_column_that_is_not_there_are_unknown() -> None:
    rule = {"kenmerk": "taaluren", "minstens": 600}
    assert answers(rule, taaluren=coded("0", "599", "600", "9999", "")) == [NO, NO, YES, YES, MAYBE]
    assert answers(rule, inkomensbron=coded("loon")) == [MAYBE]
    of_day = {"kenmerk": "laatste_examendatum", "hoogstens_jaren_geleden": 5}
    assert answers(of_day, laatste_examendatum=coded("20170701", "20170630", "20220101", "")) == [
        YES,
        NO,
        YES,
        MAYBE,
    ]


def test_all_holds_as_far_as_the_least_and_one_of_as_far_as_the_most() -> None:
    works, hours = {"kenmerk": "inkomensbron", "waarden": ["loon"]}, {"kenmerk": "taaluren", "minstens": 600}
    columns = {
        "inkomensbron": coded("loon", "loon", "loon", "geen", "geen", "geen", "", "", ""),
        "taaluren": coded("600", "", "0", "600", "", "0", "600", "", "0"),
    }
    assert answers({"alle": [works, hours]}, **columns) == [YES, MAYBE, NO, NO, NO, NO, MAYBE, MAYBE, NO]
    assert answers({"een_van": [works, hours]}, **columns) == [
        YES,
        YES,
        YES,
        YES,
        MAYBE,
        NO,
        YES,
        MAYBE,
        MAYBE,
    ]


def test_a_group_names_the_columns_that_tell_who_is_in_it() -> None:
    named = {one.groep: one.columns for one in read_policy_groups().groepen}
    assert named["beleid_examen"] == ("examenonderdelen_behaald", "laatste_examendatum", "geboortedatum")
    assert named["beleid_werk"] == ("inkomensbron", "startdatum_plicht")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({}, "precies één van alle, een_van en kenmerk"),
        ({"alle": [{"kenmerk": "taaluren", "minstens": 1}], "minstens": 1}, "precies één van alle"),
        ({"kenmerk": "taaluren"}, "bij taaluren hoort precies één van: minstens"),
        ({"kenmerk": "jaren_tot_aow", "minstens": 1, "minder_dan": 2}, "minstens of minder_dan"),
        ({"kenmerk": "inkomensbron", "minstens": 1}, "waarden"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(rule: Mapping[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Condition.model_validate(rule)
