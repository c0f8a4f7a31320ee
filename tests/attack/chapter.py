"""A chapter with tables of its own: what belongs to it, wherever it is told.

Its tables are no tables of `tables.yaml`, so they are taken apart and read by who knows what they are about. What does
not belong here: what a number of a chapter may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from attack.facts import squeezed
from attack.numbers import Token
from attack.pieces import STRUCTURE, TEXT, Grid, GridRow, Piece, Reading

PAPERS = ("rapport.pdf", "bijlagen.pdf")
_SHORTEST = 12
"""A text of fewer letters may stand anywhere."""
_LABEL = 40
"""Labels and figures of a drawing are shorter than this."""


@dataclass(frozen=True)
class Chapter:
    """`zone` are the places in it, its tables, its charts and its files."""

    zone: re.Pattern[str]

    def has(self, where: str) -> bool:
        """Whether a place is in it."""
        return bool(self.zone.search(where))

    def split(self, reading: Reading) -> tuple[Reading, Reading]:
        """The reading without the tables of the chapter, and those alone."""
        own = [grid for grid in reading.grids if self.has(grid.where) or self.has(_first(grid))]
        rest = [grid for grid in reading.grids if grid not in own]
        return Reading(**{**vars(reading), "grids": rest}), Reading(grids=own)

    def texts(self, reading: Reading, apart: Reading) -> list[str]:
        """Everything that the page says in the chapter."""
        found = [*(one for one in reading.pieces if self.has(one.where)), *pieces(apart)]
        return [one.text for one in found if one.where.startswith("rapport.html")]


class Words:
    """The words of a chapter, to find them again in the PDF and in attachments."""

    def __init__(self, chapter: Chapter, texts: list[str]) -> None:
        self._chapter = chapter
        self._told = squeezed(" ".join(texts))
        self._drawn = {squeezed(one) for text in texts if len(text) < _LABEL for one in text.split()}

    def have(self, piece: Piece, token: Token) -> bool:
        """Whether a piece belongs to the chapter."""
        if self._chapter.has(piece.where) or (piece.kind != STRUCTURE and self._chapter.has(piece.context)):
            return True
        told = squeezed(piece.text)
        if piece.where.startswith(PAPERS):
            if {squeezed(one) for one in piece.text.split()} <= self._drawn:
                return True  # a line of a drawing
            around = ((*token.before, token.text), (token.text, *token.after))
            if any(len(words) > 2 and squeezed(" ".join(words)) in self._told for words in around):
                return True
        return len(told) >= _SHORTEST and told in self._told


@dataclass
class Derived:
    """Every number that follows from the tables of a chapter, without being a cell of one."""

    counts: set[float] = field(default_factory=set)
    percents: set[float] = field(default_factory=set)


class Explainer:
    """Whether a number of a chapter, or of the summary, follows from its tables."""

    def __init__(self, derived: Derived, words: Words) -> None:
        self._percents, self._numbers = derived.percents, derived.counts | derived.percents
        self._words = words

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether this is a number of the chapter, and explained."""
        if not self._words.have(piece, token):
            return False
        percents = self._percents
        return any(
            abs(value - number) <= (0.5001 if number in percents else 0)
            for value in token.values
            for number in (percents if token.percent else self._numbers)
        )


def pieces(apart: Reading) -> Iterator[Piece]:
    """Every label and figure of the tables of a chapter, with all that is told of it."""
    for grid in apart.grids:
        place = f"({grid.where})"
        for row in grid.rows:
            about = f"{grid.about} {row.group} {row.label}"
            yield Piece(f"{row.where} {place}", row.label, TEXT, grid.about)
            for cell in row.cells:
                yield Piece(f"{row.where} {place}", cell.text, TEXT, f"{about} {' '.join(cell.heads)}")
                yield from (replace(one, context=f"{about} {one.context}") for one in cell.extra)


def values(grid: Grid, row: GridRow) -> dict[str, str]:
    """A row of a file by the names of its columns."""
    return {grid.corner: row.label, **{cell.heads[-1]: cell.text for cell in row.cells}}


def _first(grid: Grid) -> str:
    return grid.rows[0].where if grid.rows else ""
