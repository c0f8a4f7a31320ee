"""What does not fit in a workbook, named by sheet and cell; never by what stands there.

What does not belong here: finding it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from wi2007.errors import UserError

_SHOWN = 10


@dataclass(frozen=True)
class Misfit:
    """What is wrong with a cell (row 0 for a whole sheet), in Dutch, and what to do."""

    sheet: str
    row: int
    column: int
    what: str

    def __str__(self) -> str:
        where = f"blad '{self.sheet}'"
        return (
            f"{where}, cel {address(self.row, self.column)}: {self.what}"
            if self.row
            else f"{where}: {self.what}"
        )


class MisfitError(Exception):
    """One cell that stops the reading of its sheet."""

    def __init__(self, misfit: Misfit) -> None:
        super().__init__("misfit")
        self.misfit = misfit


def address(row: int, column: int) -> str:
    """A cell as Excel names it; rows and columns count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def refuse(file: str, found: Iterable[Misfit]) -> NoReturn:
    """Raise `UserError` with the first misfits and the number of all."""
    told = [str(one) for one in found]
    more = [f"- en nog {len(told) - _SHOWN}"] if len(told) > _SHOWN else []
    count = "1 plaats past" if len(told) == 1 else f"{len(told)} plaatsen passen"
    lines = [f"- {one}" for one in told[:_SHOWN]] + more
    raise UserError(
        f"Het werkboek {file} van het CBS is niet te lezen: {count} niet bij de indeling.\n"
        + "\n".join(lines)
        + "\nVerbeter het werkboek, of zet in een cbs.yaml ernaast hoe het is ingedeeld (docs/cbs.md)."
    )
