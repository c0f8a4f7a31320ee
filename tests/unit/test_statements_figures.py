"""Figures with what rounding leaves open, and verdicts on them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from wi2007.statements import figure
from wi2007.statements.figure import Figure, NotComputableError, counted, known
from wi2007.statements.published import Nearness, Printed, Published, larger, nearness

JAN, JULY = date(2019, 1, 1), date(2022, 7, 1)


def exact(value: float) -> Figure:
    number = Fraction(str(value))
    return Figure(number, number, number)


def said(
    low: str, high: str = "", unit: str = "procent", tolerance: str = "0.5", wider: str = ""
) -> Published:
    printed = Printed(low, Decimal(low), Decimal(high or low))
    return Published(
        id="c01",
        place="",
        text="",
        figures=(printed,),
        unit=unit,
        day=JULY,
        below=Decimal(tolerance),
        above=Decimal(tolerance),
        wider=Decimal(wider) if wider else None,
        reason="",
        source="",
        number=2,
    )


def test_a_count_can_be_off_on_both_sides_but_not_below_nil() -> None:
    made = counted(Fraction(5), Fraction(4))
    assert (made.low, made.value, made.high) == (1, 5, 9)
    assert counted(Fraction(0), Fraction(4)).low == 0


def test_operations_carry_both_ends() -> None:
    a, b = counted(Fraction(20), Fraction(4)), counted(Fraction(10), Fraction(4))
    assert (figure.plus([a, b]).low, figure.plus([a, b]).high) == (22, 38)
    assert (figure.minus([a, b]).low, figure.minus([a, b]).high) == (2, 18)
    assert figure.minus([b, a]).value == 0
    assert (figure.times([a, b]).low, figure.times([a, b]).high) == (16 * 6, 24 * 14)
    assert figure.divided([a, b]).value == 2
    assert figure.percent([b, a]).value == 50
    assert figure.percent([b, a]).low == Fraction(600, 24)


def test_nobody_has_no_part() -> None:
    with pytest.raises(NotComputableError, match="noemer_nul"):
        figure.divided([known(1), counted(Fraction(0), Fraction(4))])


@pytest.mark.parametrize(("then", "now", "year"), [(9010, 7919, 2047), (9000, 4500, 2025)])
def test_a_straight_line_reaches_nil(then: int, now: int, year: int) -> None:
    first = Figure(Fraction(then), Fraction(then), Fraction(then), days=(JAN,))
    assert int(figure.year_of_nil(first, known(now), JULY).value) == year


@pytest.mark.parametrize(("now", "day"), [(9010, JULY), (9500, JULY), (7919, JAN), (7919, date(2018, 1, 1))])
def test_a_line_that_does_not_go_down_reaches_nothing(now: int, day: date) -> None:
    first = Figure(Fraction(9010), Fraction(9010), Fraction(9010), days=(JAN,))
    with pytest.raises(NotComputableError, match="geen_daling"):
        figure.year_of_nil(first, known(now), day)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("36.5", Nearness.WITHIN),
        ("35.5", Nearness.WITHIN),
        ("36.51", Nearness.OUTSIDE),
        ("0", Nearness.OUTSIDE),
    ],
)
def test_the_tolerance_is_that_of_the_print(value: str, expected: Nearness) -> None:
    assert nearness([exact(float(value))], said("36"), held=True) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(235, Nearness.WITHIN), (227, Nearness.WIDER), (215, Nearness.OUTSIDE)]
)
def test_a_wider_tolerance_comes_with_a_remark(value: int, expected: Nearness) -> None:
    study = said("240", unit="personen", tolerance="5", wider="24")
    assert nearness([exact(value)], study, held=True) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(1.6, Nearness.WITHIN), (3.4, Nearness.WITHIN), (3.6, Nearness.OUTSIDE)]
)
def test_a_range_has_two_ends(value: float, expected: Nearness) -> None:
    assert nearness([exact(value)], said("2", "3"), held=True) == expected


def test_a_rounded_count_is_judged_by_what_it_can_be() -> None:
    study = said("7919", unit="personen", tolerance="0")
    assert nearness([exact(7920)], study, held=True) == Nearness.OUTSIDE
    assert nearness([counted(Fraction(7920), Fraction(4))], study, held=True) == Nearness.WITHIN
    assert nearness([counted(Fraction(7925), Fraction(4))], study, held=True) == Nearness.OUTSIDE


def test_what_a_statement_says_besides_must_hold() -> None:
    assert nearness([exact(36)], said("36"), held=False) == Nearness.OUTSIDE


def test_a_year_counts_as_a_whole() -> None:
    study = said("2030", unit="jaar", tolerance="2")
    assert nearness([exact(2032.9)], study, held=True) == Nearness.WITHIN
    assert nearness([exact(2033)], study, held=True) == Nearness.OUTSIDE


def test_larger_is_what_can_be_larger() -> None:
    four = Fraction(4)
    assert larger(exact(2), exact(1))
    assert not larger(exact(1), exact(1))
    assert larger(counted(Fraction(10), four), counted(Fraction(15), four))
    assert not larger(counted(Fraction(10), four), counted(Fraction(20), four))
