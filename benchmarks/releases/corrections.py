"""A closed year of outflow that is released again with one person put right: which of its figures are shown otherwise.

Figures by route, by country, and by both, with the year's total, each year in a program of its own. What does not
belong here: releases with tables of a whole population (see `series`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import log, sqrt

import numpy as np

from benchmarks.releases.guesses import CONFIDENCE, DEVIATIONS
from benchmarks.releases.people import COUNTRY, STATUS, VARIABLES
from benchmarks.releases.release import BY_PERSONS, FRESH, by_persons
from benchmarks.releases.views import STILL
from wi2007.protection.cells import Cell, linked
from wi2007.protection.rounding import RoundingOptions, draw, nearest

_KEYS = 2**64
_STEPS = (-1, 0, 1)
_WEIGHTS = (0.0, 1.0, 0.5)
"""What changed counts for so much: for nothing to who has the first release alone."""
_LEAST = 0.5
"""What a figure that is shown as nobody is still taken to hold, in persons."""
_COUNTRIES = 7
SMALLEST, LARGEST = 20, 1000
"""Persons of a year; small years as often as large ones, by their order of size."""
FURTHEST = 3
"""So many times the base a figure may be off where there is no nearer rounding."""
REMOVED, ADDED, MOVED = "removed", "added", "moved to another year"
CORRECTIONS = (REMOVED, ADDED, MOVED)
BASES = (5, 10)
Person = tuple[str, str, int]
"""His route, his country, and his key."""


@dataclass(frozen=True)
class Setting:
    """The way to draw, the base, and what is put right."""

    way: str
    base: int
    correction: str


@dataclass(frozen=True)
class Share:
    """A percentage, or points, with half the confidence interval."""

    percent: float
    half: float


@dataclass(frozen=True)
class Measured:
    """How often figures are shown otherwise, and what that is worth to a reader who guesses.

    The figure of the person's own route, that of a route without changes, and none of all; the percentage of guesses of
    his route that are right by the first release alone, and the points that the second adds.
    """

    route: Share
    another: Share
    nothing: Share
    alone: Share
    gain: Share


@dataclass(frozen=True)
class _Seen:
    """A correction as a reader sees it, and who it was: the first release, and the step of each figure by year.

    A step is 1 where a figure went as the person goes (down where he is taken away), -1 where it went against that.
    """

    who: Person
    shown: Mapping[Cell, int]
    steps: Sequence[Mapping[Cell, int]]


@cache
def _shares() -> tuple[tuple[Sequence[str], np.ndarray], ...]:
    """Routes and countries with how often each occurs."""
    routes, countries = VARIABLES[STATUS], VARIABLES[COUNTRY]
    places = [at for at in range(len(routes.codes)) if at != STILL]
    found = [
        ([routes.codes[at] for at in places], routes.share[places]),
        (countries.codes[:_COUNTRIES], countries.share[:_COUNTRIES]),
    ]
    return tuple((codes, share / share.sum()) for codes, share in found)


def _persons(random: np.random.Generator, number: int) -> list[Person]:
    """So many who left in one year."""
    routes, countries = (random.choice(codes, number, p=share) for codes, share in _shares())
    keys = random.integers(0, _KEYS, number, dtype=np.uint64)
    return list(zip(routes.tolist(), countries.tolist(), keys.tolist(), strict=True))


@cache
def _cells(route: str, country: str) -> tuple[Cell, ...]:
    """The figures in which somebody is."""
    of_route, of_country = (VARIABLES[STATUS].name, (route,)), (VARIABLES[COUNTRY].name, (country,))
    return (), (of_route,), (of_country,), (of_country, of_route)


def _shown(year: Sequence[Person], setting: Setting, key: bytes, release: int) -> Mapping[Cell, int]:
    """The figures of a year as a release shows them."""
    counts: Counter[Cell] = Counter()
    sums: Counter[Cell] = Counter()
    for route, country, own in year:
        for at in _cells(route, country):
            counts[at] += 1
            sums[at] = (sums[at] + own) % _KEYS
    cells, relations = linked(counts)
    base = setting.base
    drawn = draw(key, base, release) if setting.way == FRESH else by_persons(key, base, sums)
    return nearest(cells, relations, RoundingOptions(base, drawn), FURTHEST).shown


def _corrected(
    random: np.random.Generator, correction: str
) -> tuple[Person, list[tuple[list[Person], list[Person]]]]:
    """Somebody, and the years that he is taken from or brought into, before and after."""
    whole, other = (
        _persons(random, round(np.exp(random.uniform(log(SMALLEST), log(LARGEST))))) for _ in range(2)
    )
    who = whole[random.integers(len(whole))]
    without = [one for one in whole if one is not who]
    of_correction = {
        REMOVED: [(whole, without)],
        ADDED: [(without, whole)],
        MOVED: [(whole, without), (other, [*other, who])],
    }
    return who, of_correction[correction]


def _seen(random: np.random.Generator, setting: Setting, key: str) -> _Seen:
    """One correction."""
    who, years = _corrected(random, setting.correction)
    made = [
        [_shown(one, setting, f"{key} {year}".encode(), release) for release, one in enumerate(pair)]
        for year, pair in enumerate(years)
    ]
    steps = []
    for (before, after), (first, second) in zip(years, made, strict=True):
        sign = 1 if len(after) > len(before) else -1
        every = {at: second.get(at, 0) - first.get(at, 0) for at in (*first, *second)}
        steps.append({at: sign * (change > 0) - sign * (change < 0) for at, change in every.items()})
    return _Seen(who, made[0][0], steps)


def _kind(at: Cell) -> tuple[str, ...]:
    return tuple(name for name, _ in at)


def _learnt(seen: Sequence[_Seen]) -> dict[tuple[str, ...], np.ndarray]:
    """By kind of figure how much likelier (a logarithm) each step is of the person's own figure than of another."""
    found: dict[tuple[str, ...], np.ndarray] = defaultdict(lambda: np.ones((2, len(_STEPS))))
    for one in seen:
        own = _cells(*one.who[:2])
        for steps in one.steps:
            for at, step in steps.items():
                found[_kind(at)][int(at in own), _STEPS.index(step)] += 1
    often = {kind: counts / counts.sum(axis=1, keepdims=True) for kind, counts in found.items()}
    return {kind: np.log(both[1]) - np.log(both[0]) for kind, both in often.items()}


