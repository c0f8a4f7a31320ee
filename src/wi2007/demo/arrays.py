"""Columns of persons: whole arrays at once, in orders that do not depend on the machine.

What does not belong here: chance (see `draws`), or what a column means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.str_]
Whole = NDArray[np.int64]
Raw = NDArray[np.uint64]
Mask = NDArray[np.bool_]


def spread(counts: Mapping[str, int]) -> Texts:
    """Each name as many times as its count, in the order of the names."""
    return np.repeat(np.array(list(counts), dtype=str), list(counts.values()))


def by_code(values: Texts, table: Mapping[str, int], missing: int = 0) -> Whole:
    """For each value the number that the table has for it; looked up once for each distinct value."""
    distinct, position = np.unique(values, return_inverse=True)
    numbers = np.array([table.get(value, missing) for value in distinct.tolist()], dtype=np.int64)
    return numbers[position]


def groups(values: Texts) -> Iterator[tuple[str, Whole]]:
    """Each distinct value with the positions it has, in the order of the values."""
    distinct, position = np.unique(values, return_inverse=True)
    order = np.argsort(position, kind="stable")
    ends = np.cumsum(np.bincount(position, minlength=len(distinct)))
    yield from zip(distinct.tolist(), np.split(order, ends[:-1]), strict=True)
