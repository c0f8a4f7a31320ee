"""Check that quotation marks pair as RFC 4180 has it: around a whole field, doubled inside one."""

from __future__ import annotations

from typing import Final

import numpy as np

from wi2007.delivery.text.joined import Joined, Lines, Places

DOUBLE: Final = '"'
SINGLE: Final = "'"
LETTERS: Final = ""
"""The mark of a text in which no character is a quotation mark."""

_BOM: Final = b"\xef\xbb\xbf"
_FEED, _RETURN, _END_OF_TEXT = 0x0A, 0x0D, 0x1A


class Pairing:
    """Reads a file chunk by chunk. Every other mark opens a field and must follow a separator; the next one closes it.

    A doubled mark inside a field closes and opens again, so a mark may also stand beside a mark. `joined` counts the
    lines between marks; `least` is the number of separators from where one of them may be a row.
    """

    def __init__(self, delimiter: str, mark: str = DOUBLE, least: int = 0) -> None:
        self.found = False
        self.joined = Joined(delimiter, least)
        self._mark = mark.encode()
        self._beside = np.isin(np.arange(256), list(delimiter.encode() + b"\r\n" + self._mark))
        self._behind = self._beside.copy()
        self._behind[_END_OF_TEXT] = True
        self._open = False
        self._opened_at = 0
        self._ending = 0
        self._closed_at_end: int | None = None
        self._previous = ord("\n")

    def take(self, chunk: bytes, offset: int, feeds: int | None = None) -> int | None:
        """Take the next chunk; return the place in the file of the first mark that stands where none can, or None.

        `feeds` is the number of line ends in the chunk when all of them are or end with a line feed.
        """
        if self._closed_at_end is not None:
            place, self._closed_at_end = self._closed_at_end, None
            if not self._behind[chunk[0]]:
                return place
        was_open, marks, stray = self._open, None, None
        if self._mark in chunk:
            self.found = True
            marks = np.flatnonzero(np.frombuffer(chunk, dtype=np.uint8) == self._mark[0])
            stray = self._marks(chunk, offset, marks)
        all_closed = marks is not None and feeds is not None and feeds == self._ending
        self.joined.take(chunk, offset, marks, Lines(was_open, feeds is not None, all_closed))
        self._previous = chunk[-1]
        return stray

    def end(self) -> int | None:
        """Return the place of a mark that never closes, or None."""
        return self._opened_at if self._open else None

    def _marks(self, chunk: bytes, offset: int, marks: Places) -> int | None:
        data = np.frombuffer(chunk, dtype=np.uint8)
        first_opening = 1 if self._open else 0
        opening, closing = marks[first_opening::2], marks[1 - first_opening :: 2]
        before = data[opening - 1]
        if opening.size and opening[0] == 0:
            before[0] = self._previous
        wrong_opening = opening[~self._beside[before]]
        if offset == 0 and wrong_opening.size and _only_boms(chunk[: wrong_opening[0]]):
            wrong_opening = wrong_opening[1:]
        last = len(chunk) - 1
        if closing.size and closing[-1] == last:
            self._closed_at_end = offset + last
            closing = closing[:-1]
        following = data[closing + 1]
        wrong_closing = closing[~self._behind[following]]
        self._ending = int(np.count_nonzero((following == _FEED) | (following == _RETURN)))
        if marks.size % 2:
            self._open = not self._open
        if self._open:
            self._opened_at = offset + int(marks[-1])
        wrong = [int(places[0]) for places in (wrong_opening, wrong_closing) if places.size]
        return offset + min(wrong) if wrong else None


def _only_boms(start: bytes) -> bool:
    return start == _BOM * (len(start) // len(_BOM))
