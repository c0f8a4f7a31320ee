"""The solver of the gate beside another way to solve the same programs: all whole numbers tried, and scipy's milp."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from wi2007.protection.linear import LinearProgram, Matrix, NoSolutionError

NUMBERS = st.integers(-3, 3)


@st.composite
def programs(draw: st.DrawFn) -> tuple[list[int], list[list[int]], list[int], list[int]]:
    """Prices, rows, and the ends between which each row lies; unknown numbers are 0, 1 or 2."""
    width = draw(st.integers(1, 5))
    prices = draw(st.lists(st.integers(-40, 40), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=4))
    least = [draw(st.integers(-4, 4)) for _ in rows]
    most = [one + draw(st.integers(0, 2)) for one in least]
    return prices, rows, least, most


def matrix(rows: list[list[int]]) -> Matrix:
    width = len(rows[0])
    return Matrix.of([[(place, value) for place, value in enumerate(row) if value] for row in rows], width)


@examples(300)
@given(programs())
def test_the_cheapest_whole_numbers_are_those_of_trying_all(
    program: tuple[list[int], list[list[int]], list[int], list[int]],
) -> None:
    prices, rows, least, most = program
    solver = LinearProgram((0, 2), [(matrix(rows), least, most)], len(prices))
    costs = [
        int(np.dot(prices, one))
        for one in product(range(3), repeat=len(prices))
        if all(
            low <= sum(np.multiply(row, one)) <= high
            for row, low, high in zip(rows, least, most, strict=True)
        )
    ]
    if not costs:
        with pytest.raises(NoSolutionError):
            solver.cheapest_whole(prices)
        return
    found = solver.cheapest_whole(prices)
    sums = matrix(rows) @ found
    assert ((least <= sums) & (sums <= most)).all()
    assert int(np.dot(prices, found)) == min(costs)


@pytest.mark.parametrize("seed", range(6))
def test_many_numbers_with_broken_cheapest_ones_cost_as_much_as_with_milp(seed: int) -> None:
    draw = np.random.default_rng(seed)
    width = 60
    rows = [draw.choice(width, size=2, replace=False) for _ in range(150)]
    pairs = Matrix.of([[(int(place), 1.0) for place in row] for row in rows], width)
    dense = np.zeros((len(rows), width))
    for number, row in enumerate(rows):
        dense[number, row] = 1.0
    prices = -1 - 0.3 * draw.random(width)
    solver = LinearProgram((0, 1), [(pairs, -np.inf, 1)], width)
    broken = solver.cheapest(prices)
    assert np.abs(broken - broken.round()).max() > 0.1
    other = milp(
        prices,
        integrality=np.ones(width),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(dense, -np.inf, 1),
        options={"mip_rel_gap": 0},
    )
    assert prices @ solver.cheapest_whole(prices) == pytest.approx(other.fun)


def test_the_next_question_does_not_know_the_one_before() -> None:
    solver = LinearProgram((0, 1), [(matrix([[1, 1]]), 1, 1)], 2)
    first = solver.cheapest([1, 2]).tolist()
    assert solver.cheapest_whole([2, 1]).tolist() == [0, 1]
    assert solver.cheapest([1, 2]).tolist() == first == [1, 0]


def test_whole_numbers_are_the_cheapest_again_after_nearly_cheapest_ones() -> None:
    """Three pairs of which one at least, each at a price: halves are cheapest, then some two of the three."""
    pairs = matrix([[1, 1, 0], [1, 0, 1], [0, 1, 1]])
    solver = LinearProgram((0, 1), [(pairs, 1, np.inf)], 3)
    near = solver.nearly_cheapest_whole([1, 1.1, 1.2], 1000.0, 1)
    assert (pairs @ near >= 1).all()
    assert solver.cheapest_whole([1, 1.1, 1.2]).tolist() == [1, 1, 0]


def test_columns_beside_themselves_with_another_sign() -> None:
    twice = matrix([[1, 2, 0], [0, 3, 1]]).beside(np.array([1, 2]), -1.0)
    assert (twice @ [1, 1, 1, 1, 0]).tolist() == [1, 1]
    assert (twice @ [0, 0, 0, 0, 1]).tolist() == [0, -1]


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    LinearProgram((0, 1), [(matrix([[1, 1]]), 1, 1)], 2).cheapest_whole([1, 2])
    assert capfd.readouterr() == ("", "")
