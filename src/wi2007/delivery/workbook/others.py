"""Check the sheets that are not read: how many of their rows may be persons, and what to report or ask about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wi2007.decisions import DAMAGE, plain
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.head import filled_cells
from wi2007.delivery.workbook.sheets import Worksheet
from wi2007.dutch import count
from wi2007.errors import UserError
from wi2007.project import CONFIG

Widths = NDArray[np.int64]
"""The number of filled cells of every row that has one."""
_MOST_TOLD: Final = 5


@dataclass(frozen=True)
class Limits:
    """A sheet with `rows` rows or more that are at least `width` times as full as those of the delivery is asked
    about.
    """

    rows: int
    width: float


@dataclass(frozen=True)
class Other:
    """A sheet that is not read, with its filled rows and how many of them are as full as a person's."""

    sheet: Worksheet
    place: int
    rows: int
    full: int

    @property
    def told(self) -> str:
        """The sheet in a sentence, with its number of rows."""
        hidden = "verborgen, " if self.sheet.hidden else ""
        return f"{self.sheet.quoted(self.place)} ({hidden}{_rows(self.rows)})"


@cache
def read_limits(path: Path = CONFIG / "validation.yaml") -> Limits:
    """Return the limits of config/validation.yaml. Raises `UserError` when they cannot be read."""
    try:
        content = plain(path)
        found = content["grenzen"]["werkbladen"]
        return Limits(int(found["rijen"]), float(found["breedte"].replace(",", ".").rstrip("% ")) / 100)
    except DAMAGE as error:
        raise UserError(
            "De grenzen voor andere werkbladen in config/validation.yaml zijn niet te gebruiken. "
            "Zet onder grenzen: werkbladen: een getal bij rijen en een percentage bij breedte."
        ) from error


def widths(rows: Iterable[Sequence[Any]]) -> Widths:
    """Return the number of filled cells of each filled row."""
    counted = (filled_cells(row) for row in rows)
    return np.fromiter((number for number in counted if number), dtype=np.int64)


def look_at(
    read: Widths, others: Sequence[tuple[Worksheet, int, Widths]], limits: Limits
) -> tuple[Other, ...]:
    """Return the sheets that are not read, with how many of their rows are as full as most of those that are."""
    least = limits.width * float(np.median(read)) if len(read) else 1.0
    return tuple(
        Other(sheet, place, len(found), int(np.count_nonzero(found >= max(least, 2.0))))
        for sheet, place, found in others
    )


def check(chosen: Worksheet, place: int, rows: int, others: Sequence[Other], limits: Limits) -> None:
    """Raise `UnreadableError` with a question where another sheet holds rows like those that are read."""
    doubtful = [other for other in others if other.full >= limits.rows]
    if not doubtful:
        return
    more = sum(other.full for other in doubtful)
    raise UnreadableError(
        Problem(
            "werkblad_onduidelijk",
            about=(
                f"De rij met namen en {_rows(rows)} staan op werkblad {chosen.quoted(place)}. Rijen die even vol zijn, "
                f"staan ook op {listed(doubtful)}. Is alleen {chosen.quoted(place)} de levering, dan zijn dat geen "
                f"personen; zijn het er wel, dan ontbreken er zo {count(more)}."
            ),
        )
    )


def question(sheets: Sequence[tuple[Worksheet, int, int]]) -> str:
    """Return the question where more than one sheet can be the delivery, each with its place and filled rows."""
    return f"Inhoud staat op {listed([Other(sheet, place, rows, 0) for sheet, place, rows in sheets])}."


def listed(others: Sequence[Other]) -> str:
    """Return a sentence on the first few sheets."""
    told = [other.told for other in others[:_MOST_TOLD]]
    if len(others) > _MOST_TOLD:
        told.append(f"nog {count(len(others) - _MOST_TOLD)}")
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} en {told[-1]}"


def _rows(number: int) -> str:
    return "1 rij" if number == 1 else f"{count(number)} rijen"
