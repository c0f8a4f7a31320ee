"""Open a delivery of any kind as a source."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wi2007.delivery import kinds
from wi2007.delivery.parts import open_parts
from wi2007.delivery.problems import Problem, UnreadableError, kind_message
from wi2007.delivery.source import Reading, Source
from wi2007.project import parts_of

_OF_TEXT: Final = ("encoding", "delimiter", "quoted", "member", "extra")
_OF_ROWS: Final = ("header_row", "sheet")


def open_source(path: Path, reading: Reading, scratch: Path) -> Source:
    """Open a delivery, of one file or in parts. `scratch` is a folder inside `data/` for temporary files; the caller
    removes it.

    Raises `problems.UnreadableError` when the file cannot be read as a table.
    """
    parts = parts_of(path)
    if len(parts) == 1:
        return _open_file(parts[0], reading, scratch)
    places = {part: scratch / f"deel-{number}" for number, part in enumerate(parts)}
    return open_parts(parts, lambda part: _open_file(part, reading, places[part]))


def _open_file(path: Path, reading: Reading, scratch: Path) -> Source:
    kind = _kind(path, reading)
    if any(getattr(reading, setting) is not None for setting in _not_of(kind)):
        raise UnreadableError(Problem("instelling_past_niet"))
    # Imported here: one kind of file does not need the library of another.
    if kind in kinds.BOOKS:
        from wi2007.delivery.workbook.opening import open_workbook  # noqa: PLC0415

        return open_workbook(path, reading, scratch, kind)
    if kind in kinds.CASES:
        from wi2007.delivery.cases import open_cases  # noqa: PLC0415

        return open_cases(path, kind, reading)
    if kind in kinds.ARROWS:
        from wi2007.delivery.arrow import open_arrow, open_parquet  # noqa: PLC0415

        return open_parquet(path, reading) if kind == kinds.PARQUET else open_arrow(path, reading)
    from wi2007.delivery.text.opening import open_text  # noqa: PLC0415

    return open_text(path, kind, reading, scratch)


def _not_of(kind: str) -> tuple[str, ...]:
    """Return settings that mean nothing for a kind of file: their author meant another file."""
    if kind in kinds.TEXTS:
        return ("sheet",)
    return _OF_TEXT if kind in kinds.BOOKS else (*_OF_TEXT, *_OF_ROWS)


def _kind(path: Path, reading: Reading) -> str:
    """Return the kind of the file by its content, which must agree with the setting."""
    kind = kinds.kind_of(path)
    if kind in kinds.LIKE_TEXT and reading.kind == kinds.TEXT:
        return kinds.TEXT
    if kind == kinds.ENCRYPTED:
        raise UnreadableError(Problem("bestand_versleuteld"))
    if kind not in kinds.READ:
        raise UnreadableError(Problem("bestand_soort", about=kind_message(kind)))
    if reading.kind not in (None, kinds.TEXT if kind in kinds.TEXTS else kind):
        raise UnreadableError(Problem("soort_anders"))
    return kind
