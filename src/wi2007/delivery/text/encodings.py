"""Detect the encoding of a text, also where two are mixed in one file, and convert the text to UTF-8.

Windows-1252 can look like UTF-8 by chance: a letter followed by typographic characters (`É’`, `ß“`), or two letters
(`MÍŠA`). Those prove nothing. A letter followed by a character that nobody writes after it (`Ã©`, which is é in
UTF-8) does.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery import kinds
from wi2007.delivery.problems import Problem, UnreadableError

UTF_8: Final = "utf-8"
WINDOWS: Final = "windows-1252"
UTF_16: Final = "utf-16"
NAMES: Final = {
    UTF_8: "UTF-8",
    WINDOWS: "Windows-1252",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
}
UTF8_MARK: Final = codecs.BOM_UTF8
_UTF32_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LOOKED_AT: Final = 4096
_CONTROLS: Final = (*range(0x01, 0x09), *range(0x0E, 0x20))

TAIL: Final = 3
"""The number of bytes of a chunk that must stand before the next one, so that no sequence is cut."""
# Characters that may follow a word in Windows-1252: … † ‡ ‘ ’ “ ” • – — ™ › ‚ „ « ® ´ · » and the hard space.
_BEHIND_A_WORD: Final = np.isin(
    np.arange(256),
    list(b"\x82\x84\x85\x86\x87\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xab\xae\xb4\xb7\xbb"),
)
# Š Œ Ž š œ ž Ÿ
_LETTERS: Final = np.isin(np.arange(256), list(b"\x8a\x8c\x8e\x9a\x9c\x9e\x9f"))
Codes = NDArray[np.uint8]
Which = NDArray[np.bool_]

_UNDEFINED_IN_1252: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
Found = tuple[str, int]
"""A rule that is broken, and the place in the text."""


def utf16_order(head: bytes, chosen: str | None) -> str | None:
    """Return utf-16-le or utf-16-be for a text that begins as one, None where every character takes at least one byte.

    `chosen` is the encoding of levering.yaml. Raises `UnreadableError` for UTF-32, and for text that cannot be UTF-16
    although that was set.
    """
    if head.startswith(_UTF32_MARKS):
        raise UnreadableError(Problem("bestand_codering", row=1))
    marked = kinds.UTF16_MARKS.get(head[:2])
    order = marked or kinds.utf16_without_mark(head[:_LOOKED_AT])
    if (chosen == UTF_16 and order is None) or (chosen not in (None, UTF_16) and order is not None):
        raise UnreadableError(Problem("bestand_codering", row=1))
    return order


def has_utf16_mark(head: bytes) -> bool:
    """Return whether the text begins with a byte order mark of UTF-16."""
    return head[:2] in kinds.UTF16_MARKS


def from_utf16(chunks: Iterable[bytes], order: str) -> Iterator[bytes]:
    """Yield the text in UTF-8, without a byte order mark at the start.

    Raises `UnicodeDecodeError` after the last right character: the length of the text before it gives the row.
    """
    decoder = codecs.getincrementaldecoder(order)()
    start = True
    for chunk in chunks:
        try:
            text, wrong = decoder.decode(chunk), None
        except UnicodeDecodeError as error:
            text, wrong = error.object[: error.start].decode(order), error
        if start and text:
            text, start = text.removeprefix("\ufeff"), False
        if text:
            yield text.encode()
        if wrong:
            raise wrong
    decoder.decode(b"", True)


def from_windows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the text in UTF-8. Every byte must be one that Windows-1252 defines.

    Latin-1 differs in 32 bytes only and is many times as quick as Python's own decoder for this encoding. Those bytes
    are taken out before and put in afterwards, with control characters that the text does not have in their place.
    """
    for chunk in chunks:
        yield chunk if chunk.isascii() else _converted(chunk)


