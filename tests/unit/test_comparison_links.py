"""Each part of the change between two peildata, for one person at a time; and the decisions that set the parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from comparison_people import AFTER, BEFORE, DECISIONS, Person, as_cube, as_people, populations
from examples import examples
from hypothesis import given

from schemas.change import ChangeRow
from schemas.comparison import BEFORE as FIRST_BEFORE
from schemas.comparison import NET, PARTS, Comparison
from schemas.cube import DIMENSIONS
from schemas.flows import FLOWS
from tests.helpers.exact_tables import decomposition
from wi2007.comparison.chain import Case, Recognised
from wi2007.comparison.compare import compare, is_renewed, record
from wi2007.comparison.decomposition import Peildata
from wi2007.comparison.people import Flows, added, balanced, negative
from wi2007.comparison.settings import COMPARISON, read_comparison
from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.tables.specification import load

OTHERS = [Person(f"Q{at}") for at in range(20)]
"""Stay as they are, so that the pseudonyms are the same."""
MIDDLE = Person(geboortedatum="19701001", statuscode="IBP", gemeente="0518")


def events(
    then: list[Person], now: list[Person], case: Case | None = None
) -> list[tuple[str, str, str, str]]:
    """Part, direction, route and cell of every event; the others have none."""
    case = case or Case(BEFORE, AFTER, DECISIONS)
    before, after = [*OTHERS, *then], [*now, *OTHERS]
    found = compare(
        [(as_people(before, BEFORE), as_people(after, AFTER))],
        (as_cube(before, BEFORE), as_cube(after, AFTER)),
        case,
    )
    assert not found.renewed
    rows = found.events.to_pylist()
    return [
        (row["deel"], row["richting"], row["route"], " ".join(row[name] for name in DIMENSIONS))
        for row in rows
        for _ in range(row["aantal"])
    ]


def parts(then: Person, now: Person, case: Case | None = None) -> list[str]:
    """The parts of one person's way, each once, in the order of the chain."""
    found = {part for part, *_ in events([then], [now], case)}
    return [part for part in PARTS if part in found]


def changed(**traits: object) -> Person:
    return replace(MIDDLE, **traits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (MIDDLE, MIDDLE, []),
        (changed(gemeente="0457"), changed(gemeente="0363"), ["herindeling"]),
        (changed(gemeente="0457"), changed(gemeente="0457"), ["herindeling"]),
        (changed(gemeente="0457"), MIDDLE, ["herindeling", "verhuisd"]),
        (changed(gemeente="0788"), changed(gemeente="0865"), ["herindeling"]),
        (changed(gemeente="0788"), changed(gemeente="0363"), ["herindeling", "verhuisd"]),
        (MIDDLE, changed(gemeente="1999"), ["verhuisd"]),
        (changed(gemeente="1999"), MIDDLE, ["verhuisd"]),
        (MIDDLE, changed(gemeente="0000"), ["gecorrigeerd"]),
        (changed(gemeente="0000"), MIDDLE, ["gecorrigeerd"]),
        (MIDDLE, changed(geslacht="M"), ["gecorrigeerd"]),
        (MIDDLE, changed(land_van_herkomst="6022"), ["gecorrigeerd"]),
        (MIDDLE, changed(doelgroep="Onbekend"), ["gecorrigeerd"]),
        (MIDDLE, changed(geboortedatum="19701101"), []),
        (MIDDLE, changed(geboortedatum="19501101"), ["gecorrigeerd"]),
        (MIDDLE, changed(geboortedatum="19770801"), ["gecorrigeerd", "ouder"]),
        (changed(geboortedatum="19680601"), changed(geboortedatum="19680601"), ["ouder"]),
        (changed(geboortedatum="19680601"), changed(geboortedatum="19700601"), []),
        (MIDDLE, changed(statuscode="VOLDAAN", statusdatum=date(2023, 1, 1)), ["uitgestroomd"]),
        (MIDDLE, changed(statuscode="VOLDAAN"), ["uitgestroomd"]),
        (MIDDLE, changed(statuscode="VOLDAAN", statusdatum=BEFORE), ["gecorrigeerd"]),
        (changed(statuscode="NI"), changed(statusdatum=date(2010, 1, 1)), ["teruggekomen"]),
        (changed(statuscode="NI"), changed(statuscode="VOLDAAN"), ["andere_route"]),
        (
            changed(statuscode="NI"),
            changed(statuscode="VOLDAAN", statusdatum=date(2010, 1, 1)),
            ["gecorrigeerd"],
        ),
        (changed(statuscode="NI"), changed(statuscode="NIPI"), ["andere_code"]),
        (MIDDLE, changed(excluded=True), ["gecorrigeerd"]),
        (changed(excluded=True), MIDDLE, ["gecorrigeerd"]),
        (changed(excluded=True), changed(excluded=True, geslacht="M"), []),
        (
            changed(gemeente="0501", geboortedatum="19680601", geslacht="M"),
            changed(gemeente="0363", geboortedatum="19680601", statuscode="OVERLEDEN"),
            ["herindeling", "gecorrigeerd", "verhuisd", "ouder", "uitgestroomd"],
        ),
    ],
)
def test_the_parts_of_one_persons_way(then: Person, now: Person, expected: list[str]) -> None:
    assert parts(then, now) == expected


