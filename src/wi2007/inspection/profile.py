"""The profile of one field after all its rows: filled rows, different values, and what they read as."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from wi2007.inspection.contents import Content
from wi2007.mapping.normalise.field import Field as Codebook

_MOSTLY: Final = 0.9


@dataclass(frozen=True)
class Profile:
    """`rows_of` has the values looked at, with the number of their rows: it leaves memory only as codes in a
    levering.yaml inside `data/`.

    `complete` says whether these are all values.
    """

    place: int
    name: str
    rows: int
    filled: int
    distinct: int
    exact: bool
    share_once: float
    contents: dict[str, Content]
    rows_of: dict[str, int] = field(default_factory=dict, repr=False)
    complete: bool = True
    codebook: Codebook = field(default_factory=Codebook, repr=False)
    title: str = ""

    @property
    def share_filled(self) -> float:
        """The share of the rows with a value."""
        return self.filled / self.rows if self.rows else 0.0

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value and no two the same."""
        return self.filled == self.rows > 0 and self.share_once == 1.0

    @property
    def is_distinctive(self) -> bool:
        """Whether the contents have a form that a name has not: codes, dates, a number for each person."""
        return self.is_unique or any(
            content.weighed >= _MOSTLY and content.values > 1 for content in self.contents.values()
        )

    def content(self, kind: str) -> Content:
        """Return how far the field reads as a kind of column; an empty content when it does not."""
        return self.contents.get(kind) or Content(rows=self.filled)
