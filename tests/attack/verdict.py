"""What the attacker found, for people. It never needs true counts.

What does not belong here: finding it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST = 12


@dataclass(frozen=True)
class Leak:
    """Something that tells more than the rounded counts do: of what kind, where, and what."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what} ({self.where})"


@dataclass(frozen=True)
class Narrowed:
    """A small cell about which more can be derived than rounding leaves."""

    name: str
    shown: int
    allowed: tuple[int, int]
    least: int
    most: int

    def __str__(self) -> str:
        derived = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
        return f"{self.name}: shown {self.shown}, rounding leaves {self.allowed}, derived {derived}"


@dataclass
class Verdict:
    """All findings together; `cells` were attacked, of which `small` are small, with `programs` programs."""

    narrower: list[Narrowed] = field(default_factory=list)
    violated: list[str] = field(default_factory=list)
    unexplained: list[Leak] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    cells: int = 0
    small: int = 0
    relations: int = 0
    programs: int = 0
    numbers: int = 0

    @property
    def clean(self) -> bool:
        """Whether the folder tells nothing beyond the rounded counts."""
        return not (self.narrower or self.violated or self.unexplained or self.leaks)

    def __str__(self) -> str:
        lines = [
            f"{self.cells} cells, {self.small} small, {self.relations} relations, {self.programs} programs, "
            f"{self.numbers} numbers looked at"
        ]
        for name in ("narrower", "violated", "unexplained", "leaks"):
            found = getattr(self, name)
            lines.append(f"{name}: {len(found)}")
            lines += [f"  {one}" for one in found[:_MOST]]
            if len(found) > _MOST:
                lines.append(f"  … and {len(found) - _MOST} more")
        return "\n".join(lines)
