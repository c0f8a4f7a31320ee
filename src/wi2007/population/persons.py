"""Derive persons from a batch of kept rows: columns as places in the closed lists at a peildatum, and ages.

Rule of ages (design of the study's repetition): a class is given when every birth date that the known parts allow
falls in it, and is `Onbekend` otherwise; an age likewise. Who was born on 29 February becomes a year older on 1 March
in a year without that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas import columns as c
from schemas.outflow import AGE_AT_START, BEFORE, PERIOD, UNKNOWN_PERIOD
from schemas.persons import GENDERS, PERSONS, TARGET_GROUPS
from wi2007 import reference
from wi2007.dates import ANY_FIRST, Days, PossibleDays, all_possible_days, days_since_1970, to_datetime64
from wi2007.delivery.source import EMPTY, Coded, Kept
from wi2007.periods import Periods
from wi2007.reference import Place, classification

Places = NDArray[np.int32]


_DERIVED = tuple(name for name in c.COLUMNS if name not in (c.PERSON, *c.DETAILS))
"""The columns of a delivery that persons and the cube are made of."""


@dataclass(frozen=True)
class Lists:
    """The closed lists that hold at a peildatum, each in the order of its text."""

    peildatum: date

    @cached_property
    def dimensions(self) -> dict[str, tuple[str, ...]]:
        """The values that each dimension of the cubes can have."""
        return {
            "geslacht": tuple(sorted(GENDERS)),
            "land_van_herkomst": tuple(sorted(reference.countries())),
            "gemeente": tuple(sorted({place.code for place in self.places.values() if place.code})),
            "leeftijdsklasse": tuple(sorted(reference.age_labels())),
            AGE_AT_START: tuple(sorted(reference.age_labels())),
            "statuscode": tuple(sorted(reference.statuses())),
            "doelgroep": tuple(sorted(TARGET_GROUPS)),
            PERIOD: self.periods.codes,
        }

    @cached_property
    def periods(self) -> Periods:
        """The stretches of time by which a statusdatum is counted."""
        return Periods(self.peildatum)

    @cached_property
    def places(self) -> dict[str, Place]:
        """What every municipality code stands for."""
        return classification(self.peildatum)

    @cached_property
    def positions(self) -> dict[str, dict[str, int]]:
        """For each dimension the place of every value."""
        return {
            name: {value: at for at, value in enumerate(values)} for name, values in self.dimensions.items()
        }


@dataclass(frozen=True)
class Ages:
    """For each birth date: full years where `certain`, and the place of its class in `reference.age_labels()`."""

    years: NDArray[np.int64]
    certain: NDArray[np.bool_]
    classes: NDArray[np.int64]


def ages(births: PossibleDays, peildatum: date, at: date | None = None) -> Ages:
    """Return the ages in full years of `births` on a day (default: the peildatum).

    Days after the peildatum are not possible and left out.
    """
    last = np.minimum(births.last, peildatum.toordinal())
    oldest, youngest = (full_years(end, at or peildatum) for end in (births.first, last))
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


@dataclass(frozen=True)
class Persons:
    """A batch of persons: for each dimension the places in its closed list, and the columns of the persons file.

    `doubtful` says which of them were placed with doubt, by the kind of it.
    """

    dimensions: dict[str, Places]
    table: Any
    doubtful: dict[str, NDArray[np.bool_]]


class Deriver:
    """Derives persons at a peildatum. Each distinct value is looked up once, and its place kept for later batches."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._kept = Kept()
        statuses, self._routes = reference.statuses(), reference.routes()
        routes = [self._routes.index(statuses[code].route) for code in lists.dimensions["statuscode"]]
        self._route_of_status = np.array(routes, dtype=np.int32)

    def persons(self, columns: Mapping[str, Coded], numbers: Any) -> Persons:
        """Return the persons in `columns` (rows that are valid and kept) with their persoonsnummers, an Arrow array."""
        columns = _all(columns, len(numbers))
        dimensions = self._dimensions(columns)
        parts = {
            c.PERSON: numbers,
            **{
                name: _text(places, self._lists.dimensions[name])
                for name, places in dimensions.items()
                if name in PERSONS.names
            },
            c.BIRTH: self._births(columns[c.BIRTH]),
            "leeftijd": self._years(columns[c.BIRTH]),
            "uitstroomroute": _text(self._route_of_status[dimensions["statuscode"]], self._routes),
            c.STATUS_DAY: self._days(c.STATUS_DAY, columns[c.STATUS_DAY]),
            c.START_DAY: self._days(c.START_DAY, columns[c.START_DAY]),
        }
        table = pa.table([parts[name] for name in PERSONS.names], schema=PERSONS.arrow)
        return Persons(dimensions, table, self._doubtful(columns["gemeentecode"], dimensions))

    def dimensions(self, columns: Mapping[str, Coded], size: int) -> dict[str, Places]:
        """Return for each dimension where the `size` persons in `columns` are counted, and nothing else about them."""
        return self._dimensions(_all(columns, size))

    def _dimensions(self, columns: Mapping[str, Coded]) -> dict[str, Places]:
        positions, places = self._lists.positions, self._lists.places
        births = columns[c.BIRTH]
        unknown = positions["doelgroep"][reference.UNKNOWN]
        return {
            "geslacht": self._look_up("geslacht", columns["geslacht"], positions["geslacht"].get),
            "land_van_herkomst": self._look_up(
                "land_van_herkomst", columns["land_van_herkomst"], positions["land_van_herkomst"].get
            ),
            "gemeente": self._look_up(
                "gemeente", columns["gemeentecode"], lambda code: positions["gemeente"].get(places[code].code)
            ),
            "leeftijdsklasse": self._kept.get("klasse", births.values, self._classes)[births.codes],
            AGE_AT_START: self._kept.get(AGE_AT_START, births.values, self._classes_at_start)[births.codes],
            "statuscode": self._look_up("statuscode", columns["statuscode"], positions["statuscode"].get),
            "doelgroep": self._look_up(
                "doelgroep", columns["doelgroep"], positions["doelgroep"].get, unknown
            ),
            PERIOD: self._kept.get(PERIOD, columns[c.STATUS_DAY].values, self._periods)[
                columns[c.STATUS_DAY].codes
            ],
        }

    def _periods(self, values: list[str]) -> Places:
        """Return the place of the stretch that each day lies in, and last the one for no day."""
        positions, periods = self._lists.positions[PERIOD], self._lists.periods
        codes = [BEFORE, *(day.isoformat() for day in periods.starts), UNKNOWN_PERIOD]
        places = np.array([positions[code] for code in codes], dtype=np.int32)
        starts = [day.toordinal() for day in periods.starts]
        stretches = np.searchsorted(starts, all_possible_days(values).first, side="right")
        found: Places = places[np.append(stretches, -1)]
        return found

    def _look_up(
        self, name: str, column: Coded, place: Callable[[str], int | None], missing: int = EMPTY
    ) -> Places:
        """Return the place of each row's value; an empty field has `missing`."""

        def table(values: list[str]) -> Places:
            return np.array([*map(place, values), missing], dtype=np.int32)

        return self._kept.get(name, column.values, table)[column.codes]

    def _ages(self, values: list[str]) -> Ages:
        return ages(all_possible_days(values), self._lists.peildatum)

    def _classes(self, values: list[str]) -> Places:
        return self._places_of(self._ages(values))

    def _classes_at_start(self, values: list[str]) -> Places:
        lists = self._lists
        return self._places_of(ages(all_possible_days(values), lists.peildatum, lists.periods.recent))

    def _places_of(self, found: Ages) -> Places:
        positions = self._lists.positions["leeftijdsklasse"]
        places = np.array([positions[label] for label in reference.age_labels()], dtype=np.int32)
        return places[found.classes]

    def _births(self, births: Coded) -> Any:
        written = self._kept.get("geboortedatum", births.values, lambda values: pa.array(values, pa.string()))
        return written.take(pa.array(births.codes))

    def _years(self, births: Coded) -> Any:
        found = self._kept.get("leeftijd", births.values, self._ages)
        years = self._kept.get("jaren", births.values, lambda _: found.years.astype(np.int16))
        return pa.array(years[births.codes], mask=~found.certain[births.codes])

    def _days(self, name: str, column: Coded) -> Any:
        def table(values: list[str]) -> NDArray[np.int32]:
            return days_since_1970(np.append(all_possible_days(values).first, 0))

        days = self._kept.get(name, column.values, table)[column.codes]
        return pa.array(days, pa.int32(), mask=column.codes == EMPTY).view(pa.date32())

    def _doubtful(
        self, municipalities: Coded, dimensions: Mapping[str, Places]
    ) -> dict[str, NDArray[np.bool_]]:
        places = [self._lists.places[code] for code in municipalities.values]
        followed, split = (
            np.array(which, dtype=np.bool_)[municipalities.codes]
            for which in ([one.standing == "opgevolgd" for one in places], [one.split for one in places])
        )
        unknown = self._lists.positions["leeftijdsklasse"][reference.UNKNOWN]
        return {
            "gemeente_opgevolgd": followed,
            "gemeente_gesplitst": split,
            "leeftijdsklasse_onbekend": dimensions["leeftijdsklasse"] == unknown,
        }


def kept_rows(columns: Mapping[str, Coded], kept: NDArray[np.bool_]) -> dict[str, Coded]:
    """Return the columns with only the rows that are kept."""
    rows = np.flatnonzero(kept)
    return {name: replace(column, codes=column.codes[rows]) for name, column in columns.items()}


def _all(columns: Mapping[str, Coded], size: int) -> dict[str, Coded]:
    """Return the columns that persons are made of; one that the delivery lacks is empty."""
    return {name: columns.get(name) or _absent(size) for name in _DERIVED}


def _absent(size: int) -> Coded:
    """Return an optional column that the delivery does not have: empty in every row."""
    return Coded([], np.full(size, EMPTY, dtype=np.int32))


def _text(places: Places, values: tuple[str, ...]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values, pa.string()))
