"""Put the file in its folder without ever touching a file that is not ours.

What does not belong here: what stands in the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from wi2007.demo.text import LINE_END, MARK
from wi2007.errors import UserError

Ours = Callable[[Path], bool]
"""Whether a file is one that we wrote."""


def free(target: Path, beside: Mapping[Path, Ours] | None = None) -> Path:
    """The target itself, when it may be written (see `is_free`). Raises `UserError` when it may not."""
    if not is_free(target, beside):
        raise UserError(
            f"In de map {target.parent.name}/ staat al een bestand dat geen demonstratielevering is; daar wordt niet "
            "overheen geschreven. Haal dat bestand weg, of kies een andere map."
        )
    return target


def is_free(target: Path, beside: Mapping[Path, Ours] | None = None) -> bool:
    """Whether `target` may be written: it is absent or a demonstration delivery, and its folder holds nothing else.

    `beside` are files that may be there too when they are ours. Hidden files (as `.gitkeep`) do not count.
    """
    known = {target: _is_demonstration, **(beside or {})}
    folder = target.parent
    others = [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
    return all(path in known and known[path](path) for path in others)


def _is_demonstration(path: Path) -> bool:
    """Whether every line after the header begins with the mark of a demonstration delivery."""
    if not path.is_file():
        return False
    content = path.read_bytes()
    end = LINE_END.encode("ascii")
    lines = content.count(end)
    return lines > 1 and content.endswith(end) and content.count(end + MARK.encode("ascii")) == lines - 1


def place(target: Path, content: bytes) -> None:
    """Write the file whole: a reader sees the earlier one or all of the new one. The same content is left alone."""
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.deel")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
