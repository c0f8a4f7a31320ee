"""Compute age in full years at the peildatum, and the age class, from birth dates of which parts may be unknown.

Rule (design of the study's repetition): a class is given when every birth date that the known parts allow falls in
it, and is `Onbekend` otherwise; an age likewise. Who was born on 29 February becomes a year older on 1 March in a
year without that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wi2007 import reference
from wi2007.dates import ANY_FIRST, Days, PossibleDays, to_datetime64


@dataclass(frozen=True)
class Ages:
    """For each birth date: full years where `certain`, and the place of its class in `reference.age_labels()`."""

    years: NDArray[np.int64]
    certain: NDArray[np.bool_]
    classes: NDArray[np.int64]


def ages(births: PossibleDays, peildatum: date) -> Ages:
    """Return the ages in full years of `births`; days after the peildatum are not possible and left out."""
    last = np.minimum(births.last, peildatum.toordinal())
    oldest, youngest = full_years(births.first, peildatum), full_years(last, peildatum)
    lower = np.array([age_class.lower for age_class in reference.age_classes()])
    class_of_oldest, class_of_youngest = (
        np.searchsorted(lower, years, side="right") - 1 for years in (oldest, youngest)
    )
    unknown = len(lower)
    return Ages(
        years=youngest,
        certain=oldest == youngest,
        classes=np.where(class_of_oldest == class_of_youngest, class_of_oldest, unknown),
    )


def edge_classes(births: PossibleDays, peildatum: date, first: bool) -> NDArray[np.int64]:
    """Return the place of the class of the first or the last day that each birth date allows.

    A date without a year, and no date, give that of `Onbekend`. The last place is for an empty field.
    """
    lower = np.array([age_class.lower for age_class in reference.age_classes()])
    days = births.first if first else np.minimum(births.last, peildatum.toordinal())
    with_year = births.valid & (births.first != ANY_FIRST)
    years = full_years(np.where(with_year, days, peildatum.toordinal()), peildatum)
    found = np.where(with_year, np.searchsorted(lower, years, side="right") - 1, len(lower))
    return np.append(found, len(lower))


def full_years(births: Days, peildatum: date) -> NDArray[np.int64]:
    """Return full years from each day of birth (an ordinal) to the peildatum."""
    days = to_datetime64(births)
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    month = (months - years.astype("datetime64[M]")).astype(np.int64) + 1
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    still_to_come = 100 * month + day > 100 * peildatum.month + peildatum.day
    full: NDArray[np.int64] = peildatum.year - (years.astype(np.int64) + 1970) - still_to_come
    return full
