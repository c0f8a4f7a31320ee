"""Give every statement in every variant as readers see it (`schemas.statement_tables`), and whether it changes.

What does not belong here: how a statement is computed (`wi2007.statements`), how a report shows it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from schemas.sensitivity import REPORT, Sensitivity
from schemas.statement_tables import BETWEEN, CHANGES, SAME, Outcome, Result, Verdict
from schemas.statements import Statements
from wi2007.statements.figure import Figure
from wi2007.statements.published import Nearness, Published, nearness

_HELD = frozenset({Verdict.CONFIRMED, Verdict.REMARK})
_JUDGED = _HELD | {Verdict.DENIED}
TOO_FEW = "te_weinig"


@dataclass(frozen=True)
class Variant:
    """What a report says of a variant: the same statements by other choices."""

    id: str
    naam: str
    omschrijving: str
    reden: str
    bron: str


@dataclass(frozen=True)
class About:
    """What a report says of all variants; `basis` None where nothing is rounded, `waarom_niet` why nothing is shown."""

    lezingen: tuple[Variant, ...]
    basis: int | None
    waarom_niet: str = ""


def about(settings: Sensitivity, base: int | None, why_not: str = "") -> About:
    """Return what a report says of the variants of the configuration."""
    variants = (Variant(one.id, one.naam, one.omschrijving, one.reden, one.bron) for one in settings.lezingen)
    return About(tuple(variants), base and settings.basis, why_not)


def outcomes(
    report: Sequence[Result],
    variants: Mapping[str, Sequence[Result]],
    settings: Statements,
    study: Mapping[str, Published],
    other_groups: Collection[str],
) -> list[Outcome]:
    """Return every statement as the report has it and in each of the `variants`, which are by id.

    Variants among `other_groups` count other persons than the study.
    """
    return [
        outcome
        for place, own in enumerate(report)
        for outcome in _of(
            own, {name: found[place] for name, found in variants.items()}, (settings, study, other_groups)
        )
    ]


def _of(
    own: Result,
    others: Mapping[str, Result],
    known: tuple[Statements, Mapping[str, Published], Collection[str]],
) -> Iterator[Outcome]:
    settings, study, other_groups = known
    decimals = settings.uitspraken[own.id].decimalen
    shown = _shown(own, decimals)
    yield Outcome(own.id, REPORT, shown, own.oordeel, SAME)
    for name, other in others.items():
        value = _shown(other, decimals)
        # Where no person counts otherwise the figure is the same, and so is the verdict.
        if other.waarde == own.waarde or (name in other_groups and value == shown):
            verdict = own.oordeel
        elif name in other_groups and own.oordeel in _JUDGED:
            verdict = Verdict.OTHER_GROUP
        else:
            verdict = _as_shown(other, study[own.id])
        changed = (value, verdict) != (shown, own.oordeel)
        yield Outcome(own.id, name, value, verdict, CHANGES if changed else SAME)


def _as_shown(one: Result, study: Published) -> str:
    """Return a verdict that the figure itself bears out: not one that only its rounding could."""
    if one.oordeel not in _HELD or not one.values:
        return one.oordeel
    figures = [Figure(value, value, value) for value in map(Fraction, one.values)]
    near = nearness(figures, study, held=True)
    if near is Nearness.OUTSIDE:
        return Verdict.DENIED
    return Verdict.REMARK if near is Nearness.WIDER else one.oordeel


def _shown(one: Result, decimals: int) -> str:
    """Figures as a statement shows them: whole persons and years, percentages with the decimals of the statement."""
    whole = one.eenheid == "jaar"
    step = Decimal(1).scaleb(0 if whole else -decimals)
    return BETWEEN.join(_plain(value, step) for value in one.values)


def _plain(value: Decimal, step: Decimal) -> str:
    return str(int(value)) if value == int(value) else format(value.quantize(step, ROUND_HALF_UP), "f")


def to_json(found: About) -> str:
    """JSON text."""
    content = {
        "basis": found.basis,
        "waarom_niet": found.waarom_niet,
        "lezingen": [vars(one) for one in found.lezingen],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> About:
    """Read what `to_json` wrote."""
    content = json.loads(text)
    return About(
        tuple(Variant(**one) for one in content["lezingen"]), content["basis"], content["waarom_niet"]
    )
