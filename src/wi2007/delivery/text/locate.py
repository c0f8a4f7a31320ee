"""Row numbers as a reader of the file counts them: records, the header being row 1, empty lines counted too.

These passes are slow and exact; they run only when there is something to point at.
What does not belong here: reading rows for the analysis.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_CHUNK: Final = 4 << 20
_LINE_FEED, _RETURN = 0x0A, 0x0D

Which = NDArray[np.bool_]


def record_at(path: Path, offset: int, *, mark: str = '"') -> int:
    """The row number of the record that holds the byte at `offset`."""
    number = 1
    for start, ends, _ in _record_ends(path, mark):
        if start + len(ends) >= offset:
            return number + int(np.count_nonzero(ends[: offset - start]))
        number += int(np.count_nonzero(ends))
    return number


def record_around(path: Path, offset: int, *, mark: str = '"') -> tuple[int, int]:
    """Where the record that holds the byte at `offset` begins, and where its line end stands (or the text ends)."""
    begin = size = 0
    for start, ends, _ in _record_ends(path, mark):
        places = start + np.flatnonzero(ends)
        later = int(np.searchsorted(places, offset))
        begin = int(places[later - 1]) + 1 if later else begin
        if later < len(places):
            return begin, int(places[later])
        size = start + len(ends)
    return begin, size


def record_longer_than(path: Path, limit: int, *, mark: str = '"') -> int | None:
    """The row number of the first record of more than `limit` bytes, or None."""
    number, begin, size = 1, 0, 0
    for start, ends, _ in _record_ends(path, mark):
        places = start + np.flatnonzero(ends)
        lengths = np.diff(places, prepend=begin)
        too_long = np.flatnonzero(lengths > limit)
        if len(too_long):
            return number + int(too_long[0])
        number += len(places)
        begin, size = int(places[-1]) if len(places) else begin, start + len(ends)
    return number if size - begin > limit else None


def empty_lines(path: Path, *, mark: str = '"') -> NDArray[np.int64]:
    """The row numbers of lines without any character, ascending."""
    number = 1
    found = [np.empty(0, np.int64)]
    for _, ends, empty in _record_ends(path, mark):
        numbers = np.cumsum(ends, dtype=np.int64) - 1 + number
        found.append(numbers[empty])
        number += int(np.count_nonzero(ends))
    return np.concatenate(found)


def _record_ends(path: Path, mark: str) -> Iterator[tuple[int, Which, Which]]:
    """Chunk by chunk: where it begins, which of its bytes end a record, and which of those end an empty one.

    LF, CR and CRLF outside quotation marks each end one; a CRLF does so at its CR.
    """
    start, inside, after_return, after_end = 0, False, False, True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            data = np.frombuffer(chunk, dtype=np.uint8)
            outside = (
                (np.logical_xor.accumulate(data == ord(mark)) == inside) if mark else np.ones(len(data), bool)
            )
            returns, feeds = data == _RETURN, data == _LINE_FEED
            behind_return = np.concatenate(([after_return], returns[:-1]))
            breaks = (feeds | returns) & outside
            behind_break = np.concatenate(([after_end], breaks[:-1]))
            ends = ((feeds & ~behind_return) | returns) & outside
            yield start, ends, ends & behind_break
            start += len(chunk)
            inside, after_return, after_end = not outside[-1], bool(returns[-1]), bool(breaks[-1])
