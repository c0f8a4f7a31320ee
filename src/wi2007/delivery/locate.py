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
    number, inside, after_return = 1, False, False
    with path.open("rb") as file:
        while offset > 0 and (chunk := file.read(min(_CHUNK, offset))):
            offset -= len(chunk)
            data = np.frombuffer(chunk, dtype=np.uint8)
            outside = np.logical_xor.accumulate(data == _QUOTE) == inside
            number += _line_ends(data, outside, after_return=after_return)
            inside, after_return = not outside[-1], bool(data[-1] == _RETURN and outside[-1])
    return number


def _line_ends(data: NDArray[np.uint8], outside: NDArray[np.bool_], *, after_return: bool) -> int:
    """LF, CR and CRLF each end one line; a CRLF that was cut in two counts at its CR."""
    line_feed = data == _LINE_FEED
    behind_return = np.concatenate(([after_return], data[:-1] == _RETURN))
    ends = (line_feed & ~behind_return) | (data == _RETURN)
    return int(np.count_nonzero(ends & outside))


def empty_lines(path: Path, encoding: str) -> NDArray[np.int64]:
    """The row numbers of lines without any character, ascending."""
    return np.fromiter(_empty_lines(path, encoding), dtype=np.int64)


def _empty_lines(path: Path, encoding: str) -> Iterator[int]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding=encoding, newline="") as file:
        for number, record in enumerate(csv.reader(file, delimiter=";"), start=1):
            if not record:
                yield number
