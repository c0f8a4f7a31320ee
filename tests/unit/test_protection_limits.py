"""Limits of the gate, each at its edge: the second group that hides a first, a tie, a bound, a threshold."""

from __future__ import annotations

from datetime import date

import pytest
from gate_files import asked, cube, draws, left_at

from schemas.disclosure import Disclosure
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection import groups
from wi2007.protection.cells import EVERYBODY, Cell, Tables
from wi2007.protection.change import UpperBounds
from wi2007.protection.gate import protect
from wi2007.protection.groups import standing_out
from wi2007.protection.outflow import outflow_of
from wi2007.protection.ranking import orders
from wi2007.protection.request import ProtectionRequest
from wi2007.tables.build import counted
from wi2007.tables.specification import load
from wi2007.tempo import cells

DAY = date(2022, 7, 1)
BASE = 5
SPECIFICATION = load(CONFIG / "tables.yaml").for_comparison
RULES: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
RULE = RULES.groepsonthulling
MIXED = (("VOLDAAN", 40), ("IBP", 35), ("NI", 25))


def persons(place: str, land: str, of_status: dict[str, int]) -> dict[tuple[str, ...], int]:
    return {
        ("V", land, place, "45 tot 55", status, "NIEUWKOMER"): count for status, count in of_status.items()
    }


def test_a_group_that_was_hidden_before_stays_hidden_behind_another_one() -> None:
    """By itself 0014 tells nothing any more, but alone in its category everybody would see which it is."""
    places = {"0014": 1, "0363": 3, "0518": 2, "0344": 4}
    table = cube(
        {
            key: count
            for place, times in places.items()
            for key, count in persons(place, "5022", {name: n * times for name, n in MIXED}).items()
        }
    )
    found = groups.merged(counted(table, SPECIFICATION), RULE, {("wi2007", "gemeente"): ("0014",)})
    assert found["wi2007", "gemeente"] == ("0014", "0518")


def test_a_ranking_is_kept_with_equal_counts_by_code() -> None:
    """Of two countries that count as many the lower code ranks, so a higher one must count more."""
    lands = [f"50{number}" for number in (22, 23, 24, 25, 26, 27, 28, 29, 32, 33, 38, 39)]
    table = cube({key: n for land in lands for key, n in persons("0363", land, {"IBP": 40}).items()})
    request = ProtectionRequest(Tables(counted(table, SPECIFICATION), SPECIFICATION), {}, DAY, BASE, RULES)
    ranked = request.sizes
    found = {
        (_land(one.larger), _land(one.smaller)): one.least
        for one in orders(request, {}, ranked)
        if one.larger and one.smaller
    }
    assert found
    assert all(least == (0 if larger < smaller else BASE) for (larger, smaller), least in found.items())
    last = {code: 100 if code == lands[-1] else 40 for code in lands}
    turned = orders(request, {}, {at: last if at[1] == "land_van_herkomst" else ranked[at] for at in ranked})
    above = {
        one.least
        for one in turned
        if one.larger and one.smaller and _land(one.larger) == lands[-1] > _land(one.smaller)
    }
    assert above == {BASE}


def _land(at: Cell) -> str:
    return dict(at)["land_van_herkomst"][0]


def test_a_part_shows_as_much_as_its_cell_and_no_more() -> None:
    exact = {EVERYBODY: 3}
    assert UpperBounds({EVERYBODY: 5}).towards(exact, BASE) == {}
    assert UpperBounds({}).towards(exact, BASE) == {}
    assert UpperBounds({EVERYBODY: 4}).towards(exact, BASE) == {EVERYBODY: 0}
    assert UpperBounds({EVERYBODY: 9}).towards({EVERYBODY: 8}, BASE) == {EVERYBODY: 5}
    assert UpperBounds({EVERYBODY: 5}).passed({EVERYBODY: 5}) == []
    assert UpperBounds({EVERYBODY: 5}).passed({EVERYBODY: 10}) == [EVERYBODY]


@pytest.mark.parametrize(("left", "together"), [(20, True), (15, False)])
def test_a_group_stands_out_from_so_many_who_left_on(left: int, together: bool) -> None:
    """All counts are multiples of the base, so that what is shown is what is counted."""
    ages = (("5022", "35 tot 45"), ("6022", "45 tot 55"), ("6030", "55 tot 65"))
    people = {(land, age, status): n for land, age in ages for status, n in MIXED}
    people |= {("9049", "65 en ouder", "OVERLEDEN"): left, ("9049", "65 en ouder", "IBP"): 70}
    table = cube({("V", land, "0363", age, code, "NIEUWKOMER"): n for (land, age, code), n in people.items()})
    timed = outflow_of(left_at(table, "2022-01-01"), DAY, cells.load_choices())
    made = protect(asked(table, BASE, timed), draws(b"een sleutel"))
    assert made.outflow is not None
    assert ("9049" in made.outflow.together.get("land_van_herkomst", ())) == together


@pytest.mark.parametrize(("left", "together"), [(20, True), (19, False)])
def test_between_two_peildata_a_group_stands_out_from_as_many_on(left: int, together: bool) -> None:
    mixed = {(land, route): 50 for land in ("5022", "6022", "6030") for route in ("VOLDAAN", "NI")}
    pair = ("wi2007", "land_van_herkomst", "statuscode")
    found = standing_out({pair: {**mixed, ("9049", "OVERLEDEN"): left}}, RULES, {}, ["wi2007"])
    assert ("9049" in found.get(("wi2007", "land_van_herkomst"), ())) == together
