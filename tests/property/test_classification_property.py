"""On every day since 2013 every municipality code stands for one that is valid, or for nothing, for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007 import reference
from wi2007.reference import Place, classification

FIRST = date(2013, 1, 1)
TODAY = date.today()
WITHOUT_SUCCESSOR: frozenset[str] = frozenset()
"""Codes that ended and went nowhere: none."""


def stretches() -> list[date]:
    """The first day of every stretch since 2013 in which nothing begins or ends, and the last day before it."""
    edges = {FIRST, TODAY}
    for place in reference.municipalities().values():
        edges |= {day for day in (place.valid_from, place.valid_to) if day and FIRST < day <= TODAY}
    edges |= {change.day for change in reference.reorganisations() if FIRST < change.day <= TODAY}
    return sorted(edges | {day - timedelta(days=1) for day in edges if day > FIRST})


def check(day: date) -> dict[str, Place]:
    """Hold every code of the list against its validity; gives the classification."""
    codes, places = reference.municipalities(), classification(day)
    assert places.keys() == codes.keys()
    for code, place in places.items():
        own = codes[code]
        match place.standing:
            case "geldig":
                assert own.valid_on(day) and place.code == code and not place.split
            case "opgevolgd":
                assert own.valid_to is not None and own.valid_to <= day
                assert codes[place.code].valid_on(day)
                assert place.code == list(chain(code))[-1] or codes[place.code].valid_to is not None
            case "nog_niet_geldig":
                assert own.valid_from is not None and day < own.valid_from and place.code == ""
            case "zonder_opvolger":
                assert code in WITHOUT_SUCCESSOR
    return places


def chain(code: str) -> Iterator[str]:
    """The codes that follow each other from `code` on, over all years."""
    main = {change.code: change.successor for change in reference.reorganisations() if change.main_successor}
    while code in main:
        code = main[code]
        yield code


@pytest.mark.parametrize("day", stretches(), ids=str)
def test_every_stretch_of_days(day: date) -> None:
    check(day)


@examples(60)
@given(st.dates(FIRST, TODAY))
def test_any_day_is_like_the_stretch_it_is_in(day: date) -> None:
    before = max(edge for edge in stretches() if edge <= day)
    assert check(day) == classification(before)


@examples(60)
@given(st.dates(FIRST, TODAY), st.dates(FIRST, TODAY))
def test_following_a_code_further_is_following_it_at_once(one: date, other: date) -> None:
    earlier, later = classification(min(one, other)), classification(max(one, other))
    for code, place in earlier.items():
        if place.code:
            assert later[code].code == later[place.code].code
            assert later[code].split == (place.split or later[place.code].split)


def test_a_split_counts_as_its_main_successor() -> None:
    places = classification(date(2024, 7, 1))
    assert {code: places[code].code for code in ("0055", "1671", "0140", "0053", "0788")} == {
        "0055": "0080",
        "1671": "0796",
        "0140": "1900",
        "0053": "1966",
        "0788": "0824",
    }
    assert {code for code, place in places.items() if place.split} >= {"0055", "1671", "0140", "0053", "0788"}


def test_codes_of_before_the_law_are_followed_too() -> None:
    assert classification(date(2022, 7, 1))["0517"].code == "1963"
