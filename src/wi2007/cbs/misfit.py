"""Name what does not fit in a workbook by sheet and cell; with its text where that is a head, a label or a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from wi2007.errors import UserError

_SHOWN = 200
_CELLS = 4

Wanted = Literal["label", "kop", "eenheid", "pad", "jaar", "blad", "uitgave"]
"""The part of cbs.yaml that a question is about."""


@dataclass(frozen=True)
class Ask:
    """A question that cbs.yaml can answer: about which part, which text, and what is known of it.

    `traits` are the characteristics that it may belong to; `path` are the labels that it stands among. `axis` is that
    of a label that lacks a head: rijen or kolommen.
    """

    about: Wanted
    text: str = ""
    traits: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    axis: str = ""


@dataclass(frozen=True)
class Misfit:
    """What is wrong with a cell (row 0 for a whole sheet), in Dutch, and what to do.

    `text` stands in the cell; it is only ever that of a head, a label, a unit or a sign.
    """

    sheet: str
    row: int
    column: int
    what: str
    text: str = ""
    ask: Ask | None = None


class MisfitError(Exception):
    """Cells that stop the reading of a figure or a sheet."""

    def __init__(self, *misfits: Misfit) -> None:
        super().__init__("misfit")
        self.misfits = misfits


def address(row: int, column: int) -> str:
    """Return a cell as Excel names it; rows and columns count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def told(found: Iterable[Misfit], quoted: bool) -> list[str]:
    """Return a line for each thing that does not fit, with the first cells and the number of all."""
    places: dict[tuple[str, str, str], dict[tuple[int, int], None]] = {}
    for one in found:
        at = (one.sheet, one.what, one.text if quoted else "")
        places.setdefault(at, {})[one.row, one.column] = None
    return [_line(*about, list(cells)) for about, cells in places.items()]


def _line(sheet: str, what: str, text: str, cells: Sequence[tuple[int, int]]) -> str:
    words = f" ('{text}')" if text else ""
    if not cells[0][0]:
        return f"blad '{sheet}'{words}: {what}"
    named = ", ".join(address(*cell) for cell in cells[:_CELLS])
    more = f" en nog {len(cells) - _CELLS}" if len(cells) > _CELLS else ""
    return f"blad '{sheet}', {'cel' if len(cells) == 1 else 'cellen'} {named}{more}{words}: {what}"


def refuse(file: str, found: Sequence[Misfit], quoted: bool, proposal: str) -> NoReturn:
    """Raise `UserError` with everything that does not fit, and the lines of cbs.yaml that would name it."""
    lines = told(found, quoted)
    shown = [f"- {line}" for line in lines[:_SHOWN]]
    more = [f"- en nog {len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
    places = len({(one.sheet, one.row, one.column) for one in found})
    count = "1 plaats past" if places == 1 else f"{places} plaatsen passen"
    raise UserError(
        "\n".join(
            [
                f"Het werkboek {file} van het CBS is niet te lezen: {count} niet bij de indeling.",
                *shown,
                *more,
                "Verbeter het werkboek, of zet in een cbs.yaml ernaast hoe het is ingedeeld (docs/cbs.md).",
                *([f"Een voorstel voor cbs.yaml:\n{proposal}"] if proposal else []),
            ]
        )
    )
