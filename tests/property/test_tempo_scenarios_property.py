"""Bands tried on series whose pace is known: about as many later counts lie within as the band claims."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.scenarios import BY_AGE, Tally, percent, tried

SERIES = 60
FIVE = range(1, 6)
CONSTANT, LINE = "vast_percentage", "rechte_lijn"


@cache
def of_kind(kind: str) -> Tally:
    return tried(kind, SERIES)


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("vast", CONSTANT),
        ("evenveel", LINE),
        ("onrustig", CONSTANT),
        ("onrustig", BY_AGE),
        ("dwalend", CONSTANT),
    ],
)
def test_a_band_of_80_percent_holds_about_as_often(kind: str, way: str) -> None:
    """Within what 60 series leave to chance around 70 to 90 percent; `docs/tempo.md` has the figures of a thousand."""
    share = percent(of_kind(kind), way, FIVE)
    assert share is not None
    assert 66 <= share <= 94


@pytest.mark.parametrize("way", [CONSTANT, LINE, BY_AGE])
def test_a_pace_that_falls_stays_within_the_band_of_one_that_is_constant(way: str) -> None:
    share = percent(of_kind("dalend"), way, FIVE)
    assert share is not None
    assert share >= 80


def test_series_are_the_same_every_time() -> None:
    assert tried("vast", 3) == tried("vast", 3)
