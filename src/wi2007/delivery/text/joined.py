"""Count the lines that quotation marks join to one row, and ask where some of them may be rows of their own.

A stretch between two marks is one field, or the rows of persons: the marks do not tell. The lines do: one of a remark
has few separators, one of a person has as many as the header. So lines are counted without regard to the marks, and a
row of the file that holds more than one such line is a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wi2007.delivery.problems import Problem
from wi2007.delivery.text.locate import record_around, record_at
from wi2007.dutch import count

RULE: Final = "aanhalingstekens_rijen"
_FEED, _RETURN = 0x0A, 0x0D
_FEW: Final = 3
"""Up to this many fields, a remark with one separator could pass for a row that lacks one."""

Places = NDArray[np.int64]


def least_separators(width: int) -> int:
    """Return the least number of separators of a line that may be a row of `width` fields: one may have been lost. 0
    for no width.
    """
    return width - 1 if width <= _FEW else width - 2


@dataclass(frozen=True)
class Lines:
    """The lines of a chunk.

    `was_open` says that it begins inside a field, `feeds_only` that every line in it ends with a line feed,
    `all_closed` that every line end stands right behind a mark that closes a field.
    """

    was_open: bool
    feeds_only: bool
    all_closed: bool


class Joined:
    """Reads a text chunk by chunk. `inside` counts the line ends between quotation marks, a CRLF as one.

    `lost` are the lines that may be rows, but for the one that each row of the file is; `at` is the last place but
    one of the first row that holds more than one. With `least` 0 separators nothing is asked.
    """

    def __init__(self, delimiter: str, least: int) -> None:
        self.inside = self.lost = 0
        self.at: int | None = None
        self._delimiter = ord(delimiter)
        self._least = least
        self._separators = 0
        self._likely = 0
        self._after_return = False

    def take(self, chunk: bytes, offset: int, marks: Places | None, lines: Lines) -> None:
        """Take the next bytes and the places of the marks in it."""
        nothing_inside = lines.all_closed if marks is not None else not lines.was_open
        if nothing_inside and not self._likely:
            return self._pass_over(chunk)
        data = np.frombuffer(chunk, dtype=np.uint8)
        ends = np.flatnonzero(data == _FEED if lines.feeds_only else (data == _FEED) | (data == _RETURN))
        before = np.searchsorted(marks, ends) if marks is not None else np.zeros(len(ends), np.int64)
        inside = (before + lines.was_open) % 2 == 1
        if lines.feeds_only:
            self.inside += int(np.count_nonzero(inside))
        else:
            self._count(data, ends[inside])
        self._after_return = chunk[-1] == _RETURN
        if self._likely or inside.any():
            return self._look(data, offset, ends, inside)
        return self._pass_over(chunk)

    def end(self, size: int) -> int | None:
        """Return the place in the first row that is a question once the text is over, or None."""
        self._close(np.array([self._likely + (self._separators >= self._least)]), np.array([size]))
        return self.at if self._least else None

    def _pass_over(self, chunk: bytes) -> None:
        """Count the separators of the line that goes on in the next chunk; no lines are joined in this one."""
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        here = chunk.count(self._delimiter, last + 1)
        self._separators = here if last >= 0 else self._separators + here

    def _count(self, data: NDArray[np.uint8], ends: Places) -> None:
        if not len(ends):
            return
        behind = data[ends - 1] == _RETURN
        if ends[0] == 0:
            behind[0] = self._after_return
        self.inside += len(ends) - int(np.count_nonzero(behind & (data[ends] == _FEED)))

    def _look(self, data: NDArray[np.uint8], offset: int, ends: Places, inside: NDArray[np.bool_]) -> None:
        """Count in each row of the file the lines that may be rows."""
        starts = np.concatenate(([0], ends + 1))
        is_separator = (data == self._delimiter).view(np.uint8)
        separators = np.add.reduceat(is_separator, starts[starts < len(data)], dtype=np.int32)
        separators[0] += self._separators
        self._separators = int(separators[-1]) if len(separators) > len(ends) else 0
        outside = (~inside).astype(np.int64)
        rows, likely = np.cumsum(outside) - outside, separators[: len(ends)] >= self._least
        in_row = np.bincount(rows, weights=likely, minlength=1).astype(np.int64)
        in_row[0] += self._likely
        ended = int(outside.sum())
        self._likely = int(in_row[ended:].sum())
        self._close(in_row[:ended], offset + ends[~inside])

    def _close(self, likely: NDArray[np.int64], ends: Places) -> None:
        many = np.flatnonzero(likely > 1)
        self.lost += int((likely[many] - 1).sum())
        if len(many) and self.at is None:
            self.at = int(ends[many[0]]) - 1


def question(path: Path, joined: Joined, mark: str) -> Problem:
    """Return the problem for the text at `path`: both readings, where they differ, and the setting that decides."""
    place = joined.at or 0
    row = record_at(path, place, mark=mark)
    begin, end = record_around(path, place, mark=mark)
    first, last = (record_at(path, at, mark="") for at in (begin, end))
    many = joined.lost > 1
    return Problem(
        RULE,
        row=row,
        about=(
            f"Regel {count(first)} tot en met {count(last)} van het bestand: in de eerste begint een veld met {mark}, "
            f"en het volgende teken dat een veld sluit staat pas in de laatste. Zijn het aanhalingstekens, dan zijn al "
            f"die regels samen één rij; zo {'verdwijnen' if many else 'verdwijnt'} er in het hele bestand "
            f"{count(joined.lost)} {'regels die zelf een rij kunnen' if many else 'regel die zelf een rij kan'} zijn. "
            "Zijn het gewone tekens, dan is elke regel een eigen rij. Zet in levering.yaml onder lezen "
            "aanhalingstekens: ja (één rij) of aanhalingstekens: nee (eigen rijen)."
        ),
    )
