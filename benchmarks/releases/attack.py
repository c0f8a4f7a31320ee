"""Guessing who came or left from two releases: what each code of each attribute is worth to somebody who has both.

The reader knows how counts are rounded and how many came or left. A strategy gives a score for each code of each
attribute; the highest is what somebody would guess. What does not belong here: what is certain (see `joint`), trials.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.chances import Known, evidence
from benchmarks.releases.people import AGE, COUNTRY, GENDER, PLACE, STATUS, VARIABLES
from benchmarks.releases.views import BY_AXES, SHAPE, STILL, VIEWS, Counts, Floats, View

ATTRIBUTES = {
    "geslacht": GENDER,
    "land van herkomst": COUNTRY,
    "gemeente": PLACE,
    "leeftijdsklasse": AGE,
    "uitstroomroute": STATUS,
}
ALONE = "the first release alone"
_LEAST = 0.02
"""What a count that is shown as nobody is still taken to hold, in persons."""
_STEPS, _SIZES = 5, 4


def prior(before: Counts) -> Floats:
    """How likely each combination of codes is by the first release alone."""

    def given(axes: tuple[int, ...], along: int) -> Floats:
        filled = BY_AXES[axes].of(before) + _LEAST
        return np.asarray(filled / filled.sum(axis=along, keepdims=True))

    places = BY_AXES[PLACE, STATUS].of(before) + _LEAST
    ages = np.repeat(VARIABLES[AGE].share[:, None], SHAPE[STATUS], axis=1)
    countries = given((COUNTRY, STATUS), 0)
    found = np.einsum("ms,ks,gs,as->gkmas", places, countries, given((GENDER, STATUS), 0), ages)
    of_still = (places[:, STILL], countries[:, STILL], given((GENDER, PLACE), 0), given((PLACE, AGE), 1))
    found[..., STILL] = np.einsum("m,k,gm,ma->gkma", *of_still)
    return np.asarray(found / found.sum())


class Experience:
    """How often counts of each view and size went up and down, with and without somebody who came or left.

    What a reader learns who tries the method on populations of his own; so the program's own coupling of cells counts.
    """

    def __init__(self, base: int) -> None:
        self._base = base
        self._view = np.concatenate([np.full(view.end - view.begin, at) for at, view in enumerate(VIEWS)])
        self._seen = np.ones((2, len(VIEWS), _SIZES, _STEPS))
        self._resting = np.ones(2)

    def _places(self, before: Counts, after: Counts) -> tuple[NDArray[np.int64], ...]:
        size = np.minimum(before // self._base, _SIZES - 1)
        step = np.clip((after - before) // self._base + _STEPS // 2, 0, _STEPS - 1)
        return self._view, size, step

    @property
    def restless(self) -> float:
        """Of the counts that are not shown as nobody, and of which no person changed, the part shown otherwise."""
        return float(self._resting[1] / self._resting.sum())

    def add(self, before: Counts, after: Counts, asked: Counts, changed: Counts) -> None:
        """Learn from a trial: by place how many of those asked after, and of all who changed, are in the count."""
        persons, places = int(VIEWS[0].of(asked).sum()), self._places(before, after)
        for inside, weight in ((1, asked), (0, persons - asked)):
            np.add.at(self._seen, (np.full(len(before), inside), *places), weight / persons)
        steps = (before != after)[(changed == 0) & (before + after > 0)]
        self._resting += [(~steps).sum(), steps.sum()]

    def evidence(self, before: Counts, after: Counts) -> Floats:
        """As the function of this name, by what was learnt."""
        likely = self._seen / self._seen.sum(axis=-1, keepdims=True)
        ratio = np.log(likely[1]) - np.log(likely[0])
        return np.asarray(ratio[self._places(before, after)])


def over_profiles(worth: Floats, views: Collection[View] = VIEWS) -> Floats:
    """For each combination of codes the sum over the counts in which such a person is."""
    total = np.zeros(SHAPE)
    for view in views:
        wide = np.ones(len(SHAPE), dtype=int)
        wide[list(view.axes)] = view.shape
        if view.still:
            total[..., STILL] += view.of(worth).reshape(wide[:-1])
        else:
            total += view.of(worth).reshape(wide)
    return total


def strategies(
    before: Counts, after: Counts, known: Known, learnt: Experience, further: Mapping[str, Floats]
) -> dict[str, list[int]]:
    """By strategy the code that is guessed for each attribute; `further` is evidence from elsewhere, by name."""
    first = prior(before)
    logs = np.log(first)
    margins = [view for view in VIEWS if len(view.axes) == 1]
    own = {"chance of each cell": evidence(before, after, known), "learnt": learnt.evidence(before, after)}
    weighed = {**own, **further}
    if known.by_persons:
        weighed["changed figures"] = evidence(before, after, known, learnt.restless)
    scores = {ALONE: first}
    for name, worth in weighed.items():
        profiles = over_profiles(worth)
        scores[name] = np.exp(logs + profiles)
        scores[f"{name}, at half weight"] = np.exp(logs + profiles / 2)
        scores[f"{name}, the totals"] = np.exp(logs + over_profiles(worth, margins))
    steps = known.sign * (after - before) / known.base
    scores["most differences"] = np.exp(logs + over_profiles(steps))
    return {name: [int(one.argmax()) for one in _by_attribute(score)] for name, score in scores.items()}


def _by_attribute(score: Floats) -> list[Floats]:
    axes = range(score.ndim)
    return [score.sum(axis=tuple(axis for axis in axes if axis != own)) for own in ATTRIBUTES.values()]
