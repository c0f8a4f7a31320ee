"""Detect the encoding of a text by its beginning, and convert the text to UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import numpy as np

from wi2007.delivery import signs
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
_CONTROLS: Final = (*range(0x01, 0x09), *range(0x0E, 0x20))


def utf16_order(head: bytes, chosen: str | None) -> str | None:
    """Return utf-16-le or utf-16-be for a text that begins as one, None where every character takes at least one byte.

    `chosen` is the encoding of levering.yaml. Raises `UnreadableError` for UTF-32, and for text that cannot be UTF-16
    although that was set.
    """
    if head.startswith(_UTF32_MARKS):
        raise UnreadableError(Problem("bestand_codering", row=1))
    marked = _UTF16_MARKS.get(head[:2])
    order = marked or signs.utf16_without_mark(head[:_LOOK])
    if (chosen == UTF_16 and order is None) or (chosen not in (None, UTF_16) and order is not None):
        raise UnreadableError(Problem("bestand_codering", row=1))
    return order


def has_utf16_mark(head: bytes) -> bool:
    """Return whether the text begins with a byte order mark of UTF-16."""
    return head[:2] in _UTF16_MARKS


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
    for byte, sign in instead:
        chunk = chunk.replace(byte, sign)
    chunk = chunk.decode("latin-1").encode()
    for byte, sign in instead:
        chunk = chunk.replace(sign, byte.decode("cp1252").encode())
    return chunk
