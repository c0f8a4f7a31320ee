"""The bytes of a text (of the file itself, or out of an archive), its line ends, first records, and row numbers.

Rows are counted as a reader of the file does: records, the header being row 1, empty lines counted too. A line end
inside quotation marks ends no row. The passes that find a row number are slow and exact; they run only for a message.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.access import sha256_of
from wi2007.delivery.archive import Packed

CHUNK: Final = 256 << 10

LONGEST: Final = 8 << 20
"""Bytes. No row is a tenth as long; pyarrow cannot read a row of half of it."""
_FEED, _RETURN = 0x0A, 0x0D

Record = tuple[int, list[str]]
"""A row number and the fields of that row."""

_CHUNK: Final = 4 << 20
_BLANK: Final = b" \t\r\n\v\f" + "\xa0".encode()
Which = NDArray[np.bool_]


class Origin(Protocol):
    """Bytes that can be read more than once."""

    @property
    def path(self) -> Path:
        """The file as it was delivered."""

    @property
    def is_plain(self) -> bool:
        """Whether the bytes are those of the file itself."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file as it was delivered; known once all bytes were read."""

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes from the start. Raises `UnreadableError` when they cannot be read."""


class PlainFile:
    """The file itself; its SHA-256 is computed along the way."""

    is_plain: Final = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the latest reading's bytes."""
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes from the start."""
        self._hash = hashlib.sha256()
        with self.path.open("rb", buffering=0) as file:
            while chunk := file.read(CHUNK):
                self._hash.update(chunk)
                yield chunk


@dataclass(frozen=True)
class PackedFile:
    """A text in an archive."""

    packed: Packed
    is_plain: bool = False

    @property
    def path(self) -> Path:
        """The archive."""
        return self.packed.path

    @property
    def sha256(self) -> str:
        """The SHA-256 of the archive."""
        return sha256_of(self.path)

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes from the start."""
        return self.packed.chunks()


class Lines:
    """Reads a text chunk by chunk. `kinds` are the line ends found (CRLF, LF, CR), `count` their number.

    `after_return` says that the latest chunk ends with a CR, of which it is not known yet whether an LF follows.
    """

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.count = 0
        self._begin = 0
        self.after_return = False

    def take(self, chunk: bytes, offset: int) -> int | None:
        """Take the next chunk; return where a line begins that is too long, or None."""
        self._ends(chunk)
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        first_end = self._begin
        if last >= 0:
            self._begin = offset + last + 1
            return None
        return first_end if offset + len(chunk) - first_end > LONGEST else None

    def end(self) -> None:
        """End the text."""
        if self.after_return:
            self._found(CR=1)

    def _ends(self, chunk: bytes) -> None:
        if not self.after_return and b"\r" not in chunk:
            return self._found(LF=int(np.count_nonzero(np.frombuffer(chunk, dtype=np.uint8) == _FEED)))
        codes = np.frombuffer((b"\r" if self.after_return else b"") + chunk, dtype=np.uint8)
        feeds, returns = codes == _FEED, codes == _RETURN
        both = int(np.count_nonzero(returns[:-1] & feeds[1:]))
        self.after_return = bool(returns[-1])
        return self._found(
            CRLF=both,
            LF=int(np.count_nonzero(feeds)) - both,
            CR=int(np.count_nonzero(returns)) - both - self.after_return,
        )

    def _found(self, **ends: int) -> None:
        self.count += sum(ends.values())
        self.kinds |= {kind for kind, count in ends.items() if count}


csv.field_size_limit(1 << 30)  # the beginning of a text is no longer than that


@dataclass(frozen=True)
class Beginning:
    """The first characters of a text; `whole` says that there are no more. Row numbers count from 1."""

    text: str
    whole: bool

    def records(self, delimiter: str, *, mark: str) -> Iterator[Record]:
        """Yield every record, empty ones too; the last one may have been cut off.

        `mark` is empty where no character is a quotation mark.
        """
        lines = io.StringIO(self.text, newline="")
        if mark:
            return enumerate(csv.reader(lines, delimiter=delimiter, quotechar=mark), start=1)
        return enumerate(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE), start=1)

    def complete(self, delimiter: str, *, mark: str, after: int) -> Iterator[Record]:
        """Yield every record after row `after` that is neither empty nor cut off."""
        waiting: Record | None = None
        for record in self.records(delimiter, mark=mark):
            if waiting is not None:
                yield waiting
            waiting = record if record[0] > after and is_filled(record) else None
        if waiting is not None and self.whole:
            yield waiting


def is_filled(record: Record) -> bool:
    """Return whether there is anything in a record but separators and spaces."""
    return any(map(str.strip, record[1]))


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
        begun = (begun and not len(places)) or bool((last != _FEED).any())
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
            returns, feeds = data == _RETURN, data == _FEED
            behind_return = np.concatenate(([after_return], returns[:-1]))
            ends = ((feeds & ~behind_return) | returns) & outside
            yield start, ends, data
            start += len(chunk)
            inside, after_return = not outside[-1], bool(returns[-1])
