"""Encode columns as codes with a list of distinct values, one list for the whole file as far as it is known.

From batch to batch the list only grows, and while it does not it stays the same object: whatever is worked out for a
list of values can be kept until another list comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

T = TypeVar("T")

EMPTY: Final = -1
"""The code of an empty field."""

_LONGEST: Final = 100_000
_SPACE, _HARD_SPACE = 0x20, 0xC2
"""The last character up to which all count as space, and the first byte of a hard space in UTF-8."""


@dataclass(frozen=True)
class Coded:
    """A column: for each row the place of its value in `values`, or `EMPTY`. No value is an empty text."""

    values: list[str]
    codes: NDArray[np.int32]


@dataclass(frozen=True)
class _Known:
    array: Any
    values: list[str]


_NOTHING: Final = _Known(pa.array([], pa.string()), [])


def _with(known: _Known, more: Any) -> _Known:
    new = more.filter(pc.not_equal(more, ""))
    if not len(new):
        return known
    return _Known(pa.concat_arrays([known.array, new]), known.values + new.to_pylist())


class Dictionaries:
    """The distinct values of each column so far. A list that grows too long (no list of codes) begins anew."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def coded(self, name: str, column: Any) -> Coded:
        """Return an Arrow dictionary array as codes into the list of the whole file."""
        known = self._known.get(name, _NOTHING)
        places = pc.index_in(column.dictionary, value_set=known.array)
        if places.null_count:
            known = self._extended(name, known, column.dictionary, places)
            places = pc.index_in(column.dictionary, value_set=known.array)
        table = places.fill_null(EMPTY).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
        return Coded(known.values, table[np.asarray(column.indices)])

    def _extended(self, name: str, known: _Known, values: Any, places: Any) -> _Known:
        """Return `known` with those of `values` that have no place in it; only `values` when that would grow too
        long.
        """
        if len(known.values) + places.null_count > _LONGEST:
            self._known.pop(name, None)
            return _with(_NOTHING, values)
        self._known[name] = _with(known, values.filter(places.is_null()))
        return self._known[name]


def lengths(texts: Any) -> NDArray[np.int32]:
    """Return the number of bytes of each text in an Arrow string array."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    return np.diff(offsets[texts.offset : texts.offset + len(texts) + 1])


def begins_blank(texts: Any) -> NDArray[np.bool_]:
    """Return whether each text of an Arrow string array is empty or begins with a character that may be a space."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or offsets[0] == offsets[-1]:
        return np.ones(len(texts), dtype=bool)
    data = np.frombuffer(texts.buffers()[2], dtype=np.uint8)
    first = data[np.minimum(offsets[:-1], len(data) - 1)]
    blank: NDArray[np.bool_] = (np.diff(offsets) == 0) | (first <= _SPACE) | (first == _HARD_SPACE)
    return blank


class Kept:
    """What was worked out for the values of a column, kept as long as the list of values stays the same object."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Any]] = {}

    def get(self, name: str, values: Any, work_out: Callable[[Any], T]) -> T:
        """Return `work_out(values)`, or what it gave before for the same list under the same name."""
        known = self._kept.get(name)
        if known is None or known[0] is not values:
            known = (values, work_out(values))
            self._kept[name] = known
        return cast(T, known[1])
