"""Values with types of their own as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wi2007.delivery import typed
from wi2007.delivery.source import Dictionaries

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WRITTEN: list[tuple[Any, str]] = [
    (None, ""),
    (True, "TRUE"),
    (False, "FALSE"),
    (363, "363"),
    (363.0, "363"),
    (-0.0, "0"),
    (363.5, "363.5"),
    (1e-7, "0.0000001"),
    (20220701.0, "20220701"),
    (123456789012345.0, "123456789012345"),
    (1e22, "10000000000000000000000"),
    (float("nan"), ""),
    (float("inf"), "oneindig"),
    (Decimal("363.00"), "363"),
    (Decimal("0.50"), "0.5"),
    (Decimal("1E+3"), "1000"),
    (date(2015, 3, 1), "2015-03-01"),
    (datetime(2015, 3, 1), "2015-03-01"),
    (datetime(2015, 3, 1, 13, 45), "2015-03-01 13:45:00"),
    (datetime(2015, 3, 1, 0, 0, 0, 5), "2015-03-01 00:00:00.000005"),
    (datetime(2015, 3, 1, tzinfo=AMSTERDAM), "2015-03-01"),
    (datetime(2015, 2, 28, 23, tzinfo=UTC), "2015-02-28 23:00:00"),
    (time(13, 45), "13:45:00"),
    (b"0363", "0363"),
    ("0363", "0363"),
    (" 0363 ", " 0363 "),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN, ids=[repr(value) for value, _ in WRITTEN])
def test_a_value_is_written_as_a_person_would(value: Any, text: str) -> None:
    assert typed.text_of(value) == text


def test_bytes_that_are_no_text_are_not_guessed() -> None:
    with pytest.raises(UnicodeDecodeError):
        typed.text_of(b"\xe9\xff")


COLUMNS = {
    "texts": pa.array(["a", None, "", "a"]),
    "large texts": pa.array(["a", None, "", "b"], pa.large_string()),
    "texts in a dictionary": pa.array(["a", None, "b", "a"]).dictionary_encode(),
    "numbers in a dictionary": pa.array([5, None, 5, 7]).dictionary_encode(),
    "whole numbers": pa.array([1, None, 363, 2**62]),
    "numbers": pa.array([1.0, None, 363.5, float("nan")]),
    "single precision": pa.array([1.0, None, 0.5, 363.0], pa.float32()),
    "decimals": pa.array([Decimal("1.00"), None, Decimal("2.50"), Decimal("3.00")]),
    "days": pa.array([date(2015, 3, 1), None, date(1900, 1, 1), date(2015, 3, 1)]),
    "moments": pa.array([datetime(2015, 3, 1), None, datetime(2015, 3, 1, 1), datetime(1970, 1, 1)]),
    "moments of a zone": pa.array([datetime(2015, 3, 1)] * 4, pa.timestamp("s", "Europe/Amsterdam")),
    "yes and no": pa.array([True, None, False, True]),
    "bytes": pa.array([b"a", None, b"0363", b""]),
    "nothing": pa.nulls(4),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_reads_as_its_values_one_by_one(name: str) -> None:
    column = COLUMNS[name]
    expected = [typed.text_of(value) for value in column.to_pylist()]
    assert typed.as_texts(column).to_pylist() == expected
    coded = Dictionaries().coded("", typed.as_dictionary(column))
    assert [coded.values[code] if code >= 0 else "" for code in coded.codes] == expected


@given(st.lists(st.none() | st.floats(), max_size=30))
def test_no_number_is_rounded(numbers: list[float | None]) -> None:
    for number, text in zip(
        numbers, typed.as_texts(pa.array(numbers, pa.float64())).to_pylist(), strict=True
    ):
        if number is None or number != number:
            assert text == ""
        elif abs(number) != float("inf"):
            assert float(text) == number
            assert "e" not in text.casefold()


@pytest.mark.parametrize(
    ("kind", "number", "lost"),
    [
        (pa.float64(), 999_999_999_999_999.0, False),
        (pa.float64(), 1e15, True),
        (pa.float64(), -1e16, True),
        (pa.float32(), 16_777_215.0, False),
        (pa.float32(), 20_220_701.0, True),
        (pa.float16(), 2_047.0, False),
        (pa.float16(), 2_048.0, True),
    ],
)
def test_a_number_that_lost_digits_is_pointed_at(kind: Any, number: float, lost: bool) -> None:
    rows = np.array([7, 8], dtype=np.int64)
    column = pa.array([1.0, number]).cast(kind, safe=False)
    block = typed.block_of(rows, {3: column}, (), Dictionaries())
    assert [(cell.rule, cell.field, cell.rows.tolist()) for cell in block.cells] == (
        [("getal_te_lang", 3, [8])] if lost else []
    )


def test_single_precision_is_written_in_the_digits_that_mean_it() -> None:
    column = pa.array([0.1, 363.0, None, 14.5], pa.float32())
    assert typed.as_texts(column).to_pylist() == ["0.1", "363", "", "14.5"]


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("s")])
def test_a_day_outside_the_calendar_is_no_date(kind: Any) -> None:
    days = pa.array([0, 2**31 - 1], pa.int32() if kind == pa.date32() else pa.int64()).cast(kind)
    if kind != pa.date32():
        days = pa.array([0, 2**60], pa.int64()).cast(kind)
    assert typed.as_texts(days).to_pylist() == ["1970-01-01", "buiten de kalender"]


def test_whole_numbers_keep_all_their_digits() -> None:
    block = typed.block_of(np.array([1]), {0: pa.array([12345678901234567])}, (0,), Dictionaries())
    assert (block.plain[0].to_pylist(), block.cells) == (["12345678901234567"], ())


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_only_midnight_is_a_day(moment: datetime) -> None:
    is_midnight = moment - datetime(moment.year, moment.month, moment.day) == timedelta(0)
    assert (len(typed.text_of(moment)) == 10) == is_midnight
