"""The gate for a change: rounded parts on top of rounded tables, whoever the persons are."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from comparison_people import AFTER, BEFORE, DECISIONS, Person, as_cube, as_people, populations
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.comparison import MERGED
from schemas.disclosure import Disclosure
from wi2007.comparison.compare import compare
from wi2007.comparison.decomposition import Peildata, decomposed
from wi2007.comparison.links import Case
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection.cells import cells, linked, shown_counts
from wi2007.protection.change import (
    ROUNDING,
    ChangeRequest,
    RoundedChange,
    directions,
    moves,
    net,
    protected,
    unprotected,
)
from wi2007.protection.rounding import NoSolutionError, RoundingOptions, draw, rounded
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


def asked(two: Two, times: int = 3) -> ChangeRequest:
    """The question for these persons, each of them so many times."""
    many = tuple(
        [replace(one, number=f"{one.number}x{at}") for one in people for at in range(times)] for people in two
    )
    cubes = as_cube(many[0], BEFORE), as_cube(many[1], AFTER)
    pair = as_people(many[0], BEFORE), as_people(many[1], AFTER)
    found = compare([pair], cubes, Case(BEFORE, AFTER, FOLLOWED))
    shown = tuple(_rounded(counted(cube, SPECIFICATION)) for cube in cubes)
    return ChangeRequest(
        events=found.events,
        specification=SPECIFICATION,
        decisions=FOLLOWED,
        shown=(shown[0], shown[1]),
        peildata=Peildata(BEFORE, AFTER),
        base=BASE,
        rules=RULES,
    )


def _rounded(of_pairs: Counted) -> Counted:
    """As the gate does: every cell once, so that all tables add up."""
    exact, relations = linked(cells(of_pairs, SPECIFICATION, {}))
    for reach in (1, 2, 3):
        with suppress(NoSolutionError):
            way = RoundingOptions(BASE, draw(b"een sleutel"), reach=reach)
            return shown_counts(of_pairs, SPECIFICATION, rounded(exact, relations, way))
    raise NoSolutionError


def made(question: ChangeRequest) -> RoundedChange:
    return protected(question, lambda part, attempt: draw(b"een sleutel", *part, attempt))


@pytest.mark.slow
@examples(12)
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
    told_anew = {part: of_pairs for part, of_pairs in exact.items() if part[0] != MERGED}
    for part, of_pairs in told_anew.items():
        for pair, counts in of_pairs.items():
            shown = found.parts[part].get(pair, {})
            for key in {*counts, *shown}:
                assert abs(counts.get(key, 0) - shown.get(key, 0)) < 2 * BASE * found.reach


@pytest.mark.slow
@examples(12)
@given(populations())
def test_who_moves_changes_nothing_but_where_people_live(two: Two) -> None:
    question = asked(two)
    found = made(question)
    pair = ("nog_inburgeringsplichtig", "gemeente", "geslacht")
    for part in (("verhuisd", ""), ("herindeling", "")):
        moved = found.parts.get(part, {}).get(pair, {})
        assert not any(by_code(moved, 1).values())


@examples(20)
@given(populations())
def test_unprotected_parts_leave_no_rest(two: Two) -> None:
    question = asked(two, times=1)
    exact = counted(as_cube(two[0], BEFORE), SPECIFICATION), counted(as_cube(two[1], AFTER), SPECIFICATION)
    people = as_people(two[0], BEFORE), as_people(two[1], AFTER)
    cubes = as_cube(two[0], BEFORE), as_cube(two[1], AFTER)
    events = compare([people], cubes, Case(BEFORE, AFTER, FOLLOWED)).events
    found = unprotected(replace(question, shown=exact, events=events))
    assert (ROUNDING, "") not in found.parts


@pytest.mark.slow
@examples(12)
@given(populations())
def test_who_was_in_a_municipality_that_ends_is_told_in_the_other(two: Two) -> None:
    """What is shown of it at the begin leaves it, and nothing is left."""
    question = asked(two)
    found = made(question)
    ended = {
        row["gemeente"]
        for row in question.events.to_pylist()
        if (row["deel"], row["richting"]) == ("herindeling", "uit")
    }
    assume(moves(ended, BEFORE, AFTER) is not None)
    merging = found.parts.get(("herindeling", ""), {})
    for pair, counts in merging.items():
        begin = question.shown[0][pair]
        assert sum(counts.values()) == 0
        if "gemeente" in pair:
            place = pair[1:].index("gemeente")
            left = {key: -count for key, count in counts.items() if key[place] in ended}
            assert left == {key: count for key, count in begin.items() if key[place] in ended and count}


@pytest.mark.slow
@examples(12)
@given(populations(), st.integers(1, 3))
def test_who_leaves_the_register_was_in_the_cell_or_is_counted(two: Two, times: int) -> None:
    """Never more than is shown of the cell; where the sums of a handful of persons allow nothing else, it is told."""
    question = asked(two, times)
    begin = question.shown[0]
    found = made(question)
    gone = found.parts.get(("uit_register", ""), {})
    pair = ("nog_inburgeringsplichtig", "land_van_herkomst", "geslacht")
    more = [key for key, count in gone.get(pair, {}).items() if -count > begin[pair].get(key, 0)]
    assert len(more) <= found.above
