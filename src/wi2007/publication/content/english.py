"""Numbers and days in English, for the summary in that language; the values are those of the Dutch text.

What does not belong here: sentences.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_NUMBER: Final = re.compile(r"\d[\d.,]*")
_SWAP: Final = str.maketrans(".,", ",.")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written(value: object) -> str:
    """Write a count, or a Dutch text, with English numbers: 7,920 and 54.6%."""
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    return _NUMBER.sub(lambda found: found[0].translate(_SWAP), str(value))


def day(value: date) -> str:
    """Write a day: 1 July 2022."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
