"""The small parts of the demonstration delivery: chance, dividing, days, columns of nationalities, old codes."""

from __future__ import annotations

from datetime import date, timedelta
from zlib import crc32

import numpy as np
import pytest

from wi2007 import reference
from wi2007.demo import arrays
from wi2007.demo.arrays import Draws, by_code, groups, spread
from wi2007.demo.rows import packed, predecessors
from wi2007.demo.sizes import apportion
from wi2007.errors import UserError


def _splitmix64(state: int) -> int:
    """The published algorithm in Python's own whole numbers."""
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
    return state ^ (state >> 31)


def test_the_generator_is_splitmix64() -> None:
    raw = Draws(7).raw("naam", 5)
    start = ((7 << 32) ^ crc32(b"naam")) * 0x94D049BB133111EB
    expected = [_splitmix64((start + n * 0x9E3779B97F4A7C15) & (2**64 - 1)) for n in range(1, 6)]
    assert raw.tolist() == expected
    assert Draws(7).raw("naam", 2, 3).tolist() == expected[3:]


def test_streams_differ_by_name_and_seed() -> None:
    streams = {Draws(seed).raw(name, 3).tobytes() for seed in (1, 2) for name in ("a", "b")}
    assert len(streams) == 4


def test_whole_numbers_are_even_and_stay_below_their_limit() -> None:
    drawn = Draws(1).whole("x", 10, 100_000)
    assert np.bincount(drawn, minlength=10).min() > 9_500
    limits = np.array([1, 2, 1000])
    assert (Draws(1).whole("y", limits, 3) < limits).all()


def test_an_order_is_a_permutation_and_picks_follow_their_weights() -> None:
    assert sorted(Draws(3).order("o", 500).tolist()) == list(range(500))
    picked = np.bincount(Draws(3).picks("p", [1, 0, 3], 40_000), minlength=3)
    assert picked[1] == 0
    assert picked[2] == pytest.approx(30_000, rel=0.02)


def test_favoured_gives_the_count_and_leans() -> None:
    lean = np.repeat([0, 400], 1000)
    chosen = Draws(5).favoured("f", lean, 900)
    assert chosen.sum() == 900
    assert chosen[1000:].sum() > 600


def test_apportion_refuses_what_does_not_fit() -> None:
    with pytest.raises(UserError, match=r"config/demo\.yaml"):
        apportion(10, {"a": 1, "b": 1}, most=4)


@pytest.mark.parametrize("day", [date(1943, 1, 1), date(1968, 2, 29), date(1970, 1, 1), date(2022, 12, 31)])
def test_days_are_written_as_in_the_calendar(day: date) -> None:
    number = np.array([arrays.day_number(day)])
    assert arrays.all_written(number).tolist() == [int(day.strftime("%Y%m%d"))] == [arrays.written(day)]
    first, last = arrays.month_limits(number)
    assert arrays.all_written(first)[0] % 100 == 1
    assert (day + timedelta(days=int(last[0] - number[0]) + 1)).day == 1
    first, last = arrays.year_limits(np.array([day.year]))
    assert arrays.all_written(first)[0] % 10_000 == 101
    assert arrays.all_written(last)[0] % 10_000 == 1231


def test_years_before_a_leap_day() -> None:
    assert arrays.years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert arrays.years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


def test_nationalities_move_up_without_gaps_or_repeats() -> None:
    layers = [
        np.array(row)
        for row in (["1", "1", ""], ["1", "", "2"], ["", "2", "2"], ["3", "4", ""], ["", "5", "6"])
    ]
    packed_rows = np.array(packed(layers)).T.tolist()
    assert packed_rows == [["1", "3", "", ""], ["1", "2", "4", "5"], ["2", "6", "", ""]]


def test_columns_by_group() -> None:
    values = spread({"b": 2, "a": 1})
    assert values.tolist() == ["b", "b", "a"]
    assert [(name, where.tolist()) for name, where in groups(values)] == [("a", [2]), ("b", [0, 1])]
    assert by_code(values, {"a": 5}, missing=9).tolist() == [9, 9, 5]


def test_old_codes_belong_to_the_municipality_of_the_peildatum() -> None:
    old = predecessors(date(2022, 7, 1))
    assert ("0457", date(2022, 3, 24)) in old["0363"]
    assert {code for code, _ in old["1978"]} >= {
        "0571",
        "0689",
        "0693",
        "1927",
    }  # by way of 1927, which ended too
    assert "0055" in {code for code, _ in old["0080"]}  # a split, by its main successor
    assert "1992" not in old  # not yet
    municipalities = reference.municipalities()
    assert all(municipalities[current].valid_on(date(2022, 7, 1)) for current in old)
    assert all(code in municipalities for codes in old.values() for code, _ in codes)
