"""How wide columns are and how high rows, in characters and lines, and which way a page lies.

What does not belong here: anything that a file format decides.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from wi2007.publication.workbook.model import WRAPPED, Cell

NARROW = 9
LABELS = 50
READING = 90
"""The least width of a column, the greatest of one with labels, and that of one with running text."""

PORTRAIT = 115
"""Characters that fit beside each other on A4, upright, in a size that can be read."""

TITLE = 1.45
"""The width of a character of a title."""

_PROPORTION = 1.1
"""Running text has narrow letters: so many fit in the width of one digit."""

_ROOM = 2
_BUTTON = 2


def fitting(rows: Iterable[Sequence[Cell]], least: int, most: int) -> tuple[int, ...]:
    """The widths that hold the texts of these rows, within limits."""
    columns = zip(*rows, strict=True)
    return tuple(max(least, min(most, max(_needed(cell) for cell in column))) for column in columns)


def _needed(cell: Cell) -> int:
    """A header is broken between words and has room for a button; anything else stands on one line where it can."""
    is_head = cell.look in ("head", "over")
    texts = cell.text.split() if is_head else [cell.text]
    return max((len(text) for text in texts), default=0) + _ROOM + (_BUTTON if is_head else 0)


def under(title: str, widths: Sequence[int], labels: int) -> tuple[int, ...]:
    """The widths with the last column of labels as wide as the title asks for, within its limit."""
    short = round(len(title) * TITLE) - sum(widths)
    wider = max(widths[labels - 1], min(LABELS, widths[labels - 1] + short))
    return (*widths[: labels - 1], wider, *widths[labels:])


def is_wide(widths: Sequence[int]) -> bool:
    """Whether a page has to lie on its side."""
    return sum(widths) > PORTRAIT


def broken(text: str, widths: Sequence[int]) -> list[str]:
    """A text in lines that are no longer than the columns together."""
    return textwrap.wrap(text, max(sum(widths), READING), break_long_words=False, break_on_hyphens=False)


def lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines high a row must be."""
    pairs = ((cell, width) for cell, width in zip(cells, widths, strict=False) if cell.look in WRAPPED)
    return max((_height(cell, width) for cell, width in pairs), default=1)


def _height(cell: Cell, width: int) -> int:
    letters = int(width * _PROPORTION) if cell.look == "text" else width
    return max(1, len(textwrap.wrap(cell.text, letters)))
