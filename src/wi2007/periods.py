"""Divide time into the stretches by which a statusdatum is counted: calendar years, cut twelve months before the
peildatum.

A stretch is named by its first day (yyyy-mm-dd). With the cut, both a calendar year and the last twelve months are
whole stretches put together, and no other day needs to be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from schemas.outflow import BEFORE, UNKNOWN_PERIOD
from wi2007.dates import years_before

FIRST_YEAR = 2007
"""The first year of the act."""


@dataclass(frozen=True)
class Periods:
    """The stretches up to a peildatum."""

    peildatum: date

    @property
    def recent(self) -> date:
        """The first day of the twelve months that end on the peildatum."""
        return years_before(self.peildatum, 1) + timedelta(days=1)

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The first day of every stretch but those without one, ascending."""
        years = range(FIRST_YEAR, self.peildatum.year + 1)
        return tuple(
            sorted({*(date(year, 1, 1) for year in years), max(self.recent, date(FIRST_YEAR, 1, 1))})
        )

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the order of its text."""
        return tuple(sorted([BEFORE, UNKNOWN_PERIOD, *(day.isoformat() for day in self.starts)]))

    def within(self, first: date, last: date) -> tuple[str, ...]:
        """Return the codes of the stretches that make up the days from `first` to `last`.

        Raises `ValueError` when these days are no whole stretches.
        """
        found = [start for start in self.starts if first <= start <= last]
        ends = {*self.starts, self.peildatum + timedelta(days=1)}
        if first not in self.starts or last + timedelta(days=1) not in ends:
            raise ValueError("the days are no whole stretches")
        return tuple(start.isoformat() for start in found)
