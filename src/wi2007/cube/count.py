"""Count the cube: how many persons there are in each combination of the dimensions that occurs.

A combination is one number, made of the places of its values in closed lists; the order of the numbers is that of the
keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schemas.cube import CUBE

_WAITING: Final = 2_000_000


class Cube:
    """Counts over closed lists (`dimensions`: for each dimension its values, ascending), batch by batch.

    `schema` has the dimensions that are counted over, in the order of the keys, and the count last.
    """

    def __init__(self, dimensions: Mapping[str, Sequence[str]], schema: Any = CUBE) -> None:
        self._schema = schema
        self._dimensions = {name: dimensions[name] for name in schema.names[:-1]}
        self._cells = np.empty(0, dtype=np.int64)
        self._counts = np.empty(0, dtype=np.int64)
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        self._waiting_cells = 0

    def add(self, places: Mapping[str, NDArray[np.int32]]) -> None:
        """Count persons: for each dimension the place of every person's value in its list."""
        cells = np.zeros(len(places[self._schema.names[0]]), dtype=np.int64)
        for name, values in self._dimensions.items():
            cells *= len(values)
            cells += places[name]
        self._waiting.append(_counted(cells))
        self._waiting_cells += len(self._waiting[-1][0])
        if self._waiting_cells > _WAITING:
            self._gather()

    @property
    def total(self) -> int:
        """How many persons were counted."""
        self._gather()
        return int(self._counts.sum())

    def table(self) -> Any:
        """Return the cube as a table of its schema: one row for each combination that occurs, sorted by all keys."""
        self._gather()
        columns: dict[str, Any] = {}
        rest = self._cells
        for name, values in reversed(self._dimensions.items()):
            rest, places = np.divmod(rest, len(values))
            columns[name] = pa.array(values, pa.string()).take(pa.array(places))
        counted = [*(columns[name] for name in self._dimensions), pa.array(self._counts)]
        return pa.table(counted, schema=self._schema)

    def _gather(self) -> None:
        if not self._waiting:
            return
        cells = np.concatenate([self._cells, *(cells for cells, _ in self._waiting)])
        counts = np.concatenate([self._counts, *(counts for _, counts in self._waiting)])
        self._cells, self._counts = _added(cells, counts)
        self._waiting, self._waiting_cells = [], 0


def merge(cubes: Iterable[Any], schema: Any = CUBE) -> Any:
    """Return one cube of parts of a population: counts of the same combination added, in the order of the keys."""
    cubes = list(cubes)
    whole = pa.concat_tables(cubes) if cubes else schema.empty_table()
    lists = {name: sorted(set(whole.column(name).unique().to_pylist())) for name in schema.names[:-1]}
    cells = np.zeros(whole.num_rows, dtype=np.int64)
    for name, values in lists.items():
        places = {value: at for at, value in enumerate(values)}
        encoded = whole.column(name).combine_chunks().dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        table = np.array([places[value] for value in encoded.dictionary.to_pylist()], dtype=np.int64)
        cells = cells * max(1, len(values)) + table[np.asarray(encoded.indices)]
    merged = Cube(lists, schema)
    merged._cells, merged._counts = _added(cells, whole.column("aantal").to_numpy())
    return merged.table()


def _counted(cells: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return _added(cells, None)


def _added(
    cells: NDArray[np.int64], counts: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each cell once, ascending, with the sum of its counts (1 each when `counts` is None)."""
    if counts is None:
        cells = np.sort(cells)
    else:
        order = np.argsort(cells, kind="stable")
        cells, counts = cells[order], counts[order]
    first = (
        np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))
        if len(cells)
        else np.empty(0, np.int64)
    )
    if counts is None:
        return cells[first], np.diff(np.append(first, len(cells)))
    return cells[first], np.add.reduceat(counts, first) if len(cells) else counts
