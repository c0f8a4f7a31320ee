"""Word a question on the values of a column: both readings, and the lines of levering.yaml that decide.

Values and labels of a codebook are quoted; a value that stands in rows only never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from wi2007.mapping.normalise import days
from wi2007.mapping.normalise.field import Field

_NAMED: Final = 3
FEW_ROWS: Final = 10
"""A value that fewer rows have is not quoted, nor its label: it may be about one person."""
_LONGEST: Final = 60
FORMS: Final = {"/": ("dd/mm/jjjj", "mm/dd/jjjj"), ".": ("dd.mm.jjjj", "mm.dd.jjjj")}
"""By their separator the forms of dates that `datumvorm` can set: the day first, and the month first."""


def about(question: str, column: str, field: Field, asked: Callable[[str], str]) -> str:
    """Return what is the case and what can be set; empty where the rule says it all.

    `asked` is the question of a value.
    """
    words = ""
    match question:
        case "waardelabel_strijdig":
            words = (
                f"Gelden de labels, zet dan {_switch(column, 'label')}; "
                f"gelden de waarden, zet dan {_switch(column, 'waarde')}."
            )
        case "waardelabel_onleesbaar" if field.reads == "label":
            words = f"Met lees: label telt alleen het label. Zet bij deze waarden: {_values(column)}."
        case "waardelabel_onleesbaar" | "waardelabel_deels":
            labelled = _labelled(field) if question == "waardelabel_deels" else ""
            words = (
                f"{labelled}Zet wat elke waarde betekent: {_values(column)}. Of zet {_switch(column, 'waarde')}, als "
                "de waarden onze codes zijn en de labels niet tellen."
            )
        case "ontbrekend_onduidelijk":
            words = f"Zet wat de waarde betekent: {_values(column)}."
        case "geslacht_onduidelijk":
            words = (
                "Volgens ISO 5218 is 1 man en 2 vrouw, maar waar 0 man is, is 1 vrouw. F en W zijn alleen vrouw naast "
                f"M (F ook naast H). Zet {_values(column)}."
            )
        case "datumvorm_onduidelijk":
            words = _order(column, field)
        case "datumvorm_anders":
            words = f"In levering.yaml staat: datumvorm: {field.form}."
    return _examples(question, field, asked) + words


def named(text: str, label: str | None) -> str:
    """Return a value of the codebook with its label."""
    shown = [_shown(text)] if label is None else [_shown(text), f"('{_shown(label)}')"]
    return " ".join(shown)


def _examples(question: str, field: Field, asked: Callable[[str], str]) -> str:
    """Return the values of the codebook that stand in enough rows and have this question."""
    found = [named(text, label) for text, label in _in_rows(field) if asked(text) == question]
    return f"Het gaat om {_some(found)}. " if found else ""


def _labelled(field: Field) -> str:
    found = [named(text, label) for text, label in _in_rows(field)]
    return f"Een label hebben {_some(found)}. " if found else ""


def _in_rows(field: Field) -> Iterator[tuple[str, str]]:
    """Yield the values and labels of the codebook that stand in enough rows to be named."""
    rows = field.rows() if field.labels else {}
    return ((text, label) for text, label in field.labels.items() if rows.get(text.strip(), 0) >= FEW_ROWS)


def _some(found: Sequence[str]) -> str:
    more = f" en nog {len(found) - _NAMED}" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more


def _order(column: str, field: Field) -> str:
    """Return why the order of day and month is not proven."""
    if field.whole.of(days.is_half_turned):
        return (
            "De datums staan in twee vormen, en die met het jaar voorop hebben alleen dagen tot en met 12: zo laat "
            "Excel een kolom achter waarin het dag en maand heeft verwisseld waar dat kon. Vraag om het bestand "
            "van daarvoor."
        )
    for separator, (day, month) in FORMS.items():
        found = field.whole.of(days.orders_in(separator))
        if found.month:
            some = (
                f"Sommige datums kunnen alleen {day} zijn, andere" if found.day else "Sommige datums kunnen"
            )
            return f"{some} alleen {month}{'' if found.day else ' zijn'}. {_forms(column, day, month)}"
    day, month = FORMS["/"]
    return f"Elke datum in deze kolom kan {day} zijn en ook {month}. {_forms(column, day, month)}"


def _forms(column: str, *forms: str) -> str:
    return f"Zet {' of '.join(f'{column}: {{kolom: …, datumvorm: {form}}}' for form in forms)}."


def _values(column: str) -> str:
    return f"{column}: {{kolom: …, waarden: {{…}}}}"


def _switch(column: str, choice: str) -> str:
    return f"{column}: {{kolom: …, lees: {choice}}}"


def _shown(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text.strip())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
