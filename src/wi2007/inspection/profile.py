"""What is known of one field after all its rows: filled, different values, and what they read as.

What does not belong here: reading rows (`look`), which column it is (`score`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from wi2007.inspection.contents import Content

_SHAPE: Final = ((re.compile(r"[0-9]"), "9"), (re.compile(r"[^\W\d_]"), "a"))
_MOSTLY: Final = 0.9
_HALF: Final = 0.5


@dataclass(frozen=True)
class Profile:
    """`rows_of` has the values that were looked at with the number of their rows: it never leaves memory but as codes
    in a levering.yaml inside `data/`. `complete` says whether these are all values.
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
    labels: dict[str, str] = field(default_factory=dict, repr=False)
    name_reads: bool = False

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

    @property
    def name_is_content(self) -> bool:
        """Whether the name may be a value: it reads as one, is one, or is shaped as most are."""
        name = self.name.strip()
        if not name:
            return False
        if self.name_reads or (name in self.rows_of and self.rows_of[name] > self.rows // 1000 + 1):
            return True
        if not re.search(r"[0-9]{3}", name) or not self.rows_of:
            return False
        shape = shape_of(name)
        alike = sum(rows for text, rows in self.rows_of.items() if shape_of(text) == shape)
        return alike >= _HALF * sum(self.rows_of.values())

    def content(self, kind: str) -> Content:
        """How far the field reads as a kind of column; nothing read when it does not."""
        return self.contents.get(kind) or Content(rows=self.filled)


def shape_of(text: str) -> str:
    """Letters and digits without which."""
    for pattern, sign in _SHAPE:
        text = pattern.sub(sign, text)
    return text
