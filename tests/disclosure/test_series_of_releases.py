"""Series of releases: what the measurements rest on, and that they tell the two ways to draw apart."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest

from benchmarks.releases import corrections, series
from benchmarks.releases.chances import Known, differences, evidence, evidence_of_all
from benchmarks.releases.people import people
from benchmarks.releases.release import BY_PERSONS, FRESH, SAME, Members
from benchmarks.releases.unchanged import Unchanged
from benchmarks.releases.views import VIEWS, as_row, exact, tally

SEED = 4
KEY = b"a key of the tests"


def _members() -> Members:
    random = np.random.default_rng(SEED)
    return Members(people(random), random)


def test_a_release_of_some_has_the_counts_of_their_tables() -> None:
    members = _members()
    present = np.arange(len(members.everybody)) % 3 > 0
    counts = dict(zip(members.cells, members.counts(present).tolist(), strict=True))
    own, _ = exact(members.everybody[present])
    assert {at: count for at, count in counts.items() if count} == own


def test_the_row_of_some_persons_is_how_many_of_them_each_count_has() -> None:
    members = _members()
    assert (tally(members.everybody) == as_row(exact(members.everybody)[0])).all()


def test_by_set_of_persons_a_cell_is_drawn_alike_until_somebody_in_it_changes() -> None:
    members = _members()
    everybody = np.ones(len(members.everybody), dtype=np.bool_)
    fewer = everybody.copy()
    fewer[0] = False
    changed = members.counts(everybody) != members.counts(fewer)
    for way, otherwise in ((BY_PERSONS, changed), (FRESH, np.full_like(changed, True))):
        first, second = (members.drawn(one, way, 5, KEY, at) for at, one in enumerate((everybody, fewer)))
        assert [first(at) != second(at) for at in members.cells] == otherwise.tolist()
    first, second = (members.drawn(everybody, SAME, 5, KEY, at) for at in (0, 1))
    assert [first(at) for at in members.cells] == [second(at) for at in members.cells]


def test_cells_with_the_same_persons_have_one_draw() -> None:
    members = _members()
    sums = members.sums(np.ones(len(members.everybody), dtype=np.bool_))
    drawn = members.drawn(np.ones(len(members.everybody), dtype=np.bool_), BY_PERSONS, 5, KEY, 0)
    numbers = {
        sum_: {drawn(at) for at in np.array(members.cells, dtype=object)[sums == sum_]} for sum_ in set(sums)
    }
    assert all(len(one) == 1 for one in numbers.values())
    assert len({next(iter(one)) for one in numbers.values()}) == len(numbers)


@pytest.mark.parametrize(("came", "left"), [(0, 0), (3, 0), (2, 4)])
def test_the_difference_of_who_came_and_left_has_its_own_chances(came: int, left: int) -> None:
    share = 0.3
    expected = np.zeros(came + left + 1)
    for many, fewer in product(range(came + 1), range(left + 1)):
        chance = comb(came, many) * comb(left, fewer) * share ** (many + fewer)
        expected[many - fewer] += chance * (1 - share) ** (came + left - many - fewer)
    assert differences(np.array([share]), came, left)[0] == pytest.approx(expected)


def test_a_changed_figure_points_at_a_change_only_when_draws_follow_the_persons() -> None:
    before = np.full(VIEWS[-1].end, 20)
    after = before.copy()
    after[-1] = 15
    fresh, by_set = (evidence(before, after, Known(5, 1, 0, True), restless) for restless in (None, 0.01))
    assert fresh[-1] < 0 < by_set[-1]
    assert by_set[0] < fresh[0] + 1e-9


def test_all_releases_together_tell_more_than_two() -> None:
    shown = np.array([[20], [20], [20], [20], [25], [20], [25], [25]])
    assert (
        evidence_of_all(shown, 4, Known(5, 1, 0))[0] > evidence_of_all(shown[3:5], 1, Known(5, 1, 0))[0] > 0
    )


def test_two_roundings_leave_the_values_between_them() -> None:
    exact_counts = np.array([[3, 3, 5, 0]] * 2)
    shown = np.array([[0, 5, 5, 0], [5, 5, 5, 0]])
    figures = Unchanged(5, by_persons=False)
    figures.add(exact_counts, np.zeros_like(exact_counts, dtype=np.uint64), shown)
    assert figures.figures == 3
    assert figures.otherwise == pytest.approx(1 / 3)
    assert figures.left(1).values == pytest.approx((5 + 9 + 9) / 3)
    assert figures.left(2).values == pytest.approx((4 + 9 + 9) / 3)


@pytest.mark.slow
def test_fresh_draws_narrow_unchanged_figures_and_sets_of_persons_do_not() -> None:
    found = {(one.way, one.base): measured for one, measured in series.measure(1, 7, SEED).items()}
    for base in (5, 10):
        fresh, by_set = (found[way, base] for way in (FRESH, BY_PERSONS))
        assert fresh.figures == by_set.figures > 1000
        assert fresh.left[8].chance > 2 * fresh.left[1].chance
        assert by_set.left[8].chance < 1.3 * by_set.left[1].chance
        assert by_set.otherwise < fresh.otherwise / 5


@pytest.mark.slow
def test_by_set_of_persons_a_correction_leaves_other_routes_as_they_were() -> None:
    for setting, found in corrections.measure(40, SEED).items():
        assert (found.another.percent < 15) == (setting.way == BY_PERSONS), setting
        assert found.route.percent > 10, setting
