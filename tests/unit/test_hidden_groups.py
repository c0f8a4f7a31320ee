"""Groups that may not stand alone: of two traits, of who left, at the edge of the share; and the sets tables show."""

from __future__ import annotations

from datetime import date

import pytest
from one_table import sex_by

from schemas.disclosure import Disclosure
from schemas.tidy import TOTAL
from wi2007.comparison.decomposition import Peildata
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection.groups import crossing, labels, merged, sets, settle, standing_out, together

RULES: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
RULE = RULES.groepsonthulling
BASE = 5
LEAST = RULE.uitstroom_vanaf
PAIR = ("wi2007", "land_van_herkomst", "geslacht")
LANDS = ("wi2007", "land_van_herkomst")
BY_ROUTE = ("wi2007", "land_van_herkomst", "uitstroomroute")
RNI = ("gemeente", "1999")
EVERYWHERE = ("wi2007", "ontheven")


def left(
    *told: str, size: int = LEAST, **more: int
) -> dict[str, dict[tuple[str, str, str], dict[tuple[str, str], int]]]:
    """Who left by route: of four countries men and women by two routes alike, of those `told` all women by one."""
    voldaan = {(land, sex): 50 for land in ("5022", "6022", "6030") for sex in "MV"} | {
        ("7042", "M"): 40,
        ("7042", "V"): 40,
    }
    ontheven = dict(voldaan)
    for land in told:
        voldaan |= {(land, "V"): size, (land, "M"): 30}
        ontheven |= {(land, "V"): more.get("others", 0), (land, "M"): 30}
    return {"Voldaan": {PAIR: voldaan}, "Ontheffing": {PAIR: ontheven}}


def test_women_of_a_country_who_all_took_one_route_are_hidden_among_the_smallest_in_every_population() -> (
    None
):
    found = crossing(left("9049"), RULE, BASE, {}, EVERYWHERE)
    assert found == {(name, "land_van_herkomst"): ("7042", "9049") for name in EVERYWHERE}


def test_two_such_countries_are_hidden_with_the_smallest_other_one() -> None:
    """The women of both together still tell: one country more hides them, and a second is not needed."""
    found = crossing(left("9049", "5024"), RULE, BASE, {}, ["wi2007"])
    assert found == {LANDS: ("5024", "7042", "9049")}


@pytest.mark.parametrize(("size", "hidden"), [(LEAST, True), (LEAST - 1, False)])
def test_a_crossed_group_is_looked_at_from_so_many_who_left_on(size: int, hidden: bool) -> None:
    assert bool(crossing(left("9049", size=size), RULE, BASE, {}, ["wi2007"])) == hidden


@pytest.mark.parametrize(("size", "hidden"), [(40, True), (39, False)])
def test_with_a_larger_base_it_takes_four_bases(size: int, hidden: bool) -> None:
    assert bool(crossing(left("9049", size=size), RULE, 10, {}, ["wi2007"])) == hidden


def test_what_was_hidden_stays_and_what_tells_nothing_adds_nothing() -> None:
    before = {("ontheven", "gemeente"): ("0363", "0518")}
    assert crossing(left(), RULE, BASE, before, EVERYWHERE) == before


def test_what_is_exempt_is_not_hidden_for_a_second_trait_and_hides_nobody() -> None:
    variable, code = RNI
    assert code in RULE.exempt(variable)
    pair = ("wi2007", "geslacht", variable)
    other = {("M", place): 50 for place in ("0363", "0518")} | {
        ("V", place): 50 for place in ("0363", "0518")
    }
    one = {pair: other | {("V", code): 60}}
    assert crossing({"Voldaan": one, "Ontheffing": {pair: other}}, RULE, BASE, {}, ["wi2007"]) == {}


def test_a_pair_with_the_route_itself_is_no_crossing() -> None:
    pair = ("wi2007", "land_van_herkomst", "statuscode")
    told = {("9049", "VOLDAAN"): 60, ("5022", "VOLDAAN"): 50}
    assert (
        crossing(
            {"Voldaan": {pair: told}, "Ontheffing": {pair: {("5022", "NI"): 90}}}, RULE, BASE, {}, ["wi2007"]
        )
        == {}
    )


