"""Judge how sure it is that a field is a column, and what else it may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from schemas.columns import COLUMNS, NATIONALITIES, PERSON
from schemas.values import DAYS, MAY_BE_EMPTY
from wi2007.inspection.contents import kind_of
from wi2007.inspection.look import Seen
from wi2007.inspection.names import Named
from wi2007.inspection.profile import Profile
from wi2007.inspection.score import Evidence, Match
from wi2007.inspection.settings import Settings


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
