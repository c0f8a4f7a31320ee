"""Days as whole numbers since 1970-01-01, and the way a delivery writes them.

What does not belong here: which day something happened (see `births` and `dates`).
"""

from __future__ import annotations

from datetime import date

import numpy as np

from wi2007.demo.arrays import Whole

LAW = date(2007, 1, 1)
"""The day on which the Wet inburgering began."""

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def written(day: date) -> int:
    """The date as the number yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def all_written(days: Whole) -> Whole:
    """Each day as the number yyyymmdd."""
    calendar = days.astype("datetime64[D]")
    months = calendar.astype("datetime64[M]")
    month = months.astype(np.int64)
    day = (calendar - months).astype(np.int64) + 1
    return np.asarray((month // 12 + 1970) * 10_000 + (month % 12 + 1) * 100 + day)


def year_limits(years: Whole) -> tuple[Whole, Whole]:
    """The first and last day of each year."""
    start = (years - 1970).astype("datetime64[Y]")
    first, after = (year.astype("datetime64[D]").astype(np.int64) for year in (start, start + 1))
    return first, after - 1


def month_limits(days: Whole) -> tuple[Whole, Whole]:
    """The first and last day of the month of each day."""
    start = days.astype("datetime64[D]").astype("datetime64[M]")
    first, after = (month.astype("datetime64[D]").astype(np.int64) for month in (start, start + 1))
    return first, after - 1


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February where 29 February did not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
