"""Keep numbers by key that may become too many for memory: beyond a limit they are written to files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

LIMIT_BYTES: Final = 32 << 20


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
