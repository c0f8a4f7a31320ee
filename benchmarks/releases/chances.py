"""How likely a later count is after an earlier one, when somebody who came or left is in it and when not.

Count by count, as if each were rounded for itself. What does not belong here: what a reader guesses from it (see
`attack`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from benchmarks.releases.views import VIEWS, Counts, Floats

_LARGEST, _FURTHEST = 20, 20
"""Counts and steps of more bases than this are taken as this."""
_LEAST = 1e-6


@dataclass(frozen=True)
class Known:
    """What a reader knows of two releases: the base, how many came and left, and whether draws follow the persons.

    He asks after somebody who came, or after somebody who left when nobody came.
    """

    base: int
    came: int
    left: int
    by_persons: bool = False

    @property
    def sign(self) -> int:
        """What the person asked after adds to a count."""
        return 1 if self.came else -1


def evidence(before: Counts, after: Counts, known: Known, restless: float | None = None) -> Floats:
    """How much likelier (a logarithm) each second count is when the person asked after is in it.

    With `restless` the reader uses that draws follow the persons: a count without changes is shown otherwise in that
    part of the cases only.
    """
    base, sign = known.base, known.sign
    sizes, place = np.unique(before, return_inverse=True)
    share = np.clip(sizes / max(int(VIEWS[0].of(before).sum()), 1), 0, 1)
    came, left = known.came - (sign > 0), known.left - (sign < 0)
    others = _differences_once(share.tobytes(), came, left)
    steps = (after - before) // base
    moved = base * steps[:, None] + np.arange(1 - 2 * base, 2 * base)
    likely = _likely(base)[
        np.minimum(before // base, _LARGEST), np.clip(steps, -_FURTHEST, _FURTHEST) + _FURTHEST
    ]

    def chance(shift: Counts) -> Floats:
        within = (shift >= -left) & (shift <= came)
        return np.asarray(np.where(within, others[place[:, None], shift % others.shape[1]], 0))

    inside = (likely * chance(moved - sign)).sum(axis=1)
    weight = chance(moved)
    if restless is None:
        return _ratio(inside, (likely * weight).sum(axis=1))
    nobody = ((1 - share) ** (came + left))[place]
    weight -= np.where(moved == 0, nobody[:, None], 0)
    rests = np.where(steps == 0, 1 - restless, np.where(np.abs(steps) == 1, restless / 2, 0))
    return _ratio(inside, (likely * np.maximum(weight, 0)).sum(axis=1) + nobody * rests)


def _ratio(inside: Floats, outside: Floats) -> Floats:
    return np.asarray(np.log(inside + _LEAST) - np.log(outside + _LEAST))


@lru_cache(maxsize=2)
def _differences_once(share: bytes, came: int, left: int) -> Floats:
    """As `differences`, for the strategies that ask the same after each other."""
    return differences(np.frombuffer(share), came, left)


def differences(share: Floats, came: int, left: int) -> Floats:
    """By share how likely each difference is (below 0: from the end) of those who came and left with that share."""
    number = came + left + 1
    turn = np.exp(-2j * np.pi * np.arange(number) / number)
    part = share[:, None]
    transform = (1 - part + part * turn) ** came * (1 - part + part * turn.conj()) ** left
    return np.asarray(np.maximum(np.fft.ifft(transform, axis=1).real, 0))


@cache
def _likely(base: int) -> Floats:
    """By shown count, step (both in bases) and change of the count, as far from the step: how likely that step is."""
    before = base * np.arange(_LARGEST + 1)[:, None, None, None]
    after = before + base * np.arange(-_FURTHEST, _FURTHEST + 1)[:, None, None]
    shift = after - before + np.arange(1 - 2 * base, 2 * base)[:, None]
    count = before + np.arange(1 - base, base)
    weight = _rounds_to(count, before, base) * (count + np.minimum(shift, 0) >= 0)
    weight = weight / np.sqrt(np.maximum(count, 0) + 0.5)
    likely = (weight * _rounds_to(count + shift, after, base)).sum(axis=-1)
    return np.asarray(likely / np.maximum(weight.sum(axis=-1), 1e-12))


def _rounds_to(count: Counts, shown: Counts, base: int) -> Floats:
    """How likely a count is to be rounded to what is shown."""
    return np.asarray(np.clip(1 - np.abs(count - shown) / base, 0, 1) * (count >= 0))


def evidence_of_all(shown: Counts, first: int, known: Known) -> Floats:
    """As `evidence`, from all releases (a row each): of somebody who came with the release at this place.

    Each release has a draw of its own, and nobody else came into the cell or left it.
    """
    base = known.base
    count = shown.min(axis=0) + np.arange(1 - base, base)[:, None]
    later = np.arange(len(shown))[:, None, None] >= first
    inside, outside = (
        _rounds_to(count + later * more, shown[:, None], base).prod(axis=0).sum(axis=0)
        for more in (known.sign, 0)
    )
    return _ratio(inside, outside)
