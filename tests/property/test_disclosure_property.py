"""Controlled rounding keeps every relation and tells of no cell more than rounding leaves, whatever the population."""

from __future__ import annotations

from itertools import product

import pyarrow as pa
import pytest
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st

from wi2007.project import CONFIG
from wi2007.protection.audit import Interval, intervals, leaves
from wi2007.protection.cells import EVERYBODY, Cell, Conditions, Relation, cells, joined, linked
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.rounding import RoundingOptions, draw, rounded
from wi2007.tables.build import by_code, counted
from wi2007.tables.specification import load

SPECIFICATION = load(CONFIG / "tables.yaml").for_comparison
NAMES = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep", "aantal")
GROUPS = st.tuples(
    st.sampled_from(["M", "V", "O"]),
    st.sampled_from(["5022", "6043", "5043", "0000"]),
    st.sampled_from(["0363", "0518", "1999"]),
    st.sampled_from(["35 tot 45", "45 tot 55", "Onbekend"]),
    st.sampled_from(["IBP", "VOLDAAN", "NI", "OVERLEDEN"]),
    st.just("NIEUWKOMER"),
    st.integers(1, 23),
)
CUBES = st.lists(GROUPS, max_size=25).map(
    lambda groups: (
        pa.table(dict(zip(NAMES, map(list, zip(*groups, strict=True)), strict=True)))
        if groups
        else pa.table({name: pa.array([], pa.int64() if name == "aantal" else pa.string()) for name in NAMES})
    )
)
SETS = {("wi2007", "land_van_herkomst"): [("5043", "6043")]}


@examples(60)
@given(CUBES, st.sampled_from([5, 10]), st.binary(min_size=1, max_size=4))
def test_a_rounding_is_additive_near_and_safe(cube: pa.Table, base: int, key: bytes) -> None:
    exact, relations = linked(cells(counted(cube, SPECIFICATION), SPECIFICATION, SETS))
    shown = rounded(exact, relations, RoundingOptions(base, draw(key, base)))
    assert all(shown[one.whole] == sum(shown[part] for part in one.parts) for one in relations)
    assert all(count % base == 0 and abs(count - exact[at]) < base for at, count in shown.items())
    assert all(shown[at] == exact[at] for at in exact if exact[at] % base == 0)
    found = intervals(shown, relations, dict.fromkeys(shown, base), list(shown))
    assert all(one.least <= exact[at] <= one.most for at, one in found.items())
    assert not any(one.narrower for one in found.values())


@examples(60)
@given(CUBES)
def test_every_cell_of_every_table_is_among_the_cells(cube: pa.Table) -> None:
    of_pairs = counted(cube, SPECIFICATION)
    found, conditions = cells(of_pairs, SPECIFICATION, {}), Conditions(SPECIFICATION)
    if cube.num_rows:
        assert found[EVERYBODY] == sum(cube["aantal"].to_pylist())
    for (population, row, column), table in of_pairs.items():
        of_population = conditions.of_population[population]
        for (r, c), count in table.items():
            both = [conditions.part(row, [r]), conditions.part(column, [c])]
            assert found[joined(*of_population, *both)] == count
        for place, variable in enumerate((row, column)):
            for code, count in by_code(table, place).items():
                assert found[joined(*of_population, conditions.part(variable, [code]))] == count


def test_a_population_is_tied_to_the_route_it_is_made_of() -> None:
    cube = pa.table(
        dict(
            zip(NAMES, (["M"], ["5022"], ["0363"], ["45 tot 55"], ["IBP"], ["NIEUWKOMER"], [7]), strict=True)
        )
    )
    _, relations = linked(cells(counted(cube, SPECIFICATION), SPECIFICATION, {}))
    still = ("statuscode", ("IBP",))
    assert Relation(EVERYBODY, ((still,),)) in relations


def table_of(inside: list[list[int]]) -> tuple[dict[Cell, int], list[Relation]]:
    """A table of two variables with its margins."""
    found: dict[Cell, int] = {}
    for (r, row), (c, _) in product(enumerate(inside), enumerate(inside[0])):
        for at in product([(("r", (str(r),)),), ()], [(("c", (str(c),)),), ()]):
            cell = tuple(sorted(at[0] + at[1]))
            found[cell] = found.get(cell, 0) + row[c]
    return linked({at: count for at, count in found.items() if count})


def test_nobody_stays_nobody_and_the_draw_follows_the_key() -> None:
    exact, relations = table_of([[3, 0, 7], [0, 12, 4], [9, 1, 0]])
    made = [rounded(exact, relations, RoundingOptions(5, draw(bytes([key]), 5))) for key in range(40)]
    assert len({tuple(one.values()) for one in made}) > 1
    assert rounded(exact, relations, RoundingOptions(5, draw(bytes([7]), 5))) == made[7]
    assert all((("c", ("1",)), ("r", ("0",))) not in one for one in made)


def test_up_is_drawn_as_often_as_the_base_is_filled() -> None:
    alone: Cell = (("r", ("1",)),)
    ups = sum(
        rounded({alone: 4}, [], RoundingOptions(5, draw(str(key).encode(), 5)))[alone] == 5
        for key in range(1000)
    )
    assert 740 < ups < 860


@pytest.mark.parametrize(
    ("shown", "parts", "narrower"),
    [(20, (10, 10), False), (20, (5, 5), True), (10, (10, 5, 5), True)],
    ids=["adds up", "less than the whole", "more than the whole"],
)
def test_the_audit_finds_what_separate_rounding_gives_away(
    shown: int, parts: tuple[int, ...], narrower: bool
) -> None:
    names = [(("r", (str(at),)),) for at in range(len(parts))]
    public: dict[Cell, int] = {EVERYBODY: shown, **dict(zip(names, parts, strict=True))}
    found = intervals(public, [Relation(EVERYBODY, tuple(names))], dict.fromkeys(public, 5), names)
    assert any(one.narrower for one in found.values()) == narrower


