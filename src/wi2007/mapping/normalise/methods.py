"""The methods by which a rule changes values: what one value of a column becomes.

Every function is pure. It returns a value that it does not know as it is; where two readings are possible, also after
a look at the whole column, it returns a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from schemas.values import NUMBERS, code_list
from wi2007 import reference
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.mapping.normalise import days, names
from wi2007.mapping.normalise.field import Whole
from wi2007.mapping.normalise.names import folded, standing_for, with_code, without_word
from wi2007.mapping.normalise.rules import FIXED_WIDTH, LABEL, MISSING, Listed


@dataclass(frozen=True)
class Question:
    """Two readings are possible: the rule of `config/validation.yaml` under which the rows are refused."""

    rule: str


@dataclass(frozen=True)
class About:
    """What a method may know besides the value; `whole` are all values of its field.

    `day_zero` is as in `wi2007.delivery.source.Source`.
    """

    rule: Listed
    column: str
    peildatum: date
    whole: Whole
    day_zero: date | None = EXCEL_DAY_ZERO


Answer = str | Question
Method = Callable[[str, About], Answer]
"""What one value becomes."""

_WHOLE: Final = re.compile(r"([0-9]+)[.,]0+")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}[.,]000")
_SHORT: Final = re.compile(r"[0-9]{1,3}")
_ZEROS_FIRST: Final = re.compile(r"0+([0-9]+)")
_LONGEST_NUMBER: Final = 20
"""Characters; what is longer is no number of something."""
_PREFIXED: Final = re.compile(r"(?i)[a-z]{2}([0-9]{4})")


def spaces(text: str, about: About) -> Answer:
    """Return the value without spaces around it."""
    return text.strip()


def empty(text: str, about: About) -> Answer:
    """Return an empty text for the values of the rule."""
    return "" if text in about.rule.values else text


def ask(text: str, about: About) -> Answer:
    """Return the question of the rule, for its values."""
    return Question(about.rule.question) if text in about.rule.values else text


def whole_number(text: str, about: About) -> Answer:
    """Return 363 for 363.0 and 363,00. In a column of numbers 1.000 stays: it may also be a thousand."""
    found = _WHOLE.fullmatch(text)
    either = about.column in NUMBERS and _THOUSANDS.fullmatch(text)
    return found[1] if found and not either else text


def leading_zeros(text: str, about: About) -> Answer:
    """Return 0363 for 363, when that is a code."""
    if not _SHORT.fullmatch(text):
        return text
    code = text.zfill(4)
    return code if code in (code_list(about.column) or ()) else text


def without_leading_zeros(text: str, about: About) -> Answer:
    """Return 600 for 0600, and 0 for 000."""
    found = _ZEROS_FIRST.fullmatch(text)
    return str(int(found[1])) if found and len(text) <= _LONGEST_NUMBER else text


def prefixed(text: str, about: About) -> Answer:
    """Return 0363 for GM0363, when that is a code; the letters are those of the rule."""
    found = _PREFIXED.fullmatch(text)
    known = found is not None and text[:2].upper() in about.rule.values
    return found[1] if found and known and found[1] in (code_list(about.column) or ()) else text


def without_midnight(text: str, about: About) -> Answer:
    """Return a date without the time 00:00:00 behind it."""
    return days.without_midnight(text)


def ask_time(text: str, about: About) -> Answer:
    """Return the question of the rule, for a date with a time that is not midnight."""
    return Question(about.rule.question) if days.is_timed(text) else text


def ask_short_year(text: str, about: About) -> Answer:
    """Return the question of the rule, for a year of two digits."""
    return Question(about.rule.question) if days.has_short_year(text) else text


def year_month_day(text: str, about: About) -> Answer:
    """Return the date of 1970-06-15, unknown parts 00."""
    return days.year_first(text) or text


def day_month_year(text: str, about: About) -> Answer:
    """Return the date of 15-06-1970 and 15-6-1970, unknown parts 00."""
    return days.day_first(text, "-") or text


def day_month_year_dots(text: str, about: About) -> Answer:
    """Return the date of 15.06.1970; the question where another date in the column can only have the month first."""
    return _ordered(text, ".", about, proven=False)


def by_order_of_column(text: str, about: About) -> Answer:
    """Return the date of 15/06/1970 or 06/15/1970, in the order that the column proves; else the question."""
    return _ordered(text, "/", about, proven=True)


def _ordered(text: str, separator: str, about: About, *, proven: bool) -> Answer:
    first, second = days.day_first(text, separator), days.month_first(text, separator)
    if first == second:
        return first or text
    orders = about.whole.of(days.orders_in(separator))
    if orders.day and orders.month:
        return Question(about.rule.question)
    if orders.month:
        return second or text if proven else Question(about.rule.question)
    return first or text if orders.day or not proven else Question(about.rule.question)


def month_in_words(text: str, about: About) -> Answer:
    """Return the date of 1-jul-1970; the rule lists the months."""
    return days.in_words(text, about.rule.values) or text


def excel_day(text: str, about: About) -> Answer:
    """Return the date of Excel's five-digit day number, not after the peildatum; counted as the file counts days."""
    return days.excel_day(text, about.day_zero, about.peildatum) or text


