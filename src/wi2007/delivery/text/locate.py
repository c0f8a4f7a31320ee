"""Find row numbers as a reader of the file counts them: records, the header being row 1, empty lines counted too.

These passes are slow and exact; they run only for a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_CHUNK: Final = 4 << 20
_LINE_FEED, _RETURN = 0x0A, 0x0D
_BLANK: Final = b" \t\r\n\v\f" + "\xa0".encode()

Which = NDArray[np.bool_]


def record_at(path: Path, offset: int, *, mark: str = '"') -> int:
    """Return the row number of the record that holds the byte at `offset`."""
    number = 1
    for start, ends, _ in _record_ends(path, mark):
        if start + len(ends) >= offset:
            return number + int(np.count_nonzero(ends[: offset - start]))
        number += int(np.count_nonzero(ends))
    return number


def record_around(path: Path, offset: int, *, mark: str = '"') -> tuple[int, int]:
    """Return where the record that holds the byte at `offset` begins, and where its line end stands (or the text
    ends).
    """
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
    """Return the row number of the first record of more than `limit` bytes, or None."""
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


def blank_rows(path: Path, delimiter: str, *, mark: str = '"') -> NDArray[np.int64]:
    """Return the row numbers of records with nothing but separators, spaces and quotation marks, ascending."""
    is_filled = ~np.isin(np.arange(256), list(_BLANK + delimiter.encode() + mark.encode()))
    number, begun, filled = 1, False, False
    found = []
    for _, ends, data in _record_ends(path, mark):
        here = is_filled[data]
        places = np.flatnonzero(ends)
        starts = np.concatenate(([0], places + 1))
        some = np.logical_or.reduceat(here, starts[starts < len(data)])
        some[0] |= filled
        found.append(number + np.flatnonzero(~some[: len(places)]))
        number += len(places)
        last = data[starts[-1] :]
        begun = (begun and not len(places)) or bool((last != _LINE_FEED).any())
        filled = bool(some[-1]) if len(last) else False
    found.append(np.array([number] if begun and not filled else [], dtype=np.int64))
    return np.concatenate(found)


def _record_ends(path: Path, mark: str) -> Iterator[tuple[int, Which, NDArray[np.uint8]]]:
    """Yield chunk by chunk where it begins, which of its bytes end a record, and the bytes.

    LF, CR and CRLF outside quotation marks each end one; a CRLF does so at its CR.
    """
    start, inside, after_return = 0, False, False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            data = np.frombuffer(chunk, dtype=np.uint8)
            outside = (
                (np.logical_xor.accumulate(data == ord(mark)) == inside) if mark else np.ones(len(data), bool)
            )
            returns, feeds = data == _RETURN, data == _LINE_FEED
            behind_return = np.concatenate(([after_return], returns[:-1]))
            ends = ((feeds & ~behind_return) | returns) & outside
            yield start, ends, data
            start += len(chunk)
            inside, after_return = not outside[-1], bool(returns[-1])
