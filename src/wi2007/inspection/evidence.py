"""Weigh the evidence that a field is a column: its name, its contents, the order of its dates; judge how sure it is.

Fields are assigned so that the total evidence is greatest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.columns import (
    COLUMNS,
    EXAM_DAY,
    INCOME,
    NATIONALITIES,
    PERSON,
    REFUSED,
    REQUIRED,
    START_DAY,
    STATUS_DAY,
)
from schemas.values import DAYS, MAY_BE_EMPTY
from wi2007.inspection.contents import kind_of
from wi2007.inspection.naming import Named, fit, fit_of
from wi2007.inspection.profile import Order, Profile, Seen
from wi2007.inspection.settings import Settings
from wi2007.mapping.plan import shown_name

_SOME: Final = 3

RECODABLE: Final = ("geslacht", "gevraagde_nationaliteit", "statuscode", "doelgroep", INCOME, REFUSED)
"""Columns whose codes may be the sender's own, to be translated."""
# Small enough to decide only between fields with equal evidence.
_REQUIRED_FIRST: Final = 0.05
_EARLIER_FIELD: Final = 0.01
_EARLIER_NATIONALITY: Final = 0.005
_NATIONALITIES_IN_ORDER: Final = 0.001
_MOSTLY: Final = 0.9


def is_header(profiles: Sequence[Profile], settings: Settings) -> bool:
    """Return whether names say enough: one that we know, or some fields whose contents have a form that no name has."""
    known = any(
        fit(profile.name, column, settings) >= Named.OTHER
        for profile in profiles
        for column in settings.namen
    )
    return known or sum(profile.is_distinctive for profile in profiles) >= _SOME


def shown(profile: Profile, names_are_names: bool) -> str:
    """Return what the user sees of a field: its name or its place."""
    return shown_name(profile.name.strip(), profile.place, names_are_names)


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
    named = fit_of(profile.name, profile.title, column, settings)
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
    if settings.namen[column].must_be_named and named < Named.PART:
        points = -np.inf
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
    later = [
        p.place
        for p in seen.profiles
        if p.content(STATUS_DAY).weighed >= _MOSTLY
        and fit_of(p.name, p.title, EXAM_DAY, settings) < Named.PART
    ]
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
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # noqa: PLC0415

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


class Verdict(Enum):
    """From sure to nothing found."""

    SURE = "zeker"
    LIKELY = "waarschijnlijk"
    UNSURE = "onzeker"
    MISSING = "niet gevonden"


@dataclass(frozen=True)
class Found:
    """The proposal for one of our columns. `field` is None when nothing was found.

    `others` are the places of fields that fit as well, `columns` our columns that this field fits as well.
    """

    column: str
    verdict: Verdict
    field: Profile | None = None
    evidence: Evidence | None = None
    others: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it is proposed as it is; otherwise it is a question."""
        return self.verdict in (Verdict.SURE, Verdict.LIKELY)


def judged(seen: Seen, match: Match, settings: Settings, apart: frozenset[int]) -> dict[str, Found]:
    """Return a verdict for every column."""
    return {column: _judged(column, seen, match, settings, apart) for column in COLUMNS}


def _judged(column: str, seen: Seen, match: Match, settings: Settings, apart: frozenset[int]) -> Found:
    place = match.given.get(column)
    if place is None:
        return Found(column, Verdict.MISSING)
    profile, evidence = seen.profiles[place], match.evidence[column][place]
    others = tuple(
        other
        for other in range(len(seen.profiles))
        if other != place and other not in apart and _rivals(column, place, other, match, settings)
    )
    columns = tuple(name for name in COLUMNS if _claims(name, column, place, match, settings))
    open_question = others or columns or _bears_another_name(column, place, match)
    verdict = Verdict.UNSURE if open_question else _by_evidence(column, profile, evidence, settings)
    return Found(column, verdict, profile, evidence, others, columns)


def _bears_another_name(column: str, place: int, match: Match) -> bool:
    """Return whether the field has the exact name of another column of ours: then its contents alone do not decide."""
    return any(match.evidence[name][place].named == Named.OURS for name in COLUMNS if name != column)


def _rivals(column: str, place: int, other: int, match: Match, settings: Settings) -> bool:
    """Return whether another field is as good for the column, and not better placed elsewhere."""
    margin = settings.gewichten.even_goed
    mine, theirs = match.evidence[column][place].score, match.evidence[column][other].score
    if theirs <= mine - margin or theirs < settings.gewichten.minstens:
        return False
    taken = next((name for name, at in match.given.items() if at == other), None)
    if taken is None:
        return True
    if column in NATIONALITIES and taken in NATIONALITIES:
        return False
    return match.evidence[taken][other].score < theirs + margin


def _claims(name: str, column: str, place: int, match: Match, settings: Settings) -> bool:
    """Return whether a column without a field could as well have had this one."""
    if name == column or name in match.given or (name in NATIONALITIES and column in NATIONALITIES):
        return False
    theirs, mine = match.evidence[name][place].score, match.evidence[column][place].score
    return theirs >= max(mine - settings.gewichten.even_goed, settings.gewichten.minstens)


def _by_evidence(column: str, profile: Profile, evidence: Evidence, settings: Settings) -> Verdict:
    limits = settings.grenzen
    share = evidence.share
    if share is None:
        if column not in MAY_BE_EMPTY:
            return Verdict.UNSURE
        return Verdict.SURE if evidence.named >= Named.OTHER else Verdict.LIKELY
    if evidence.named == Named.NOT:
        return _by_contents(column, profile, evidence, settings)
    if share >= limits.zeker:
        return Verdict.SURE
    return Verdict.LIKELY if share >= limits.waarschijnlijk and column != PERSON else Verdict.UNSURE


def _by_contents(column: str, profile: Profile, evidence: Evidence, settings: Settings) -> Verdict:
    """Return the verdict without a telling name: all values read, hardly as anything else, and they are not all the
    same.
    """
    limits = settings.grenzen
    several = column == PERSON or profile.content(kind_of(column)).values > 1
    telling = limits.waarschijnlijk if column in DAYS else limits.zeker
    good = (evidence.share or 0.0) >= limits.zeker and evidence.weighed >= telling
    return Verdict.LIKELY if good and several else Verdict.UNSURE
