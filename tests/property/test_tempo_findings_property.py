"""Whatever rounding did: the way out that is told as the largest is the one that most persons took."""

from __future__ import annotations

from dataclasses import replace

from content_sample import inputs
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.tempo_tables import TempoRow
from wi2007 import reference
from wi2007.publication.content.outflow import TempoData, TempoFigures
from wi2007.tempo.cells import ALL_ROUTES, OBLIGED, RECENT

BASE = 5
ROUTES = list(dict.fromkeys(s.route for code, s in reference.statuses().items() if code != OBLIGED))
COUNTS = st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=len(ROUTES), max_size=len(ROUTES))


def figures(exact: list[int], ups: list[bool]) -> TempoFigures:
    """What is told of these numbers, each rounded up or down."""
    row = TempoRow(RECENT, "2021-07-02", "2022-07-01", ALL_ROUTES, ALL_ROUTES, ALL_ROUTES, 0, 900, 500, None)
    shown = [
        -(-count // BASE) * BASE if up else count // BASE * BASE for count, up in zip(exact, ups, strict=True)
    ]
    rows = [replace(row, route=route, uitgestroomd=n) for route, n in zip(ROUTES, shown, strict=True)]
    return TempoFigures(TempoData([row, *rows]), BASE - 1, inputs().limits)


@examples(300)
@given(COUNTS)
def test_the_route_that_is_told_is_the_largest(counts: list[tuple[int, bool]]) -> None:
    exact = [count for count, _ in counts]
    told = figures(exact, [up for _, up in counts]).route
    if told:
        own = exact[ROUTES.index(told.route)]
        assert all(own > count for route, count in zip(ROUTES, exact, strict=True) if route != told.route)


def test_a_route_is_told_where_most_took_it_and_not_where_two_are_about_as_large() -> None:
    few = [3] * (len(ROUTES) - 2)
    sure = figures([80, 30, *few], [True] * len(ROUTES)).route
    assert sure is not None
    assert sure.route == ROUTES[0]
    assert figures([44, 36, *few], [True] * len(ROUTES)).route is None
