"""Counting who leaves and who enters which cell, by part of the change: the events of `schemas.flows`.

What does not belong here: why somebody does (`links`, `chain`).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.comparison import IN, OUT
from schemas.cube import DIMENSIONS
from schemas.flows import FLOWS, KEYS
from wi2007.comparison.people import Mask, State, lists
from wi2007.cube.count import Cube

Key = tuple[str, str, str]


class Flows:
    """Counts of persons by part, direction and route, added up batch by batch."""

    def __init__(self) -> None:
        self._cubes: dict[Key, Cube] = {}

    def moved(self, part: str, old: State, new: State, route: str = "") -> None:
        """Persons who leave one cell and enter another, row by row; who stays in his cell is not counted."""
        rows = differs(old, new)
        self.counted((part, OUT, route), old, rows)
        self.counted((part, IN, route), new, rows)

    def left(self, part: str, state: State) -> None:
        """Persons who leave their cell and enter none."""
        self.counted((part, OUT, ""), state)

    def entered(self, part: str, state: State) -> None:
        """Persons who enter their cell and left none."""
        self.counted((part, IN, ""), state)

    def counted(self, key: Key, state: State, rows: Mask | None = None) -> None:
        """Count the persons in these rows."""
        places = state if rows is None else {name: column[rows] for name, column in state.items()}
        if len(places[DIMENSIONS[0]]):
            self._cubes.setdefault(key, Cube(lists())).add(places)

    def table(self) -> pa.Table:
        """All events (`schemas.flows`), sorted by all keys."""
        parts = [_keyed(key, self._cubes[key].table()) for key in sorted(self._cubes)]
        return pa.concat_tables(parts) if parts else FLOWS.empty_table()


def _keyed(key: Key, cube: pa.Table) -> pa.Table:
    keys = [pa.array([value] * cube.num_rows, pa.string()) for value in key]
    return pa.table([*keys, *cube.columns], schema=FLOWS)


def differs(old: State, new: State) -> Mask:
    """Who is in another cell."""
    found = np.zeros(len(old[DIMENSIONS[0]]), dtype=np.bool_)
    for name in DIMENSIONS:
        if old[name] is not new[name]:
            found |= old[name] != new[name]
    return found


def signed(events: pa.Table) -> pa.Table:
    """The events with `aantal` below 0 where persons left."""
    sign = pc.if_else(pc.equal(events["richting"], OUT), -1, 1)
    count = pc.multiply(events["aantal"], pc.cast(sign, pa.int64()))
    return events.set_column(events.column_names.index("aantal"), "aantal", count)


def added(cubes: Iterable[pa.Table]) -> pa.Table:
    """Cubes added up cell by cell, counts below 0 among them; cells that come out at 0 are left out."""
    whole = pa.concat_tables([cube.select([*DIMENSIONS, "aantal"]) for cube in cubes])
    sums = whole.group_by(list(DIMENSIONS), use_threads=False).aggregate([("aantal", "sum")])
    sums = sums.rename_columns([*DIMENSIONS, "aantal"])
    return sums.filter(pc.not_equal(sums["aantal"], 0)).sort_by([(name, "ascending") for name in DIMENSIONS])


def negative(cube: pa.Table) -> pa.Table:
    """The same cube with every count below 0."""
    return cube.set_column(cube.column_names.index("aantal"), "aantal", pc.negate(cube["aantal"]))


def balanced(before: pa.Table, events: pa.Table, after: pa.Table) -> bool:
    """Whether the earlier cube with what entered, and without what left, is the later cube, cell by cell."""
    return not added([before, signed(events), negative(after)]).num_rows


def net(part: str, change: pa.Table) -> pa.Table:
    """A change of cubes (`added`) as events of one part."""
    parts = []
    for direction in (IN, OUT):
        sign = pc.greater(change["aantal"], 0) if direction == IN else pc.less(change["aantal"], 0)
        some = change.filter(sign)
        cells = [*(some[name] for name in DIMENSIONS), pc.abs(some["aantal"])]
        parts.append(_keyed((part, direction, ""), pa.table(cells, names=[*DIMENSIONS, "aantal"])))
    return pa.concat_tables(parts)


def by_part(events: pa.Table) -> dict[str, dict[str, int]]:
    """Persons by part and direction."""
    groups = events.group_by(list(KEYS[:2]), use_threads=False).aggregate([("aantal", "sum")])
    found: dict[str, dict[str, int]] = {}
    for row in groups.to_pylist():
        found.setdefault(row["deel"], {OUT: 0, IN: 0})[row["richting"]] += row["aantal_sum"]
    return found
