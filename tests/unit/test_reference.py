"""The code lists are whole, agree with each other, and give the known numbers of municipalities."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import pairwise

import pytest

from wi2007 import reference


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2013, 1, 1), 408),
        (date(2014, 1, 1), 403),
        (date(2015, 1, 1), 393),
        (date(2016, 1, 1), 390),
        (date(2017, 1, 1), 388),
        (date(2018, 1, 1), 380),
        (date(2019, 1, 1), 355),
        (date(2020, 1, 1), 355),
        (date(2021, 1, 1), 352),
        (date(2022, 1, 1), 345),
        (date(2022, 3, 23), 345),
        (date(2022, 3, 24), 344),
        (date(2022, 7, 1), 344),
        (date(2023, 1, 1), 342),
        (date(2024, 1, 1), 342),
        (date(2025, 1, 1), 342),
        (date(2026, 1, 1), 342),
    ],
)
def test_number_of_municipalities_is_the_known_one(day: date, number: int) -> None:
    assert len(of_the_country(day)) == number


def test_readers_see_the_usual_names() -> None:
    assert reference.municipalities()["0518"].label == "Den Haag"
    assert reference.countries()["6014"].label == "Verenigde Staten"


def test_former_states_keep_their_own_code() -> None:
    countries = reference.countries()
    assert countries["6045"].label == "Joegoslavië"
    assert countries["9049"].label == "Sovjet-Unie"
    assert {"6068", "5102", "5053"} <= countries.keys()


def test_every_successor_is_a_municipality_and_every_code_has_one_main_successor() -> None:
    known = reference.municipalities().keys()
    main = [item.code for item in reference.reorganisations() if item.main_successor]
    assert all(item.successor in known for item in reference.reorganisations())
    assert len(main) == len(set(main))
    assert set(main) == {item.code for item in reference.reorganisations()}


def test_age_classes_join_without_gap_or_overlap() -> None:
    classes = reference.age_classes()
    assert classes[0].lower == 0
    assert classes[-1].upper is None
    assert all(left.upper == right.lower for left, right in pairwise(classes))


def test_routes_are_the_seven_of_the_study() -> None:
    assert len(reference.routes()) == 7
    assert "Nog steeds inburgeringsplichtig" in reference.routes()


def of_the_country(day: date) -> set[str]:
    """The municipalities on a day, without RNI and unknown."""
    special = {reference.RNI, reference.UNKNOWN_CODE}
    return {code for code, item in reference.municipalities().items() if item.valid_on(day)} - special


def test_every_reorganisation_is_in_the_list_of_municipalities() -> None:
    places = reference.municipalities()
    for change in reference.reorganisations():
        assert places[change.code].valid_to == change.day, change
        assert places[change.successor].valid_on(change.day), change
    ended = {code for code, place in places.items() if place.valid_to}
    assert ended == {change.code for change in reference.reorganisations()}


def test_counts_add_up_over_every_reorganisation() -> None:
    for day in sorted({change.day for change in reference.reorganisations()}):
        before, after = of_the_country(day - timedelta(days=1)), of_the_country(day)
        gone = {change.code for change in reference.reorganisations() if change.day == day}
        new = {code for code, place in reference.municipalities().items() if place.valid_from == day}
        assert before - gone | new == after
        assert len(after) == len(before) - len(gone) + len(new)


@pytest.mark.parametrize("name", ["landen", "nationaliteiten", "gemeenten", "herindelingen", "provincies"])
def test_lists_are_in_order_and_every_row_has_a_source(name: str) -> None:
    path = reference.REFERENCE / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [tuple(row.values())[: 3 if name == "herindelingen" else 1] for row in rows]
    assert keys == sorted(keys)
    assert all(row["bron"] for row in rows)


def test_the_lists_are_whole() -> None:
    assert len(reference.countries()) == 390
    assert len(reference.nationalities()) == 217
    assert len(reference.municipalities()) == 501
    assert len(reference.reorganisations()) == 167
    split = {change.code for change in reference.reorganisations() if change.kind == "splitsing"}
    assert split == {"0055", "1671", "0140", "0053", "0788"}
