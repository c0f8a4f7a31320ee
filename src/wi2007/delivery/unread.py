"""What is said of a kind of file that is not read: what it is, and how to make one of it that is (`soorten` in
config/validation.yaml).

What does not belong here: finding out which kind it is (`kinds`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wi2007.decisions import DAMAGE, plain
from wi2007.errors import UserError
from wi2007.project import CONFIG


def told_kind(kind: str) -> str:
    """In Dutch: what the file is and what to do; nothing for a kind without words."""
    return read_words().get(kind, "")


@cache
def read_words(path: Path = CONFIG / "validation.yaml") -> dict[str, str]:
    """The words by kind of file. Raises `UserError` when they cannot be read."""
    try:
        content = plain(path)
        return {name: f"{one['wat']} {one['doen']}" for name, one in content["soorten"].items()}
    except DAMAGE as error:
        raise UserError(
            "De soorten bestanden in config/validation.yaml zijn niet te gebruiken. "
            "Zet onder soorten bij elke naam een zin bij wat en bij doen."
        ) from error
