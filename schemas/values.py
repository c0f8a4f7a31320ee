"""Which values our columns can have, as plain lists: for settings and for normalising, without importing Pandera.

What does not belong here: by which rule a value is refused (`schemas.delivery`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from schemas import columns as c
from wi2007 import reference

GENDERS: Final = ("M", "V", "O")
REQUESTED_NATIONALITIES: Final = ("Nederlands", "Turks", "anders")
TARGET_GROUPS: Final = ("NIEUWKOMER", "OUDKOMER")
INCOMES: Final = ("loon", "zelfstandig", "bijstand", "overig", "geen")
YES, NO = YES_OR_NO = ("ja", "nee")
DAYS: Final = (c.BIRTH, c.STATUS_DAY, c.START_DAY, c.EXAM_DAY)
NUMBERS: Final[Mapping[str, int]] = {c.EXAMS: 9, c.HOURS: 9999}
"""The columns that hold a whole number from 0, written without leading zeros, with the most that it can be."""
MAY_BE_EMPTY: Final = (*c.NATIONALITIES, c.STATUS_DAY, *c.OPTIONAL)
"""Columns in which an empty field is no error."""
UNKNOWN: Final = {
    "geslacht": "O",
    "geboortedatum": "00000000",
    "statuscode": "ONBEKEND",
    **dict.fromkeys(("land_van_herkomst", "gemeentecode", *c.NATIONALITIES), "0000"),
}
"""The value that says that something is not known, in columns that have one."""


def code_list(column: str) -> Collection[str] | None:
    """Every value that a column can have; None for the persoonsnummer, for dates and for the taaluren."""
    if column in c.NATIONALITIES:
        return reference.nationalities()
    lists: dict[str, Collection[str]] = {
        "geslacht": GENDERS,
        "land_van_herkomst": reference.countries(),
        "gevraagde_nationaliteit": REQUESTED_NATIONALITIES,
        "gemeentecode": reference.municipalities(),
        "statuscode": reference.statuses(),
        "doelgroep": TARGET_GROUPS,
        c.EXAMS: tuple(map(str, range(NUMBERS[c.EXAMS] + 1))),
        c.INCOME: INCOMES,
        c.REFUSED: YES_OR_NO,
    }
    return lists.get(column)


def is_value(column: str, text: str) -> bool:
    """Whether `text` is written as the contract asks of this column; empty is for the columns that may be empty."""
    return judge(column)(text) if text else column in MAY_BE_EMPTY


def is_number(text: str, most: int) -> bool:
    """Whether `text` is a whole number from 0 up to `most`, without leading zeros."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return digits and (text == "0" or text[0] != "0") and int(text) <= most


def judge(column: str) -> Callable[[str], bool]:
    """Says of a text that is not empty whether it is written as the contract asks of this column."""
    if column in NUMBERS:
        most = NUMBERS[column]
        return lambda text: is_number(text, most)
    values = code_list(column)
    if values is not None:
        return frozenset(values).__contains__
    if column not in DAYS:
        return lambda text: True
    from wi2007.dates import possible_days  # noqa: PLC0415  numpy, which the command line has no use for

    def is_day(text: str) -> bool:
        days = possible_days(text)
        return days is not None and (column == c.BIRTH or days[0] == days[1])

    return is_day
