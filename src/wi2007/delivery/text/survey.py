"""Pass once over the bytes of a text: its encoding, its line ends, and whether it can be read at all.

This pass finds what pyarrow would skip silently: a NUL character, a byte order mark between the rows, two encodings,
a quotation mark that never closes or stands inside a field.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from wi2007.delivery.text import encodings, mixed
from wi2007.delivery.text.joined import RULE, Joined
from wi2007.delivery.text.lines import Lines
from wi2007.delivery.text.quotes import DOUBLE, Pairing

_UNDEFINED_IN_1252: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_MARK: Final = encodings.UTF8_MARK

Found = tuple[str, int]
"""A rule that is broken, and the place in the text."""


@dataclass(frozen=True)
class Survey:
    """What is known of a readable text before its rows are read. `ascii` says that its encoding makes no difference.

    `rows` counts the line ends that are not between quotation marks, and the last line when it has none: what is read
    later must be as many.
    """

    bytes: int
    encoding: str
    ascii: bool
    quotes: bool
    line_ends: frozenset[str]
    rows: int


class Look:
    """The state of the pass over `size` bytes. `encoding` is that of levering.yaml.

    `mark` is the quotation mark, empty when there is none. A line with `least` separators may be a row, whatever the
    marks say; 0 when that is no question.
    """

    def __init__(self, encoding: str | None, delimiter: str, mark: str = DOUBLE, least: int = 0) -> None:
        self.size = 0
        self.mark = mark
        self._lines = Lines()
        self._quotes = Pairing(delimiter, mark, least) if mark else None
        self._ended = True
        self._letters = _Letters(encoding)

    def take(self, chunk: bytes) -> Found | None:
        """Take the next bytes; return a rule and a place in the text when they cannot be read, else None."""
        offset = self.size
        nul = chunk.find(0)
        if nul >= 0:
            return "bestand_nulteken", offset + nul
        cut, before = self._lines.after_return, self._lines.count
        endless = self._lines.take(chunk, offset)
        if endless is not None:
            return "bestand_onleesbaar", endless
        feeds_only = not cut and not self._lines.after_return and "CR" not in self._lines.kinds
        feeds = self._lines.count - before if feeds_only else None
        stray = self._quotes.take(chunk, offset, feeds) if self._quotes else None
        if stray is not None:
            return "aanhalingstekens", stray
        self.size += len(chunk)
        self._ended = chunk[-1] in b"\r\n"
        return self._letters.take(chunk, offset)

    def end(self) -> Found | None:
        """End the text; return what is wrong with it as a whole, or None."""
        self._lines.end()
        stray = self._quotes.end() if self._quotes else None
        if stray is not None:
            return "aanhalingstekens", stray
        wrong = self._letters.end(self.size)
        asked = self._quotes.joined.end(self.size) if self._quotes else None
        return wrong if wrong is not None or asked is None else (RULE, asked)

    @property
    def joined(self) -> Joined | None:
        """The lines between quotation marks; None in a text without such marks."""
        return self._quotes.joined if self._quotes else None

    def survey(self) -> Survey:
        """Return the properties of the whole text."""
        return Survey(
            self.size,
            self._letters.encoding,
            self._letters.ascii,
            self._quotes is not None and self._quotes.found,
            frozenset(self._lines.kinds),
            self._lines.count - (self.joined.inside if self.joined else 0) + (not self._ended),
        )


class _Letters:
    """The encodings that the bytes can have. Only stretches that are not ASCII are looked at."""

    def __init__(self, chosen: str | None) -> None:
        self.ascii = True
        self._chosen = chosen
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._not_utf8_at = 0
        self._in_neither = False
        self._undefined_at: int | None = None
        self._proof_at: int | None = None
        self._tail = b""

    @property
    def encoding(self) -> str:
        """The encoding of what was taken so far."""
        if self._chosen == encodings.WINDOWS or self._utf8 is None:
            return encodings.WINDOWS
        return encodings.UTF_8

    def take(self, chunk: bytes, offset: int) -> Found | None:
        if chunk.isascii() and not self._waiting():
            self._tail = b""
            return None
        self.ascii = False
        if self._chosen != encodings.WINDOWS:
            self._decode(chunk, offset, final=False)
        data, begin = self._tail + chunk, offset - len(self._tail)
        mark = _mark(data, begin)
        self._look(data, begin)
        self._tail = data[-mixed.TAIL :]
        return self._verdict() or mark

    def end(self, size: int) -> Found | None:
        if self._chosen != encodings.WINDOWS and self._waiting():
            self._decode(b"", size, final=True)
        return self._verdict()

    def _waiting(self) -> int:
        """Return how many bytes of a character were cut off by the end of a chunk."""
        return len(self._utf8.getstate()[0]) if self._utf8 is not None else 0

    def _decode(self, chunk: bytes, offset: int, *, final: bool) -> None:
        """Decode the bytes as UTF-8 while that is still possible."""
        if self._utf8 is None:
            return
        waiting = self._waiting()
        try:
            self._utf8.decode(chunk, final)
        except UnicodeDecodeError as error:
            self._not_utf8_at = max(0, offset - waiting + error.start)
            self._in_neither = error.object[error.start] in _UNDEFINED_IN_1252
            self._utf8 = None

    def _look(self, data: bytes, begin: int) -> None:
        """Find what distinguishes Windows-1252 from UTF-8, until it is found."""
        if self._undefined_at is None:
            places = [at for byte in _UNDEFINED_IN_1252 if (at := data.find(byte)) >= 0]
            self._undefined_at = begin + min(places) if places else None
        if self._proof_at is None and self._chosen is None:
            place = mixed.first_proof(data)
            if place is not None:
                self._proof_at = begin + place

    def _verdict(self) -> Found | None:
        if self._chosen == encodings.WINDOWS:
            return None if self._undefined_at is None else ("bestand_codering", self._undefined_at)
        if self._utf8 is not None:
            return None
        if self._chosen == encodings.UTF_8 or self._in_neither:
            return "bestand_codering", self._not_utf8_at
        if self._proof_at is not None:
            return "codering_gemengd", max(self._not_utf8_at, self._proof_at)
        if self._undefined_at is not None:
            return "bestand_codering", max(self._not_utf8_at, self._undefined_at)
        return None


def _mark(data: bytes, begin: int) -> Found | None:
    """Return a byte order mark in `data` that is not at the start of the text; some programs put two there."""
    if _MARK[0] not in data:  # much quicker than looking for all three bytes
        return None
    at = 0
    while begin == 0 and data.startswith(_MARK, at):
        at += len(_MARK)
    at = data.find(_MARK, at)
    return ("bom_midden", begin + at) if at >= 0 else None
