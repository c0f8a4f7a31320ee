"""Number the persons of a peildatum, find who of them is who at the next, and count who leaves which cell.

Each trait is a place in a closed list, the same lists at every peildatum. Who is who goes by persoonsnummer, exactly,
in parts that fit in memory; who leaves and who enters a cell are the events of `schemas.flows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.columns import BIRTH, PERSON, STATUS_DAY
from schemas.comparison import IN, OUT
from schemas.cube import CUBE, DIMENSIONS, MEASURES
from schemas.flows import FLOWS, KEYS
from schemas.persons import GENDERS, TARGET_GROUPS
from wi2007 import reference
from wi2007.population.cube import Cube
from wi2007.population.who import numbered
from wi2007.validation.unique import Hashes, hash_texts

Places = NDArray[np.int32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
State = Mapping[str, Places]
"""For each dimension of the cube the place of every person's value in its list: the cell where each is counted."""

COLUMNS: Final = (PERSON, *DIMENSIONS, BIRTH, STATUS_DAY)
"""The columns of `personen.parquet` that are needed; of a code, a dictionary is best read."""
NO_DAY: Final = np.iinfo(np.int32).max
Key = tuple[str, str, str]
_SUMMED: Final = MEASURES


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Every value that a dimension can have at any peildatum, ascending."""
    return {
        "geslacht": tuple(sorted(GENDERS)),
        "land_van_herkomst": tuple(sorted(reference.countries())),
        "gemeente": tuple(sorted(reference.municipalities())),
        "leeftijdsklasse": tuple(sorted(reference.age_labels())),
        "statuscode": tuple(sorted(reference.statuses())),
        "doelgroep": tuple(sorted(TARGET_GROUPS)),
    }


@cache
def positions(name: str) -> dict[str, int]:
    """The place of each value of a dimension in its list."""
    return {value: at for at, value in enumerate(lists()[name])}


@dataclass(frozen=True)
class People:
    """Persons by row: their cell, birth date (yyyymmdd as a number, unknown parts 00) and status day (since 1970).

    `numbers` holds their persoonsnummers, and behind them those of who is excluded: these have no other trait. `who`
    tells sets of them apart (`population.who`).
    """

    numbers: Any
    who: Hashes
    state: dict[str, Places]
    births: Places
    status_days: Places

    def __len__(self) -> int:
        return len(self.births)

    def take(self, rows: Rows) -> People:
        """The persons in these rows, without their persoonsnummers."""
        state = {name: places[rows] for name, places in self.state.items()}
        return People(None, self.who[rows], state, self.births[rows], self.status_days[rows])


def people(persons: pa.Table, excluded: Any) -> People:
    """Persons from rows of `personen.parquet` (`COLUMNS`), with the persoonsnummers of `uitgesloten.parquet`.

    Raises `ValueError` when a value is in no list.
    """
    days = persons[STATUS_DAY].cast(pa.int32()).fill_null(int(NO_DAY))
    numbers = _one([*persons[PERSON].chunks, *excluded.chunks])
    return People(
        numbers=numbers,
        who=numbered(numbers.slice(0, len(persons))),
        state={name: _coded(persons[name], _places(name)) for name in DIMENSIONS},
        births=_coded(persons[BIRTH], int),
        status_days=days.to_numpy(),
    )


def _one(chunks: list[Any]) -> Any:
    return (
        pa.concat_arrays([chunk.cast(pa.string()) for chunk in chunks])
        if chunks
        else pa.array([], pa.string())
    )


def _places(name: str) -> Any:
    known = positions(name)

    def place(value: str) -> int:
        if value not in known:
            raise ValueError(f"the persons file holds a value of {name} that is in no list in reference/")
        return known[value]

    return place


def _coded(column: Any, of_value: Any) -> Places:
    """Each row's value as a number; a value is looked up once."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    parts = [np.empty(0, np.int32)]
    for chunk in encoded.chunks:
        table = np.array([of_value(value) for value in chunk.dictionary.to_pylist()], dtype=np.int32)
        parts.append(table[chunk.indices.to_numpy()] if len(chunk) else parts[0])
    return np.concatenate(parts)


@dataclass(frozen=True)
class Matched:
    """Rows of the earlier and the later people, by what became of them.

    `both`: in the population at both, row beside row. `gone` and `new`: at one of them only. `left` and `entered`: in
    the population at one, excluded at the other. `known` counts the persoonsnummers of the earlier delivery that are in
    the later one, excluded or not.
    """

    both: tuple[Rows, Rows]
    gone: Rows
    new: Rows
    left: Rows
    entered: Rows
    known: int


def matched(before: People, after: People) -> Matched:
    """What became of everybody."""
    found = pc.index_in(after.numbers, value_set=before.numbers).fill_null(-1).to_numpy().astype(np.int64)
    inside, excluded = found[: len(after)], found[len(after) :]
    here = np.flatnonzero((inside >= 0) & (inside < len(before)))
    seen = np.zeros(len(before.numbers), dtype=np.bool_)
    seen[found[found >= 0]] = True
    return Matched(
        both=(inside[here], here),
        gone=np.flatnonzero(~seen[: len(before)]),
        new=np.flatnonzero(inside < 0),
        left=excluded[(excluded >= 0) & (excluded < len(before))],
        entered=np.flatnonzero(inside >= len(before)),
        known=int(np.count_nonzero(seen)),
    )


