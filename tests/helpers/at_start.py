"""The age class of a person on the first of the last twelve months' days, from the birth date as it is written.

Day by day, with nothing of the code.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from wi2007 import reference


def first_day(peildatum: date) -> date:
    """The first of the last twelve months' days."""
    last = peildatum.replace(day=28) if (peildatum.month, peildatum.day) == (2, 29) else peildatum
    return last.replace(year=peildatum.year - 1) + timedelta(days=1)


@cache
def class_at_start(birth: str, peildatum: date) -> str:
    """The one class of every birth date that the known parts allow, up to the peildatum; else Onbekend."""
    year, month, day = int(birth[:4]), int(birth[4:6]), int(birth[6:])
    if not year:
        return "Onbekend"
    days = (date(year, 1, 1) + timedelta(days=at) for at in range(366))
    possible = [
        one
        for one in days
        if one.year == year and month in (0, one.month) and day in (0, one.day) and one <= peildatum
    ]
    start = first_day(peildatum)
    ages = {start.year - one.year - ((start.month, start.day) < (one.month, one.day)) for one in possible}
    found = {
        one.label
        for one in reference.age_classes()
        for age in ages
        if one.lower <= age and (one.upper is None or age < one.upper)
    }
    return found.pop() if len(found) == 1 else "Onbekend"
