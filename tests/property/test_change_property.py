"""The gate for a change: rounded parts on top of rounded tables, whoever the persons are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from comparison_people import AFTER, BEFORE, DECISIONS, Person, as_cube, as_people, populations
from hypothesis import given, settings

from schemas.disclosure import Disclosure
from wi2007.comparison.compare import compare
from wi2007.comparison.decomposition import Peildata, decomposed
from wi2007.comparison.links import Case
from wi2007.comparison.protection import (
    ROUNDING,
    Asked,
    Protected,
    directions,
    net,
    protected,
    unprotected,
)
from wi2007.decisions import read
from wi2007.disclosure.rounding import draw
from wi2007.project import CONFIG
from wi2007.tables.counts import Counted, by_code, counted
from wi2007.tables.specification import load

BASE = 5
SPECIFICATION = load(CONFIG / "tables.yaml")
RULES: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
FOLLOWED = DECISIONS.model_copy(
    update={
        "pseudoniemen": DECISIONS.pseudoniemen.model_copy(
            update={"minstens_gevonden": 0, "minstens_zelfde_geboortedatum": 0}
        )
    }
)
Two = tuple[list[Person], list[Person]]


def asked(two: Two, times: int = 3) -> Asked:
    """The question for these persons, each of them so many times; tables rounded down stand for rounded tables."""
    many = tuple(
        [replace(one, number=f"{one.number}x{at}") for one in people for at in range(times)] for people in two
    )
    cubes = as_cube(many[0], BEFORE), as_cube(many[1], AFTER)
    pair = as_people(many[0], BEFORE), as_people(many[1], AFTER)
    found = compare([pair], cubes, Case(BEFORE, AFTER, FOLLOWED))
    shown = tuple(_down(counted(cube, SPECIFICATION)) for cube in cubes)
    return Asked(
        events=found.events,
        specification=SPECIFICATION,
        decisions=FOLLOWED,
        shown=(shown[0], shown[1]),
        peildata=Peildata(BEFORE, AFTER),
        base=BASE,
        rules=RULES,
    )


def _down(of_pairs: Counted) -> Counted:
    return {pair: {key: n - n % BASE for key, n in counts.items()} for pair, counts in of_pairs.items()}


def made(question: Asked) -> Protected:
    return protected(question, lambda part, attempt: draw(b"een sleutel", *part, attempt))


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(populations())
def test_rounded_parts_add_up_and_are_near(two: Two) -> None:
    question = asked(two)
    found = made(question)
    changes = decomposed(question.shown, found.parts, SPECIFICATION, found.peildata)
    assert all(one.aantal % BASE == 0 for one in changes)
    exact = {
        part: net(enters, leaves)
        for part, (leaves, enters) in directions(question.events, SPECIFICATION, FOLLOWED).items()
    }
    for part, of_pairs in exact.items():
        for pair, counts in of_pairs.items():
            shown = found.parts[part].get(pair, {})
            for key in {*counts, *shown}:
                assert abs(counts.get(key, 0) - shown.get(key, 0)) < 2 * BASE * found.reach


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(populations())
def test_who_moves_changes_nothing_but_where_people_live(two: Two) -> None:
    question = asked(two)
    found = made(question)
    pair = ("nog_inburgeringsplichtig", "gemeente", "geslacht")
    for part in (("verhuisd", ""), ("herindeling", "")):
        moved = found.parts.get(part, {}).get(pair, {})
        assert not any(by_code(moved, 1).values())


@settings(max_examples=20, deadline=None)
@given(populations())
def test_unprotected_parts_leave_no_rest(two: Two) -> None:
    question = asked(two, times=1)
    exact = counted(as_cube(two[0], BEFORE), SPECIFICATION), counted(as_cube(two[1], AFTER), SPECIFICATION)
    people = as_people(two[0], BEFORE), as_people(two[1], AFTER)
    cubes = as_cube(two[0], BEFORE), as_cube(two[1], AFTER)
    events = compare([people], cubes, Case(BEFORE, AFTER, FOLLOWED)).events
    found = unprotected(replace(question, shown=exact, events=events))
    assert (ROUNDING, "") not in found.parts
