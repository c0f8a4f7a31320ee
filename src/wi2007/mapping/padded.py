"""Remove the spaces with which a file pads all persoonsnummers to one length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow.compute as pc


@dataclass
class Padded:
    """Removes the spaces where all numbers of the file have one length, and counts the rows.

    `again` reads the numbers of the whole file (Arrow string arrays); it is called when the first space is met.
    """

    again: Callable[[], Iterator[Any]]
    count: int = 0
    _of_one_length: bool | None = field(default=None, init=False)

    def trimmed(self, numbers: Any, *, counted: bool) -> Any:
        """Return the numbers without the padding spaces."""
        padded = pc.or_(pc.starts_with(numbers, " "), pc.ends_with(numbers, " "))
        rows = pc.sum(padded).as_py() or 0
        if not rows or not self._all_of_one_length():
            return numbers
        self.count += rows if counted else 0
        return pc.utf8_trim(numbers, characters=" ")

    def _all_of_one_length(self) -> bool:
        if self._of_one_length is None:
            found: set[int] = set()
            for numbers in self.again():
                filled = numbers.filter(pc.greater(pc.utf8_length(numbers), 0)) if len(numbers) else numbers
                found.update(pc.unique(pc.utf8_length(filled)).to_pylist())
                if len(found) > 1:
                    break
            self._of_one_length = len(found) == 1
        return self._of_one_length
