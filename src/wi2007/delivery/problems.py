"""Problems of a file before any value in it is judged: rule, column, row number, and words without values.

A kind of file that is not read has words too: what it is, and how to convert it (`soorten` in config/validation.yaml).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wi2007.decisions import DAMAGE, plain
from wi2007.errors import UserError
from wi2007.project import CONFIG


@dataclass(frozen=True)
class Problem:
    """One breach of a rule on the file's structure. `rule` is described in `config/validation.yaml`.

    `column` is empty when it concerns no column, `row` None when it concerns no row. `about` says in Dutch what is the
    case in this file (both readings, which label, which line of levering.yaml decides), without a value of a row.
    """

    rule: str
    column: str = ""
    row: int | None = None
    about: str = ""


class UnreadableError(Exception):
    """Reading the file stops: no row after the problem has been judged."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def kind_message(kind: str) -> str:
    """Return in Dutch what the file is and what to do; an empty text for a kind without words."""
    return read_kind_messages().get(kind, "")


@cache
def read_kind_messages(path: Path = CONFIG / "validation.yaml") -> dict[str, str]:
    """Return the words by kind of file. Raises `UserError` when they cannot be read."""
    try:
        content = plain(path)
        return {name: f"{one['wat']} {one['doen']}" for name, one in content["soorten"].items()}
    except DAMAGE as error:
        raise UserError(
            "De soorten bestanden in config/validation.yaml zijn niet te gebruiken. "
            "Zet onder soorten bij elke naam een zin bij wat en bij doen."
        ) from error
