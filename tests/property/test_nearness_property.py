"""The fewest persons who changed between two peildata: never more than really did, and all of those who came."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from gate_files import KEYS, cube
from hypothesis import given
from hypothesis import strategies as st

from wi2007.protection.release import changed

DAY = date(2022, 7, 1)
PERSON = st.tuples(
    st.sampled_from("MVO"),
    st.sampled_from(["5022", "6043"]),
    st.sampled_from(["0363", "0518", "1999"]),
    st.sampled_from(["25 tot 35", "35 tot 45"]),
    st.sampled_from(["IBP", "VOLDAAN"]),
    st.just("NIEUWKOMER"),
)
PEOPLE = st.lists(PERSON, max_size=12)


def counted(people: list[tuple[str, ...]]) -> pa.Table:
    return cube({person: people.count(person) for person in people})


@given(PEOPLE, PEOPLE)
def test_whoever_comes_or_leaves_is_counted(
    stay: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> None:
    fewer, more = counted(stay), counted(stay + others)
    assert changed(fewer, more, DAY) == changed(more, fewer, DAY) == len(others)


@given(st.lists(st.tuples(PERSON, PERSON), max_size=12))
def test_never_more_than_changed(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    age = KEYS.index("leeftijdsklasse")
    moved = sum(a[:age] + a[age + 1 :] != b[:age] + b[age + 1 :] for a, b in pairs)
    found = changed(counted([a for a, _ in pairs]), counted([b for _, b in pairs]), DAY)
    assert found <= moved


def test_growing_older_and_a_merger_change_nobody() -> None:
    before = counted([("M", "5022", "0457", "25 tot 35", "IBP", "NIEUWKOMER")])
    after = counted([("M", "5022", "0363", "35 tot 45", "IBP", "NIEUWKOMER")])
    assert changed(before, after, DAY) == 0
    assert changed(before, after, date(2022, 1, 1)) == 1
