"""Regroup persons into tables of a fixed number of rows, whatever batches they come in.

How a delivery is cut into batches depends on its kind of file and its dialect; the persons file must not. So every
table is contiguous and has the same size, and the lists of values are the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa

ROWS: Final = 250_000


class Stretches:
    """Takes tables of persons and hands on tables of `rows` persons each; the last, at `end`, may be smaller."""

    def __init__(self, write: Callable[[Any], None], rows: int = ROWS) -> None:
        self._write, self._rows = write, rows
        self._waiting: list[Any] = []
        self._count = 0
        self._lists: dict[str, Any] = {}

    def add(self, table: Any) -> None:
        """Take the next persons, in order.

        Raises `ValueError` when the list of values of a column differs from before.
        """
        self._check_lists(table)
        start = 0
        while table.num_rows - start:
            part = table.slice(start, self._rows - self._count)
            self._waiting.append(part)
            self._count += part.num_rows
            start += part.num_rows
            if self._count == self._rows:
                self.end()

    def end(self) -> None:
        """Hand on the remaining persons."""
        if self._count:
            self._write(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting, self._count = [], 0

    def _check_lists(self, table: Any) -> None:
        for name, column in zip(table.column_names, table.columns, strict=True):
            if not pa.types.is_dictionary(column.type):
                continue
            for chunk in column.chunks:
                if not chunk.dictionary.equals(self._lists.setdefault(name, chunk.dictionary)):
                    raise ValueError(f"the list of values of {name} differs from batch to batch")
