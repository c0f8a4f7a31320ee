"""Read the age at which the obligation ends for everybody: the AOW age by calendar year
(`reference/aow_leeftijd.csv`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from wi2007 import reference

_MONTHS = 12


@cache
def ages() -> Mapping[int, Decimal]:
    """Return the AOW age in years by calendar year, as far as it is fixed. Raises `UserError` for a damaged file."""
    found: dict[int, Decimal] = {}
    for row in reference.rows("aow_leeftijd", ["jaar", "jaren", "maanden"], ["jaar"]):
        year, months = row.whole("jaar"), row.whole("maanden")
        if found and year != max(found) + 1:
            raise row.wrong("jaar", "de jaren horen op te lopen zonder gat")
        if months >= _MONTHS:
            raise row.wrong("maanden", f"hier hoort minder dan {_MONTHS}")
        found[year] = Decimal(row.whole("jaren")) + Decimal(months) / _MONTHS
    return found


def age(year: int) -> Decimal:
    """Return the AOW age in years in a calendar year: that of the first or last year in the list where it has none
    for this one.
    """
    known = ages()
    return known[min(max(year, min(known)), max(known))]


def last_known() -> int:
    """Return the last year for which the age is fixed."""
    return max(ages())