def in_part(numbers: Any, part: int, parts: int) -> Mask:
    """Which persoonsnummers (an Arrow array) belong to this part; the same number is in the same part everywhere."""
    if parts == 1:
        return np.ones(len(numbers), dtype=np.bool_)
    hashes = hash_texts(numbers.cast(pa.string())) >> np.uint64(20)
    mine: Mask = hashes % np.uint64(parts) == part
    return mine


class Flows:
    """Counts of persons by part, direction and route, added up batch by batch."""

    def __init__(self) -> None:
        self._cubes: dict[Key, Cube] = {}

    def moved(self, part: str, who: Hashes, old: State, new: State, route: str = "") -> None:
        """Persons who leave one cell and enter another, row by row; who stays in his cell is not counted."""
        rows = differs(old, new)
        for direction, state in ((OUT, old), (IN, new)):
            some = {name: column[rows] for name, column in state.items()}
            self._counted((part, direction, route), who[rows], some)

    def left(self, part: str, who: Hashes, state: State) -> None:
        """Persons who leave their cell and enter none."""
        self._counted((part, OUT, ""), who, state)

    def entered(self, part: str, who: Hashes, state: State) -> None:
        """Persons who enter their cell and left none."""
        self._counted((part, IN, ""), who, state)

    def _counted(self, key: Key, who: Hashes, state: State) -> None:
        if len(who):
            self._cubes.setdefault(key, Cube(lists())).add(state, who)

    def table(self) -> pa.Table:
        """All events (`schemas.flows`), sorted by all keys."""
        parts = [_keyed(key, self._cubes[key].table()) for key in sorted(self._cubes)]
        return pa.concat_tables(parts) if parts else FLOWS.arrow.empty_table()


def _keyed(key: Key, cube: pa.Table) -> pa.Table:
    keys = [pa.array([value] * cube.num_rows, pa.string()) for value in key]
    return pa.table([*keys, *cube.columns], schema=FLOWS.arrow)


def differs(old: State, new: State) -> Mask:
    """Who is in another cell."""
    found = np.zeros(len(old[DIMENSIONS[0]]), dtype=np.bool_)
    for name in DIMENSIONS:
        if old[name] is not new[name]:
            found |= old[name] != new[name]
    return found


def signed(events: pa.Table) -> pa.Table:
    """The events with `aantal` and `wie` below 0 where persons left (`wie` modulo 2^64)."""
    entered = pc.equal(events["richting"], IN)
    return pa.concat_tables([events.filter(entered), negative(events.filter(pc.invert(entered)))])


def added(cubes: Iterable[pa.Table]) -> pa.Table:
    """Cubes added up cell by cell, counts below 0 among them; cells that come out at nobody are left out.

    A cell of as many persons, but others, stays: with a count of 0.
    """
    whole = pa.concat_tables([cube.select(CUBE.names) for cube in cubes])
    sums = whole.group_by(list(DIMENSIONS), use_threads=False).aggregate([(name, "sum") for name in _SUMMED])
    sums = sums.rename_columns(CUBE.names)
    somebody = pc.or_(pc.not_equal(sums["aantal"], 0), pc.not_equal(sums["wie"], pa.scalar(0, pa.uint64())))
    return sums.filter(somebody).sort_by([(name, "ascending") for name in DIMENSIONS])


def negative(cube: pa.Table) -> pa.Table:
    """The same cube with every count and set below 0."""
    for name in _SUMMED:
        column = cube[name].to_numpy()
        cube = cube.set_column(cube.column_names.index(name), CUBE.arrow.field(name), pa.array(-column))
    return cube


def balanced(before: pa.Table, events: pa.Table, after: pa.Table, *, followed: bool = True) -> bool:
    """Whether the earlier cube with who entered, and without who left, is the later cube, cell by cell.

    Where persons could not be followed, counts alone are compared.
    """
    rest = added([before, signed(events), negative(after)])
    return not (rest if followed else rest.filter(pc.not_equal(rest["aantal"], 0))).num_rows


def net(part: str, change: pa.Table) -> pa.Table:
    """A change of cubes (`added`) as events of one part; cells of as many persons, but others, have none."""
    more = change.filter(pc.greater(change["aantal"], 0))
    less = negative(change.filter(pc.less(change["aantal"], 0)))
    both = ((IN, more), (OUT, less))
    return pa.concat_tables([_keyed((part, direction, ""), some) for direction, some in both])


def by_part(events: pa.Table) -> dict[str, dict[str, int]]:
    """Persons by part and direction."""
    groups = events.group_by(list(KEYS[:2]), use_threads=False).aggregate([("aantal", "sum")])
    found: dict[str, dict[str, int]] = {}
    for row in groups.to_pylist():
        found.setdefault(row["deel"], {OUT: 0, IN: 0})[row["richting"]] += row["aantal_sum"]
    return found
