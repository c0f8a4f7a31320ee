"""Lay out the report: as text for a screen, or as Markdown for a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LABEL, NUMBER = "label", "getal"
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~&])")
_GAP: Final = "   "


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is that of the whole."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Sentence:
    """One or more sentences that belong together."""

    text: str


@dataclass(frozen=True)
class Column:
    """The head of a column; numbers stand to the right."""

    head: str
    kind: str = NUMBER


@dataclass(frozen=True)
class Grid:
    """A table of texts."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Beside:
    """Sentences of two reports beside each other: where each stands, and what it says in the one and in the other.

    `heads` are the names of those three. Too wide for columns on a screen: there they stand below each other.
    """

    heads: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]

    @property
    def grid(self) -> Grid:
        """The same in columns."""
        return Grid(tuple(Column(head, LABEL) for head in self.heads), self.rows)


Block = Heading | Sentence | Grid | Beside


def text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text for a screen: columns are as wide as their content."""
    return "\n\n".join(_text(block) for block in blocks) + "\n"


def _text(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{block.text}\n{('=' if block.level == 1 else '-') * len(block.text)}"
    if isinstance(block, Sentence):
        return block.text
    if isinstance(block, Beside):
        return "\n\n".join(_below(block.heads, row) for row in block.rows)
    lines = [tuple(column.head for column in block.columns), *block.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(block.columns))]
    return "\n".join(_line(line, block.columns, widths) for line in lines)


def _below(heads: tuple[str, str, str], row: tuple[str, str, str]) -> str:
    width = max(map(len, heads[1:]))
    return "\n".join(
        [row[0], *(f"  {head.ljust(width)}  {words}" for head, words in zip(heads[1:], row[1:], strict=True))]
    )


def _line(line: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if column.kind == NUMBER else cell.ljust(width)
        for cell, column, width in zip(line, columns, widths, strict=True)
    )
    return _GAP.join(cells).rstrip()


def markdown(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown with tables, as GitHub and GitLab show them; characters with a meaning are
    escaped.
    """
    return "\n\n".join("\n".join(_markdown(block)) for block in blocks) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_escaped(block.text)}"
    elif isinstance(block, Sentence):
        yield _escaped(block.text)
    else:
        grid = block.grid if isinstance(block, Beside) else block
        yield _row([_escaped(column.head) for column in grid.columns])
        yield _row(["---:" if column.kind == NUMBER else ":---" for column in grid.columns])
        for row in grid.rows:
            yield _row([_escaped(cell) for cell in row])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