def test_a_person_leaves_the_cell_where_he_was_and_enters_the_one_where_he_is_then() -> None:
    then = changed(gemeente="0457", geboortedatum="19680601")
    now = changed(gemeente="0518", geboortedatum="19680601", statuscode="ONTHEFFING_AGI")
    assert sorted(events([then], [now])) == [
        ("herindeling", "in", "", "V 5022 0363 45 tot 55 IBP NIEUWKOMER"),
        ("herindeling", "uit", "", "V 5022 0457 45 tot 55 IBP NIEUWKOMER"),
        ("ouder", "in", "", "V 5022 0518 55 tot 65 IBP NIEUWKOMER"),
        ("ouder", "uit", "", "V 5022 0518 45 tot 55 IBP NIEUWKOMER"),
        ("uitgestroomd", "in", "Ontheffing", "V 5022 0518 55 tot 65 ONTHEFFING_AGI NIEUWKOMER"),
        ("uitgestroomd", "uit", "Ontheffing", "V 5022 0518 55 tot 65 IBP NIEUWKOMER"),
        ("verhuisd", "in", "", "V 5022 0518 45 tot 55 IBP NIEUWKOMER"),
        ("verhuisd", "uit", "", "V 5022 0363 45 tot 55 IBP NIEUWKOMER"),
    ]


def test_who_is_gone_leaves_after_his_municipality_was_merged_and_who_is_new_enters_as_he_is() -> None:
    assert sorted(events([changed(gemeente="0788")], [changed(number="P2", gemeente="1992")])) == [
        ("herindeling", "in", "", "V 5022 0824 45 tot 55 IBP NIEUWKOMER"),
        ("herindeling", "uit", "", "V 5022 0788 45 tot 55 IBP NIEUWKOMER"),
        ("nieuw_in_register", "in", "", "V 5022 1992 45 tot 55 IBP NIEUWKOMER"),
        ("uit_register", "uit", "", "V 5022 0824 45 tot 55 IBP NIEUWKOMER"),
    ]


def test_the_route_of_who_came_back_is_the_one_he_came_from() -> None:
    found = events([changed(statuscode="GEHEEL_VRIJGESTELD")], [MIDDLE])
    assert {(part, route) for part, _, route, _ in found} == {("teruggekomen", "Gehele vrijstelling")}


def test_a_column_that_one_delivery_lacks_is_another_definition() -> None:
    case = Case(BEFORE, AFTER, DECISIONS, frozenset({"doelgroep"}))
    assert parts(changed(doelgroep="Onbekend"), MIDDLE, case) == ["definitie"]
    assert parts(changed(doelgroep="Onbekend"), changed(geslacht="M"), case) == ["definitie", "gecorrigeerd"]


