"""The periods of outflow, as whole stretches of `statusperiode`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wi2007.periods import Periods

RECENT = "laatste 12 maanden"


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included. `codes` are its stretches, `since` those from its start on."""

    label: str
    first: date
    last: date
    codes: tuple[str, ...]
    since: tuple[str, ...]

    @property
    def years(self) -> Decimal:
        """The length in years."""
        return years_between(self.first - timedelta(days=1), self.last)


def recent(peildatum: date) -> Period:
    """Return the twelve months that end on the peildatum."""
    periods = Periods(peildatum)
    return _period(periods, RECENT, periods.recent, peildatum)


def calendar_years(peildatum: date, first: int) -> list[Period]:
    """Return every calendar year from `first` that was over at the peildatum; the first year of the act is the
    earliest.
    """
    periods = Periods(peildatum)
    last = peildatum.year if (peildatum.month, peildatum.day) == (12, 31) else peildatum.year - 1
    return [
        _period(periods, str(year), date(year, 1, 1), date(year, 12, 31))
        for year in range(max(first, periods.starts[0].year), last + 1)
    ]


def years_between(first: date, last: date) -> Decimal:
    """Return the years from one day to another: whole months where both are the same day of the month (or the last),
    else days.
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if first.day == last.day or (_ends_month(first) and _ends_month(last)):
        return Decimal(months) / 12
    return Decimal((last - first).days) / Decimal("365.25")


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _period(periods: Periods, label: str, first: date, last: date) -> Period:
    return Period(label, first, last, periods.within(first, last), periods.within(first, periods.peildatum))