def _guesses(one: _Seen, learnt: Mapping[tuple[str, ...], np.ndarray]) -> list[bool]:
    """Whether the route is guessed right, by each of the weights that what changed is given."""
    (routes, _), (countries, _) = _shares()
    scores = np.zeros((len(_WEIGHTS), len(routes)))
    for (place, route), country in product(enumerate(routes), countries):
        cells = _cells(route, country)
        of_route, of_country = (one.shown.get(at, 0) + _LEAST for at in cells[1:3])
        worth = sum(learnt[_kind(at)][_STEPS.index(year.get(at, 0))] for year in one.steps for at in cells)
        scores[:, place] += of_route * of_country * np.exp(np.array(_WEIGHTS) * worth)
    return [routes[place] == one.who[0] for place in scores.argmax(axis=1)]


def _looked_at(one: _Seen) -> tuple[float, float, float]:
    """Whether the route's own figure is shown otherwise, how many of other routes are, and whether nothing is."""
    own = _cells(*one.who[:2])[1]
    others = [
        bool(step)
        for steps in one.steps
        for at, step in steps.items()
        if at != own and _kind(at) == _kind(own)
    ]
    stays = not any(step for steps in one.steps for step in steps.values())
    return any(steps.get(own, 0) for steps in one.steps), float(np.mean(others or [False])), stays


def _told(seen: Sequence[_Seen]) -> Measured:
    """What the corrections tell, over all of them; of the weights the one that gains most."""
    learnt = _learnt(seen)
    alone, *weighed = np.array([_guesses(one, learnt) for one in seen], dtype=float).T
    gain = max((one - alone for one in weighed), key=np.mean)
    found = 100 * np.column_stack([[_looked_at(one) for one in seen], alone, gain])
    halves = DEVIATIONS * found.std(axis=0) / sqrt(len(found))
    return Measured(*map(Share, found.mean(axis=0), halves))


def measure(number: int, seed: int) -> dict[Setting, Measured]:
    """So many corrections of each kind, for both ways and bases on the same persons."""
    found = {}
    for correction, base, way in product(CORRECTIONS, BASES, (FRESH, BY_PERSONS)):
        random = np.random.default_rng([seed, CORRECTIONS.index(correction)])
        setting = Setting(way, base, correction)
        found[setting] = _told([_seen(random, setting, f"{seed} {at}") for at in range(number)])
    return found


def lines(measured: Mapping[Setting, Measured], number: int) -> Iterator[str]:
    """The part of the page in Markdown."""
    yield "## Corrections in closed years of outflow\n"
    yield "A closed year of outflow is released again, and one of its persons was put right meanwhile. With a draw for"
    yield "each release many figures of the year are shown otherwise, with or without a correction: that hides the"
    yield "person, and narrows every other figure (see above). With a draw by set of persons most figures stay as they"
    yield "were, and often the whole year does; a figure that is shown otherwise then points at the person.\n"
    yield f"{number:,} corrections of each kind, in years of {SMALLEST} to {LARGEST:,} persons by route and by"
    yield f"{_COUNTRIES} countries, each year in a program of its own. Of somebody who is moved to another year both"
    yield "years are looked at. The guess is of his route, in percentage points above the commonest route of the first"
    yield "release (behind it, how often that is right), from the steps of all figures; the reader has learnt from"
    yield f"other corrections what each step is worth. ± is half the {CONFIDENCE}% confidence interval.\n"
    yield (
        "| one person is | base | draw | his route is shown otherwise | a route without changes is |"
        " nothing is | guess of his route |"
    )
    yield "|---|---:|---|---:|---:|---:|---:|"
    for setting, one in measured.items():
        shares = " | ".join(
            f"{share.percent:.0f}% ± {share.half:.0f}" for share in (one.route, one.another, one.nothing)
        )
        gain = f"{one.gain.percent:+.1f} ± {one.gain.half:.1f} (of {one.alone.percent:.0f}%)"
        yield f"| {setting.correction} | {setting.base} | {setting.way} | {shares} | {gain} |"
    yield ""
