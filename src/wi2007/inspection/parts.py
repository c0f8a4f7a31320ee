"""Find the three fields that hold the year, month and day of a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wi2007.inspection.names import plain
from wi2007.inspection.profile import Profile
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.field import plain_number

_RANGES: Final = {"jaar": range(1850, 2200), "maand": range(1, 13), "dag": range(1, 32)}

Parts = tuple[Profile, Profile, Profile]


def parts_of(column: str, profiles: Sequence[Profile], settings: Settings) -> Parts | None:
    """Return the fields with the year, the month and the day of a date; None where one is missing."""
    found = [
        [profile for profile in profiles if _is_part(profile, column, part, settings)]
        for part in settings.datumdelen.delen
    ]
    if any(len(fields) != 1 for fields in found):
        return None
    (year,), (month,), (day,) = found
    return (year, month, day) if len({year.place, month.place, day.place}) == 3 else None


def _is_part(profile: Profile, column: str, part: str, settings: Settings) -> bool:
    """Return whether a field is named for a part of this date, and holds such numbers or nothing."""
    words = settings.datumdelen
    for name in (plain(profile.name), plain(profile.title)):
        of_date = any(word in name for word in words.velden[column])
        if of_date and any(word in name for word in words.delen[part]):
            return _share(profile, part) >= settings.grenzen.zeker
    return False


def _share(profile: Profile, part: str) -> float:
    """Return the share of the filled rows with a number that this part can be, or 0 for unknown."""
    total = sum(profile.rows_of.values())
    fitting = sum(rows for text, rows in profile.rows_of.items() if _fits(plain_number(text), part))
    return fitting / total if total else 0.0


def _fits(number: str, part: str) -> bool:
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        return False
    return int(number) == 0 or int(number) in _RANGES[part]
