"""Propose translations of codes that only the sender knows, and find what a run would ask about the values of a field.

A code is proposed only where its rows are many: a code of few rows may be about one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from wi2007.inspection.contents import Readers, kind_of
from wi2007.inspection.evidence import RECODABLE, Found, is_coded
from wi2007.inspection.naming import Named, has_parts, plain
from wi2007.inspection.profile import Profile, Seen
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.asking import FORMS

TRANSLATED: Final = frozenset(
    {"geslacht_onduidelijk", "waardelabel_onleesbaar", "waardelabel_deels", "ontbrekend_onduidelijk"}
)
"""Questions that are answered by a translation of each value."""

LABELS: Final = "waardelabel_strijdig"
ORDER: Final = "datumvorm_onduidelijk"
_QUESTIONS: Final = {
    LABELS: "gelden de labels van dit veld, of de waarden zelf?",
    ORDER: "staat in deze datums de dag voorop of de maand?",
    "na_onduidelijk": "betekent NA hier onbekend of Namibië?",
    "jaar_twee_cijfers": "in welke eeuw zijn deze jaartallen? Vraag om een bestand met jaartallen van vier cijfers",
    "datum_met_tijd": "welke dag is bedoeld met een tijd erachter? Vraag om een bestand met datums zonder tijd",
    "label_onduidelijk": "welke code hoort bij een naam die voor meer codes staat? Zet dat onder waarden",
}


@dataclass(frozen=True)
class Line:
    """Codes in the file, one for each field that counts, what they become (empty: to be filled in), and their rows.

    `label` is that of the code in the codebook of the file.
    """

    codes: tuple[str, ...]
    ours: str
    rows: int
    label: str = ""


@dataclass(frozen=True)
class Recode:
    """The fields a column is made from and the lines of `waarden`; `rare` codes are left out, having too few rows."""

    column: str
    fields: tuple[Profile, ...]
    lines: tuple[Line, ...]
    rare: int

    @property
    def is_full(self) -> bool:
        """Whether every proposed code has a meaning."""
        return bool(self.lines) and all(line.ours for line in self.lines)


def recodes(found: Iterable[Found], seen: Seen, readers: Readers, settings: Settings) -> dict[str, Recode]:
    """Return the codes to translate, by column."""
    found = list(found)
    taken = {one.field.place for one in found if one.field is not None}
    free = [profile for profile in seen.profiles if profile.place not in taken]
    proposed = (
        _recode(one, free, readers, settings)
        for one in found
        if one.column in RECODABLE or asked_of(one) & TRANSLATED
    )
    return {recode.column: recode for recode in proposed if recode is not None}


def _recode(found: Found, free: Sequence[Profile], readers: Readers, settings: Settings) -> Recode | None:
    profile = found.field
    if profile is None or found.others or found.columns:
        return None
    must = bool(asked_of(found) & TRANSLATED)
    if not must and (asked_of(found) or not (_is_named_for(found) and is_coded(profile, settings))):
        return None
    codes = _codes(profile)
    kind = kind_of(found.column)
    column = readers.column(kind, profile.rows_of, profile.codebook)
    read = {code: readers.ours(kind, column, code) for code in codes}
    unread = {code: rows for code, rows in codes.items() if read[code] is None}
    if not must and sum(unread.values()) <= (1 - settings.grenzen.zeker) * profile.filled:
        return None
    if found.column == "statuscode" and (ground := _ground(codes, free, settings)):
        return _combined(profile, ground, codes, read, settings)
    # The meaning of a letter or digit for sex depends on the others: the proposal has all of them.
    listed = codes if found.column == "geslacht" else unread
    lines = tuple(islice(_lines(found, listed, read, settings), settings.grenzen.codes))
    return Recode(found.column, (profile,), lines, len(listed) - len(lines))


def _lines(
    found: Found, codes: Mapping[str, int], read: Mapping[str, str | None], settings: Settings
) -> Iterator[Line]:
    """Yield a line for each code of many rows or with a label; where a run asks what codes mean, none is filled in."""
    assert found.field is not None
    asked = asked_of(found) & TRANSLATED
    meaning = {} if asked else settings.meaning(found.column, set(map(plain, read)))
    for code, rows in codes.items():
        label = found.field.codebook.label(code) or ""
        if rows >= settings.grenzen.rijen_per_code or label:
            is_open = "geslacht_onduidelijk" in asked and len(plain(code)) == 1
            ours = "" if is_open else read[code] or meaning.get(plain(code), "")
            yield Line((code,), ours, rows, label)


def asked_of(found: Found) -> frozenset[str]:
    """Return the questions that a run asks about the values of the field, by their rules."""
    if found.field is None:
        return frozenset()
    return frozenset(found.field.content(kind_of(found.column)).asked)


def _is_named_for(found: Found) -> bool:
    return found.evidence is not None and found.evidence.named >= Named.PART


def _codes(profile: Profile) -> dict[str, int]:
    """Return every code with its rows, in a fixed order."""
    rows_of: dict[str, int] = {}
    for text, rows in sorted(profile.rows_of.items()):
        code = text.strip()
        if code:
            rows_of[code] = rows_of.get(code, 0) + rows
    return rows_of


def _ground(codes: dict[str, int], free: Sequence[Profile], settings: Settings) -> Profile | None:
    """Return the one field with the grounds, where there is a code for an exemption; None without one."""
    if not any(plain(code) in settings.ontheffing.status for code in codes):
        return None
    fitting = [profile for profile in free if _share_grounds(profile, settings) >= settings.grenzen.mogelijk]
    named = [profile for profile in fitting if _is_named(profile, settings)]
    best = named or fitting
    return best[0] if len(best) == 1 else None


def _share_grounds(profile: Profile, settings: Settings) -> float:
    """Return the share of the filled rows that hold the code of a ground."""
    if not (profile.complete and 0 < profile.distinct <= settings.grenzen.codes):
        return 0.0
    grounds = settings.grounds()
    known = sum(rows for code, rows in profile.rows_of.items() if plain(code) in grounds)
    return known / profile.filled


def _is_named(profile: Profile, settings: Settings) -> bool:
    word = plain(profile.name)
    return word in settings.ontheffing.velden or has_parts(word, settings.ontheffing.delen)


def _combined(
    profile: Profile, ground: Profile, codes: dict[str, int], read: dict[str, str | None], settings: Settings
) -> Recode:
    """Return a line for each exemption with its ground, and one for each other status."""
    least, meaning, grounds = (
        settings.grenzen.rijen_per_code,
        settings.meaning("statuscode"),
        settings.grounds(),
    )
    often = {code: rows for code, rows in codes.items() if rows >= least}
    reasons = [code for code, rows in _codes(ground).items() if rows >= least]
    lines: list[Line] = []
    for code, rows in often.items():
        if plain(code) in settings.ontheffing.status:
            lines += [Line((code, reason), grounds.get(plain(reason), ""), 0) for reason in reasons]
        else:
            lines.append(Line((code,), read[code] or meaning.get(plain(code), ""), rows))
    rare = len(codes) - len(often) + len(_codes(ground)) - len(reasons)
    return Recode("statuscode", (profile, ground), tuple(lines), rare)


@dataclass(frozen=True)
class Answer:
    """A setting for the field in levering.yaml, and what it means."""

    setting: str
    note: str


@dataclass(frozen=True)
class Asked:
    """A question on a field, with its possible answers; none where only another file can answer it."""

    question: str
    answers: tuple[Answer, ...] = ()


def asked(found: Found) -> Asked | None:
    """Return the first question about a field that is not answered by translating codes; None without one."""
    if found.field is None or found.others or found.columns:
        return None
    rules = asked_of(found) - TRANSLATED
    rule = next((rule for rule in _QUESTIONS if rule in rules), None)
    return None if rule is None else Asked(_QUESTIONS[rule], _answers(rule, found.field))


def also(found: Found) -> tuple[Answer, ...]:
    """Return what can be set instead of a translation of codes."""
    by_label = asked_of(found) & {"waardelabel_onleesbaar", "waardelabel_deels"}
    return (Answer("lees: waarde", "de waarden zijn onze codes, de labels tellen niet"),) if by_label else ()


def _answers(rule: str, field: Profile) -> tuple[Answer, ...]:
    if rule == LABELS:
        return (Answer("lees: label", "de labels gelden"), Answer("lees: waarde", "de waarden gelden"))
    if rule == "na_onduidelijk":
        return (
            Answer('waarden: {NA: "0000"}', "NA is onbekend"),
            Answer('waarden: {NA: "9023"}', "NA is Namibië"),
        )
    return tuple(_forms(field)) if rule == ORDER else ()


def _forms(field: Profile) -> list[Answer]:
    """Return both orders, for the separators that stand in the dates."""
    separators = [separator for separator in FORMS if any(separator in text for text in field.rows_of)] or [
        "/"
    ]
    notes = ("de dag voorop", "de maand voorop")
    return [
        Answer(f"datumvorm: {form}", note)
        for separator in separators
        for form, note in zip(FORMS[separator], notes, strict=True)
    ]
