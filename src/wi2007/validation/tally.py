"""Account for every row of the file: judged, or reported why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Rows behind the header: how many the file has, and what became of each.

    `passed_over` are lines that are no rows of the table: strokes below the names, a footer below the rows. `whole`
    is False where reading had to stop: the file may have more rows.
    """

    in_file: int = 0
    judged: int = 0
    wrong_length: int = 0
    headers: int = 0
    totals: int = 0
    empty: int = 0
    passed_over: int = 0
    whole: bool = False

    @property
    def accounted(self) -> int:
        """The number of rows of which it is known what became of them."""
        others = self.headers + self.totals + self.empty + self.passed_over
        return self.judged + self.wrong_length + others


class Counter:
    """Counts batches; row numbers must go on where the batch before ended, without gap or repeat."""

    def __init__(self, header_row: int | None) -> None:
        self._first = self._next = (header_row or 0) + 1
        self._counts = [0] * 6

    def add(
        self, rows: Rows, wrong_length: Rows, headers: Rows, totals: Rows, empty: Rows, *passed_over: Rows
    ) -> None:
        """Count a batch. Raises `ArithmeticError` when its row numbers do not follow those before."""
        parts = (rows, wrong_length, headers, totals, empty, *passed_over)
        numbers = _joined([part for part in parts if len(part)])
        if len(numbers):
            if numbers[0] != self._next or (np.diff(numbers) != 1).any():
                raise ArithmeticError("a row of the file was lost or came twice")
            self._next = int(numbers[-1]) + 1
        for place, part in enumerate(parts):
            self._counts[min(place, 5)] += len(part)

    def tally(self, *, whole: bool) -> Tally:
        """Return the tally so far. Raises `ArithmeticError` when it does not add up."""
        judged, wrong_length, headers, totals, empty, passed_over = self._counts
        in_file = self._next - self._first
        found = Tally(in_file, judged, wrong_length, headers, totals, empty, passed_over, whole=whole)
        if found.in_file != found.accounted:
            raise ArithmeticError("rows in the file are not the rows judged, told and empty together")
        return found


def _joined(parts: Sequence[Rows]) -> Rows:
    if len(parts) == 1:
        return parts[0]
    return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *parts]))
