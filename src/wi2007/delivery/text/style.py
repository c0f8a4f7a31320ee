"""Find how fields are quoted: double or single marks, and whether spaces stand between a mark and the separator.

Single marks (sqlite3, MySQL) are quotation marks only where every field of a row stands between them, except numbers
and NULL: a value may begin with one (`'s-Gravenhage`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.text.joined import Places
from wi2007.delivery.text.quotes import DOUBLE, SINGLE
from wi2007.delivery.text.records import Beginning

_FIELDS: Final = 20_000
_SPACE: Final = 0x20
_LONGEST_RUN: Final = 1000
_NUMBER: Final = r"[-+]?\d*[.,]?\d*|NULL"


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
