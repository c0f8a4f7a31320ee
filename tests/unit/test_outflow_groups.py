"""Which groups of the outflow stand together: those that tell, those that tables hide, and the smallest beside them."""

from __future__ import annotations

from datetime import date

import pytest
from gate_files import cube, left_at

from schemas.disclosure import Disclosure
from schemas.outflow import AGE, AGE_AT_START
from wi2007 import reference
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection.outflow import Outflow, outflow_of
from wi2007.tempo import cells

DAY = date(2022, 7, 1)
LAND = "land_van_herkomst"
RULES: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
FIRST, SECOND, THIRD = sorted(cells.load_choices().landen.apart)[:3]
LEAST = RULES.groepsonthulling.uitstroom_vanaf
OTHER = "6030"
"""A country that is never told apart."""


def leaving(groups: dict[tuple[str, str, str], int]) -> Outflow:
    """The outflow of persons by country, age class and status: all in the last stretch but who is obliged."""
    table = cube(
        {("V", land, "0363", age, status, "NIEUWKOMER"): n for (land, age, status), n in groups.items()}
    )
    return outflow_of(left_at(table, "2022-01-01"), DAY, cells.load_choices())


def mixed(land: str, age: str, times: int = 1) -> dict[tuple[str, str, str], int]:
    return {(land, age, status): times * n for status, n in (("VOLDAAN", 40), ("IBP", 35), ("NI", 25))}


THREE = {
    **mixed(FIRST, "25 tot 35", 3),
    **mixed(SECOND, "35 tot 45", 2),
    **mixed(THIRD, "45 tot 55", 4),
}


