"""Numbers and dates as Dutch readers write them: 236.997, 54,6%, 1 juli 2022 (Unicode CLDR by way of Babel)."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

LOCALE = "nl_NL"
_DAY = re.compile(r"([1-9]\d?) (\w+) (\d{4})")
MINUS = "−"
"""The sign before a number below 0; a hyphen is another sign."""


@lru_cache(maxsize=8192)  # a report shows the same few thousand numbers many times
def count(value: int) -> str:
    """A whole number with points between thousands: 236.997."""
    return format_decimal(value, format="#,##0", locale=LOCALE).replace("-", MINUS)


@lru_cache(maxsize=8192)
def decimal(value: float, decimals: int) -> str:
    """A number with a decimal comma, half away from zero as people round: 54,6."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(exact, format=pattern, locale=LOCALE).replace("-", MINUS)


def percent(value: float, decimals: int = 0) -> str:
    """A percentage (54.6 for 54,6%), the sign directly behind the number."""
    return decimal(value, decimals) + "%"


def inline(label: str) -> str:
    """A label within a sentence: without capitals, but for words that are all capitals (AOW-leeftijd, RNI)."""
    return " ".join(word if word[1:2].isupper() else word.lower() for word in label.split(" "))


def day(value: date) -> str:
    """A date in words: 1 juli 2022."""
    return format_date(value, format="d MMMM y", locale=LOCALE)


def day_of(text: str) -> date | None:
    """The date that a text is, as `day` writes it; None of any other text."""
    found = _DAY.fullmatch(text)
    if not found or found[2] not in _months():
        return None
    try:
        return date(int(found[3]), _months()[found[2]], int(found[1]))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The months by their name, each with its number."""
    return {name: number for number, name in get_month_names("wide", locale=LOCALE).items()}
