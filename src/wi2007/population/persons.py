"""Derive persons from a batch of kept rows: columns as places in closed lists, ready to write and count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas import columns as c
from schemas.outflow import BEFORE, PERIOD, UNKNOWN_PERIOD
from schemas.persons import PERSONS
from wi2007 import reference
from wi2007.dates import all_possible_days, days_since_1970
from wi2007.delivery.coded import EMPTY, Coded, Kept
from wi2007.population.age import Ages, ages
from wi2007.population.lists import Lists

Places = NDArray[np.int32]


@dataclass(frozen=True)
class Persons:
    """A batch of persons: for each dimension the places in its closed list, and the columns of the persons file.

    `counts` says how many were placed with doubt.
    """

    dimensions: dict[str, Places]
    table: Any
    counts: dict[str, int]


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
        table = pa.table([parts[name] for name in PERSONS.names], schema=PERSONS)
        return Persons(dimensions, table, self._counts(columns["gemeentecode"], dimensions))

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
        positions = self._lists.positions["leeftijdsklasse"]
        places = np.array([positions[label] for label in reference.age_labels()], dtype=np.int32)
        return places[self._ages(values).classes]

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

    def _counts(self, municipalities: Coded, dimensions: Mapping[str, Places]) -> dict[str, int]:
        rows = np.bincount(municipalities.codes, minlength=len(municipalities.values))
        places = [self._lists.places[code] for code in municipalities.values]
        unknown = self._lists.positions["leeftijdsklasse"][reference.UNKNOWN]
        return {
            "gemeente_opgevolgd": int(rows[[place.standing == "opgevolgd" for place in places]].sum()),
            "gemeente_gesplitst": int(rows[[place.split for place in places]].sum()),
            "leeftijdsklasse_onbekend": int(np.count_nonzero(dimensions["leeftijdsklasse"] == unknown)),
        }


def kept_rows(columns: Mapping[str, Coded], kept: NDArray[np.bool_]) -> dict[str, Coded]:
    """Return the columns with only the rows that are kept."""
    rows = np.flatnonzero(kept)
    return {name: replace(column, codes=column.codes[rows]) for name, column in columns.items()}


def _all(columns: Mapping[str, Coded], size: int) -> dict[str, Coded]:
    return {name: columns.get(name, _absent(size)) for name in c.COLUMNS if name != c.PERSON}


def _absent(size: int) -> Coded:
    """Return an optional column that the delivery does not have: empty in every row."""
    return Coded([], np.full(size, EMPTY, dtype=np.int32))


def _text(places: Places, values: tuple[str, ...]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values, pa.string()))
