"""Find the questions of a run about the values of a field, and the lines of levering.yaml that answer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wi2007.inspection.profile import Profile
from wi2007.inspection.recode import TRANSLATED, asked_of
from wi2007.inspection.verdict import Found

LABELS: Final = "waardelabel_strijdig"
ORDER: Final = "datumvorm_onduidelijk"
_FORMS: Final = {"/": ("dd/mm/jjjj", "mm/dd/jjjj"), ".": ("dd.mm.jjjj", "mm.dd.jjjj")}
_QUESTIONS: Final = {
    LABELS: "gelden de labels van dit veld, of de waarden zelf?",
    ORDER: "staat in deze datums de dag voorop of de maand?",
    "na_onduidelijk": "betekent NA hier onbekend of Namibië?",
    "jaar_twee_cijfers": "in welke eeuw zijn deze jaartallen? Vraag om een bestand met jaartallen van vier cijfers",
    "datum_met_tijd": "welke dag is bedoeld met een tijd erachter? Vraag om een bestand met datums zonder tijd",
    "label_onduidelijk": "welke code hoort bij een naam die voor meer codes staat? Zet dat onder waarden",
}


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
    signs = [sign for sign in _FORMS if any(sign in text for text in field.rows_of)] or ["/"]
    notes = ("de dag voorop", "de maand voorop")
    return [
        Answer(f"datumvorm: {form}", note)
        for sign in signs
        for form, note in zip(_FORMS[sign], notes, strict=True)
    ]
