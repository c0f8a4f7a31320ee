"""Row numbers as a reader of the file counts them: records, the header being row 1, empty lines counted too.

These passes are slow and exact; they run only when there is something to point at.
What does not belong here: reading rows for the analysis.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_CHUNK: Final = 4 << 20
_LINE_FEED, _RETURN, _QUOTE = 0x0A, 0x0D, 0x22


def record_at(path: Path, offset: int) -> int:
    """The row number of the record that holds the byte at `offset`."""
    number = 1
    for start, ends in _record_ends(path):
        if start + len(ends) >= offset:
            return number + int(np.count_nonzero(ends[: offset - start]))
        number += int(np.count_nonzero(ends))
    return number


def record_longer_than(path: Path, limit: int) -> int | None:
    """The row number of the first record of more than `limit` bytes, or None."""
    number, begin, size = 1, 0, 0
    for start, ends in _record_ends(path):
        places = start + np.flatnonzero(ends)
        lengths = np.diff(places, prepend=begin)
        too_long = np.flatnonzero(lengths > limit)
        if len(too_long):
            return number + int(too_long[0])
        number += len(places)
        begin, size = int(places[-1]) if len(places) else begin, start + len(ends)
    return number if size - begin > limit else None


def _record_ends(path: Path) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Chunk by chunk: where it begins, and which of its bytes end a record.

    LF, CR and CRLF outside quotation marks each end one; a CRLF does so at its CR.
    """
    start, inside, after_return = 0, False, False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            data = np.frombuffer(chunk, dtype=np.uint8)
            outside = np.logical_xor.accumulate(data == _QUOTE) == inside
            returns = data == _RETURN
            behind_return = np.concatenate(([after_return], returns[:-1]))
            yield start, (((data == _LINE_FEED) & ~behind_return) | returns) & outside
            start += len(chunk)
            inside, after_return = not outside[-1], bool(returns[-1])


def empty_lines(path: Path, encoding: str) -> NDArray[np.int64]:
    """The row numbers of lines without any character, ascending."""
    return np.fromiter(_empty_lines(path, encoding), dtype=np.int64)


def _empty_lines(path: Path, encoding: str) -> Iterator[int]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding=encoding, newline="") as file:
        for number, record in enumerate(csv.reader(file, delimiter=";"), start=1):
            if not record:
                yield number
