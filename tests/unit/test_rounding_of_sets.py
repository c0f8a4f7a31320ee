"""Rounding with sets of persons, with figures that cells should have, and with cells that nobody is shown."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007.protection.cells import EVERYBODY, Cell, Order, Relation, linked
from wi2007.protection.linear import Matrix, NoSolutionError
from wi2007.protection.rounding import Program, RoundingOptions, _Steps, draw, nearest, rounded

BASE = 5


def cell(*parts: str) -> Cell:
    """One condition for each part: `r1` is row 1."""
    return tuple(sorted((part[0], (part[1:],)) for part in parts))


ONE, TWO, WHOLE = cell("r1"), cell("r2"), EVERYBODY
ADDS_UP = [Relation(WHOLE, (ONE, TWO))]
GRIDS = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3)


def options(key: int = 0, **more: object) -> RoundingOptions:
    return RoundingOptions(BASE, draw(str(key).encode(), BASE), **more)  # type: ignore[arg-type]


def grid(inside: list[list[int]]) -> tuple[dict[Cell, int], list[Relation], dict[Cell, int]]:
    """A table with its margins, in which every cell inside has persons of its own, each a bit of the set."""
    found: dict[Cell, int] = {}
    who: dict[Cell, int] = {}
    for r, row in enumerate(inside):
        for c, count in enumerate(row):
            for parts in ([f"r{r}", f"c{c}"], [f"r{r}"], [f"c{c}"], []):
                at = cell(*parts)
                found[at] = found.get(at, 0) + count
                who[at] = who.get(at, 0) + (count and 1 << (3 * r + c))
    counts, relations = linked({at: count for at, count in found.items() if count})
    return counts, relations, {at: who[at] for at in counts}


@examples(80)
@given(GRIDS, st.integers(0, 99))
def test_cells_with_the_same_persons_have_one_figure(inside: list[list[int]], key: int) -> None:
    counts, relations, who = grid(inside)
    shown = rounded(counts, relations, options(key, who=who))
    figures: dict[int, set[int]] = {}
    for at, figure in shown.items():
        assert abs(figure - counts[at]) < BASE
        figures.setdefault(who[at], set()).add(figure)
    assert all(len(several) == 1 for several in figures.values())
    assert all(shown[one.whole] == sum(shown[part] for part in one.parts) for one in relations)


def test_without_sets_two_cells_of_the_same_persons_can_differ() -> None:
    """What the sets are for: no relation says that these two count the same persons."""
    counts, who = {ONE: 3, TWO: 3}, {ONE: 7, TWO: 7}
    apart = [rounded(counts, [], options(key)) for key in range(40)]
    assert any(shown[ONE] != shown[TWO] for shown in apart)
    together = [rounded(counts, [], options(key, who=who)) for key in range(40)]
    assert all(shown[ONE] == shown[TWO] for shown in together)
    assert len({shown[ONE] for shown in together}) == 2


@pytest.mark.parametrize(("count", "least", "most"), [(1, 150, 250), (4, 750, 850), (8, 550, 650)])
def test_one_set_of_persons_goes_up_as_often_as_its_base_is_filled(count: int, least: int, most: int) -> None:
    below = count - count % BASE
    counts = dict.fromkeys((ONE, TWO, cell("r3")), count)
    who = dict.fromkeys(counts, 11)
    ups = sum(rounded(counts, [], options(key, who=who))[ONE] == below + BASE for key in range(1000))
    assert least < ups < most


def test_the_draw_of_a_set_follows_from_its_persons_and_not_from_the_cell() -> None:
    for key in range(40):
        here = rounded({ONE: 3}, [], options(key, who={ONE: 7}))[ONE]
        there = rounded({TWO: 3, ONE: 2}, [], options(key, who={TWO: 7, ONE: 8}))[TWO]
        assert here == there


def test_other_sets_are_drawn_apart() -> None:
    found = {
        tuple(rounded({ONE: 3, TWO: 3}, [], options(key, who={ONE: 7, TWO: 8})).values()) for key in range(60)
    }
    assert found == {(0, 0), (0, 5), (5, 0), (5, 5)}


@pytest.mark.parametrize("figure", [0, 5])
def test_a_cell_has_the_figure_that_it_should_have_and_so_has_who_is_the_same(figure: int) -> None:
    who = {ONE: 1, TWO: 2, cell("c1"): 1}
    counts = {ONE: 3, TWO: 0, cell("c1"): 3}
    for key in range(20):
        shown = rounded(counts, [], options(key, who=who, wishes=[{ONE: figure}]))
        assert shown == {ONE: figure, TWO: 0, cell("c1"): figure}


def test_a_wish_is_granted_where_all_sums_allow_it() -> None:
    counts = {WHOLE: 7, ONE: 3, TWO: 4}
    for key in range(20):
        for wishes in ({ONE: 0}, {ONE: 5}, {ONE: 0, TWO: 5, WHOLE: 5}, {ONE: 5, TWO: 5, WHOLE: 10}):
            shown = rounded(counts, ADDS_UP, options(key, wishes=[wishes]))
            assert {at: shown[at] for at in wishes} == wishes


@pytest.mark.parametrize(
    ("count", "wish", "reach", "figure"), [(3, 20, 1, 5), (8, 0, 1, 5), (3, 20, 2, 10), (8, 0, 2, 0)]
)
def test_a_figure_out_of_reach_is_come_near(count: int, wish: int, reach: int, figure: int) -> None:
    assert rounded({ONE: count}, [], options(reach=reach, wishes=[{ONE: wish}]))[ONE] == figure


def test_of_wishes_that_do_not_add_up_as_many_are_granted_as_can_be() -> None:
    counts = {WHOLE: 7, ONE: 3, TWO: 4}
    wishes = {ONE: 5, TWO: 5, WHOLE: 5}
    for key in range(20):
        shown = rounded(counts, ADDS_UP, options(key, wishes=[wishes]))
        assert shown[WHOLE] == shown[ONE] + shown[TWO]
        assert sum(shown[at] == figure for at, figure in wishes.items()) == 2


@examples(60)
@given(GRIDS, st.integers(0, 99), st.data())
def test_as_many_wishes_are_granted_as_every_rounding_taken_together_can(
    inside: list[list[int]], key: int, data: st.DataObject
) -> None:
    """Held against all roundings of the grid, each found by the draw of another key."""
    counts, relations, who = grid(inside)
    ends = {at: sorted({count // BASE * BASE, -(-count // BASE) * BASE}) for at, count in counts.items()}
    wishes = {at: data.draw(st.sampled_from(both)) for at, both in ends.items()}
    shown = rounded(counts, relations, options(key, who=who, wishes=[wishes]))

    def granted(figures: dict[Cell, int]) -> int:
        sets = {who[at]: figures[at] == wishes[at] for at in reversed(list(wishes))}
        return sum(sets.values())

    others = [rounded(counts, relations, options(other, who=who)) for other in range(15)]
    assert granted(shown) >= max(map(granted, others))


def test_a_wish_as_far_from_up_as_from_down_leaves_the_draw() -> None:
    found = {
        rounded({ONE: 3}, [], RoundingOptions(6, draw(str(key).encode()), wishes=[{ONE: 3}]))[ONE]
        for key in range(40)
    }
    assert found == {0, 6}


def test_a_loose_cell_takes_what_wishes_leave_but_is_never_below_nobody() -> None:
    rest = cell("r*")
    counts = {WHOLE: 9, ONE: 4, TWO: 4, rest: 1}
    relations = [Relation(WHOLE, (ONE, TWO, rest))]
    fixed = {ONE: 0, TWO: 0, WHOLE: 10}
    assert rounded(counts, relations, options(wishes=[fixed]))[rest] in (0, 5)
    assert rounded(counts, relations, options(wishes=[fixed], loose=[rest])) == {**fixed, rest: 10}
    less = {ONE: 5, TWO: 5, WHOLE: 5}
    shown = rounded(counts, relations, options(wishes=[less], loose=[rest]))
    assert shown[rest] == 0
    assert sum(shown[at] == figure for at, figure in less.items()) == 2


def test_a_loose_cell_is_off_no_further_than_it_must_be() -> None:
    rest = cell("r*")
    counts = {WHOLE: 9, ONE: 8, rest: 1}
    relations = [Relation(WHOLE, (ONE, rest))]
    for key in range(40):
        assert rounded(counts, relations, options(key, loose=[rest]))[rest] in (0, 5)


def test_loose_cells_of_nobody_are_each_a_cell_of_its_own() -> None:
    """The set of nobody is no set of persons that two cells share: what one takes says nothing of the other."""
    rests = cell("r*", "c1"), cell("r*", "c2")
    left, right = (
        {cell(f"c{c}"): whole, cell("r1", f"c{c}"): one, cell("r2", f"c{c}"): other}
        for c, whole, one, other in ((1, 4, 2, 2), (2, 3, 3, 0))
    )
    counts = {at: count for at, count in {**left, **right}.items() if count} | dict.fromkeys(rests, 0)
    relations = [
        Relation(cell("c1"), (cell("r1", "c1"), cell("r2", "c1"), rests[0])),
        Relation(cell("c2"), (cell("r1", "c2"), rests[1])),
    ]
    who = {cell("c1"): 9, cell("r1", "c1"): 4, cell("r2", "c1"): 5, cell("c2"): 7, cell("r1", "c2"): 7}
    fixed = {cell("c1"): 5, cell("r1", "c1"): 0, cell("r2", "c1"): 0, cell("r1", "c2"): 5}
    shown = rounded(
        counts, relations, options(who={**who, **dict.fromkeys(rests, 0)}, wishes=[fixed], loose=rests)
    )
    assert (shown[rests[0]], shown[rests[1]]) == (5, 0)


def test_a_cell_that_is_both_whole_and_part_is_once_in_its_row() -> None:
    """A row with one column twice is no matrix: HiGHS does not come back from it."""
    rest = cell("r*")
    matrix = Program([WHOLE, rest], [Relation(WHOLE, (WHOLE, rest))]).matrix
    places = list(zip(matrix.row.tolist(), matrix.column.tolist(), strict=True))
    assert len(set(places)) == len(places)


COUNTS = {WHOLE: 7, ONE: 3, TWO: 4}


def test_wishes_of_less_importance_are_granted_where_the_others_allow_it() -> None:
    for key in range(20):
        made = nearest(COUNTS, ADDS_UP, options(key, wishes=[{ONE: 0}, {TWO: 5}]), furthest=3)
        assert (made.shown, made.reach) == ({WHOLE: 5, ONE: 0, TWO: 5}, 1)
        made = nearest(COUNTS, ADDS_UP, options(key, wishes=[{ONE: 5, TWO: 5}, {WHOLE: 5}]), furthest=3)
        assert (made.shown, made.reach) == ({WHOLE: 10, ONE: 5, TWO: 5}, 1)
        made = nearest(COUNTS, ADDS_UP, options(key, wishes=[{ONE: 0}, {WHOLE: 10, TWO: 5}]), furthest=3)
        assert (made.shown[ONE], made.shown[TWO], made.reach) == (0, 5, 1)


def test_the_most_important_wish_of_a_cell_counts() -> None:
    for key in range(20):
        assert rounded({ONE: 3}, [], options(key, wishes=[{ONE: 0}, {ONE: 5}, {ONE: 5}]))[ONE] == 0


def test_the_least_reach_is_looked_for_from_the_one_that_is_asked() -> None:
    assert nearest({ONE: 3}, [], options(wishes=[{ONE: 15}]), furthest=3).reach == 1
    made = nearest({ONE: 3}, [], options(reach=3, wishes=[{ONE: 15}]), furthest=3)
    assert (made.reach, made.shown[ONE]) == (3, 15)


@pytest.mark.parametrize(
    ("counts", "order", "possible"),
    [
        ((3, 3), Order(ONE, TWO, 0), {(0, 0), (5, 0), (5, 5)}),
        ((3, 3), Order(ONE, TWO, 5), {(5, 0)}),
        ((8, 12), Order(ONE, TWO, 0), {(10, 10)}),
        ((12, 8), Order(ONE, TWO, 10), {(15, 5)}),
        ((3, 8), Order(ONE, None, 5), {(5, 5), (5, 10)}),
        ((3, 8), Order(None, TWO, -5), {(0, 5), (5, 5)}),
    ],
)
def test_an_order_holds_at_every_draw(
    counts: tuple[int, int], order: Order, possible: set[tuple[int, int]]
) -> None:
    exact = dict(zip((ONE, TWO), counts, strict=True))
    found = [rounded(exact, [], options(key, order=[order])) for key in range(60)]
    assert {(shown[ONE], shown[TWO]) for shown in found} == possible


def test_an_order_that_no_rounding_has_is_told() -> None:
    with pytest.raises(NoSolutionError):
        rounded({ONE: 3, TWO: 3}, [], options(order=[Order(ONE, TWO, 10)]))


def test_wishes_that_only_halves_would_grant_are_granted_but_for_one() -> None:
    """With 2.5 in each of three cells all their pairs would be 5, which no rounding has."""
    single = cell("a1"), cell("b1"), cell("c1")
    pairs = {
        cell(f"{x}2", f"{y}2"): (a, b) for (x, a), (y, b) in combinations(zip("abc", single, strict=True), 2)
    }
    counts = dict.fromkeys(single, 3) | dict.fromkeys(pairs, 6)
    relations = [Relation(whole, parts) for whole, parts in pairs.items()]
    for key in range(10):
        shown = rounded(counts, relations, options(key, wishes=[dict.fromkeys(pairs, 5)]))
        assert all(shown[whole] == sum(shown[part] for part in parts) for whole, parts in pairs.items())
        assert sorted(shown[whole] for whole in pairs) == [5, 5, 10]


def test_a_draw_follows_from_the_key_the_release_and_the_cell() -> None:
    cells = [cell(f"r{at}") for at in range(200)]
    found = [draw(b"key", "2022-07-01", 5)(at) for at in cells]
    assert all(0 <= one < 1 for one in found)
    assert min(found) < 0.05 and max(found) > 0.95
    assert found == [draw(b"key", "2022-07-01", 5)(at) for at in cells]
    for other in (
        draw(b"other", "2022-07-01", 5),
        draw(b"key", "2023-07-01", 5),
        draw(b"key", "2022-07-01", 10),
    ):
        assert not {other(at) for at in cells} & set(found)


def test_with_more_reach_nobody_stays_nobody_and_no_count_is_below_nobody() -> None:
    nobody, few, many = cell("r1"), cell("r2"), cell("r3")
    relations = [Relation(WHOLE, (nobody, few, many))]
    counts = {WHOLE: 11, nobody: 0, few: 3, many: 8}
    for key in range(10):
        shown = rounded(counts, relations, options(key, reach=3, wishes=[{nobody: 5, few: -5, many: 40}]))
        assert shown == {nobody: 0, few: 0, many: 15, WHOLE: 15}


def test_a_count_goes_no_further_than_it_must() -> None:
    """A whole of 16 of two parts of 1: one of the three must go a base further than up or down."""
    counts = {WHOLE: 16, ONE: 1, TWO: 1}
    for key in range(20):
        made = nearest(counts, ADDS_UP, options(key), furthest=2)
        assert made.reach == 2
        assert made.shown[WHOLE] == made.shown[ONE] + made.shown[TWO]
        ends = {at: (count // BASE * BASE, -(-count // BASE) * BASE) for at, count in counts.items()}
        beyond = [max(ends[at][0] - n, n - ends[at][1], 0) for at, n in made.shown.items()]
        assert sum(beyond) == BASE
    with pytest.raises(NoSolutionError):
        nearest(counts, ADDS_UP, options(), furthest=1)


def test_no_rounding_at_all_is_told() -> None:
    with pytest.raises(NoSolutionError):
        nearest({ONE: 3, TWO: 43}, [Relation(ONE, (TWO,))], options(), furthest=3)
    with pytest.raises(NoSolutionError):
        nearest({ONE: 3, TWO: 43}, [Relation(ONE, (TWO,))], options(wishes=[{ONE: 5}]), furthest=3)


def test_a_wish_that_is_held_leaves_no_room_beyond_it() -> None:
    """Of a loose cell that has its figure: its steps further up or down are no columns of the program any more."""
    steps = _Steps(
        least=np.zeros(2),
        most=np.ones(2),
        further=np.array([3.0, 3.0]),
        down=np.zeros(2),
        prices=np.array([0.1, 0.2]),
        beyond=np.array([10.0, 10.0]),
        wished=np.array([1.0, np.nan]),
        weights=np.array([1000.0, 0.0]),
    )
    rows = [(Matrix.of([[(0, 1.0), (1, 1.0)]], 2), np.array([1.0]), np.array([np.inf]))]
    assert steps._granting(np.array([1.0, 0.5]), rows).tolist() == [1.0, 0.0]
