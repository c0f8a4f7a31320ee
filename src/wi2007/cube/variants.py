"""Count what other choices (readings) change, in the same pass over the delivery: who comes in and who goes out.

Only persons whose place differs are looked at, so the cost is small; a person who moves to another category goes out
of one and comes into another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from schemas.cube import DIMENSIONS
from schemas.sensitivity import ReadingText
from schemas.variants import DIRECTION, IN, OUT, READING, VARIANTS
from wi2007 import reference
from wi2007.classification import classification
from wi2007.cube.count import Cube
from wi2007.dates import all_possible_days
from wi2007.delivery.coded import Coded, Kept
from wi2007.population.age import edge_classes
from wi2007.population.lists import Lists
from wi2007.population.persons import Deriver, Places, kept_rows
from wi2007.population.readings import left_out

_DIRECTIONS = (OUT, IN)


class Variants:
    """Counts what each reading changes, batch by batch."""

    def __init__(self, lists: Lists, readings: Sequence[ReadingText], deriver: Deriver) -> None:
        self._lists, self._readings, self._deriver = lists, readings, deriver
        self._names = sorted(reading.id for reading in readings)
        self._municipalities = sorted(reference.municipalities())
        known = {code: at for at, code in enumerate(self._municipalities)}
        self._known = known
        self._wider = np.array([known[code] for code in lists.dimensions["gemeente"]], dtype=np.int32)
        closed = {**lists.dimensions, "gemeente": self._municipalities}
        self._cube = Cube({READING: self._names or [""], DIRECTION: sorted(_DIRECTIONS), **closed}, VARIANTS)
        self._kept = Kept()

    def add(
        self, columns: Mapping[str, Coded], kept: NDArray[np.bool_], persons: Mapping[str, Places]
    ) -> None:
        """Count a batch: all its rows, which of them are in the population, and where these are counted."""
        for reading in self._readings:
            if reading.uitsluiting is not None:
                self._other_people(reading, columns, kept, persons)
            else:
                self._other_places(reading, kept_rows(columns, kept), persons)

    def table(self) -> Any:
        """Return all counts, as a table of `schemas.variants`."""
        return self._cube.table()

    def _other_people(
        self,
        reading: ReadingText,
        columns: Mapping[str, Coded],
        kept: NDArray[np.bool_],
        persons: Mapping[str, Places],
    ) -> None:
        out = left_out(columns, len(kept), reading)
        self._count(reading, OUT, _some(persons, out[kept]))
        entered = ~kept & ~out
        if entered.any():
            rows = kept_rows(columns, entered)
            self._count(reading, IN, self._deriver.dimensions(rows, int(entered.sum())))

    def _other_places(
        self, reading: ReadingText, columns: Mapping[str, Coded], persons: Mapping[str, Places]
    ) -> None:
        """Count persons in another age class or municipality: out of the one and into the other."""
        before = {**persons, "gemeente": self._wider[persons["gemeente"]]}
        if reading.leeftijd is not None:
            variable, after = "leeftijdsklasse", self._ages(reading, columns[c.BIRTH], before)
        else:
            variable, after = "gemeente", self._places(reading, columns["gemeentecode"], before)
        moved = after != before[variable]
        self._count(reading, OUT, _some(persons, moved))
        if moved.any():
            self._count(reading, IN, _some({**before, variable: after}, moved), wide=True)

    def _ages(self, reading: ReadingText, births: Coded, before: Mapping[str, Places]) -> Places:
        """Return the class of each person; only an unknown class is derived again."""
        positions = self._lists.positions["leeftijdsklasse"]

        def table(values: list[str]) -> Places:
            labels = [positions[label] for label in reference.age_labels()]
            days = all_possible_days(values)
            found = edge_classes(days, self._lists.peildatum, first=reading.leeftijd == "vroegst")
            return np.array(labels, dtype=np.int32)[found]

        at_edge = self._kept.get(reading.id, births.values, table)[births.codes]
        known = before["leeftijdsklasse"]
        return np.where(known == positions[reference.UNKNOWN], at_edge, known)

    def _places(self, reading: ReadingText, codes: Coded, before: Mapping[str, Places]) -> Places:
        """Return the municipality of each person; a code that did not exist on that day stays what it is at the
        peildatum.
        """
        at_peildatum = self._lists.places
        first_day = classification(date(self._lists.peildatum.year, 1, 1))

        def place(code: str) -> int:
            own = code if reading.indeling == "geregistreerd" else first_day[code].code
            return self._known[own or at_peildatum[code].code]

        def table(values: list[str]) -> Places:
            return np.array([*map(place, values), 0], dtype=np.int32)

        return self._kept.get(reading.id, codes.values, table)[codes.codes]

    def _count(
        self, reading: ReadingText, direction: str, people: Mapping[str, Places], wide: bool = False
    ) -> None:
        size = len(people["geslacht"])
        if not size:
            return
        places = {name: people[name] for name in DIMENSIONS}
        if not wide:
            places["gemeente"] = self._wider[places["gemeente"]]
        places[READING] = np.full(size, self._names.index(reading.id), dtype=np.int32)
        places[DIRECTION] = np.full(size, sorted(_DIRECTIONS).index(direction), dtype=np.int32)
        self._cube.add(places)


def _some(persons: Mapping[str, Places], which: NDArray[np.bool_]) -> dict[str, Places]:
    return {name: persons[name][which] for name in DIMENSIONS}
