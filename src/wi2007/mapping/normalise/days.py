"""Read dates in all ways in which they are written, and find the order of day and month that a whole column proves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from schemas.levering import form_parts
from wi2007.dates import possible_days

SPSS_EPOCH: Final = date(1582, 10, 14)
_DAY: Final = 86_400
_FIRST_SPSS: Final = date(1900, 1, 1)
_ENOUGH: Final = 3
"""With fewer dates of a kind, all days being low (or high) proves nothing."""

_LONGEST: Final = 200
"""Characters; a longer text is no date with spaces around it."""
_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AP]M)?"
_ZONE: Final = r"Z|[A-Z]{2,5}|[+-][0-9]{2}(?::?[0-9]{2})?|\[[\w/+-]+\]"
_TIMED: Final = re.compile(rf"(?i)(.*[0-9].*?)(?:T| +)({_CLOCK}) ?({_ZONE})?")
_MIDNIGHT: Final = re.compile(r"(?i)0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00(?:[.,]0+)?)? ?AM")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}(?:([-/. ])[0-9]{1,2}\1|[-/. ]*[^\W\d_]{3,}\.?[-/. ]*)[0-9]{2}")
_IN_WORDS: Final = (
    (re.compile(r"([0-9]{1,2})[-/. ]*([^\W\d_]{3,})\.?[-/. ]*([0-9]{4})"), (3, 2, 1)),
    (re.compile(r"([^\W\d_]{3,})\.?[-/. ]+([0-9]{1,2}),?[-/. ]+([0-9]{4})"), (3, 1, 2)),
    (re.compile(r"([0-9]{4})[-/. ]*([^\W\d_]{3,})\.?[-/. ]*([0-9]{1,2})"), (1, 2, 3)),
)
"""Year, month and day by the numbers of their groups."""
_EXCEL: Final = re.compile(r"[1-9][0-9]{4}")
_SPSS: Final = re.compile(r"[1-9][0-9]{10}")


@dataclass(frozen=True)
class Orders:
    """The orders that the dates of a column with one separator prove: some can only have the day first, or only the
    month.
    """

    day: bool
    month: bool


def without_midnight(text: str) -> str:
    """Return a date without the time behind it, where that is midnight, in whatever zone.

    Midnight is where a day begins in the zone written beside it: in another zone it is no midnight.
    """
    found = _TIMED.fullmatch(text)
    if found and _MIDNIGHT.fullmatch(found[2]):
        return found[1].rstrip()
    return text


def is_timed(text: str) -> bool:
    """Return whether a time follows a date."""
    return _TIMED.fullmatch(text) is not None


def has_short_year(text: str) -> bool:
    """Return whether it is a date whose year has two digits."""
    return _SHORT_YEAR.fullmatch(text) is not None


def readings(text: str) -> list[str]:
    """Return every date that a text with a question may be, earliest first: in either order, and without its time."""
    if len(text) > _LONGEST:
        return []
    timed = _TIMED.fullmatch(text.strip())
    plain = timed[1].rstrip() if timed else text.strip()
    found = [
        year_first(plain),
        *(read(plain, separator) for separator in _ORDERS for read in (day_first, month_first)),
    ]
    return sorted(date for date in found if date is not None)


def year_first(text: str) -> str | None:
    """Return the eight digits of 1970-06-15, 1970/06/15 and 1970.06.15; None for other texts."""
    found = _YEAR_FIRST.fullmatch(text)
    return _date(found[1], found[3], found[4]) if found else None


def day_first(text: str, separator: str) -> str | None:
    """Return the eight digits of 15-06-1970 and 15-6-1970, with this separator; None for other texts."""
    found = _YEAR_LAST.fullmatch(text)
    return _date(found[4], found[3], found[1]) if found and found[2] == separator else None


def month_first(text: str, separator: str) -> str | None:
    """Return the eight digits of 06-15-1970, with this separator; None for other texts."""
    found = _YEAR_LAST.fullmatch(text)
    return _date(found[4], found[1], found[3]) if found and found[2] == separator else None


def in_words(text: str, months: Mapping[str, str]) -> str | None:
    """Return the eight digits of 1-jul-1970, 1 juli 1970, 01JUL1970, July 1, 1970; None for other texts.

    `months` are the numbers of months by their names.
    """
    for pattern, (year, month, day) in _IN_WORDS:
        found = pattern.fullmatch(text)
        if found and found[month].casefold() in months:
            return _date(found[year], months[found[month].casefold()], found[day])
    return None


def excel_day(text: str, zero: date | None, last: date) -> str | None:
    """Return the date of a day number of five digits, not after `last`, else None; `zero` is the day that it counts
    from.
    """
    if zero is None or not _EXCEL.fullmatch(text):
        return None
    day = zero + timedelta(days=int(text))
    return f"{day:%Y%m%d}" if day <= last else None


def spss_seconds(text: str, last: date) -> str | None:
    """Return the date of seconds since 14 October 1582, a whole number of days, from 1900 up to `last`; else None."""
    if not _SPSS.fullmatch(text) or int(text) % _DAY:
        return None
    days = int(text) // _DAY
    if not (_FIRST_SPSS - SPSS_EPOCH).days <= days <= (last - SPSS_EPOCH).days:
        return None
    return f"{SPSS_EPOCH + timedelta(days=days):%Y%m%d}"


def by_form(text: str, form: str, months: Mapping[str, str]) -> str | None:
    """Return the eight digits of a date written as `datumvorm` says, whether or not it exists; None where it is not."""
    order, pattern = _pattern(form)
    found = pattern.fullmatch(text)
    if not found:
        return None
    part = dict(zip(order, found.groups(), strict=True))
    month = part["m"] if part["m"].isdigit() else months.get(part["m"].casefold())
    return None if month is None else _digits(part["j"], month, part["d"])


@cache
def _pattern(form: str) -> tuple[str, re.Pattern[str]]:
    """Return the letters of the parts in their order, and what a date in this form looks like."""
    parts = form_parts(form)
    fixed = all(part[0] in "dmj" for part in parts) and "mmm" not in form
    number = "([0-9]{2})" if fixed else "([0-9]{1,2})"
    written = {"d": number, "m": number, "j": "([0-9]{4})"}
    texts = [
        r"([^\W\d_]{3,})\.?" if part.startswith("mmm") else written.get(part[0], re.escape(part))
        for part in parts
    ]
    return "".join(part[0] for part in parts if part[0] in "dmj"), re.compile("".join(texts))


def orders_in(separator: str) -> Callable[[Iterable[str]], Orders]:
    """Return the function that finds which order of dates with this separator a column proves."""
    return _ORDERS[separator]


def _orders(texts: Iterable[str], separator: str) -> Orders:
    day = month = False
    for text in _dates(texts):
        first, second = day_first(text, separator), month_first(text, separator)
        day, month = (
            day or (first is not None and second is None),
            month or (first is None and second is not None),
        )
    return Orders(day, month)


def _slashes(texts: Iterable[str]) -> Orders:
    return _orders(texts, "/")


def _dots(texts: Iterable[str]) -> Orders:
    return _orders(texts, ".")


def _hyphens(texts: Iterable[str]) -> Orders:
    return _orders(texts, "-")


_ORDERS: Final = {"/": _slashes, ".": _dots, "-": _hyphens}


def is_half_turned(texts: Iterable[str]) -> bool:
    """Return whether a program took the month for the day where it could: all its own dates have a day up to 12.

    Such a column has dates with the year first beside dates with the year last, all of which have a day above 12.
    """
    turned, left = 0, 0
    for text in _dates(texts):
        own = _YEAR_FIRST.fullmatch(text)
        other = _YEAR_LAST.fullmatch(text)
        if own and int(own[4]) > 12:
            return False
        if other and max(int(other[1]), int(other[3])) <= 12:
            return False
        turned, left = turned + bool(own), left + bool(other)
    return turned >= _ENOUGH and left >= _ENOUGH


def _dates(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts without spaces and midnight."""
    return (without_midnight(text.strip()) for text in texts if len(text) <= _LONGEST)


def _date(year: str, month: str, day: str) -> str | None:
    """Return the date as eight digits, where it is one, wholly or in part."""
    digits = _digits(year, month, day)
    return digits if possible_days(digits) else None


def _digits(year: str, month: str, day: str) -> str:
    return f"{year}{month:0>2}{day:0>2}"
