"""Read a stream from the container of old Office documents (OLE2), and check that all its bytes are there."""

from __future__ import annotations

import struct
from typing import Final

from wi2007.delivery.problems import Problem, UnreadableError

_HEADER: Final = 512
_LAST: Final = 0xFFFFFFFA
"""From this number on, numbers of sectors stand for an end or for nothing."""
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5


def stream(content: bytes, *names: str) -> bytes:
    """Return the bytes of the first stream of these names. Raises `UnreadableError` when it is incomplete."""
    try:
        return _Container(content).stream(names)
    except (struct.error, IndexError, ValueError):
        raise UnreadableError(Problem("bestand_beschadigd")) from None


class _Container:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<2H", content, 30)
        if not (7 <= shift <= 20 and 3 <= small_shift <= shift):
            raise ValueError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, self._limit, small_table = struct.unpack_from("<I4x2I", content, 48)
        self._table = self._read_table()
        self._small_table = self._numbers(self._chain(small_table))
        self._entries = self._chain(directory)

    def stream(self, names: tuple[str, ...]) -> bytes:
        """Return the bytes of a stream. Raises `ValueError` when it is incomplete."""
        root = b""
        for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            entry = self._entries[at : at + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<2I", entry, 116)
            if kind == _ROOT:
                root = self._chain(first) if size else b""
            elif kind == _STREAM and name in names:
                found = self._chain(first) if size >= self._limit else self._of_small(root, first)
                if len(found) < size:
                    raise ValueError
                return found[:size]
        raise ValueError

    def _read_table(self) -> tuple[int, ...]:
        """Return for each sector the one that comes after it."""
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        more, left = struct.unpack_from("<2I", self._content, 68)
        while more < _LAST and left:
            numbers = self._numbers(self._sector(more))
            sectors += numbers[:-1]
            more, left = numbers[-1], left - 1
        return self._numbers(b"".join(self._sector(at) for at in sectors if at < _LAST))

    def _sector(self, at: int) -> bytes:
        """Return the bytes of a sector; the last one of a file may be shorter than the others."""
        start = _HEADER if self._size == _HEADER else self._size
        begin = start + at * self._size
        found = self._content[begin : begin + self._size]
        if not found:
            raise ValueError
        return found

    def _chain(self, first: int) -> bytes:
        """Return the sectors that follow each other from `first` on."""
        found, at = [], first
        while at < _LAST:
            found.append(self._sector(at))
            at = self._table[at]
            if len(found) > len(self._table):
                raise ValueError
        return b"".join(found)

    def _of_small(self, root: bytes, first: int) -> bytes:
        found, at = [], first
        while at < _LAST:
            found.append(root[at * self._small_size : (at + 1) * self._small_size])
            at = self._small_table[at]
            if len(found) > len(self._small_table):
                raise ValueError
        return b"".join(found)

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
