"""Detect a list of persons that is named as a CBS table: then no message quotes a cell of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any, Final

from schemas.columns import COLUMNS
from wi2007.cbs.book import Sheet
from wi2007.cbs.labels import key

_MOST_ROWS: Final = 600
"""More rows than a table by municipality has."""
_FEW: Final = 5
_MOST_UNKNOWN: Final = 60
_LONG_NUMBER: Final = re.compile(r"\d{5,}")
_AGE: Final = re.compile(r"[<>]?\d{1,3}[-–+/]\d{0,3}|[<>]\d{1,3}|(19|20)\d\d")
_MANY: Final = 10
_OFTEN: Final = 5

PERSONS: Final = (
    "dit lijkt geen tabel van het CBS, maar een lijst met personen. Geef het bestand een naam die niet met cbs begint. "
    "Wat erin staat, is niet getoond"
)


def persons_in(sheets: Iterable[Sheet]) -> str:
    """Return the name of the first sheet that may hold a row for each person; an empty text when there is none."""
    return next((sheet.name for sheet in sheets if _is_list(sheet)), "")


def is_told(known: int, unknown: Sequence[str]) -> bool:
    """Return whether messages may quote unknown labels: they are few, or fewer than the known ones."""
    return len(unknown) <= _MOST_UNKNOWN or len(unknown) < known


def _is_list(sheet: Sheet) -> bool:
    rows = list(_rows(sheet))
    if len(rows) > _MOST_ROWS or any(_has_our_names(row) for row in rows):
        return True
    body = rows[1:]
    names = [_name(row) for row in body]
    if len(names) >= _MANY and len(names) > _OFTEN * len(set(names)):
        return True
    texts = [row for row in body if sum(map(_is_value, row[1:])) >= 2]
    if len(texts) >= _FEW and 2 * len(texts) > len(body):
        return True
    return any(_are_numbers(column) for column in _columns(sheet))


def _rows(sheet: Sheet) -> Iterator[list[Any]]:
    """Yield the rows with two filled cells or more."""
    found: dict[int, list[Any]] = {}
    for row, column in sorted(sheet.cells):
        if not sheet.is_empty(row, column):
            found.setdefault(row, []).append(sheet.at(row, column))
    return (values for values in found.values() if len(values) > 1)


def _name(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return the name of a row: the texts at its beginning, or else its first number."""
    return tuple(takewhile(lambda value: isinstance(value, str), row)) or (row[0],)


def _columns(sheet: Sheet) -> Iterator[list[str]]:
    found: dict[int, list[str]] = {}
    for row, column in sorted(sheet.cells):
        value = sheet.at(row, column)
        is_whole = isinstance(value, float) and value.is_integer()
        found.setdefault(column, []).append(str(int(value) if is_whole else value).strip())
    return iter(found.values())


def _has_our_names(row: Sequence[Any]) -> bool:
    names = {key(value).replace(" ", "_") for value in row if isinstance(value, str)}
    return len(names & set(COLUMNS)) >= 2


def _is_value(value: Any) -> bool:
    """Return whether a cell holds what no table of figures holds: a day, or a text of letters."""
    if isinstance(value, (date, datetime)):
        return True
    return isinstance(value, str) and any(one.isalpha() for one in value) and key(value) != "x"


def _are_numbers(column: Sequence[str]) -> bool:
    """Return whether most cells of a column are numbers of persons, or days written as a number."""
    filled = [one for one in column if one][1:]
    if len(filled) < _FEW:
        return False
    days = [one for one in filled if re.fullmatch(r"(18|19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])", one)]
    named = [one for one in filled if " " not in one and _LONG_NUMBER.search(one) and not one.isdigit()]
    long = [one for one in filled if one.isdigit() and len(one) >= 7]
    same = [one for one in long if len(one) == len(long[0])]
    most = max(len(days), len(named), len(same) if len(set(same)) == len(same) else 0)
    return 2 * most > len(filled)


def is_number(text: str) -> bool:
    """Return whether a label may be the number of a person, and not an age or a year."""
    return any(one.isdigit() for one in text) and " " not in text and not _AGE.fullmatch(text)
