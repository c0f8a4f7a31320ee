"""Dates of a whole column, in any order and any writing: the day that is read is the day that was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wi2007.mapping.normalise.column import Column
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.rules import listed

PEILDATUM = date(2022, 7, 1)
DAYS = st.lists(st.dates(date(1900, 1, 1), PEILDATUM), min_size=1, max_size=40)
DUTCH = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
)
NAMES = st.sampled_from([DUTCH, (*ENGLISH, "December"), tuple(name.upper() for name in DUTCH)])
SIGNS = st.sampled_from(["/", "-", ".", " "])
ORDERS = st.sampled_from(["dmj", "mdj", "jmd", "jdm"])
TIMES = st.sampled_from(
    ["", " 00:00:00", "T00:00:00Z", "T00:00:00.000+00:00", " 0:00", " 00:00:00 UTC", " 12:00:00 AM"]
)
MONTH_FIRST = ("mdj", "jdm")


def read(texts: list[str], form: str | None = None) -> list[str]:
    """What each value becomes; empty where it is a question."""
    column = Column("geboortedatum", listed(), PEILDATUM, Field(whole=Whole(lambda: texts), form=form))
    return ["" if one.question else one.text for one in map(column.read, texts)]


def written(
    days: list[date], order: str, sign: str, month: Callable[[int], str], *, padded: bool
) -> list[str]:
    def one(day: date) -> str:
        parts = {"d": f"{day.day:02d}" if padded else str(day.day), "m": month(day.month), "j": str(day.year)}
        return sign.join(parts[letter] for letter in order)

    return [one(day) for day in days]


def digits(days: list[date]) -> list[str]:
    return [f"{day:%Y%m%d}" for day in days]


@given(DAYS, st.sampled_from(["dmj", "mdj", "jmd"]), st.sampled_from(["/", "."]), st.booleans(), TIMES)
def test_no_day_is_read_as_another(days: list[date], order: str, sign: str, padded: bool, time: str) -> None:
    """With the month first and points, a date that can be read both ways is not: no program writes that."""
    texts = [
        text + time
        for text in written(
            days, order, sign, lambda month: f"{month:02d}" if padded else str(month), padded=padded
        )
    ]
    if (order, sign) == ("mdj", ".") and all(day.day <= 12 for day in days):
        return
    for text, found, day in zip(texts, read(texts), digits(days), strict=True):
        assert found in (day, "", text)


@given(DAYS, SIGNS, st.booleans(), NAMES, st.sampled_from(["dmj", "jmd"]), TIMES)
def test_a_month_in_letters_has_one_reading(
    days: list[date], sign: str, padded: bool, names: tuple[str, ...], order: str, time: str
) -> None:
    texts = [
        text + time for text in written(days, order, sign, lambda month: names[month - 1], padded=padded)
    ]
    assert read(texts) == digits(days)


@given(DAYS, ORDERS, SIGNS, st.booleans(), TIMES)
def test_the_form_that_is_set_reads_what_was_written(
    days: list[date], order: str, sign: str, padded: bool, time: str
) -> None:
    parts = {"d": "dd", "m": "mm", "j": "jjjj"}
    texts = written(days, order, sign, lambda month: f"{month:02d}" if padded else str(month), padded=padded)
    form = sign.join(parts[letter] for letter in order)
    assert read([text + time for text in texts], form) == digits(days)


@given(DAYS, st.sampled_from(["dmj", "mdj"]))
def test_a_column_that_proves_its_order_is_read_and_another_is_asked(days: list[date], order: str) -> None:
    texts = written(days, order, "/", str, padded=False)
    proven = any(day.day > 12 for day in days)
    same = all(day.day == day.month for day in days)
    assert (read(texts) == digits(days)) == (proven or same)


@given(DAYS, st.sampled_from(["/", "-", "."]))
def test_a_year_of_two_digits_is_never_guessed(days: list[date], sign: str) -> None:
    assert not any(read([sign.join((str(day.day), str(day.month), f"{day.year % 100:02d}")) for day in days]))
