"""Two releases after each other: no small cell becomes exact, and guessing who came or left gains little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.releases.attack import ATTRIBUTES
from benchmarks.releases.joint import left_over
from benchmarks.releases.page import BOUND, WAYS, measure
from benchmarks.releases.people import people
from benchmarks.releases.trials import Way, advantages, trials
from benchmarks.releases.views import VIEWS, as_row, exact, places_of

TRIALS = 200
SEED = 4


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one comes", pytest.param("five leave", marks=pytest.mark.long)])
def test_nothing_is_exact_and_guessing_gains_little(name: str) -> None:
    found = measure(WAYS[name], TRIALS, SEED, enough=2)
    assert found.fewest >= 2
    assert found.cells > 100 * TRIALS
    for attribute in ATTRIBUTES:
        strategy, gain = found.best(attribute)
        print(
            f"{name}, {attribute}: {gain.more:+.1f} ± {gain.half:.1f} points on {gain.alone:.0f}% ({strategy})"
        )
        assert gain.at_least <= BOUND, attribute


def test_without_rounding_the_same_reader_knows_nearly_everything() -> None:
    found = advantages(Way(-1, base=1), 10, SEED)
    for attribute in ("geslacht", "land van herkomst", "gemeente", "uitstroomroute"):
        best = max(gain.alone + gain.more for (_, of), gain in found.items() if of == attribute)
        assert best > 90, attribute


def test_without_rounding_every_cell_is_exact() -> None:
    way = Way(1)
    (trial,) = trials(way, 1, SEED)
    plain = [replace(one, shown=one.exact) for one in (trial.before, trial.after)]
    unrounded = replace(trial, before=plain[0], after=plain[1])
    assert min(left_over(trial, way, 2).values()) >= 2
    assert set(left_over(unrounded, Way(1, base=1), 2).values()) == {1}


def test_a_reader_sees_every_count_in_which_a_person_is() -> None:
    everybody = people(np.random.default_rng(SEED))
    person, others = everybody[0], everybody[1:]
    before, after = (as_row(exact(these)[0]) for these in (others, everybody))
    assert sorted(np.flatnonzero(before != after)) == sorted(places_of(person))
    assert len(before) == VIEWS[-1].end
    assert (after - before).sum() == len(places_of(person))
