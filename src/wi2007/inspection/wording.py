"""Word what was seen and found, in Dutch, and show it: how the file was read, its fields, the proposal.

What does not belong here: a value of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from schemas.columns import BIRTH, PERSON, STATUS_DAY
from wi2007 import dutch
from wi2007.delivery.source import Decision
from wi2007.inspection.contents import Content, kind_of
from wi2007.inspection.evidence import Found, shown
from wi2007.inspection.naming import Named
from wi2007.inspection.profile import Profile
from wi2007.inspection.proposal import Entry, Proposal
from wi2007.inspection.settings import Settings
from wi2007.validation.report import number

_NAMED = {
    Named.OURS: "de naam is die van ons",
    Named.OTHER: "de naam is bekend",
    Named.PART: "de naam lijkt erop",
    Named.NOT: "de naam zegt niets",
    Named.WRONG: "de naam past niet",
}
_LEAST_NAMED = 0.05

_GAP = "  "
_WIDEST = 34


def share_text(value: float) -> str:
    """Return a share as a percentage; never 100% where something is left."""
    return dutch.percent(floor(round(value * 1000, 6)) / 10, 1)


def distinct_text(profile: Profile) -> str:
    """Return in words how many different values there are."""
    return ("" if profile.exact else "± ") + dutch.count(profile.distinct)


def contents_text(profile: Profile, settings: Settings) -> str:
    """Return what the contents of a field look like."""
    if not profile.filled:
        return "leeg"
    best = sorted(
        (
            kind
            for kind, content in profile.contents.items()
            if kind != STATUS_DAY and content.share >= _LEAST_NAMED
        ),
        key=lambda kind: (-profile.contents[kind].share_strong, -profile.contents[kind].share),
    )
    # Few fields read as two kinds; the text then names both.
    parts = [_read(profile.contents[kind], kind, settings) for kind in best[:2]]
    if profile.is_unique:
        parts.insert(0, "uniek in elke rij" if profile.exact else "uniek, naar een steekproef")
    if not parts:
        parts = ["één waarde in elke rij" if profile.distinct == 1 else "geen codes of datums van ons"]
    return "; ".join(parts)


def _read(content: Content, kind: str, settings: Settings) -> str:
    """Return a share, what it is, and the way most of it is written."""
    words = f"{share_text(content.share)} {settings.woorden[kind]}"
    way = max(content.rules, key=lambda rule: content.rules[rule], default="")
    plain = content.read - sum(content.rules.values())
    if way in settings.schrijfwijzen and content.rules[way] > plain:
        return f"{words}, {settings.schrijfwijzen[way]}"
    return f"{words} jjjjmmdd" if kind == BIRTH and not content.asked else words


def reason(entry: Entry, settings: Settings) -> str:
    """Return why these fields are proposed."""
    return (
        "jaar, maand en dag staan elk in een eigen veld" if entry.parts else evidence(entry.found, settings)
    )


def evidence(found: Found, settings: Settings) -> str:
    """Return why a field is proposed."""
    if found.field is None or found.evidence is None:
        return "geen veld past"
    parts = [_NAMED[found.evidence.named], _by_contents(found, settings)]
    if found.evidence.in_order:
        parts.append("de volgorde van de datums klopt")
    return "; ".join(parts)


def _by_contents(found: Found, settings: Settings) -> str:
    assert found.field is not None
    if not found.field.filled:
        return "het veld is leeg"
    kind = kind_of(found.column)
    if found.column == PERSON:
        return (
            "uniek in elke rij"
            if found.field.is_unique
            else f"uniek in {share_text(found.field.share_once)} van de rijen"
        )
    content = found.field.content(kind)
    if not content.read:
        return "de inhoud is niet te lezen"
    return _read(content, BIRTH if kind == STATUS_DAY else kind, settings)


def question_text(entry: Entry, profiles: tuple[Profile, ...], names_are_names: bool) -> str:
    """Return the question to decide."""
    found = entry.found
    if found.others and found.field is not None:
        names = [
            shown(found.field, names_are_names),
            *(shown(profiles[at], names_are_names) for at in found.others),
        ]
        many = "twee" if len(names) == 2 else dutch.count(len(names))
        return f"{many} mogelijkheden: {', '.join(names[:6])}{' en meer' if len(names) > 6 else ''}"
    if found.columns:
        return f"twee mogelijkheden: het veld kan ook {' of '.join(found.columns)} zijn"
    if entry.asked is not None:
        return entry.asked.question
    if entry.recode is not None:
        return "de codes moeten worden vertaald"
    if found.field is None:
        return "welk veld is dit?"
    return "klopt dit?"


def overview(
    file: str, decisions: Sequence[Decision], proposal: Proposal, settings: Settings, known: bool
) -> str:
    """Return everything as one text. `known` says whether names may be quoted."""
    seen = proposal.seen
    rows = f"{dutch.count(seen.rows)} rijen, {dutch.count(len(seen.profiles))} velden"
    if seen.wrong_length:
        rows += f"; {number(seen.wrong_length, 'rij heeft', 'rijen hebben')} een ander aantal velden"
    parts = [
        f"{file}: {rows}.",
        "",
        "Zo is het bestand gelezen:",
        *_table([[decision.subject, decision.value, decision.reason] for decision in decisions]),
        "",
        "De velden:",
        *_table([["nr", "naam", "gevuld", "verschillend", "inhoud"], *_fields(proposal, settings, known)]),
        "",
        "Het voorstel:",
        *_table([["onze kolom", "veld", "oordeel", "waarom"], *_columns(proposal, settings, known)]),
    ]
    return "\n".join(parts)


def _fields(proposal: Proposal, settings: Settings, known: bool) -> Iterator[list[str]]:
    for profile in proposal.seen.profiles:
        yield [
            str(profile.place + 1),
            shown(profile, known),
            share_text(profile.share_filled),
            distinct_text(profile),
            contents_text(profile, settings),
        ]


def _columns(proposal: Proposal, settings: Settings, known: bool) -> Iterator[list[str]]:
    for entry in proposal.entries:
        yield [
            entry.column,
            _field(entry, known),
            entry.found.verdict.value,
            _why(entry, proposal, settings, known),
        ]


def _field(entry: Entry, known: bool) -> str:
    return " + ".join(shown(field, known) for field in entry.fields) or "–"


def _why(entry: Entry, proposal: Proposal, settings: Settings, known: bool) -> str:
    why = reason(entry, settings)
    if entry.recode is not None and entry.is_set:
        return f"{why}; de codes zijn vertaald: lees dat na"
    if entry.is_set or entry.found.field is None:
        return why
    return f"{why}; {question_text(entry, proposal.seen.profiles, known)}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield columns below each other; the last may run on."""
    if not rows:
        return
    widths = [min(_WIDEST, max(len(row[at]) for row in rows)) for at in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield (_GAP + _GAP.join([*cells, row[-1]])).rstrip()
