"""What holds for any pair of tables: nothing of itself, the other way round the other sign, nothing lost."""

from __future__ import annotations

from difference_files import rows
from hypothesis import given
from hypothesis import strategies as st

from wi2007.difference.compare import AFTER, BEFORE, Difference, difference

NAMES = st.sampled_from(("Marokko", "China", "Iran", "Overig", "Delft"))
COUNTS = st.dictionaries(NAMES, st.integers(0, 400).map(lambda n: 5 * n), min_size=1)
TABLES = st.dictionaries(st.sampled_from(("2.1", "2.2", "B.1")), COUNTS, min_size=1).map(
    lambda tables: [row for number, counts in tables.items() for row in rows(counts, number)]
)
NOISE = st.integers(0, 30)


def moves(found: Difference) -> set[tuple[str, str, str, int]]:
    return {
        (table.number, move.variable, move.row, move.change) for table in found.tables for move in table.moves
    }


@given(TABLES, NOISE)
def test_tables_beside_themselves_are_the_same(tables: list, noise: int) -> None:
    found = difference(tables, list(tables), noise)
    assert found.is_empty
    assert set(found.same) == {row.tabel for row in tables}


@given(TABLES, TABLES, NOISE)
def test_the_other_way_round_every_sign_is_the_other(one: list, other: list, noise: int) -> None:
    there, back = difference(one, other, noise), difference(other, one, noise)
    assert moves(back) == {(*place, -change) for *place, change in moves(there)}
    assert (there.only_before, set(there.same)) == (back.only_after, set(back.same))
    sides = {BEFORE: AFTER, AFTER: BEFORE}
    alone = [
        {(t.number, a.label, a.count, a.side) for t in found.tables for a in t.alone}
        for found in (there, back)
    ]
    assert alone[1] == {(number, label, count, sides[side]) for number, label, count, side in alone[0]}


@given(TABLES, TABLES, NOISE)
def test_every_figure_of_both_is_somewhere(one: list, other: list, noise: int) -> None:
    found = difference(one, other, noise)
    then = {(row.tabel, row.rijvariabele, row.rij): row.aantal for row in one}
    now = {(row.tabel, row.rijvariabele, row.rij): row.aantal for row in other}
    numbers = {row.tabel for row in one} & {row.tabel for row in other}
    changes = [now[at] - then[at] for at in then.keys() & now.keys() if at[0] in numbers]
    assert sum(len(table.moves) for table in found.tables) == sum(abs(change) > noise for change in changes)
    assert sum(table.noise for table in found.tables) == sum(0 < abs(change) <= noise for change in changes)
    different = {at for at in then.keys() ^ now.keys() if at[0] in numbers}
    assert sum(len(table.alone) for table in found.tables) == len(different)


@given(TABLES, TABLES, NOISE)
def test_the_largest_stand_first(one: list, other: list, noise: int) -> None:
    found = difference(one, other, noise)
    weights = [table.weight for table in found.tables]
    assert weights == sorted(weights, reverse=True)
    for table in found.tables:
        order = [(not move.is_total, -abs(move.change)) for move in table.moves]
        assert order == sorted(order)
