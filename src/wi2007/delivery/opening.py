"""Which kind of file a delivery is, and its source.

What does not belong here: reading any one kind.
"""

from __future__ import annotations

from pathlib import Path

from wi2007.delivery.source import Reading, Source
from wi2007.delivery.text.rows import open_text


def open_source(path: Path, reading: Reading, scratch: Path) -> Source:
    """Open a delivery. `scratch` is a folder inside `data/` for temporary files; the caller removes it.

    Raises `problems.UnreadableError`.
    """
    return open_text(path, reading)
