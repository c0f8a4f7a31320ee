"""Parts as one ZIP file, the same each time: in the order given, without the time and the system it was made on.

What does not belong here: what the parts are.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP file can hold."""

_UNIX = 3
_READABLE = 0o644 << 16
_LEVEL = 6


def packed(parts: Iterable[tuple[str, bytes]], stored: str = "") -> bytes:
    """The file; the part named `stored` is not compressed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            file.writestr(entry, content, compresslevel=_LEVEL)
    return buffer.getvalue()


def parts(content: bytes) -> list[tuple[str, bytes]]:
    """The parts of a ZIP file, in their order."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        return [(name, file.read(name)) for name in file.namelist()]
