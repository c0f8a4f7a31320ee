"""Whoever the persons are: the events tell everybody's way, and lead from every cell of every table to the next."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from comparison_people import AFTER, BEFORE, DECISIONS, Person, as_cube, as_people, counted, populations, told
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.change import ChangeRow
from schemas.comparison import NET
from schemas.flows import FLOWS
from schemas.policy import OF_POLICY
from schemas.tables import Specification
from schemas.tidy import TidyRow
from tests.helpers.exact_tables import decomposition, tidy_tables
from wi2007.comparison.chain import Case
from wi2007.comparison.compare import Compared, compare
from wi2007.comparison.decomposition import Peildata
from wi2007.comparison.people import in_part
from wi2007.project import CONFIG
from wi2007.tables.specification import load

SPECIFICATION = load(CONFIG / "tables.yaml").for_comparison
CASE = Case(BEFORE, AFTER, DECISIONS)
ALWAYS = DECISIONS.model_copy(
    update={
        "pseudoniemen": DECISIONS.pseudoniemen.model_copy(
            update={"minstens_gevonden": 0, "minstens_zelfde_geboortedatum": 0}
        )
    }
)
FOLLOWED = Case(BEFORE, AFTER, ALWAYS)
"""Follows persons also where few are the same."""
Cell = tuple[str, str, str, str]
Two = tuple[list[Person], list[Person]]


def cubes(two: Two) -> tuple[pa.Table, pa.Table]:
    return as_cube(two[0], BEFORE), as_cube(two[1], AFTER)


def compared(two: Two, case: Case = FOLLOWED) -> Compared:
    return compare([(as_people(two[0], BEFORE), as_people(two[1], AFTER))], cubes(two), case)


def decomposed(two: Two, specification: Specification, case: Case = FOLLOWED) -> list[ChangeRow]:
    events = compared(two, case).events
    return decomposition(events, cubes(two), specification, Peildata(BEFORE, AFTER), case.decisions)


def by_cell(changes: list[ChangeRow]) -> dict[Cell, dict[tuple[str, str], int]]:
    found: dict[Cell, dict[tuple[str, str], int]] = {}
    for one in changes:
        parts = found.setdefault((one.tabel, one.rijvariabele, one.rij, one.kolom), {})
        assert (one.deel, one.route) not in parts, "a part stands there twice"
        parts[one.deel, one.route] = one.aantal
    return found


def adds_up(two: Two, specification: Specification, case: Case = FOLLOWED) -> None:
    """Every cell's parts add up; it begins and ends as the two tables have it."""
    found = by_cell(decomposed(two, specification, case))
    for parts in found.values():
        assert sum(parts.values()) == 2 * parts["eind", ""]
    for cube, day, part in zip(cubes(two), (BEFORE, AFTER), ("begin", "eind"), strict=True):
        for row in tidy_tables(cube, specification, day):
            key = (row.tabel, row.rijvariabele, row.rij, row.kolom)
            if day == AFTER or key in found:
                assert found[key][part, ""] == row.aantal
            else:
                assert is_ranked(specification, row), "only a ranking may leave out what it had"


def is_ranked(specification: Specification, row: TidyRow) -> bool:
    table = specification.table(row.tabel)
    return any(axis.largest for axis in (*table.rows, table.columns))


@pytest.mark.slow
@examples(60)
@given(populations())
def test_the_events_are_everybodys_way(two: Two) -> None:
    found = compared(two)
    assert counted(found.events) == told(*two)
    FLOWS.schema().validate(found.events.to_pandas().astype({"aantal": "int64"}), lazy=True)


@pytest.mark.slow
@examples(20)
@given(populations())
def test_every_cell_of_every_table_is_split_exactly(two: Two) -> None:
    adds_up(two, SPECIFICATION)


@pytest.mark.slow
@examples(12)
@given(populations())
def test_so_is_the_net_change_where_nobody_can_be_followed(two: Two) -> None:
    none = [replace(person, number=f"X{person.number}") for person in two[1]]
    found = compared((two[0], none), CASE)
    assert found.renewed == bool(two[0])
    if found.renewed:
        assert set(found.events["deel"].to_pylist()) <= {"herindeling", NET}
    adds_up((two[0], none), SPECIFICATION, CASE)


VARIABLES = [name for name in SPECIFICATION.variables if name not in OF_POLICY]


@pytest.mark.slow
@examples(40)
@given(
    populations(),
    st.permutations(VARIABLES),
    st.integers(1, 3),
    st.tuples(st.booleans(), st.booleans()),
    st.integers(1, 3),
    st.sampled_from(sorted(SPECIFICATION.populations)),
)
def test_any_table_over_any_variables_is_split_exactly(
    two: Two, order: list[str], height: int, ranked: tuple[bool, bool], length: int, population: str
) -> None:
    ranking = {"largest": length, "rest": "Alle andere"}
    table = {
        "number": "9.1",
        "title": "Proef",
        "population": population,
        "columns": {"variable": order[0], **(ranking if ranked[0] else {})},
        "rows": [
            {"variable": name, **(ranking if ranked[1] else {"present_only": length > 1})}
            for name in order[1 : 1 + height]
        ],
    }
    raw = SPECIFICATION.model_dump() | {"tables": [table]}
    adds_up(two, Specification.model_validate(raw))


@examples(20)
@given(populations())
def test_a_delivery_beside_itself_has_no_events(two: Two) -> None:
    itself = (as_people(two[0], BEFORE), as_people(two[0], BEFORE))
    cube = as_cube(two[0], BEFORE)
    found = compare([itself], (cube, cube), Case(BEFORE, BEFORE, DECISIONS))
    assert found.events.num_rows == 0
    assert not found.renewed
    few = SPECIFICATION.model_copy(update={"tables": SPECIFICATION.tables[:5]})
    changes = decomposition(found.events, (cube, cube), few, Peildata(BEFORE, BEFORE), DECISIONS)
    assert {one.deel for one in changes} == {"begin", "eind"}


@examples(25)
@given(populations(), st.integers(2, 5), st.randoms(use_true_random=False))
def test_parts_and_another_order_of_rows_make_no_difference(
    two: Two, parts: int, random: st.DataObject
) -> None:
    whole = compared(two)
    shuffled = tuple(sorted(persons, key=lambda _: random.random()) for persons in two)  # type: ignore[attr-defined]
    sides = [
        [as_people([one for one in persons if mine(one.number, part, parts)], day) for part in range(parts)]
        for persons, day in zip(shuffled, (BEFORE, AFTER), strict=True)
    ]
    again = compare(zip(*sides, strict=True), cubes(two), FOLLOWED)  # type: ignore[arg-type]
    assert again.events.equals(whole.events)
    assert again.recognised == whole.recognised


def mine(number: str, part: int, parts: int) -> bool:
    return bool(in_part(pa.array([number]), part, parts)[0])
