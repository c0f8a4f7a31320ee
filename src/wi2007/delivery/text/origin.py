"""Where the bytes of a text come from: the file itself, or an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from wi2007.delivery.archive import Packed

CHUNK: Final = 256 << 10


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
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes from the start."""
        return self.packed.chunks()


def beginning(origin: Origin, size: int) -> bytes:
    """Return the first `size` bytes, or all when there are fewer."""
    parts: list[bytes] = []
    have = 0
    for chunk in origin.chunks():
        parts.append(chunk)
        have += len(chunk)
        if have >= size:
            break
    return b"".join(parts)[:size]
