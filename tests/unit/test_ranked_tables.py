"""Rankings in the gate: which categories follow from sizes, and what a rounding has to keep of an order."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from gate_files import cube

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection.cells import Cell, Tables
from wi2007.protection.ranking import categories, orders
from wi2007.protection.request import ProtectionRequest
from wi2007.tables.build import counted

DAY = date(2022, 7, 1)
BASE = 5
RULES: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
FAR = 2 * BASE * RULES.ruimer
"""Two counts so far apart keep their order in every rounding."""
LANDS = ("wi2007", "land_van_herkomst")
TABLE = {
    "number": "1",
    "title": "De grootste landen",
    "population": "wi2007",
    "columns": {"variable": "doelgroep"},
    "rows": [{"variable": "geslacht"}, {"variable": "land_van_herkomst", "largest": 2, "rest": "Overig"}],
}


def request(*, oudkomers: int = 0, **lands: int) -> ProtectionRequest:
    """Persons by country; the table ranks the two largest after an axis without a ranking, and before another."""
    raw = {**yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8")), "tables": [TABLE]}
    specification = Specification.model_validate(raw)
    alike = ("0363", "45 tot 55", "IBP")
    people = {("V", land[1:], *alike, "NIEUWKOMER"): count for land, count in lands.items()}
    if oudkomers:
        people["V", "5022", *alike, "OUDKOMER"] = oudkomers
    exact = counted(cube(people), specification)
    return ProtectionRequest(Tables(exact, specification), {}, DAY, BASE, RULES)


def kept(**lands: int) -> set[tuple[str, str, int]]:
    """Of every order that a rounding has to keep: the larger, the smaller (or nobody) and the least difference."""
    asked = request(**lands)
    return {(_land(one.larger), _land(one.smaller), one.least) for one in orders(asked, {}, asked.sizes)}


def _land(at: Cell | None) -> str:
    return dict(at)["land_van_herkomst"][0] if at else ""


def test_who_ranks_has_persons_and_counts_no_less_than_who_does_not() -> None:
    assert kept(_5022=40, _5023=40, _5024=40) == {
        ("5022", "", BASE),
        ("5023", "", BASE),
        ("5022", "5024", 0),
        ("5023", "5024", 0),
    }


def test_a_code_that_ranks_above_a_lower_one_counts_more() -> None:
    assert ("5024", "5022", BASE) in kept(_5022=40, _5023=50, _5024=45)


@pytest.mark.parametrize(("apart", "asked"), [(FAR - 1, True), (FAR, False)])
def test_an_order_is_asked_for_only_where_a_rounding_could_turn_it(apart: int, asked: bool) -> None:
    found = kept(_5022=40 + apart, _5023=40 + apart, _5024=40)
    assert (("5022", "5024", 0) in found) == asked
    assert ("5022", "", BASE) in found, "that somebody is there is always asked for"


def test_a_code_that_never_ranks_is_in_no_order() -> None:
    assert kept(_0000=90, _5022=40) == {("5022", "", BASE)}


def test_where_there_is_room_left_who_does_not_rank_has_nobody() -> None:
    """In rounded counts only one country is left, so the other may not come back."""
    asked = request(_5022=40, _5023=2)
    rounded = {**asked.sizes, LANDS: {"5022": 40, "5023": 0}}
    found = {(_land(one.larger), _land(one.smaller), one.least) for one in orders(asked, {}, rounded)}
    assert found == {("5022", "", BASE), ("", "5023", 0)}


def test_the_rest_of_a_ranking_is_a_category_where_rankings_are_asked_for() -> None:
    asked = request(_5022=40, _5023=30, _5024=20, _5025=10)
    assert categories(asked, {}, asked.sizes)[LANDS] == {("5024", "5025")}
    assert LANDS not in categories(asked, {}, asked.sizes, ranked=False)


def test_codes_that_are_shown_as_one_do_not_rank() -> None:
    asked = request(_5022=40, _5023=30, _5024=20, _5025=10)
    together = {LANDS: ("5022", "5023")}
    assert categories(asked, together, asked.sizes)[LANDS] == {("5022", "5023")}
    ranked = {_land(one.larger) for one in orders(asked, together, asked.sizes)}
    assert ranked == {"5024", "5025"}


def test_categories_of_an_axis_after_a_ranked_one_are_found_without_the_ranking() -> None:
    asked = request(oudkomers=5, _5022=40)
    targets = ("wi2007", "doelgroep")
    found = categories(asked, {targets: ("NIEUWKOMER", "OUDKOMER", "Onbekend")}, asked.sizes, ranked=False)
    assert found == {targets: {("NIEUWKOMER", "OUDKOMER")}}
