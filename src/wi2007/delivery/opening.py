"""Which kind of file a delivery is, and its source.

What does not belong here: reading any one kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wi2007.delivery import kinds
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Reading, Source

_TEXT_FORMS: Final = (kinds.TEXT, kinds.GZIP, kinds.ZIP)
_OF_TEXT: Final = ("encoding", "delimiter", "quoted", "member", "extra")
_NOT_OF: Final = {
    kinds.XLSX: _OF_TEXT,
    kinds.SAV: (*_OF_TEXT, "header_row", "sheet"),
    kinds.PARQUET: (*_OF_TEXT, "header_row", "sheet"),
}
"""Settings that say nothing about a kind of file: who made them meant another file."""

_REFUSED: Final = {
    kinds.ENCRYPTED: "bestand_versleuteld",
    kinds.MARKUP: "bestand_soort",
    kinds.OTHER: "bestand_soort",
}


def open_source(path: Path, reading: Reading, scratch: Path) -> Source:
    """Open a delivery. `scratch` is a folder inside `data/` for temporary files; the caller removes it.

    Raises `problems.UnreadableError`.
    """
    kind = _kind(path, reading)
    if any(getattr(reading, setting) is not None for setting in _NOT_OF.get(kind, ("sheet",))):
        raise UnreadableError(Problem("instelling_past_niet"))
    # One kind of file needs no library of another.
    if kind == kinds.XLSX:
        from wi2007.delivery.workbook import open_workbook  # noqa: PLC0415

        return open_workbook(path, reading, scratch)
    if kind == kinds.SAV:
        from wi2007.delivery.spss import open_spss  # noqa: PLC0415

        return open_spss(path, reading, scratch)
    if kind == kinds.PARQUET:
        from wi2007.delivery.parquet import open_parquet  # noqa: PLC0415

        return open_parquet(path, reading, scratch)
    from wi2007.delivery.text.opening import open_text  # noqa: PLC0415

    return open_text(path, kind, reading, scratch)


def _kind(path: Path, reading: Reading) -> str:
    """What the file is by its content, which must be what was set by hand."""
    kind = kinds.kind_of(path)
    if kind == kinds.MARKUP and reading.kind == kinds.TEXT:
        return kinds.TEXT
    if kind in _REFUSED:
        raise UnreadableError(Problem(_REFUSED[kind]))
    if reading.kind not in (None, kinds.TEXT if kind in _TEXT_FORMS else kind):
        raise UnreadableError(Problem("soort_anders"))
    return kind
