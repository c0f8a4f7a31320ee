"""The gate for a change: rounded parts on top of rounded tables, whoever the persons are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from change_gate import BASE, FOLLOWED, SPECIFICATION, Two, asked, made
from comparison_people import AFTER, BEFORE, as_cube, as_people, populations
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.comparison import MERGED
from wi2007.comparison.chain import Case
from wi2007.comparison.compare import compare
from wi2007.comparison.decomposition import decomposed
from wi2007.protection.change import (
    ROUNDING,
    net,
    unprotected,
)
from wi2007.protection.flows import Flows
from wi2007.protection.mergers import moves
from wi2007.tables.build import by_code, counted


@pytest.mark.slow
@examples(12)
@given(populations())
def test_rounded_parts_add_up_and_are_near(two: Two) -> None:
    question = asked(two)
    found = made(question)
    changes = decomposed(question.shown, found.parts, SPECIFICATION, found.peildata)
    assert all(one.aantal % BASE == 0 for one in changes)
    exact = {part: net(enters, leaves) for part, (leaves, enters) in question.flows.parts.items()}
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
    found = unprotected(replace(question, shown=exact, flows=Flows(events, SPECIFICATION, FOLLOWED)))
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
        for row in question.flows.events.to_pylist()
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
