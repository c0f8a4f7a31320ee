"""Row numbers as the researcher finds them: in the file, or in which part of the delivery.

What does not belong here: how rows get their numbers (`wi2007.delivery`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from wi2007 import dutch
from wi2007.delivery.parts import Part


@dataclass(frozen=True)
class Numbering:
    """The parts of a delivery, in order; none for a delivery of one file."""

    parts: Sequence[Part] = ()

    def place(self, row: int) -> tuple[str, int]:
        """The name of the part (empty without parts) and the number in that file."""
        if not self.parts:
            return "", row
        part = self.parts[max(0, bisect_right([one.first for one in self.parts], row) - 1)]
        return part.name, row - part.more

    def told(self, row: int) -> str:
        """A row in a sentence: rij 1.234, or rij 12 van levering-02.csv."""
        name, own = self.place(row)
        return f"rij {dutch.count(own)}" + (f" van {name}" if name else "")

    def listed(self, rows: Sequence[int]) -> str:
        """Rows in a list: 12, 15; behind the first of each part the name of the part."""
        told, last = [], ""
        for row in rows:
            name, own = self.place(row)
            told.append(str(own) if name == last else f"{own} ({name})")
            last = name
        return ", ".join(told)
