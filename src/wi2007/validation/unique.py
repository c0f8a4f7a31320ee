"""Whether every persoonsnummer occurs once in the whole file, in little memory and exactly.

A 64-bit hash of every number goes into a bucket; equal hashes within a bucket are suspects. Only when there are any,
the file is read again and the numbers themselves are compared.
What does not belong here: checks that one row or one batch can decide (`schemas.delivery`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wi2007.validation.spill import Spill

Hashes = NDArray[np.uint64]
Numbered = tuple[NDArray[np.int64], Any]
"""Row numbers, and the persoonsnummers of those rows (an Arrow string array)."""

_BUCKET_BITS: Final = 6
_ROWS_AT_ONCE: Final = 4_000_000
_MULTIPLIERS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


class PersonNumbers:
    """Takes the numbers batch by batch. `scratch` is a folder that may be made and is removed by `close`."""

    def __init__(self, scratch: Path) -> None:
        self._buckets = Spill(scratch / "nummers", "uint64")

    def add(self, numbers: Any) -> None:
        """Remember an Arrow string array of persoonsnummers; empty ones are left to the rule on empty fields."""
        hashes = hash_texts(numbers)
        filled = pc.not_equal(numbers, "")
        if pc.min(filled).as_py() is False:
            hashes = hashes[filled.to_numpy(zero_copy_only=False)]
        hashes.sort()
        edges = np.arange(1, 1 << _BUCKET_BITS, dtype=np.uint64) << np.uint64(64 - _BUCKET_BITS)
        for bucket, part in enumerate(np.split(hashes, np.searchsorted(hashes, edges))):
            self._buckets.append(bucket, part)

    def duplicates(self, again: Callable[[], Iterator[Numbered]]) -> NDArray[np.int64]:
        """The row numbers, ascending, of every row whose persoonsnummer is also in another row.

        `again` reads the row numbers and persoonsnummers of the file once more; it is called only if need be.
        """
        rows = [_confirm(suspects, again()) for suspects in self._suspects()]
        return np.sort(np.concatenate([np.empty(0, np.int64), *rows]))

    def close(self) -> None:
        """Remove what was written to disk."""
        self._buckets.close()

    def _suspects(self) -> Iterator[Hashes]:
        """Hashes that occur more than once, ascending, in groups of a bounded number of rows."""
        group: list[Hashes] = []
        size = 0
        for bucket in range(1 << _BUCKET_BITS):
            repeated, rows = _repeated(self._buckets.read(bucket))
            if size and size + rows > _ROWS_AT_ONCE:
                yield np.concatenate(group)
                group, size = [], 0
            if rows:
                group.append(repeated)
                size += rows
        if group:
            yield np.concatenate(group)


def _repeated(hashes: Hashes) -> tuple[Hashes, int]:
    """The hashes that occur more than once, and how many rows have one of them."""
    hashes = np.sort(hashes)
    equal = hashes[1:] == hashes[:-1]
    if not equal.any():
        return hashes[:0], 0
    repeated, counts = np.unique(hashes[1:][equal], return_counts=True)
    return repeated, int(counts.sum()) + len(repeated)


def _confirm(suspects: Hashes, numbered: Iterator[Numbered]) -> NDArray[np.int64]:
    """The rows with a suspect hash whose numbers are really the same."""
    rows: list[NDArray[np.int64]] = []
    texts: list[Any] = []
    for batch_rows, numbers in numbered:
        hashes = hash_texts(numbers)
        places = np.searchsorted(suspects, hashes).clip(max=len(suspects) - 1)
        suspect = np.flatnonzero(
            (suspects[places] == hashes) & pc.not_equal(numbers, "").to_numpy(zero_copy_only=False)
        )
        rows.append(batch_rows[suspect])
        texts.append(numbers.take(pa.array(suspect)).dictionary_encode())
    codes = pa.chunked_array(texts).unify_dictionaries().combine_chunks()
    places = np.asarray((codes.chunk(0) if isinstance(codes, pa.ChunkedArray) else codes).indices)
    return np.concatenate(rows)[np.bincount(places)[places] > 1]


def hash_texts(texts: Any) -> Hashes:
    """A 64-bit hash of each text in an Arrow string array; equal texts have equal hashes."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    starts, lengths = offsets[:-1].astype(np.int64), np.diff(offsets)
    if len(texts) and lengths.min() == lengths.max():
        length = int(lengths[0])
        return _mix(data[starts[0] : starts[0] + length * len(texts)].reshape(len(texts), length))
    hashes = np.empty(len(texts), dtype=np.uint64)
    for length in np.unique(lengths).tolist():
        these = np.flatnonzero(lengths == length)
        hashes[these] = _mix(data[starts[these][:, None] + np.arange(length)])
    return hashes


def _mix(letters: NDArray[np.uint8]) -> Hashes:
    """Multiply and fold words of eight letters into one."""
    count, length = letters.shape
    padded = np.zeros((count, -(-length // 8) * 8), dtype=np.uint8)
    padded[:, :length] = letters
    words = padded.view("<u8")
    hashes = np.full(count, length + 1, dtype=np.uint64) * _MULTIPLIERS[0]
    for place in range(words.shape[1]):
        hashes ^= words[:, place]
        for multiplier in _MULTIPLIERS:
            hashes *= multiplier
            hashes ^= hashes >> np.uint64(29)
    return hashes
