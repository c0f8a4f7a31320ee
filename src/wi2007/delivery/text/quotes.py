"""Find how fields are quoted, check that the marks pair, and ask where they join lines that may be rows of their own.

Marks pair as RFC 4180 has it: around a whole field, doubled inside one. A stretch between two marks is one field, or
the rows of persons: the marks do not tell. The lines do: one of a remark has few separators, one of a person has as
many as the header. So lines are counted without regard to the marks, and a row of the file that holds more than one
such line is a question.

Single marks (sqlite3, MySQL) are quotation marks only where every field of a row stands between them, except numbers
and NULL: a value may begin with one (`'s-Gravenhage`).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.problems import Problem
from wi2007.delivery.text.lines import Beginning, record_around, record_at
from wi2007.dutch import count

JOINED: Final = "aanhalingstekens_rijen"
_FEW: Final = 3
"""Up to this many fields, a remark with one separator could pass for a row that lacks one."""
Places = NDArray[np.int64]

DOUBLE: Final = '"'
SINGLE: Final = "'"
LETTERS: Final = ""
"""The mark of a text in which no character is a quotation mark."""
_FEED, _RETURN, _END_OF_TEXT = 0x0A, 0x0D, 0x1A

_FIELDS: Final = 20_000
_SPACE: Final = 0x20
_LONGEST_RUN: Final = 1000
_NUMBER: Final = r"[-+]?\d*[.,]?\d*|NULL"


def least_separators(width: int) -> int:
    """Return the least number of separators of a line that may be a row of `width` fields: one may have been lost. 0
    for no width.
    """
    return width - 1 if width <= _FEW else width - 2


@dataclass(frozen=True)
class ChunkLines:
    """The lines of a chunk.

    `was_open` says that it begins inside a field, `feeds_only` that every line in it ends with a line feed,
    `all_closed` that every line end stands right behind a mark that closes a field.
    """

    was_open: bool
    feeds_only: bool
    all_closed: bool


class Joined:
    """Reads a text chunk by chunk. `inside` counts the line ends between quotation marks, a CRLF as one.

    `lost` are the lines that may be rows, but for the one that each row of the file is; `at` is the last place but
    one of the first row that holds more than one. With `least` 0 separators nothing is asked.
    """

    def __init__(self, delimiter: str, least: int) -> None:
        self.inside = self.lost = 0
        self.at: int | None = None
        self._delimiter = ord(delimiter)
        self._least = least
        self._separators = 0
        self._likely = 0
        self._after_return = False

    def take(self, chunk: bytes, offset: int, marks: Places | None, lines: ChunkLines) -> None:
        """Take the next bytes and the places of the marks in it."""
        nothing_inside = lines.all_closed if marks is not None else not lines.was_open
        if nothing_inside and not self._likely:
            return self._pass_over(chunk)
        data = np.frombuffer(chunk, dtype=np.uint8)
        ends = np.flatnonzero(data == _FEED if lines.feeds_only else (data == _FEED) | (data == _RETURN))
        before = np.searchsorted(marks, ends) if marks is not None else np.zeros(len(ends), np.int64)
        inside = (before + lines.was_open) % 2 == 1
        if lines.feeds_only:
            self.inside += int(np.count_nonzero(inside))
        else:
            self._count(data, ends[inside])
        self._after_return = chunk[-1] == _RETURN
        if self._likely or inside.any():
            return self._look(data, offset, ends, inside)
        return self._pass_over(chunk)

    def end(self, size: int) -> int | None:
        """Return the place in the first row that is a question once the text is over, or None."""
        self._close(np.array([self._likely + (self._separators >= self._least)]), np.array([size]))
        return self.at if self._least else None

    def _pass_over(self, chunk: bytes) -> None:
        """Count the separators of the line that goes on in the next chunk; no lines are joined in this one."""
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        here = chunk.count(self._delimiter, last + 1)
        self._separators = here if last >= 0 else self._separators + here

    def _count(self, data: NDArray[np.uint8], ends: Places) -> None:
        if not len(ends):
            return
        behind = data[ends - 1] == _RETURN
        if ends[0] == 0:
            behind[0] = self._after_return
        self.inside += len(ends) - int(np.count_nonzero(behind & (data[ends] == _FEED)))

    def _look(self, data: NDArray[np.uint8], offset: int, ends: Places, inside: NDArray[np.bool_]) -> None:
        """Count in each row of the file the lines that may be rows."""
        starts = np.concatenate(([0], ends + 1))
        is_separator = (data == self._delimiter).view(np.uint8)
        separators = np.add.reduceat(is_separator, starts[starts < len(data)], dtype=np.int32)
        separators[0] += self._separators
        self._separators = int(separators[-1]) if len(separators) > len(ends) else 0
        outside = (~inside).astype(np.int64)
        rows, likely = np.cumsum(outside) - outside, separators[: len(ends)] >= self._least
        in_row = np.bincount(rows, weights=likely, minlength=1).astype(np.int64)
        in_row[0] += self._likely
        ended = int(outside.sum())
        self._likely = int(in_row[ended:].sum())
        self._close(in_row[:ended], offset + ends[~inside])

    def _close(self, likely: NDArray[np.int64], ends: Places) -> None:
        many = np.flatnonzero(likely > 1)
        self.lost += int((likely[many] - 1).sum())
        if len(many) and self.at is None:
            self.at = int(ends[many[0]]) - 1


def joined_question(path: Path, joined: Joined, mark: str) -> Problem:
    """Return the problem for the text at `path`: both readings, where they differ, and the setting that decides."""
    place = joined.at or 0
    row = record_at(path, place, mark=mark)
    begin, end = record_around(path, place, mark=mark)
    first, last = (record_at(path, at, mark="") for at in (begin, end))
    many = joined.lost > 1
    return Problem(
        JOINED,
        row=row,
        about=(
            f"Regel {count(first)} tot en met {count(last)} van het bestand: in de eerste begint een veld met {mark}, "
            f"en het volgende teken dat een veld sluit staat pas in de laatste. Zijn het aanhalingstekens, dan zijn al "
            f"die regels samen één rij; zo {'verdwijnen' if many else 'verdwijnt'} er in het hele bestand "
            f"{count(joined.lost)} {'regels die zelf een rij kunnen' if many else 'regel die zelf een rij kan'} zijn. "
            "Zijn het gewone tekens, dan is elke regel een eigen rij. Zet in levering.yaml onder lezen "
            "aanhalingstekens: ja (één rij) of aanhalingstekens: nee (eigen rijen)."
        ),
    )


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
        self.joined.take(chunk, offset, marks, ChunkLines(was_open, feeds is not None, all_closed))
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
    return start == BOM_UTF8 * (len(start) // len(BOM_UTF8))


@dataclass(frozen=True)
class Style:
    """`mark` is the quotation mark, empty when there is none; `spaced` says that spaces stand beside some marks."""

    mark: str
    spaced: bool = False


@dataclass
class _Seen:
    quoted: int = 0
    spaced: int = 0


def find_style(beginning: Beginning, delimiter: str, row: int) -> Style:
    """Return how fields are quoted from the header in `row` on."""
    text = _from_row(beginning.text, row)
    if SINGLE in text:
        rows = re.split(r"\r\n|\r|\n", text, maxsplit=1)
        named = _seen(rows[0], delimiter, SINGLE, f"[^{SINGLE}{re.escape(delimiter)}]*", whole=True)
        seen = (
            _seen(rows[-1], delimiter, SINGLE, _NUMBER, whole=beginning.whole)
            if len(rows) > 1 and named
            else None
        )
        if seen is not None and seen.quoted:
            return Style(SINGLE, seen.spaced > 0)
    if f"{delimiter} {DOUBLE}" in text or f"{DOUBLE} {delimiter}" in text:
        bare = rf"[^{DOUBLE}{re.escape(delimiter)}\r\n]*"
        seen = _seen(text, delimiter, DOUBLE, bare, whole=beginning.whole)
        return Style(DOUBLE, seen is not None and seen.spaced > 0)
    return Style(DOUBLE)


def _from_row(text: str, row: int) -> str:
    """Return the text from its line `row` on."""
    ends = re.finditer(r"\r\n|\r|\n", text)
    begin = 0
    for _, end in zip(range(row - 1), ends, strict=False):
        begin = end.end()
    return text[begin:]


def _seen(text: str, delimiter: str, mark: str, bare: str, *, whole: bool) -> _Seen | None:
    """Return what the first fields are, each between marks or as `bare` allows; None when one is neither."""
    field = re.compile(
        rf"(?P<before> *)(?P<quoted>{mark}(?:[^{mark}]|{mark}{mark})*+{mark})(?P<behind> *)"
        rf"(?:{re.escape(delimiter)}|\r\n|\r|\n|\Z)|(?: *(?:{bare}) *)(?:{re.escape(delimiter)}|\r\n|\r|\n|\Z)"
    )
    last = len(text) if whole else max(text.rfind("\n"), text.rfind("\r"))
    seen, at = _Seen(), 0
    for _ in range(_FIELDS):
        if at >= last:
            break
        found = field.match(text, at)
        if found is None:
            return None
        if found["quoted"]:
            seen.quoted += 1
            seen.spaced += bool(found["before"] or found["behind"])
        at = found.end()
    return seen


def tightened(chunks: Iterable[bytes], delimiter: str, mark: str) -> Iterator[bytes]:
    """Yield the text without the spaces between a separator or line end and a mark that opens or closes a field."""
    waiting, is_open = b"", False
    ends = (delimiter.encode(), b"\r", b"\n")
    for chunk in chain(chunks, [None]):
        text = waiting + (chunk or b"")
        cut = len(text) if chunk is None else max(text.rfind(end) for end in ends) + 1
        piece, waiting = text[:cut], text[cut:]
        if piece:
            yield _tight(piece, ends, mark, is_open=is_open)
            is_open ^= piece.count(mark.encode()) % 2 == 1


def _tight(piece: bytes, ends: tuple[bytes, ...], mark: str, *, is_open: bool) -> bytes:
    """Return a piece that begins behind a separator or line end and stops behind another one, tightened."""
    data = np.frombuffer(b"\n" + piece + b"\n", dtype=np.uint8)
    marks = np.flatnonzero(data == ord(mark))
    is_end = np.isin(np.arange(256), list(b"".join(ends)))
    keep = np.ones(len(data), dtype=bool)
    for places, step in ((marks[int(is_open) :: 2], -1), (marks[1 - int(is_open) :: 2], 1)):
        _drop(data, places, step, is_end, keep)
    keep[[0, -1]] = False
    return data[keep].tobytes()


def _drop(
    data: NDArray[np.uint8], places: Places, step: int, is_end: NDArray[np.bool_], keep: NDArray[np.bool_]
) -> None:
    """Leave out the spaces on one side of marks, where nothing else stands before the separator."""
    runs = np.zeros(len(places), dtype=np.int64)
    going = data[places + step] == _SPACE
    while going.any() and int(runs.max()) < _LONGEST_RUN:
        runs += going
        going &= data[places + step * (runs + 1)] == _SPACE
    is_free = (runs > 0) & is_end[data[places + step * (runs + 1)]]
    for distance in range(1, int(runs.max(initial=0)) + 1):
        keep[places[is_free & (runs >= distance)] + step * distance] = False