def _converted(chunk: bytes) -> bytes:
    codes = np.frombuffer(chunk, dtype=np.uint8)
    odd = np.unique(codes[(codes & 0xE0) == 0x80]).tolist()
    free = list(islice((byte for byte in _CONTROLS if byte not in chunk), len(odd)))
    if len(free) < len(odd):
        return chunk.decode("cp1252").encode()
    instead = [(bytes([byte]), bytes([free[at]])) for at, byte in enumerate(odd)]
    for byte, character in instead:
        chunk = chunk.replace(byte, character)
    chunk = chunk.decode("latin-1").encode()
    for byte, character in instead:
        chunk = chunk.replace(character, byte.decode("cp1252").encode())
    return chunk


def first_proof(data: bytes) -> int | None:
    """Return the place of the first sequence of UTF-8 that is surely no Windows-1252, or None."""
    codes = np.frombuffer(data, dtype=np.uint8)
    high = np.flatnonzero(codes > 0x7F)
    leads = high[:-1][np.diff(high) == 1]
    leads = leads[codes[leads] >= 0xC2]
    if not len(leads):
        return None
    codes = np.append(codes, np.zeros(TAIL, dtype=np.uint8))
    lead, second, third, fourth = (codes[leads + step] for step in range(4))
    goes_on = [(code & 0xC0) == 0x80 for code in (second, third, fourth)]
    proof = _two(lead, second, goes_on) | _three(lead, second, third, goes_on) | _four(lead, goes_on)
    return int(leads[np.argmax(proof)]) if proof.any() else None


def _two(lead: Codes, second: Codes, goes_on: list[Which]) -> Which:
    """Return where two bytes are a letter in UTF-8 that is no chance pair of Windows-1252.

    Â and Ã begin most Latin letters in UTF-8 and are rarely the end of a word; Ä and Å begin the others.
    """
    by_chance = (lead > 0xC3) & _BEHIND_A_WORD[second] | (lead > 0xC5) & _LETTERS[second]
    return (lead < 0xE0) & goes_on[0] & ~by_chance


def _three(lead: Codes, second: Codes, third: Codes, goes_on: list[Which]) -> Which:
    by_chance = _BEHIND_A_WORD[second] & _BEHIND_A_WORD[third]
    return (lead >= 0xE0) & (lead < 0xF0) & goes_on[0] & goes_on[1] & ~by_chance


def _four(lead: Codes, goes_on: list[Which]) -> Which:
    return (lead >= 0xF0) & (lead < 0xF5) & goes_on[0] & goes_on[1] & goes_on[2]


class Letters:
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
        if self._chosen == WINDOWS or self._utf8 is None:
            return WINDOWS
        return UTF_8

    def take(self, chunk: bytes, offset: int) -> Found | None:
        if chunk.isascii() and not self._waiting():
            self._tail = b""
            return None
        self.ascii = False
        if self._chosen != WINDOWS:
            self._decode(chunk, offset, final=False)
        data, begin = self._tail + chunk, offset - len(self._tail)
        mark = _misplaced_bom(data, begin)
        self._look(data, begin)
        self._tail = data[-TAIL:]
        return self._verdict() or mark

    def end(self, size: int) -> Found | None:
        if self._chosen != WINDOWS and self._waiting():
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
            place = first_proof(data)
            if place is not None:
                self._proof_at = begin + place

    def _verdict(self) -> Found | None:
        if self._chosen == WINDOWS:
            return None if self._undefined_at is None else ("bestand_codering", self._undefined_at)
        if self._utf8 is not None:
            return None
        if self._chosen == UTF_8 or self._in_neither:
            return "bestand_codering", self._not_utf8_at
        if self._proof_at is not None:
            return "codering_gemengd", max(self._not_utf8_at, self._proof_at)
        if self._undefined_at is not None:
            return "bestand_codering", max(self._not_utf8_at, self._undefined_at)
        return None


def _misplaced_bom(data: bytes, begin: int) -> Found | None:
    """Return a byte order mark in `data` that is not at the start of the text; some programs put two there."""
    if UTF8_MARK[0] not in data:  # much quicker than looking for all three bytes
        return None
    at = 0
    while begin == 0 and data.startswith(UTF8_MARK, at):
        at += len(UTF8_MARK)
    at = data.find(UTF8_MARK, at)
    return ("bom_midden", begin + at) if at >= 0 else None