def together(
    groups: dict[tuple[str, str, str], int], **merged: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """What stands together when the counts are shown as they are, and tables hide these codes."""
    timed = leaving(groups)
    hidden = {("wi2007", variable): codes for variable, codes in merged.items()}
    return dict(timed.settled(timed.counts, RULES, hidden).together)


def test_where_nothing_tells_nothing_stands_together() -> None:
    timed = leaving(THREE)
    assert timed.settled(timed.counts, RULES, {}) is timed


def test_what_tables_hide_does_not_stand_alone_in_the_outflow() -> None:
    assert together(THREE, land_van_herkomst=(FIRST, THIRD)) == {LAND: (FIRST, THIRD)}
    assert together(THREE, **{AGE: ("25 tot 35", "45 tot 55")}) == {AGE_AT_START: ("25 tot 35", "45 tot 55")}


def test_codes_of_another_variable_or_that_are_not_told_hide_nothing() -> None:
    assert together(THREE, gemeente=(FIRST,), statuscode=("25 tot 35",)) == {}
    assert together(THREE, land_van_herkomst=(OTHER,)) == {}


def test_an_age_class_alone_is_hidden_with_the_one_of_the_fewest_persons() -> None:
    """There are no classes that never stand alone, so another one joins: not the first by name."""
    ages = dict.fromkeys(reference.age_labels(), 2) | {"55 tot 65": 1}
    groups = {key: n for age, times in ages.items() for key, n in mixed(FIRST, age, times).items()}
    assert together(groups, **{AGE: ("35 tot 45",)}) == {AGE_AT_START: ("35 tot 45", "55 tot 65")}


def test_countries_that_are_never_told_apart_hide_the_one_that_joins_them() -> None:
    with_others = THREE | mixed(OTHER, "55 tot 65")
    assert together(with_others, land_van_herkomst=(FIRST,)) == {LAND: (FIRST,)}


@pytest.mark.parametrize("told", [FIRST, THIRD])
def test_a_country_of_which_all_took_one_route_joins_the_others(told: str) -> None:
    one_route = {(told, "65 en ouder", "OVERLEDEN"): 900, (told, "65 en ouder", "IBP"): 10}
    rest = {key: n for key, n in THREE.items() if key[0] != told} | mixed(OTHER, "55 tot 65", 30)
    assert together(rest | one_route)[LAND] == (told,)


def test_the_rest_that_still_tells_takes_the_country_of_the_fewest_persons_with_it() -> None:
    """Everybody of the other countries who left died; whole codes count, and in every stretch."""
    times = dict.fromkeys(cells.load_choices().landen.apart, 3) | {THIRD: 1}
    groups = {key: n for land, often in times.items() for key, n in mixed(land, "45 tot 55", often).items()}
    assert together(groups | {(OTHER, "65 en ouder", "OVERLEDEN"): 60})[LAND] == (THIRD,)


def test_cells_of_several_codes_do_not_make_one_of_them_larger() -> None:
    """A table tells the smallest country together with another: that is no count of either."""
    times = dict.fromkeys(cells.load_choices().landen.apart, 3) | {THIRD: 1}
    groups = {key: n for land, often in times.items() for key, n in mixed(land, "45 tot 55", often).items()}
    timed = leaving(groups | {(OTHER, "65 en ouder", "OVERLEDEN"): 60})
    shown = {**timed.counts, ((LAND, (THIRD, OTHER)),): 10_000}
    assert timed.settled(shown, RULES, {}).together[LAND] == (THIRD,)


def test_who_left_counts_for_the_size_of_a_country_as_who_is_obliged_does() -> None:
    times = dict.fromkeys(cells.load_choices().landen.apart, 3) | {SECOND: 1}
    groups = {key: n for land, often in times.items() for key, n in mixed(land, "45 tot 55", often).items()}
    few_obliged = {(THIRD, "45 tot 55", "IBP"): 1, (OTHER, "65 en ouder", "OVERLEDEN"): 60}
    assert together(groups | few_obliged)[LAND] == (SECOND,)


def test_axes_name_what_stands_alone_and_the_rest() -> None:
    timed = leaving(THREE | mixed(OTHER, "55 tot 65"))
    shown = timed.settled(timed.counts, RULES, {("wi2007", LAND): (FIRST,)}).axes[LAND]
    assert shown[-1].codes == tuple(sorted((FIRST, OTHER)))
    assert {one.codes for one in shown[:-1]} >= {(SECOND,), (THIRD,)}
    assert (FIRST,) not in {one.codes for one in shown}


@pytest.mark.parametrize(("left", "hidden"), [(LEAST, True), (LEAST - 1, False)])
def test_a_group_tells_from_so_many_who_left_on(left: int, hidden: bool) -> None:
    one_route = {(FIRST, "25 tot 35", "OVERLEDEN"): left}
    others = mixed(SECOND, "25 tot 35", 3) | mixed(OTHER, "25 tot 35", 3)
    assert (together(others | one_route).get(LAND) == (FIRST,)) == hidden


@pytest.mark.parametrize(("of_hundred", "hidden"), [(91, True), (90, False)])
def test_a_group_tells_over_the_share_only(of_hundred: int, hidden: bool) -> None:
    nearly = {(FIRST, "25 tot 35", "OVERLEDEN"): of_hundred, (FIRST, "25 tot 35", "NI"): 100 - of_hundred}
    others = mixed(SECOND, "25 tot 35", 3) | mixed(OTHER, "25 tot 35", 3)
    assert (together(others | nearly).get(LAND) == (FIRST,)) == hidden


def test_a_route_that_nearly_everybody_took_tells_nothing_of_a_group() -> None:
    usual = {(land, "25 tot 35", "OVERLEDEN"): 300 for land in (FIRST, SECOND, OTHER)}
    assert together(usual) == {}


def test_persons_are_counted_by_any_of_their_traits_and_cells_of_nobody_are_left_out() -> None:
    persons = leaving(THREE | mixed(OTHER, "55 tot 65")).persons
    assert persons.codes(LAND) == sorted([FIRST, SECOND, THIRD, OTHER])
    here, there = (
        ((LAND, (FIRST, SECOND)), ("statuscode", ("VOLDAAN",))),
        ((LAND, (FIRST,)), ("statuscode", ("NEE",))),
    )
    crossed = ((LAND, (FIRST, THIRD)), ("leeftijdsklasse", ("45 tot 55",)))
    assert persons.counts([here, there, crossed]) == {here: 3 * 40 + 2 * 40, crossed: 400}
    assert persons.who([here, here, there]).keys() == {here}
