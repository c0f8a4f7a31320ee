"""One quick pass over the bytes of a delivery: its SHA-256, its encoding, and whether its text can be read at all.

What pyarrow would pass over in silence is found here: a NUL character, a quotation mark that never closes or stands
inside a field. What does not belong here: columns and values.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.text import quotes
from wi2007.delivery.text.locate import record_at

CHUNK: Final = 256 << 10
Encoding = Literal["utf-8", "windows-1252"]

_OTHER_FORMATS: Final = (
    b"PK\x03\x04",
    b"PAR1",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"$FL2",
)
_UNDEFINED_IN_1252: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))


@dataclass(frozen=True)
class Survey:
    """What is known of a readable file before its rows are read."""

    bytes: int
    sha256: str
    encoding: Encoding


def survey(path: Path) -> Survey:
    """Read every byte of `path` once.

    Raises `UnreadableError` for an empty file, another format, a NUL character, text that is neither UTF-8 nor
    Windows-1252, and quotation marks that do not pair. The problem carries the row number where there is one.
    """
    look = _Look()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            if look.size == 0 and chunk.startswith(_OTHER_FORMATS):
                raise UnreadableError(Problem("bestand_geen_tekst"))
            problem = look.take(chunk)
            if problem:
                raise UnreadableError(Problem(problem[0], row=record_at(path, problem[1])))
    return look.verdict(path)


class _Look:
    """The state of the pass: how far, in which encodings the bytes can be, and which quotation mark stands open."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._not_utf8_at = 0
        self._undefined_at: int | None = None
        self._quotes = quotes.Pairing()

    def take(self, chunk: bytes) -> tuple[str, int] | None:
        """Take the next bytes; answer with a rule and a place in the file when they cannot be read."""
        self._hash.update(chunk)
        nul = chunk.find(0)
        if nul >= 0:
            return "bestand_nulteken", self.size + nul
        stray = self._quotes.take(chunk, self.size)
        if stray is not None:
            return "aanhalingstekens", stray
        if not chunk.isascii() or self._utf8_is_waiting():
            self._decode(chunk, final=False)
        self.size += len(chunk)
        if self._utf8 is None and self._undefined_at is not None:
            return "bestand_codering", self._not_utf8_at
        return None

    def verdict(self, path: Path) -> Survey:
        """What the whole file is; raises `UnreadableError`."""
        if self.size == 0:
            raise UnreadableError(Problem("bestand_leeg"))
        if self._utf8_is_waiting():
            self._decode(b"", final=True)
        stray = self._quotes.end()
        if stray is not None:
            raise UnreadableError(Problem("aanhalingstekens", row=record_at(path, stray)))
        if self._utf8 is None and self._undefined_at is not None:
            raise UnreadableError(Problem("bestand_codering", row=record_at(path, self._not_utf8_at)))
        encoding: Encoding = "utf-8" if self._utf8 is not None else "windows-1252"
        return Survey(self.size, self._hash.hexdigest(), encoding)

    def _utf8_is_waiting(self) -> bool:
        """Whether a character of several bytes was cut by the end of a chunk."""
        return self._utf8 is not None and bool(self._utf8.getstate()[0])

    def _decode(self, chunk: bytes, *, final: bool) -> None:
        """Hold the bytes against UTF-8 while that is still possible, and against Windows-1252."""
        if self._undefined_at is None:
            places = [place for byte in _UNDEFINED_IN_1252 if (place := chunk.find(byte)) >= 0]
            self._undefined_at = self.size + min(places) if places else None
        if self._utf8 is None:
            return
        waiting = len(self._utf8.getstate()[0])
        try:
            self._utf8.decode(chunk, final)
        except UnicodeDecodeError as error:
            self._not_utf8_at = max(0, self.size - waiting + error.start)
            self._utf8 = None
