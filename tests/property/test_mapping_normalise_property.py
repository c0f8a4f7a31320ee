"""Normalising any value: what is right stays, twice is once, every change is counted once for its row."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schemas.columns import COLUMNS, PERSON
from schemas.values import DAYS, NUMBERS, code_list, is_value
from wi2007 import reference
from wi2007.delivery.source import EMPTY, Coded
from wi2007.mapping.normalise.column import Column
from wi2007.mapping.normalise.rules import listed
from wi2007.mapping.values import Single

PEILDATUM = date(2022, 7, 1)
OURS = [name for name in COLUMNS if name != PERSON]
READERS = {name: Column(name, listed(), PEILDATUM) for name in OURS}
ODD = st.sampled_from(
    ["NULL", "NA", " NA", "0", "0.0", "1", "2,0", "man", "363", "363.0", " 363,0 ", "25734", "1970-06-15", "00-00-1968",
     "15-06-1970 00:00:00", "TURKS", "0339", "Turkse", "Den Haag", "Marokko", "13-13-2013",
     "NULL.0", "-1", "oudkomer", "0600", "600.0", "1.000", "37,5", "JA", "Loon", "TRUE"]
)  # fmt: skip
WRITTEN = (
    ODD | st.text("0123456789-., TNAUL:/", max_size=20) | st.text(st.characters(codec="latin-1"), max_size=8)
)
COLUMN = st.sampled_from(OURS)


@st.composite
def right_values(draw: st.DrawFn) -> tuple[str, str]:
    column = draw(COLUMN)
    if column in DAYS:
        return column, f"{draw(st.dates(date(1000, 1, 1), PEILDATUM)):%Y%m%d}"
    if column in NUMBERS:
        return column, str(draw(st.integers(0, NUMBERS[column])))
    return column, draw(st.sampled_from(sorted(code_list(column) or ())))


@given(right_values())
def test_what_is_right_is_never_changed(value: tuple[str, str]) -> None:
    column, text = value
    assert READERS[column].read(text).text == text


@given(COLUMN, WRITTEN.filter(bool))
def test_doing_it_twice_is_doing_it_once(column: str, text: str) -> None:
    once = READERS[column].read(text)
    if once.text and not once.question:
        assert READERS[column].read(once.text).text == once.text
    assert (once.text == text) == (not once.rules)


@given(st.dates(date(1927, 5, 18), PEILDATUM))
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    written = [
        f"{day:%Y-%m-%d}",
        f"{day:%d-%m-%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%Y-%m-%d} 00:00:00",
        str((day - date(1899, 12, 30)).days),
        str((day - date(1582, 10, 14)) // timedelta(seconds=1)),
    ]
    assert {READERS["statusdatum"].read(text).text for text in written} == {f"{day:%Y%m%d}"}


@given(st.sampled_from(sorted(reference.municipalities())), st.sampled_from(["", ".0", ",0", ",00"]))
def test_a_code_survives_excel(code: str, decimals: str) -> None:
    assert READERS["gemeentecode"].read(str(int(code)) + decimals).text == code


@given(COLUMN, st.lists(st.lists(WRITTEN, max_size=30), min_size=1, max_size=4))
def test_every_row_comes_out_once_and_every_change_is_counted_once(
    column: str, batches: list[list[str]]
) -> None:
    """Whatever the batches, whose lists of values grow or stay the same object."""
    single = Single(READERS[column])
    values: list[str] = []
    counted: dict[str, int] = {}
    expected: dict[str, int] = {}
    for rows in batches:
        new = [text for text in dict.fromkeys(rows) if text and text not in values]
        values = values + new if new else values
        places = {text: at for at, text in enumerate(values)} | {"": EMPTY}
        given_ = Coded(values, np.array([places[text] for text in rows], dtype=np.int32))
        ours, counts, questions = single.ours([given_])
        read = [READERS[column].read(text) if text else None for text in rows]
        back = [*ours.values, ""]
        assert [back[code] for code in ours.codes] == [one.text if one else "" for one in read]
        assert len(set(ours.values)) == len(ours.values)
        for rule, marks in questions.items():
            assert marks.tolist() == [one is not None and one.question == rule for one in read]
        for one in read:
            for rule in one.rules if one else ():
                expected[rule] = expected.get(rule, 0) + 1
        for rule, count in counts.items():
            counted[rule] = counted.get(rule, 0) + count
        if all(not text or is_value(column, text) for text in values):
            assert ours is given_
    assert {rule: count for rule, count in counted.items() if count} == expected
