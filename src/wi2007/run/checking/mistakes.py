"""Collect mistakes instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from wi2007.decisions import Decisions, Place
from wi2007.errors import UserError

T = TypeVar("T")

Found = Iterable[tuple[Place, str]]
"""Places in a file, each with what is wrong there and what to do."""


def _words(place: Place) -> str:
    return " > ".join(f"nummer {step + 1}" if isinstance(step, int) else f"'{step}'" for step in place)


@dataclass
class Mistakes:
    """The mistakes, each once, in the order in which they were found."""

    found: dict[str, None] = field(default_factory=dict)

    def attempt(self, work: Callable[..., T], *values: object) -> T | None:
        """Return what `work` gives; where it raises `UserError`, keep its mistake and return None."""
        try:
            return work(*values)
        except UserError as error:
            self.found[str(error)] = None
            return None

    def held(self, decisions: Decisions, found: Found) -> None:
        """Keep what is wrong in one file, with the line of each."""
        told = [decisions.at(place, f"{_words(place)}: {what}") for place, what in found]
        if told:
            self.attempt(decisions.refuse, list(dict.fromkeys(told)))
