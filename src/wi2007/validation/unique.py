"""Find persoonsnummers that occur more than once in the whole file, exactly and in little memory.

A 64-bit hash of every number goes into a bucket; equal hashes within a bucket are suspects. Only when there are any,
the file is read again and the numbers themselves are compared. What is too much for memory is written to files.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wi2007.delivery.source import lengths as text_lengths

LIMIT_BYTES: Final = 32 << 20

Hashes = NDArray[np.uint64]
Numbered = tuple[NDArray[np.int64], Any]
"""Row numbers, and the persoonsnummers of those rows (an Arrow string array)."""
_BUCKET_BITS: Final = 6
_ROWS_AT_ONCE: Final = 4_000_000
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


class Spill:
    """Arrays of one type, appended by key and read back whole, in the order of appending.

    `folder` is made when it is needed and removed by `close`.
    """

    def __init__(self, folder: Path, dtype: str, limit_bytes: int | None = None) -> None:
        self._folder = folder
        self._dtype = np.dtype(dtype)
        self._limit = LIMIT_BYTES if limit_bytes is None else limit_bytes
        self._bytes = 0
        self._waiting: dict[int, list[NDArray[Any]]] = {}
        self._counts: dict[int, int] = {}
        self._written: set[int] = set()

    def append(self, key: int, numbers: NDArray[Any]) -> None:
        """Add `numbers` to those of `key`."""
        if not len(numbers):
            return
        numbers = np.ascontiguousarray(numbers, dtype=self._dtype)
        self._waiting.setdefault(key, []).append(numbers)
        self._counts[key] = self.count(key) + len(numbers)
        self._bytes += numbers.nbytes
        if self._bytes > self._limit:
            self._write()

    def count(self, key: int) -> int:
        """Return how many numbers `key` has."""
        return self._counts.get(key, 0)

    def read(self, key: int) -> NDArray[Any]:
        """Return all numbers of `key`; those in a file are mapped, not loaded."""
        waiting = self._waiting.get(key, [])
        if key not in self._written:
            return np.concatenate([np.empty(0, self._dtype), *waiting])
        if waiting:
            self._write()
        return np.memmap(self._file(key), dtype=self._dtype, mode="r")

    def close(self) -> None:
        """Forget everything and remove the files."""
        self._waiting.clear()
        self._counts.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for key in sorted(self._waiting):
            with self._file(key).open("ab") as file:
                for numbers in self._waiting[key]:
                    numbers.tofile(file)
            self._written.add(key)
        self._waiting.clear()
        self._bytes = 0

    def _file(self, key: int) -> Path:
        return self._folder / f"{key}.bin"


class PersonNumbers:
    """Takes the numbers batch by batch. `scratch` is a folder that may be made and is removed by `close`."""

    def __init__(self, scratch: Path) -> None:
        self._buckets = Spill(scratch / "nummers", "uint64")

    def add(self, numbers: Any) -> None:
        """Remember an Arrow string array of persoonsnummers; empty ones are left to the rule on empty fields."""
        hashes = hash_texts(numbers)
        filled = text_lengths(numbers) > 0
        if not filled.all():
            hashes = hashes[filled]
        hashes.sort()
        edges = np.arange(1, 1 << _BUCKET_BITS, dtype=np.uint64) << np.uint64(64 - _BUCKET_BITS)
        for bucket, part in enumerate(np.split(hashes, np.searchsorted(hashes, edges))):
            self._buckets.append(bucket, part)

    def duplicates(self, again: Callable[[], Iterator[Numbered]]) -> NDArray[np.int64]:
        """Return the row numbers, ascending, of every row whose persoonsnummer is also in another row.

        `again` reads the row numbers and persoonsnummers of the file once more; it is called only when needed.
        """
        rows = [_confirm(suspects, again()) for suspects in self._suspects()]
        return np.sort(np.concatenate([np.empty(0, np.int64), *rows]))

    def close(self) -> None:
        """Remove what was written to disk."""
        self._buckets.close()

    def _suspects(self) -> Iterator[Hashes]:
        """Yield hashes that occur more than once, ascending, in groups of a bounded number of rows."""
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
    """Return the hashes that occur more than once, and how many rows have one of them."""
    hashes = np.sort(hashes)
    equal = hashes[1:] == hashes[:-1]
    if not equal.any():
        return hashes[:0], 0
    repeated, counts = np.unique(hashes[1:][equal], return_counts=True)
    return repeated, int(counts.sum()) + len(repeated)


def _confirm(suspects: Hashes, numbered: Iterator[Numbered]) -> NDArray[np.int64]:
    """Return the rows with a suspect hash whose numbers are really the same."""
    rows: list[NDArray[np.int64]] = []
    texts: list[Any] = []
    for batch_rows, numbers in numbered:
        hashes = hash_texts(numbers)
        places = np.searchsorted(suspects, hashes).clip(max=len(suspects) - 1)
        suspect = np.flatnonzero((suspects[places] == hashes) & (text_lengths(numbers) > 0))
        rows.append(batch_rows[suspect])
        texts.append(numbers.take(pa.array(suspect)).dictionary_encode())
    codes = pa.chunked_array(texts).unify_dictionaries()
    places = np.concatenate([np.asarray(chunk.indices) for chunk in codes.chunks])
    found: NDArray[np.int64] = np.concatenate(rows)[np.bincount(places)[places] > 1]
    return found


def hash_texts(texts: Any) -> Hashes:
    """Return a 64-bit hash of each text in an Arrow string array; equal texts have equal hashes.

    Texts are hashed eight characters at a time; the rest of a text is padded with zeros.
    """
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    starts, lengths = offsets[:-1].astype(np.int64), np.diff(offsets).astype(np.int64)
    hashes = (lengths + 1).astype(np.uint64) * _MULTIPLIER
    if not len(texts):
        return hashes
    letters = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)[starts[0] : offsets[-1]]
    padded = np.concatenate((letters, np.zeros(8, dtype=np.uint8)))
    words = np.ndarray(len(letters) + 1, dtype="<u8", buffer=padded.data, strides=(1,))
    starts -= starts[0]
    shortest, longest = int(lengths.min()), int(lengths.max())
    for done in range(0, shortest - 7, 8):
        _mix(hashes, words[starts + done])
    for done in range(shortest // 8 * 8, longest, 8):
        unfinished = np.flatnonzero(lengths > done)
        too_many = np.clip(8 - (lengths[unfinished] - done), 0, 7).astype(np.uint64) * np.uint64(8)
        some = hashes[unfinished]
        _mix(some, words[starts[unfinished] + done] << too_many)
        hashes[unfinished] = some
    hashes *= _MULTIPLIER
    return hashes


def _mix(hashes: Hashes, words: Hashes) -> None:
    """Multiply and fold the next word into each hash."""
    hashes ^= words
    hashes *= _MULTIPLIER
    hashes ^= hashes >> np.uint64(32)
