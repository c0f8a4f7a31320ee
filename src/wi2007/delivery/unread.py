"""Word a kind of file that is not read, and how to convert it (`soorten` in config/validation.yaml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wi2007.decisions import DAMAGE, plain
from wi2007.errors import UserError
from wi2007.project import CONFIG


def told_kind(kind: str) -> str:
    """Return in Dutch what the file is and what to do; an empty text for a kind without words."""
    return read_words().get(kind, "")


@cache
def read_words(path: Path = CONFIG / "validation.yaml") -> dict[str, str]:
    """Return the words by kind of file. Raises `UserError` when they cannot be read."""
    try:
        content = plain(path)
        return {name: f"{one['wat']} {one['doen']}" for name, one in content["soorten"].items()}
    except DAMAGE as error:
        raise UserError(
            "De soorten bestanden in config/validation.yaml zijn niet te gebruiken. "
            "Zet onder soorten bij elke naam een zin bij wat en bij doen."
        ) from error