def spss_seconds(text: str, about: About) -> Answer:
    """Return the date of seconds since 14 October 1582, up to the peildatum."""
    return days.spss_seconds(text, about.peildatum) or text


def values(text: str, about: About) -> Answer:
    """Return what the rule lists for a value; capitals make no difference, other characters do (-1 is not 1)."""
    return about.rule.values.get(text.casefold(), text)


def words(text: str, about: About) -> Answer:
    """Return what the words of the rule mean; its letters `except_for` only where they have one meaning in the
    column.
    """
    letter = folded(text)
    if letter in about.rule.except_for:
        clear = names.has_one_meaning(letter, about.whole.of(names.letters_in))
        return about.rule.values[letter] if clear else Question(about.rule.question)
    return names.by_words(text, about.rule.values) or text


def digits(text: str, about: About) -> Answer:
    """Return what the rule lists, where both 1 and 2 stand in the column; else the question."""
    if text not in about.rule.values:
        return text
    both = {"1", "2"} <= about.whole.of(names.digits_in)
    return about.rule.values[text] if both else Question(about.rule.question)


def name(text: str, about: About) -> Answer:
    """Return the code of a name."""
    return _one(standing_for(about.column, text, about.peildatum), text)


def name_with_word(text: str, about: About) -> Answer:
    """Return the code of a name with a word of the rule before or behind it: Gemeente Utrecht, Utrecht (gem.)."""
    plain = without_word(text, about.rule.values)
    return text if plain is None else _one(standing_for(about.column, plain, about.peildatum), text)


def name_with_code(text: str, about: About) -> Answer:
    """Return the code that stands beside its own name: GM0363 Amsterdam, Marokko (5022)."""
    return with_code(about.column, text) or text


def _one(codes: frozenset[str], text: str) -> Answer:
    return Question("label_onduidelijk") if len(codes) > 1 else next(iter(codes), text)


def spelling(text: str, about: About) -> Answer:
    """Return the value of our list that differs only in capitals and punctuation."""
    return next((value for value in code_list(about.column) or () if _key(value) == _key(text)), text)


def description(text: str, about: About) -> Answer:
    """Return the status code of a description."""
    return _by_description().get(folded(text), text)


@cache
def _by_description() -> dict[str, str]:
    """Return for each folded description the status code, where only one has it."""
    found: dict[str, list[str]] = {}
    for status in reference.statuses().values():
        found.setdefault(folded(status.description), []).append(status.code)
    return {words: codes[0] for words, codes in found.items() if len(codes) == 1}


def requested_nationality(text: str, about: About) -> Answer:
    """Return what the rule's list has for the code or name of a nationality, or else `others`."""
    codes = {text} if text in reference.nationalities() else standing_for(about.column, text, about.peildatum)
    if not codes or codes & set(about.rule.except_for):
        return text
    found = {about.rule.values.get(code, about.rule.others) for code in codes}
    return found.pop() if len(found) == 1 else Question("label_onduidelijk")


def _key(text: str) -> str:
    """Return a code without what makes no difference: capitals, spaces, hyphens, underscores."""
    return re.sub(r"[\s_-]+", "", text).casefold()


def _elsewhere(text: str, about: About) -> Answer:
    return text


METHODS: Final[dict[str, Method]] = {
    "spaties": spaces,
    "leeg": empty,
    "vragen": ask,
    "nul_achter_komma": whole_number,
    "voorloopnullen": leading_zeros,
    "nullen_weg": without_leading_zeros,
    "letters_ervoor": prefixed,
    "tijd_weg": without_midnight,
    "tijd_vragen": ask_time,
    "kort_jaar_vragen": ask_short_year,
    "jaar_maand_dag": year_month_day,
    "dag_maand_jaar": day_month_year,
    "dag_maand_jaar_punten": day_month_year_dots,
    "volgorde_uit_kolom": by_order_of_column,
    "maandnaam": month_in_words,
    "excel_dagnummer": excel_day,
    "spss_seconden": spss_seconds,
    "waarden": values,
    "woorden": words,
    "cijfers": digits,
    "naam": name,
    "naam_met_woord": name_with_word,
    "naam_met_code": name_with_code,
    "schrijfwijze": spelling,
    "omschrijving": description,
    "gevraagde_nationaliteit": requested_nationality,
    LABEL: _elsewhere,
    MISSING: _elsewhere,
    FIXED_WIDTH: _elsewhere,
}
"""The methods by their name in `wijze`.

Labels, declared missing values and the length of numbers concern more than one value.
"""
