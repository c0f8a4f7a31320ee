"""Weigh the evidence that a field is a column, and assign the fields so that the total evidence is greatest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.columns import COLUMNS, NATIONALITIES, PERSON, REQUIRED, START_DAY, STATUS_DAY
from schemas.values import MAY_BE_EMPTY
from wi2007.inspection.contents import kind_of
from wi2007.inspection.look import Order, Seen
from wi2007.inspection.names import Named, fit
from wi2007.inspection.profile import Profile
from wi2007.inspection.settings import Settings

RECODABLE: Final = ("geslacht", "gevraagde_nationaliteit", "statuscode", "doelgroep")
"""Columns whose codes may be the sender's own, to be translated."""
# Small enough to decide only between fields with equal evidence.
_REQUIRED_FIRST: Final = 0.05
_EARLIER_FIELD: Final = 0.01
_EARLIER_NATIONALITY: Final = 0.005
_NATIONALITIES_IN_ORDER: Final = 0.001
_MOSTLY: Final = 0.9


@dataclass(frozen=True)
class Evidence:
    """The evidence for one field as one column. `share` is None when the field is empty: then only its name counts.

    `in_order` says that the dates in the rows lie as they must when the field is this column.
    """

    named: Named
    share: float | None
    weighed: float
    in_order: bool
    score: float


@dataclass(frozen=True)
class Match:
    """`evidence[column][place]`, and which field each column got, if any."""

    evidence: dict[str, tuple[Evidence, ...]]
    given: dict[str, int]


def match(seen: Seen, settings: Settings, apart: frozenset[int] = frozenset()) -> Match:
    """Give every column at most one field and every field to at most one column; fields `apart` are out of it."""
    after = _after(seen, settings)
    evidence = {
        column: tuple(
            _evidence(profile, column, settings, in_order=after.get(profile.place) == column)
            for profile in seen.profiles
        )
        for column in COLUMNS
    }
    return Match(evidence, _given(seen.profiles, evidence, settings, apart))


def _evidence(profile: Profile, column: str, settings: Settings, *, in_order: bool) -> Evidence:
    weights = settings.gewichten
    named = fit(profile.name, column, settings)
    if profile.title and named != Named.OURS:
        named = max(named, fit(profile.title, column, settings))
    points = {
        Named.WRONG: weights.verkeerde_naam,
        Named.NOT: 0.0,
        Named.PART: weights.deel_van_naam,
        Named.OTHER: weights.andere_naam,
        Named.OURS: weights.onze_naam,
    }[named]
    share, weighed = shares(profile, column)
    if profile.filled:
        points += _points(profile, column, weighed, settings)
    points += weights.volgorde * in_order + _REQUIRED_FIRST * (column in REQUIRED)
    return Evidence(named, share if profile.filled else None, weighed, in_order, points)


def shares(profile: Profile, column: str) -> tuple[float, float]:
    """Return the share of the filled rows that read as `column`, and that share weighed; both 0 to 1."""
    if column == PERSON:
        unique = 0.0 if _is_list(profile) else profile.share_once
        return unique, unique
    content = profile.content(kind_of(column))
    return content.share, content.weighed


def _is_list(profile: Profile) -> bool:
    """Return whether a field holds dates or codes: in a small file these may be unique too."""
    return any(content.share_strong >= _MOSTLY for content in profile.contents.values())


def _points(profile: Profile, column: str, weighed: float, settings: Settings) -> float:
    weights, limits = settings.gewichten, settings.grenzen
    if weighed >= limits.mogelijk:
        complete = profile.share_filled if column not in MAY_BE_EMPTY else 1.0
        return weights.inhoud * weighed * complete
    return 0.0 if column in RECODABLE and is_coded(profile, settings) else weights.inhoud_past_niet


def is_coded(profile: Profile, settings: Settings) -> bool:
    """Return whether a field holds codes: few different values, each in many rows."""
    return profile.complete and 0 < profile.distinct <= settings.grenzen.codes and profile.share_once < 0.5


def _after(seen: Seen, settings: Settings) -> dict[int, str]:
    """Return which of exactly two fields with later dates is the start and which the status, by the rows."""
    later = [p.place for p in seen.profiles if p.content(STATUS_DAY).weighed >= _MOSTLY]
    if len(later) != 2:
        return {}
    first, second = later
    order = seen.orders.get((first, second), Order(0, 0, 0))
    rows = order.before + order.same + order.after
    if order.before > order.after and order.before + order.same >= settings.grenzen.volgorde * rows:
        return {first: START_DAY, second: STATUS_DAY}
    if order.after > order.before and order.after + order.same >= settings.grenzen.volgorde * rows:
        return {second: START_DAY, first: STATUS_DAY}
    return {}


def _given(
    profiles: Sequence[Profile],
    evidence: dict[str, tuple[Evidence, ...]],
    settings: Settings,
    apart: frozenset[int],
) -> dict[str, int]:
    from scipy.optimize import (  # type: ignore[import-untyped]  # noqa: PLC0415
        linear_sum_assignment,
    )

    scores = np.array([[one.score for one in evidence[column]] for column in COLUMNS])
    scores += _file_order(len(profiles))
    scores[:, sorted(apart)] = -np.inf
    scores[scores < settings.gewichten.minstens] = -1e6
    # A column may stay without a field: each has a place that stands for none.
    nothing = np.full((len(COLUMNS), len(COLUMNS)), 0.0)
    rows, places = linear_sum_assignment(np.hstack([scores, nothing]), maximize=True)
    return {
        COLUMNS[row]: int(place)
        for row, place in zip(rows.tolist(), places.tolist(), strict=True)
        if place < len(profiles)
    }


def _file_order(fields: int) -> NDArray[np.float64]:
    """Return a small preference: of equals, earlier fields first, and the nationalities in the order of the file."""
    ranks = np.arange(fields) / max(fields, 1)
    order = np.tile(-_EARLIER_FIELD * ranks, (len(COLUMNS), 1))
    for number, name in enumerate(NATIONALITIES, start=1):
        order[COLUMNS.index(name)] += number * (_NATIONALITIES_IN_ORDER * ranks - _EARLIER_NATIONALITY)
    return order
