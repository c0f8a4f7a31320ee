"""Bytes as UTF-8: which encoding they begin in, and the same text in UTF-8.

What does not belong here: whether all bytes fit their encoding (`survey`), and whether two are mixed (`mixed`).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
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
_UTF16_MARKS: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LOOK: Final = 4096
_SPARSE: Final = 500
_FROM_WINDOWS: Final = [bytes([byte]).decode("cp1252", "replace").encode() for byte in range(256)]


def utf16_order(head: bytes, chosen: str | None) -> str | None:
    """utf-16-le or utf-16-be where a text begins as one, None where every sign of it is at least one byte.

    `chosen` is the encoding that was set by hand. Raises `UnreadableError` for UTF-32, and for text that cannot be
    UTF-16 although that was set.
    """
    if head.startswith(_UTF32_MARKS):
        raise UnreadableError(Problem("bestand_codering", row=1))
    marked = _UTF16_MARKS.get(head[:2])
    order = marked or kinds.utf16_without_mark(head[:_LOOK])
    if (chosen == UTF_16 and order is None) or (chosen not in (None, UTF_16) and order is not None):
        raise UnreadableError(Problem("bestand_codering", row=1))
    return order


def has_utf16_mark(head: bytes) -> bool:
    """Whether the text begins with a byte order mark of UTF-16."""
    return head[:2] in _UTF16_MARKS


def from_utf16(chunks: Iterable[bytes], order: str) -> Iterator[bytes]:
    """The text in UTF-8, without a byte order mark at the start.

    Raises `UnicodeDecodeError` behind the last character that is right: how much there was tells the row.
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
    """The text in UTF-8. Every byte must be one that Windows-1252 defines.

    Latin-1 differs in 32 bytes only and is the quickest; Python's own decoder for this encoding is the slowest.
    """
    for chunk in chunks:
        codes = np.frombuffer(chunk, dtype=np.uint8)
        if chunk.isascii():
            yield chunk
        elif not ((codes & 0xE0) == 0x80).any():
            yield chunk.decode("latin-1").encode()
        else:
            yield _converted(chunk, np.flatnonzero(codes > 0x7F))


def _converted(chunk: bytes, places: NDArray[np.int64]) -> bytes:
    """`chunk` with the bytes at `places` in UTF-8; the rest is ASCII."""
    if len(places) > len(chunk) // _SPARSE:
        return chunk.decode("cp1252").encode()
    parts, begin = [], 0
    for place in places.tolist():
        parts += [chunk[begin:place], _FROM_WINDOWS[chunk[place]]]
        begin = place + 1
    return b"".join([*parts, chunk[begin:]])
