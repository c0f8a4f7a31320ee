"""Count the cube, once over every dimension that tables use, and what variants (other choices) change in it.

Counts add up, so those of parts do too. A combination is one number, made of the places of its values in closed
lists; the order of the numbers is that of the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas import columns as c
from schemas.cube import CUBE, DIMENSIONS, MEASURES
from schemas.sensitivity import ReadingText
from schemas.variants import DIRECTION, IN, OUT, READING, VARIANTS
from wi2007 import reference
from wi2007.dates import all_possible_days
from wi2007.delivery.source import Coded, Kept
from wi2007.population.exclusion import left_out
from wi2007.population.persons import Deriver, Lists, Places, edge_classes, kept_rows
from wi2007.reference import classification
from wi2007.validation.unique import Hashes

_WAITING: Final = 2_000_000
_DIRECTIONS: Final = sorted((OUT, IN))


class Cube:
    """Counts over closed lists (`dimensions`: for each dimension its values, ascending), batch by batch.

    `schema` has the dimensions that are counted over, in the order of the keys, and then `MEASURES`.
    """

    def __init__(self, dimensions: Mapping[str, Sequence[str]], schema: Any = CUBE.arrow) -> None:
        self._schema = schema
        self._dimensions = {name: dimensions[name] for name in keys_of(schema)}
        self._sums = NOBODY
        self._waiting: list[Sums] = []
        self._waiting_cells = 0

    def add(self, places: Mapping[str, NDArray[np.int32]], who: Hashes) -> None:
        """Count persons: for each dimension the place of every person's value in its list, and the hash of each."""
        cells = np.zeros(len(who), dtype=np.int64)
        for name, values in self._dimensions.items():
            cells *= len(values)
            cells += places[name]
        self._waiting.append(Sums.of_persons(cells, who))
        self._waiting_cells += len(self._waiting[-1].cells)
        if self._waiting_cells > _WAITING:
            self._gather()

    @property
    def total(self) -> int:
        """How many persons were counted."""
        self._gather()
        return int(self._sums.counts.sum())

    @property
    def everybody(self) -> int:
        """The set of all persons counted, as `wie`."""
        self._gather()
        return int(self._sums.who.sum())

    def table(self) -> Any:
        """Return the cube as a table of its schema: one row for each combination that occurs, sorted by all keys."""
        self._gather()
        columns: dict[str, Any] = {}
        rest = self._sums.cells
        for name, values in reversed(self._dimensions.items()):
            rest, places = np.divmod(rest, len(values))
            columns[name] = pa.array(values, pa.string()).take(pa.array(places))
        measures = (pa.array(self._sums.counts), pa.array(self._sums.who))
        return pa.table([*(columns[name] for name in self._dimensions), *measures], schema=self._schema)

    def _gather(self) -> None:
        if self._waiting:
            self._sums = Sums.added([self._sums, *self._waiting])
            self._waiting, self._waiting_cells = [], 0


def keys_of(schema: Any) -> list[str]:
    """Return the columns of a cube that say which persons are counted."""
    return list(schema.names[: -len(MEASURES)])


@dataclass(frozen=True)
class Sums:
    """Each cell once, ascending, with how many persons are in it and the set of them (`wie`)."""

    cells: NDArray[np.int64]
    counts: NDArray[np.int64]
    who: Hashes

    @classmethod
    def of_persons(cls, cells: NDArray[np.int64], who: Hashes) -> Sums:
        """Return the sums of persons, one for each place."""
        order = np.argsort(cells)
        cells = cells[order]
        first = _firsts(cells)
        return cls(cells[first], np.diff(np.append(first, len(cells))), _added(who[order], first))

    @classmethod
    def added(cls, several: Sequence[Sums]) -> Sums:
        """Return the sums of parts of a population."""
        cells = np.concatenate([one.cells for one in several])
        order = np.argsort(cells)
        cells = cells[order]
        first = _firsts(cells)
        counts, who = (
            _added(np.concatenate(parts)[order], first)
            for parts in ([one.counts for one in several], [one.who for one in several])
        )
        return cls(cells[first], counts, who)