@pytest.mark.parametrize(("of_everybody", "hidden"), [(90, True), (91, False)])
def test_a_category_is_usual_only_over_the_share_of_everybody(of_everybody: int, hidden: bool) -> None:
    """Of everybody just the share took one route: a group in which all did still tells."""
    counts = {("5022", "A"): of_everybody - 30, ("6022", "A"): 30, ("5022", "B"): 100 - of_everybody}
    assert bool(merged({BY_ROUTE: counts}, RULE, {})) == hidden


def test_of_who_left_the_route_may_stand_in_the_rows_or_in_the_columns() -> None:
    mixed = {(land, route): 50 for land in ("5022", "6022", "6030") for route in ("A", "B")} | {
        ("9049", "A"): LEAST
    }
    turned = {(route, land): count for (land, route), count in mixed.items()}
    across = ("wi2007", "uitstroomroute", "land_van_herkomst")
    for pair, counts in ((BY_ROUTE, mixed), (across, turned)):
        found = standing_out({pair: counts}, RULES, {}, EVERYWHERE)
        assert found == {(name, "land_van_herkomst"): ("6030", "9049") for name in EVERYWHERE}


def test_who_left_by_something_else_than_a_route_stands_alone() -> None:
    assert standing_out({PAIR: {("9049", "V"): 90, ("5022", "M"): 90}}, RULES, {}, ["wi2007"]) == {}


def test_what_is_hidden_in_one_is_hidden_in_all() -> None:
    assert together({LANDS: ("2", "1")}, {LANDS: ("3", "1")}) == {LANDS: ("1", "2", "3")}


def test_groups_settle_when_no_more_stand_out_and_else_it_is_a_mistake() -> None:
    assert settle(0, lambda groups: (f"made of {groups}", min(groups + 1, 3))) == "made of 3"
    with pytest.raises(AssertionError, match="settle"):
        settle(0, lambda groups: ("", groups + 1))


def test_a_set_is_every_label_of_several_codes_that_occur() -> None:
    labels_of = {"1": (TOTAL, "een"), "2": (TOTAL, "rest"), "3": (TOTAL, "rest"), "4": (TOTAL, "rest")}
    assert sets([(LANDS, labels_of)], {LANDS: ["4", "2", "1"]}) == {LANDS: {("2", "4")}}
    assert sets([(LANDS, labels_of)], {}) == {LANDS: set()}


def test_labels_of_a_comparison_follow_the_ranking_of_the_later_table() -> None:
    specification = sex_by(variable="land_van_herkomst", largest=1, rest="Overig")
    earlier = {PAIR: {("5022", "M"): 9, ("6022", "V"): 1, ("6030", "V"): 1}}
    later = {PAIR: {("5022", "M"): 2, ("6022", "V"): 8}}
    found = dict(labels(specification, (earlier, later), Peildata(date(2022, 1, 1), date(2022, 7, 1)), {}))
    of_land = found[LANDS]
    assert (of_land["5022"], of_land["6022"], of_land["6030"]) == (
        (TOTAL, "Overig"),
        (TOTAL, "China"),
        (TOTAL, "Overig"),
    )
    assert found["wi2007", "geslacht"]["V"] == (TOTAL, "vrouw")


def test_labels_of_a_comparison_name_what_only_the_earlier_table_has_or_what_occurred_between() -> None:
    """Appingedam and Loppersum ended in 2021; what is hidden at the later peildatum is one category."""
    specification = sex_by(variable="gemeente", present_only=True)
    pair, at = ("wi2007", "gemeente", "geslacht"), ("wi2007", "gemeente")
    earlier, later = (
        {pair: {("0003", "M"): 9, ("0363", "M"): 9}},
        {pair: {("0363", "M"): 9, ("0518", "M"): 9}},
    )
    days = Peildata(date(2020, 7, 1), date(2022, 7, 1), ({}, {at: ("0363", "0518")}))
    found = dict(labels(specification, (earlier, later), days, {at: ["0024"]}))[at]
    assert {code: found[code] for code in ("0003", "0024", "0363", "0518")} == {
        "0003": (TOTAL, "Appingedam"),
        "0024": (TOTAL, "Loppersum"),
        "0363": (TOTAL, "Samengevoegd"),
        "0518": (TOTAL, "Samengevoegd"),
    }
