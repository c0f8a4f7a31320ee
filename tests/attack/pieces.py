"""What reading gives, whatever the kind of file: pieces of text, tables, drawings, and rows of tidy files.

What does not belong here: what the numbers in them mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TEXT = "text"
HIDDEN = "hidden"
STRUCTURE = "structure"
"""Text for readers; text that only a script or a curious person sees; and attributes that hold a file together."""


@dataclass(frozen=True)
class Piece:
    """A text with the place where it was found; `context` is what stands around it and tells what it is about.

    `before` and `after` are the words that run on from and to it, where a line was broken.
    """

    where: str
    text: str
    kind: str = TEXT
    context: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class GridCell:
    """A cell of a table: what is shown, under which heads, and everything else the file holds about it."""

    heads: tuple[str, ...]
    text: str
    extra: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """A row; `group` is the heading above it."""

    label: str
    cells: tuple[GridCell, ...]
    group: str = ""
    where: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of any kind of file. `corner` is the head above the row labels, `about` all that is said of the table.

    A table that a script shows after a choice has `choice`: the code and the name of what is chosen.
    """

    where: str
    about: str
    corner: str
    rows: tuple[GridRow, ...]
    choice: tuple[str, str] | None = None


@dataclass(frozen=True)
class TidyRow:
    """A row of a file with the columns of the contract; numbers as they stand in the file."""

    where: str
    values: tuple[tuple[str, str], ...]

    def __getitem__(self, column: str) -> str:
        return dict(self.values).get(column, "")


@dataclass(frozen=True)
class Bar:
    """A rectangle of a drawing; its outline adds `edge` to each side."""

    left: float
    top: float
    right: float
    bottom: float
    edge: float = 0.0

    @property
    def length(self) -> float:
        """From end to end, with the outline."""
        return self.right - self.left + 2 * self.edge


@dataclass(frozen=True)
class Label:
    """A text of a drawing at its place."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """A picture: bars and texts with coordinates as numbers, and all coordinates as they are written."""

    where: str
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    written: tuple[str, ...]


@dataclass
class Reading:
    """Everything found."""

    pieces: list[Piece] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    tidy: list[TidyRow] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    """Pages of running lines (PDF): where, and the lines."""

    def add(self, other: Reading) -> None:
        """Take over what another reading found."""
        for name in ("pieces", "grids", "tidy", "drawings", "lines"):
            getattr(self, name).extend(getattr(other, name))
