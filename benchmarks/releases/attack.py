"""Guessing who came or left from two releases: what each code of each attribute is worth to somebody who has both.

The reader knows how counts are rounded and how many came or left. A strategy gives a score for each code of each
attribute; the highest is what somebody would guess. What does not belong here: what is certain (see `joint`), trials.
"""

from __future__ import annotations

from collections.abc import Collection
from math import comb

import numpy as np
from numpy.typing import NDArray

from benchmarks.releases.people import AGE, COUNTRY, GENDER, PLACE, STATUS, VARIABLES
from benchmarks.releases.views import BY_AXES, SHAPE, STILL, VIEWS, Counts, Floats, View, places_of

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


def evidence(before: Counts, after: Counts, base: int, change: int) -> Floats:
    """How much likelier (a logarithm) each second count is when somebody who came or left is in it.

    Count by count, as if each were rounded for itself: `change` persons came (above 0) or left.
    """
    share = np.clip(before / max(int(VIEWS[0].of(before).sum()), 1), 0, 1)
    others, sign = abs(change) - 1, 1 if change > 0 else -1
    seen = [_seen(before, after, base, sign * persons) for persons in range(others + 2)]
    also = [comb(others, many) * share**many * (1 - share) ** (others - many) for many in range(others + 1)]
    inside = sum(weight * seen[many + 1] for many, weight in enumerate(also))
    outside = sum(weight * seen[many] for many, weight in enumerate(also))
    return np.asarray(np.log(inside + 1e-6) - np.log(outside + 1e-6))


def _seen(before: Counts, after: Counts, base: int, shift: int) -> Floats:
    """How likely the second count is after the first when so many persons came into the cell (or left it)."""
    count = before + np.arange(1 - base, base)[:, None]
    weight = _rounds_to(count, before, base) * (count + min(shift, 0) >= 0)
    weight /= np.sqrt(np.maximum(count, 0) + 0.5)
    likely = (weight * _rounds_to(count + shift, after, base)).sum(axis=0)
    return np.asarray(likely / np.maximum(weight.sum(axis=0), 1e-12))


def _rounds_to(count: Counts, shown: Counts, base: int) -> Floats:
    """How likely a count is to be rounded to what is shown."""
    return np.asarray(np.clip(1 - np.abs(count - shown) / base, 0, 1) * (count >= 0))


class Experience:
    """How often counts of each view and size went up and down, with and without somebody who came or left.

    What a reader learns who tries the method on populations of his own; so the program's own coupling of cells counts.
    """

    def __init__(self, base: int) -> None:
        self._base = base
        self._view = np.concatenate([np.full(view.end - view.begin, at) for at, view in enumerate(VIEWS)])
        self._seen = np.ones((2, len(VIEWS), _SIZES, _STEPS))

    def _places(self, before: Counts, after: Counts) -> tuple[NDArray[np.int64], ...]:
        size = np.minimum(before // self._base, _SIZES - 1)
        step = np.clip((after - before) // self._base + _STEPS // 2, 0, _STEPS - 1)
        return self._view, size, step

    def add(self, before: Counts, after: Counts, changed: Collection[int]) -> None:
        """Learn from a trial in which the counts at these places changed."""
        inside = np.zeros(len(before), dtype=np.int64)
        inside[list(changed)] = 1
        np.add.at(self._seen, (inside, *self._places(before, after)), 1)

    def evidence(self, before: Counts, after: Counts) -> Floats:
        """As the function of this name, by what was learnt."""
        likely = self._seen / self._seen.sum(axis=-1, keepdims=True)
        ratio = np.log(likely[1]) - np.log(likely[0])
        return np.asarray(ratio[self._places(before, after)])


def changed_places(persons: NDArray[np.int64]) -> set[int]:
    """Where in the row counts change when these persons come or leave."""
    return {place for person in persons for place in places_of(person)}


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
    before: Counts, after: Counts, base: int, change: int, learnt: Experience
) -> dict[str, list[int]]:
    """By strategy the code that is guessed for each attribute."""
    first = prior(before)
    logs = np.log(first)
    worth, known = evidence(before, after, base, change), learnt.evidence(before, after)
    steps = np.sign(change) * (after - before) / base
    margins = [view for view in VIEWS if len(view.axes) == 1]
    scores = {
        ALONE: first,
        "chance of each cell": np.exp(logs + over_profiles(worth)),
        "chance of each cell, at half weight": np.exp(logs + over_profiles(worth) / 2),
        "chance of the totals": np.exp(logs + over_profiles(worth, margins)),
        "learnt by own trials": np.exp(logs + over_profiles(known)),
        "learnt, the totals": np.exp(logs + over_profiles(known, margins)),
        "most differences": np.exp(logs + over_profiles(steps)),
    }
    return {name: [int(one.argmax()) for one in _by_attribute(score)] for name, score in scores.items()}


def _by_attribute(score: Floats) -> list[Floats]:
    axes = range(score.ndim)
    return [score.sum(axis=tuple(axis for axis in axes if axis != own)) for own in ATTRIBUTES.values()]
