"""The band of a scenario: each part of it by known answers, and what has to hold whatever the years were."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wi2007.tempo.band import Chance, Spread, Year, normal, spread_of, student

QUIET = Spread(Decimal(0), Decimal(0), 4)
MANY = 10**12
"""So many left that their pace is known."""


def years(*paces: str, left: int = MANY) -> list[Year]:
    return [Year(Decimal(pace), left) for pace in paces]


def test_quantiles_are_those_of_the_tables() -> None:
    """80% of a normal variable lies within 1.2816, of Student's t as in Abramowitz and Stegun, table 26.10."""
    assert normal(80) == Decimal("1.281552")
    assert normal(95) == Decimal("1.959964")
    for freedom, expected in ((2, "1.886"), (3, "1.638"), (4, "1.533"), (5, "1.476"), (10, "1.372")):
        assert abs(student(80, freedom) - Decimal(expected)) < Decimal("0.003")
    assert abs(student(90, 2) - Decimal("2.920")) < Decimal("0.01")


def test_of_persons_who_leave_by_chance_the_number_left_is_binomial() -> None:
    central, fewest, most = Chance(80, QUIET, MANY).band(1000, 1, lambda years, times: Decimal(900))
    assert central == 900
    assert abs(central - fewest - normal(80) * Decimal(90).sqrt()) < Decimal("0.001")
    assert abs((most - central) - (central - fewest)) < Decimal("0.001")


def test_a_pace_that_rests_on_few_is_off_by_the_root_of_their_number() -> None:
    """A hundred who left: the pace is off by a tenth, 1.28 times; of 10,000 persons who leave chance adds little."""

    def left(years: int, times: Decimal) -> Decimal:
        return 10**9 - 10**6 * times

    central, fewest, _ = Chance(80, QUIET, 100).band(10**9, 1, left)
    assert abs((central - fewest) / 10**6 - ((normal(80) / 10).exp() - 1)) < Decimal("0.001")


def test_a_pace_that_differs_widens_the_band_further_ahead() -> None:
    chance = Chance(80, Spread(Decimal("0.01"), Decimal("0.02"), 4), MANY)

    def left(years: int, times: Decimal) -> Decimal:
        return 10**9 - 10**6 * years * times

    for ahead in (1, 2, 5):
        central, fewest, _ = chance.band(10**9, ahead, left)
        deviation = (Decimal("0.01") + Decimal("0.02") * ((Decimal(ahead) + 1) / 2) ** 2).sqrt()
        expected = 10**6 * ahead * ((student(80, 4) * deviation).exp() - 1)
        assert abs((central - fewest) / expected - 1) < Decimal("0.001")


def test_rounding_widens_the_band_and_the_day_itself_has_none() -> None:
    def left(years: int, times: Decimal) -> Decimal:
        return Decimal(0)

    assert Chance(80, QUIET, MANY, off=4).band(20, 0, left) == (20, 20, 20)
    assert Chance(80, QUIET, MANY).band(20, 1, left) == (0, 0, 0)
    _, _, most = Chance(80, QUIET, MANY, off=4).band(20, 1, left)
    assert abs(most - normal(80) * Decimal(8).sqrt()) < Decimal("0.001")
    assert Chance(80, QUIET, MANY, off=4).band(0, 3, left) == (0, 0, 0)


def test_years_that_are_all_the_same_have_no_spread() -> None:
    assert spread_of(years("0.1", "0.1", "0.1", "0.1")).variance(5) < Decimal("1e-9")
    assert spread_of(years("0.1", "0.1", "0.1", "0.1", left=100)).variance(5) == 0


def test_a_pace_that_falls_evenly_spreads_as_far_as_it_fell() -> None:
    """Halved each year: a year ahead the logarithm is off by ln 2, further ahead by more."""
    found = spread_of(years("0.8", "0.4", "0.2", "0.1", "0.05"))
    assert found.years == 4
    assert found.growing > 0
    assert abs(found.variance(1).sqrt() / Decimal(2).ln() - 1) < Decimal("0.15")
    assert found.variance(5) > 4 * found.variance(1)


def test_a_restless_pace_spreads_as_far_one_year_ahead_as_five() -> None:
    found = spread_of(years("0.1", "0.2", "0.1", "0.2", "0.1", "0.2"))
    assert found.variance(5) < 2 * found.variance(1)


@pytest.mark.parametrize("some", [[], ["0.1"], ["0.1", "0.2"]])
def test_a_spread_needs_three_years(some: list[str]) -> None:
    with pytest.raises(ValueError, match="three years"):
        spread_of(years(*some))


@given(
    st.lists(st.tuples(st.decimals("0.001", "5", places=3), st.integers(1, 100_000)), min_size=3, max_size=12)
)
def test_a_spread_is_never_below_nil_and_never_narrows(some: list[tuple[Decimal, int]]) -> None:
    found = spread_of([Year(*one) for one in some])
    variances = [found.variance(ahead) for ahead in range(1, 40)]
    assert variances[0] >= 0
    assert variances == sorted(variances)