def small(name: str) -> Cell:
    return ((name, ("1",)),)


NAMED = ("a", "b", "c", "ab", "ac", "bc", "abc", "a1", "a2", "z")
A, B, C, AB, AC, BC, ALL, SAME, AGAIN, TWICE = map(small, NAMED)
SUMS = {
    AB: (A, B),
    AC: (A, C),
    BC: (B, C),
    ALL: (A, B, C),
    SAME: (A,),
    AGAIN: (SAME,),
    TWICE: (AB, AC),
}
"""`TWICE` counts A twice: it can tell more of A than rounding leaves, and half a person where whole ones count."""
NEEDS = {AGAIN: {SAME}, TWICE: {AB, AC}}


@examples(60)
@given(
    st.tuples(*[st.integers(0, 3)] * 3),
    st.sets(st.sampled_from(list(SUMS)), min_size=1),
    st.sampled_from([2, 3, 5]),
    st.sampled_from([1, 1, 3]),
)
@example((1, 1, 1), {AB, AC, BC}, 2, 1)
@example((1, 2, 0), {AGAIN, AB}, 3, 1)
@example((1, 0, 0), {TWICE}, 2, 1)
@example((1, 0, 0), {TWICE, ALL}, 2, 3)
@example((2, 0, 0), {TWICE, AGAIN, ALL}, 3, 3)
def test_what_is_derived_is_what_trying_all_counts_gives(
    inside: tuple[int, ...], sums: set[Cell], base: int, further: int
) -> None:
    used = sorted(sums.union(*(NEEDS.get(whole, ()) for whole in sums)))
    relations = [Relation(whole, SUMS[whole]) for whole in used]

    def with_sums(counts: tuple[int, ...]) -> dict[Cell, int]:
        found = dict(zip((A, B, C), counts, strict=True))
        for one in relations:
            found[one.whole] = sum(found[part] for part in one.parts)
        return found

    shown = with_sums(tuple(base * steps for steps in inside))
    spread = {at: base * (further if at == ALL else 1) for at in shown}
    ends = {at: leaves(shown[at], spread[at]) for at in shown}
    every = map(with_sums, product(*(range(ends[at][0], ends[at][1] + 1) for at in (A, B, C))))
    possible = [one for one in every if all(ends[at][0] <= one[at] <= ends[at][1] for at in shown)]
    found = intervals(shown, relations, spread, list(shown))
    for at in shown:
        least, most = (end(one[at] for one in possible) for end in (min, max))
        if spread[at] == base:
            assert found[at] == Interval(least, most, ends[at])
        else:
            assert least <= found[at].least <= found[at].most <= most


def test_a_cell_that_is_counted_twice_can_be_narrowed() -> None:
    shown = {A: 2, B: 0, C: 0, AB: 2, AC: 2, TWICE: 4}
    relations = [Relation(whole, SUMS[whole]) for whole in (AB, AC, TWICE)]
    found = intervals(shown, relations, dict.fromkeys(shown, 2), [A, B])
    assert found == {A: Interval(1, 2, (1, 3)), B: Interval(0, 1, (0, 1))}
    assert [at for at, one in found.items() if one.narrower] == [A]


def test_a_cell_that_is_counted_three_times_is_known_from_below_as_well() -> None:
    """Three times A, with B and C that are one person at the most together, are five to seven persons: A has two."""
    thrice = small("aab")
    shown = {A: 2, B: 0, C: 0, AB: 2, AC: 2, BC: 0, TWICE: 4, thrice: 6}
    relations = [
        *(Relation(whole, SUMS[whole]) for whole in (AB, AC, BC, TWICE)),
        Relation(thrice, (TWICE, A)),
    ]
    assert intervals(shown, relations, dict.fromkeys(shown, 2), [A]) == {A: Interval(2, 2, (1, 3))}


def test_each_cell_has_its_own_end_where_two_cannot_have_theirs_together() -> None:
    """One of the two has a person, but of neither it is known to be the one."""
    shown = {A: 2, B: 1, AB: 3}
    found = intervals(shown, [Relation(AB, (A, B))], dict.fromkeys(shown, 3), [A, B])
    assert found == {A: Interval(0, 4, (0, 4)), B: Interval(0, 3, (0, 3))}


def test_what_does_not_add_up_tells_more() -> None:
    """Three cells rounded apart from their sums in pairs: of one or two persons it is known that there is one."""
    shown = {A: 0, B: 3, C: 0, AB: 0, AC: 3, BC: 0}
    relations = [Relation(whole, SUMS[whole]) for whole in (AB, AC, BC)]
    found = intervals(shown, relations, dict.fromkeys(shown, 3), list(shown))
    assert found[AB] == Interval(1, 2, (0, 2))
    assert found[AB].narrower


def test_an_exact_count_beside_the_rounded_ones_is_a_breach() -> None:
    assert Interval(7, 7, leaves(5, 5)).narrower
    assert leaves(0, 5) == (0, 4)
    assert leaves(5, 5) == (1, 9)


def test_relations_that_no_rounding_keeps_are_told() -> None:
    one, two = (("r", ("1",)),), (("r", ("2",)),)
    with pytest.raises(NoSolutionError):
        rounded({one: 3, two: 13}, [Relation(one, (two,))], RoundingOptions(5, draw(b"k", 5)))