def with_decisions(change: Callable[[dict[str, object]], None]) -> Case:
    raw = DECISIONS.model_dump()
    change(raw)
    return Case(BEFORE, AFTER, Comparison.model_validate(raw))


def test_what_counts_as_put_right_is_a_decision() -> None:
    def nothing(raw: dict[str, object]) -> None:
        raw["gecorrigeerd"] |= {"eerdere_status": [], "onbekende_gemeente": False}  # type: ignore[operator]

    case = with_decisions(nothing)
    assert parts(MIDDLE, changed(statuscode="VOLDAAN", statusdatum=BEFORE), case) == ["uitgestroomd"]
    assert parts(MIDDLE, changed(gemeente="0000"), case) == ["verhuisd"]


def test_the_order_of_the_links_is_a_decision() -> None:
    def status_first(raw: dict[str, list[dict[str, object]]]) -> None:
        links = raw["delen"]
        links.insert(4, links.pop(6))

    case = with_decisions(status_first)  # type: ignore[arg-type]
    then = changed(geboortedatum="19680601")
    found = events([then], [replace(then, statuscode="NI")], case)
    assert ("uitgestroomd", "uit", "Onbekend", "V 5022 0518 45 tot 55 IBP NIEUWKOMER") in found
    assert ("ouder", "in", "", "V 5022 0518 55 tot 65 NI NIEUWKOMER") in found


@pytest.mark.parametrize(
    ("found", "renewed"),
    [
        (Recognised(0, 0, 0, 0), False),
        (Recognised(100, 50, 50, 50), False),
        (Recognised(100, 49, 49, 49), True),
        (Recognised(100, 100, 100, 50), False),
        (Recognised(100, 100, 100, 49), True),
        (Recognised(100, 100, 0, 0), False),
    ],
)
def test_pseudonyms_are_renewed_when_few_are_found_or_others_stand_behind_them(
    found: Recognised, renewed: bool
) -> None:
    assert is_renewed(found, DECISIONS.pseudoniemen) is renewed


def test_of_renewed_pseudonyms_only_mergers_and_the_net_change_are_told() -> None:
    before = [changed(number=f"A{at}", gemeente="0457") for at in range(3)]
    after = [changed(number=f"B{at}", gemeente="0363") for at in range(5)]
    case = Case(BEFORE, AFTER, DECISIONS)
    cubes = as_cube(before, BEFORE), as_cube(after, AFTER)
    found = compare([(as_people(before, BEFORE), as_people(after, AFTER))], cubes, case)
    rows = {
        (row["deel"], row["richting"], row["gemeente"]): row["aantal"] for row in found.events.to_pylist()
    }
    assert rows == {
        ("herindeling", "uit", "0457"): 3,
        ("herindeling", "in", "0363"): 3,
        (NET, "in", "0363"): 2,
    }
    told = record(found, case)
    assert (told["pseudoniemen"], told["herkend"]["daarvan_in_deze_levering"]) == ("vernieuwd", 0)


def test_the_rest_of_a_ranking_is_another_rest() -> None:
    """Of two countries the largest stands alone; who is in Overig changes while nobody does."""
    specification = load(CONFIG / "tables.yaml")
    raw = specification.model_dump()
    raw["tables"] = [
        {
            "number": "9.1",
            "title": "Proef",
            "population": "nog_inburgeringsplichtig",
            "columns": {"variable": "geslacht", "total": True},
            "rows": [{"variable": "land_van_herkomst", "largest": 1, "rest": "Overig"}],
        }
    ]
    before = [*OTHERS[:4], *(changed(number=f"C{at}", land_van_herkomst="6022") for at in range(3))]
    after = [*OTHERS[:2], *before[4:]]
    cubes = as_cube(before, BEFORE), as_cube(after, AFTER)
    case = Case(BEFORE, AFTER, DECISIONS)
    found = compare([(as_people(before, BEFORE), as_people(after, AFTER))], cubes, case)
    changes = decomposition(
        found.events,
        cubes,
        type(specification).model_validate(raw),
        Peildata(BEFORE, AFTER),
        DECISIONS,
    )
    assert of(changes, "China") == {"begin": 3, "eind": 3}
    assert of(changes, "Overig") == {"begin": 3, "definitie": 1, "uit_register": -2, "eind": 2}
    assert of(changes, "totaal") == {"begin": 7, "uit_register": -2, "eind": 5}