def _firsts(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each cell begins, of cells in ascending order."""
    if not len(cells):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))


def _added(numbers: NDArray[Any], first: NDArray[np.int64]) -> NDArray[Any]:
    """Return the sum of each stretch; of unsigned numbers modulo 2^64."""
    return np.add.reduceat(numbers, first) if len(numbers) else numbers


NOBODY: Final = Sums(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint64))


def merge(cubes: Iterable[Any], schema: Any = CUBE.arrow) -> Any:
    """Return one cube of parts of a population: counts of the same combination added, in the order of the keys."""
    cubes = list(cubes)
    whole = pa.concat_tables(cubes) if cubes else schema.empty_table()
    lists = {name: sorted(set(whole.column(name).unique().to_pylist())) for name in keys_of(schema)}
    cells = np.zeros(whole.num_rows, dtype=np.int64)
    for name, values in lists.items():
        places = {value: at for at, value in enumerate(values)}
        encoded = whole.column(name).combine_chunks().dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        table = np.array([places[value] for value in encoded.dictionary.to_pylist()], dtype=np.int64)
        cells = cells * max(1, len(values)) + table[np.asarray(encoded.indices)]
    merged = Cube(lists, schema)
    merged._sums = Sums.added([Sums(cells, *(whole.column(name).to_numpy() for name in MEASURES))])
    return merged.table()


class Variants:
    """Counts what each variant changes, batch by batch."""

    def __init__(self, lists: Lists, variants: Sequence[ReadingText], deriver: Deriver) -> None:
        self._lists, self._variants, self._deriver = lists, variants, deriver
        self._names = sorted(variant.id for variant in variants)
        self._municipalities = sorted(reference.municipalities())
        self._known = {code: at for at, code in enumerate(self._municipalities)}
        self._wider = np.array([self._known[code] for code in lists.dimensions["gemeente"]], dtype=np.int32)
        closed = {**lists.dimensions, "gemeente": self._municipalities}
        self._cube = Cube({READING: self._names or [""], DIRECTION: _DIRECTIONS, **closed}, VARIANTS.arrow)
        self._kept = Kept()

    def add(
        self,
        columns: Mapping[str, Coded],
        who: Hashes,
        kept: NDArray[np.bool_],
        persons: Mapping[str, Places],
    ) -> None:
        """Count a batch: all its rows, who they are, which are in the population, and where these are counted."""
        for variant in self._variants:
            if variant.uitsluiting is not None:
                self._other_people(variant, columns, who, kept, persons)
            else:
                self._other_places(variant, kept_rows(columns, kept), who[kept], persons)

    def table(self) -> Any:
        """Return all counts, as a table of `schemas.variants`."""
        return self._cube.table()

    def _other_people(
        self,
        variant: ReadingText,
        columns: Mapping[str, Coded],
        who: Hashes,
        kept: NDArray[np.bool_],
        persons: Mapping[str, Places],
    ) -> None:
        out = left_out(columns, len(kept), variant)
        self._count(variant, OUT, _some(persons, out[kept]), who[kept & out])
        entered = ~kept & ~out
        if entered.any():
            rows = kept_rows(columns, entered)
            self._count(variant, IN, self._deriver.dimensions(rows, int(entered.sum())), who[entered])

    def _other_places(
        self, variant: ReadingText, columns: Mapping[str, Coded], who: Hashes, persons: Mapping[str, Places]
    ) -> None:
        """Count persons in another age class or municipality: out of the one and into the other."""
        before = {**persons, "gemeente": self._wider[persons["gemeente"]]}
        if variant.leeftijd is not None:
            variable, after = "leeftijdsklasse", self._ages(variant, columns[c.BIRTH], before)
        else:
            variable, after = "gemeente", self._places(variant, columns["gemeentecode"], before)
        moved = after != before[variable]
        self._count(variant, OUT, _some(persons, moved), who[moved])
        if moved.any():
            self._count(variant, IN, _some({**before, variable: after}, moved), who[moved], wide=True)

    def _ages(self, variant: ReadingText, births: Coded, before: Mapping[str, Places]) -> Places:
        """Return the class of each person; only an unknown class is derived again."""
        positions = self._lists.positions["leeftijdsklasse"]

        def table(values: list[str]) -> Places:
            labels = [positions[label] for label in reference.age_labels()]
            days = all_possible_days(values)
            found = edge_classes(days, self._lists.peildatum, first=variant.leeftijd == "vroegst")
            return np.array(labels, dtype=np.int32)[found]

        at_edge = self._kept.get(variant.id, births.values, table)[births.codes]
        known = before["leeftijdsklasse"]
        return np.where(known == positions[reference.UNKNOWN], at_edge, known)

    def _places(self, variant: ReadingText, codes: Coded, before: Mapping[str, Places]) -> Places:
        """Return the municipality of each person; a code that did not exist on that day stays what it is at the
        peildatum.
        """
        at_peildatum = self._lists.places
        first_day = classification(date(self._lists.peildatum.year, 1, 1))

        def place(code: str) -> int:
            own = code if variant.indeling == "geregistreerd" else first_day[code].code
            return self._known[own or at_peildatum[code].code]

        def table(values: list[str]) -> Places:
            return np.array([*map(place, values), 0], dtype=np.int32)

        return self._kept.get(variant.id, codes.values, table)[codes.codes]

    def _count(
        self,
        variant: ReadingText,
        direction: str,
        people: Mapping[str, Places],
        who: Hashes,
        wide: bool = False,
    ) -> None:
        size = len(who)
        if not size:
            return
        places = {name: people[name] for name in DIMENSIONS}
        if not wide:
            places["gemeente"] = self._wider[places["gemeente"]]
        places[READING] = np.full(size, self._names.index(variant.id), dtype=np.int32)
        places[DIRECTION] = np.full(size, _DIRECTIONS.index(direction), dtype=np.int32)
        self._cube.add(places, who)


def _some(persons: Mapping[str, Places], which: NDArray[np.bool_]) -> dict[str, Places]:
    return {name: persons[name][which] for name in DIMENSIONS}
