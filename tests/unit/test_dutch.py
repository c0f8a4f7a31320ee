from datetime import date

import pytest

from wi2007 import dutch


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (7919, "7.919"), (236997, "236.997"), (25_500_000, "25.500.000")]
)
def test_counts_have_points_between_thousands(value: int, text: str) -> None:
    assert dutch.count(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (54.64, 1, "54,6%"),
        (54.65, 1, "54,7%"),
        (0.5, 0, "1%"),
        (2.5, 0, "3%"),
        (100.0, 0, "100%"),
        (16.04, 1, "16,0%"),
    ],
)
def test_percentages_round_half_up(value: float, decimals: int, text: str) -> None:
    assert dutch.percent(value, decimals) == text


def test_below_nil_the_sign_is_a_minus_and_no_hyphen() -> None:
    assert dutch.count(-1270) == "−1.270"
    assert dutch.percent(-16.0, 1) == "−16,0%"


def test_dates_are_written_in_words() -> None:
    assert dutch.day(date(2022, 7, 1)) == "1 juli 2022"