def of(changes: list[ChangeRow], row: str) -> dict[str, int]:
    return {one.deel: one.aantal for one in changes if (one.rij, one.kolom) == (row, "totaal")}


def test_the_decisions_name_every_part_once_with_its_reason() -> None:
    decisions = read_comparison()
    assert sorted(decisions.order) == sorted(PARTS)
    assert decisions.by_route == {"uitgestroomd"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  - deel: verhuisd", "  - deel: ouder", "'ouder' staat er twee keer"),
        ("  - deel: verhuisd", "  - deel: verhuizing", "verhuizing"),
        ("Nog steeds inburgeringsplichtig\n", "Nog steeds\n", "geen uitstroomroute"),
        ("minstens_gevonden: 50", "minstens_gevonden: 150", "te groot"),
        ("onbekende_gemeente: true", "onbekende_gemeente: ja", "true of false"),
        ("eerdere_status: [uitgestroomd,", "eerdere_status: [verhuisd,", "'verhuisd' kan hier niet"),
    ],
)
def test_a_mistake_in_the_decisions_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = COMPARISON.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "vergelijking.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match="is niet goed ingevuld") as refused:
        read_comparison(path)
    assert told in str(refused.value)


@pytest.mark.parametrize(("first", "later"), FIRST_BEFORE)
def test_a_part_that_would_never_occur_is_a_mistake(first: str, later: str) -> None:
    raw = DECISIONS.model_dump()
    links = {link["deel"]: link for link in raw["delen"]}
    order = [name for name in links if name != first]
    order.insert(order.index(later) + 1, first)
    raw["delen"] = [links[name] for name in order]
    found = [what for _, what in Comparison.model_validate(raw).mistakes()]
    assert any(f"'{first}' staat na '{later}'" in what for what in found)


def test_two_persons_who_changed_places_do_not_balance_although_all_counts_agree() -> None:
    here, there = Person("A"), Person("B", gemeente="0518")
    swapped = [replace(here, number="B"), replace(there, number="A")]
    before, after = as_cube([here, there], BEFORE), as_cube(swapped, BEFORE)
    assert before.drop_columns("wie").equals(after.drop_columns("wie"))
    nothing = FLOWS.arrow.empty_table()
    assert balanced(before, nothing, before)
    assert not balanced(before, nothing, after)
    assert balanced(before, nothing, after, followed=False)


def test_events_of_another_person_do_not_balance() -> None:
    here, moved = Person("A"), Person("A", gemeente="0518")
    before, after = as_cube([here], BEFORE), as_cube([moved], BEFORE)
    flows, other = Flows(), Flows()
    for found, name in ((flows, "A"), (other, "B")):
        state = [as_people([replace(one, number=name)], BEFORE) for one in (here, moved)]
        found.moved("verhuisd", state[0].who, state[0].state, state[1].state)
    assert balanced(before, flows.table(), after)
    assert not balanced(before, other.table(), after)
    assert not balanced(before, FLOWS.arrow.empty_table(), after, followed=False)


@examples(30)
@given(populations())
def test_renewed_numbers_balance_by_count_alone(two: tuple[list[Person], list[Person]]) -> None:
    before, after = as_cube(two[0], BEFORE), as_cube(two[1], AFTER)
    renewed = [replace(one, number=f"X{one.number}") for one in two[0]]
    assert balanced(before, FLOWS.arrow.empty_table(), as_cube(renewed, BEFORE), followed=False)
    inside = any(not one.excluded for one in two[0])
    assert balanced(before, FLOWS.arrow.empty_table(), as_cube(renewed, BEFORE)) is not inside
    rest = added([after, negative(after)])
    assert rest.num_rows == 0
