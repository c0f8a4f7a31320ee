"""Find days that are in far more rows of a column than chance allows: default values of programs that know no day.

A day of birth is compared with the same day in other years, as 1 January and days that stand for an unknown part are
frequent in every year; other days are compared with all rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wi2007 import dutch
from wi2007.validation.rules import PeakLimits

YEARS: Final = (*range(-5, 0), *range(1, 6), -20, -10, 10, 20)
"""The years with which a day is compared: near ones, and those with which a guessed age shares its last digit."""

_DAYS_IN_YEAR: Final = 365


@dataclass(frozen=True)
class Peak:
    """A day with too many rows; `name` says which default of a program it is."""

    rows: int
    name: str = ""


def peaks(days: Mapping[str, int], limits: PeakLimits, known: Mapping[str, str]) -> list[Peak]:
    """Return the days (yyyymmdd, with their rows) that exceed the limits, the most frequent first."""
    whole = {day: rows for day, rows in days.items() if _is_whole(day)}
    filled, by_year = sum(whole.values()), _by_year(whole)
    found = []
    for day, rows in whole.items():
        if rows < limits.threshold.least:
            continue
        allowed = filled * limits.ordinary.get(day, limits.threshold.told_above)
        times = limits.times_known if day in known and limits.times_known else limits.times or 0.0
        any_day = max(1.0, (by_year[day[:4]] - rows) / _DAYS_IN_YEAR)
        if rows > max(allowed, times * any_day) and (not times or rows > times * _other_years(day, whole)):
            found.append(Peak(rows, known.get(day, "")))
    return sorted(found, key=lambda peak: (-peak.rows, peak.name))


def _other_years(day: str, whole: Mapping[str, int]) -> int:
    """Return the rows that the same day has in other years: the second highest, as another peak is no measure."""
    year, rest = int(day[:4]), day[4:]
    return sorted(whole.get(f"{year + step:04d}{rest}", 0) for step in YEARS)[-2]


def _by_year(days: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for day, rows in days.items():
        found[day[:4]] = found.get(day[:4], 0) + rows
    return found


def _is_whole(day: str) -> bool:
    return day[6:] != "00"


def in_words(found: Sequence[Peak]) -> str:
    """Return a sentence on the peaks of a column: never the day itself, unless it is a known default."""
    return " ".join(_sentence(peak) for peak in found[:_MOST_SAID])


_MOST_SAID: Final = 5


def _sentence(peak: Peak) -> str:
    if peak.name:
        return f"{dutch.count(peak.rows)} rijen hebben {peak.name}."
    return f"Eén datum staat in {dutch.count(peak.rows)} rijen."
