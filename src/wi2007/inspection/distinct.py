"""Estimate how many different values a field has, and whether each occurs once, in bounded memory.

Hashes of values are kept with the number of rows; when they become too many, only those that begin with one more zero
bit. What is kept is then a fair sample of the different values, the same for the same file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wi2007.validation.unique import hash_texts

Hashes = NDArray[np.uint64]


class Distinct:
    """Counts the different values of one field; at most `most` hashes are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bits = 0
        self._hashes: Hashes = np.empty(0, np.uint64)
        self._rows = np.empty(0, np.int64)

    def add(self, hashes: Hashes, rows: NDArray[np.int64]) -> None:
        """Add the hashes of different values, and in how many rows each is."""
        hashes, rows = self._sampled(hashes[rows > 0], rows[rows > 0])
        together, where = np.unique(np.concatenate((self._hashes, hashes)), return_inverse=True)
        counts = np.bincount(where, np.concatenate((self._rows, rows)), len(together)).astype(np.int64)
        self._hashes, self._rows = together, counts
        while len(self._hashes) > self._most:
            self._bits += 1
            self._hashes, self._rows = self._sampled(self._hashes, self._rows)

    def _sampled(self, hashes: Hashes, rows: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
        if not self._bits:
            return hashes, rows
        keep = hashes >> np.uint64(64 - self._bits) == 0
        return hashes[keep], rows[keep]

    @property
    def is_exact(self) -> bool:
        """Whether every value was counted."""
        return not self._bits

    @property
    def count(self) -> int:
        """The number of different values, or a fair estimate."""
        return len(self._hashes) << self._bits

    @property
    def share_once(self) -> float:
        """The share of the rows whose value is in no other row."""
        total = int(self._rows.sum())
        return float(np.count_nonzero(self._rows == 1)) / total if total else 0.0


def hashes_of(values: list[str]) -> Hashes:
    """Return a hash of each value."""
    array: Any = pa.array(values, pa.string())
    return hash_texts(array)
