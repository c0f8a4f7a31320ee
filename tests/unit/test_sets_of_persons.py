"""Sets of persons as numbers: the same for the same persons, another for others, and added up as counts are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from invented import set_of

from schemas.cube import CUBE, DIMENSIONS, SETS
from wi2007.population.cube import Cube, Sums, merge
from wi2007.population.who import Group, numbered

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
LISTS = {
    "geslacht": ("M", "O", "V"),
    "land_van_herkomst": ("5022", "6043"),
    "gemeente": ("0363",),
    "leeftijdsklasse": ("25 tot 35", "35 tot 45"),
    "statuscode": ("IBP", "NI"),
    "doelgroep": ("Onbekend",),
}
PLACES = st.tuples(*(st.integers(0, len(values) - 1) for values in LISTS.values()))
BATCHES = st.lists(st.lists(st.tuples(PLACES, NAMES), max_size=8), max_size=5)


def numbers(names: list[str]) -> list[int]:
    return [int(one) for one in numbered(pa.array(names, pa.string()))]


@examples(50)
@given(st.lists(NAMES, max_size=30), st.integers(0, 30), st.randoms(use_true_random=False))
def test_a_person_has_the_same_number_in_any_order_and_batch(
    names: list[str], cut: int, random: st.DataObject
) -> None:
    whole = dict(zip(names, numbers(names), strict=True))
    mixed = sorted(names, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert {**dict(zip(mixed, numbers(mixed), strict=True))} == whole
    assert [*numbers(names[:cut]), *numbers(names[cut:])] == numbers(names)
    assert numbers(names) == [
        int(numbered(pa.array(["ervoor", *names]).slice(1))[at]) for at in range(len(names))
    ]


def test_pairs_of_numbers_that_follow_on_each_other_are_different_sets() -> None:
    """A plain hash that is linear in the digits would give two pairs with the same two ends one sum."""
    for form in ("{:09d}", "P{:08d}", "{}"):
        found = numbered(pa.array([form.format(at) for at in range(1_000)], pa.string()))
        first, second = np.triu_indices(len(found), 1)
        sums = found[first] + found[second]
        assert len(np.unique(sums)) == len(sums) == 499_500
        assert not np.isin(sums, found).any()


def test_sets_of_three_of_consecutive_numbers_differ_too() -> None:
    found = numbers([f"{at:09d}" for at in range(90)])
    sums = Counter(sum(three) % SETS for three in combinations(found, 3))
    assert max(sums.values()) == 1
    assert len(sums) == 117_480


def test_every_bit_of_a_number_is_set_as_often_as_not() -> None:
    found = numbered(pa.array([f"{at:09d}" for at in range(4_000)], pa.string()))
    ones = [int(((found >> np.uint64(bit)) & np.uint64(1)).sum()) for bit in range(64)]
    assert all(1_800 < count < 2_200 for count in ones)


def test_the_mixing_is_that_of_splitmix64(monkeypatch: pytest.MonkeyPatch) -> None:
    """Held against the first numbers that the reference implementation gives after 1234567."""
    seeds = [(1234567 + at * 0x9E3779B97F4A7C15) % SETS for at in range(1, 6)]
    monkeypatch.setattr("wi2007.population.who.hash_texts", lambda _: np.array(seeds, dtype=np.uint64))
    assert numbers(["a", "b", "c", "d", "e"]) == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_nobody_is_the_empty_set() -> None:
    assert (Group().count, Group().who) == (0, 0)
    group = Group()
    group.add(numbered(pa.array([], pa.string())))
    assert (group.count, group.who) == (0, 0)


@examples(50)
@given(st.lists(st.lists(NAMES, max_size=6), max_size=6))
def test_a_group_counted_in_batches_is_the_sum_of_its_persons(batches: list[list[str]]) -> None:
    group = Group()
    for names in batches:
        group.add(numbered(pa.array(names, pa.string())))
    everybody = [name for names in batches for name in names]
    assert (group.count, group.who) == (len(everybody), sum(numbers(everybody)) % SETS)
    assert type(group.who) is int


@examples(60)
@given(BATCHES, st.sampled_from([0, 1_000_000]))
def test_a_cube_counts_persons_and_sets_as_a_dictionary_does(
    batches: list[list[tuple[tuple[int, ...], str]]], waiting: int
) -> None:
    cube, expected = Cube(LISTS), {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("wi2007.population.cube._WAITING", waiting)
        for batch in batches:
            cube.add(*_columns(batch))
    for places, name in (one for batch in batches for one in batch):
        expected.setdefault(places, []).append(name)
    assert _rows(cube.table()) == [
        (
            tuple(values[at] for values, at in zip(LISTS.values(), places, strict=True)),
            len(names),
            set_of(names),
        )
        for places, names in sorted(expected.items())
    ]
    everybody = [name for names in expected.values() for name in names]
    assert (cube.total, cube.everybody % SETS) == (len(everybody), set_of(everybody))


@examples(40)
@given(BATCHES)
def test_cubes_of_parts_added_up_are_the_cube_of_all(
    batches: list[list[tuple[tuple[int, ...], str]]],
) -> None:
    whole, parts = Cube(LISTS), []
    for batch in batches:
        part = Cube(LISTS)
        part.add(*_columns(batch))
        whole.add(*_columns(batch))
        parts.append(part.table())
    assert merge(parts).equals(whole.table())


@examples(40)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, SETS - 1)), max_size=20))
def test_sums_of_places_wrap_around_at_the_end_of_the_numbers(persons: list[tuple[int, int]]) -> None:
    cells = np.array([cell for cell, _ in persons], dtype=np.int64)
    who = np.array([number for _, number in persons], dtype=np.uint64)
    found = Sums.of_persons(cells, who)
    expected = {
        cell: [number for at, number in persons if at == cell] for cell in sorted({at for at, _ in persons})
    }
    told = zip(found.cells.tolist(), found.counts.tolist(), found.who.tolist(), strict=True)
    assert list(told) == [(cell, len(several), sum(several) % SETS) for cell, several in expected.items()]


def _columns(batch: list[tuple[tuple[int, ...], str]]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    places = {
        name: np.array([one[at] for one, _ in batch], dtype=np.int32) for at, name in enumerate(DIMENSIONS)
    }
    return places, numbered(pa.array([name for _, name in batch], pa.string()))


def _rows(table: pa.Table) -> list[tuple[tuple[str, ...], int, int]]:
    assert table.schema.equals(CUBE.arrow)
    return [(tuple(row[name] for name in DIMENSIONS), row["aantal"], row["wie"]) for row in table.to_pylist()]
