"""The ways in which a rule changes values: from a list of values to the list of what each becomes.

Every function is pure and looks at values of one column. A value it has nothing to say about comes back as it is; where
two readings are possible it answers with a question.
What does not belong here: the order of rules, counting, which values are already right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schemas.values import code_list
from wi2007 import reference
from wi2007.dates import possible_days
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.mapping.normalise.listed import LABEL, Listed
from wi2007.mapping.normalise.names import folded, standing_for


@dataclass(frozen=True)
class Question:
    """Two readings are possible: the rule of `config/validation.yaml` under which the rows are refused."""

    rule: str


@dataclass(frozen=True)
class About:
    """What a method may know besides the values. `day_zero` is as in `wi2007.delivery.source.Source`."""

    rule: Listed
    column: str
    peildatum: date
    day_zero: date | None = EXCEL_DAY_ZERO


Answer = str | Question
Method = Callable[[str, About], Answer]
"""What one value becomes."""

SPSS_EPOCH: Final = date(1582, 10, 14)
_DAY: Final = 86_400
_FIRST_SPSS: Final = date(1900, 1, 1)

_WHOLE: Final = re.compile(r"([0-9]+)[.,]0+")
_SHORT: Final = re.compile(r"[0-9]{1,3}")
_MIDNIGHT: Final = re.compile(r"([0-9-]{8,10})[ T]0?0:00(:00([.,]0+)?)?")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_EXCEL: Final = re.compile(r"[1-9][0-9]{4}")
_SPSS: Final = re.compile(r"[1-9][0-9]{10}")


def spaces(text: str, about: About) -> Answer:
    """Without spaces around."""
    return text.strip()


def empty(text: str, about: About) -> Answer:
    """Nothing, for the values of the rule."""
    return "" if text in about.rule.values else text


def ask(text: str, about: About) -> Answer:
    """The question of the rule, for its values."""
    return Question(about.rule.question) if text in about.rule.values else text


def whole_number(text: str, about: About) -> Answer:
    """363.0 and 363,00 are 363."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def leading_zeros(text: str, about: About) -> Answer:
    """363 is 0363, when that is a code."""
    if not _SHORT.fullmatch(text):
        return text
    code = text.zfill(4)
    return code if code in (code_list(about.column) or ()) else text


def without_midnight(text: str, about: About) -> Answer:
    """A date without the time 00:00:00 behind it."""
    found = _MIDNIGHT.fullmatch(text)
    return found[1] if found else text


def year_month_day(text: str, about: About) -> Answer:
    """1970-06-15, unknown parts 00."""
    found = _YEAR_FIRST.fullmatch(text)
    return _date(text, "".join(found.groups())) if found else text


def day_month_year(text: str, about: About) -> Answer:
    """15-06-1970 and 15-6-1970, unknown parts 00."""
    found = _DAY_FIRST.fullmatch(text)
    return _date(text, f"{found[3]}{found[2]:0>2}{found[1]:0>2}") if found else text


def excel_day(text: str, about: About) -> Answer:
    """Excel's number of a day, five digits, not after the peildatum; counted as the file counts days."""
    if about.day_zero is None or not _EXCEL.fullmatch(text):
        return text
    day = about.day_zero + timedelta(days=int(text))
    return f"{day:%Y%m%d}" if day <= about.peildatum else text


def spss_seconds(text: str, about: About) -> Answer:
    """Seconds since 14 October 1582, a whole number of days, from 1900 up to the peildatum."""
    if not _SPSS.fullmatch(text) or int(text) % _DAY:
        return text
    days = int(text) // _DAY
    if not (_FIRST_SPSS - SPSS_EPOCH).days <= days <= (about.peildatum - SPSS_EPOCH).days:
        return text
    return f"{SPSS_EPOCH + timedelta(days=days):%Y%m%d}"


def values(text: str, about: About) -> Answer:
    """What the rule lists; capitals make no difference, signs do (-1 is not 1)."""
    return about.rule.values.get(text.casefold(), text)


def name(text: str, about: About) -> Answer:
    """The code of a name."""
    codes = standing_for(about.column, text, about.peildatum)
    if len(codes) > 1:
        return Question("label_onduidelijk")
    return next(iter(codes), text)


def spelling(text: str, about: About) -> Answer:
    """The value of our list that differs in capitals and signs only."""
    return next((value for value in code_list(about.column) or () if _key(value) == _key(text)), text)


def description(text: str, about: About) -> Answer:
    """The status code of a description."""
    found = [
        status.code for status in reference.statuses().values() if folded(status.description) == folded(text)
    ]
    return found[0] if len(found) == 1 else text


def requested_nationality(text: str, about: About) -> Answer:
    """What the code or name of a nationality is in the rule's list, or else `others`."""
    codes = {text} if text in reference.nationalities() else standing_for(about.column, text, about.peildatum)
    if not codes or codes & set(about.rule.except_for):
        return text
    found = {about.rule.values.get(code, about.rule.others) for code in codes}
    return found.pop() if len(found) == 1 else Question("label_onduidelijk")


def _date(text: str, digits: str) -> str:
    """`digits` where they are a date, wholly or in part."""
    return digits if possible_days(digits) else text


def _key(text: str) -> str:
    """A code without what makes no difference: capitals, spaces, hyphens, underscores."""
    return re.sub(r"[\s_-]+", "", text).casefold()


METHODS: Final[dict[str, Method]] = {
    "spaties": spaces,
    "leeg": empty,
    "vragen": ask,
    "nul_achter_komma": whole_number,
    "voorloopnullen": leading_zeros,
    "tijd_weg": without_midnight,
    "jaar_maand_dag": year_month_day,
    "dag_maand_jaar": day_month_year,
    "excel_dagnummer": excel_day,
    "spss_seconden": spss_seconds,
    "waarden": values,
    "naam": name,
    "schrijfwijze": spelling,
    "omschrijving": description,
    "gevraagde_nationaliteit": requested_nationality,
    LABEL: lambda text, about: text,
}
"""By the name in `wijze`. A value label is looked at beside the value (`reading`), not in the chain of rules."""
