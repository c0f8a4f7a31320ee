"""Write what the user sees: how the file was read, its fields, and the proposal.

What does not belong here: a value of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wi2007 import dutch
from wi2007.delivery.source import Decision
from wi2007.inspection import wording
from wi2007.inspection.names import shown
from wi2007.inspection.proposal import Entry, Proposal
from wi2007.inspection.settings import Settings

_GAP = "  "
_WIDEST = 34


def overview(
    file: str, decisions: Sequence[Decision], proposal: Proposal, settings: Settings, known: bool
) -> str:
    """Return everything as one text. `known` says whether names may be quoted."""
    seen = proposal.seen
    rows = f"{dutch.count(seen.rows)} rijen, {dutch.count(len(seen.profiles))} velden"
    if seen.wrong_length:
        rows += f"; {_number(seen.wrong_length, 'rij heeft', 'rijen hebben')} een ander aantal velden"
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
            wording.share(profile.share_filled),
            wording.distinct(profile),
            wording.contents(profile, settings),
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
    why = wording.why(entry, settings)
    if entry.recode is not None and entry.is_set:
        return f"{why}; de codes zijn vertaald: lees dat na"
    if entry.is_set or entry.found.field is None:
        return why
    return f"{why}; {wording.question(entry, proposal.seen.profiles, known)}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield columns below each other; the last may run on."""
    if not rows:
        return
    widths = [min(_WIDEST, max(len(row[at]) for row in rows)) for at in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield (_GAP + _GAP.join([*cells, row[-1]])).rstrip()


def _number(count: int, one: str, many: str) -> str:
    return f"{dutch.count(count)} {one if count == 1 else many}"
