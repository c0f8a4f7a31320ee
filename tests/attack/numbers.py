"""Numbers as people and programs write them: 7.919, 54,6%, 26.758, 1e3; and words that hold digits.

What does not belong here: what a number counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_WORD = re.compile(r"[^\W_]+(?:[.,:'’][^\W_]+)*%?")
_ENDING = re.compile(r"\.(?=[a-z]+\d?\b)")
_DIGIT = re.compile(r"\d")
_DUTCH = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$|-?\d+(?:,\d+)?$")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$")


@dataclass(frozen=True)
class Token:
    """A word with digits in it, with the words around it; `values` are the numbers that it can be read as."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def percent(self) -> bool:
        """Whether it says that it is a percentage."""
        return self.text.endswith("%") or (self.after[:1] == ("%",))

    @property
    def values(self) -> tuple[float, ...]:
        """Every way to read it: 2.119 is two thousand to a Dutch reader and two to a program."""
        return values(self.text)

    def __str__(self) -> str:
        return " ".join((*self.before, f"[{self.text}]", *self.after))


def words(text: str) -> list[str]:
    """The words of a text; signs between them are no part of them, but a percent sign is."""
    return _WORD.findall(_ENDING.sub(" ", text.replace("_", " ").replace("\u200b", "").replace("\xad", "")))


def tokens(text: str, before: str = "", after: str = "") -> list[Token]:
    """Every word with a digit in it; the text runs on from `before` and to `after`."""
    if not _DIGIT.search(text):
        return []
    first, own = words(before), words(text)
    found = [*first, *own, *words(after)]
    return [
        Token(found[at], tuple(found[max(0, at - 3) : at]), tuple(found[at + 1 : at + 4]))
        for at in range(len(first), len(first) + len(own))
        if _DIGIT.search(found[at])
    ]


@lru_cache(maxsize=100_000)
def values(text: str) -> tuple[float, ...]:
    """The numbers that a text can stand for; none when it is no number."""
    bare = text.strip().removesuffix("%").strip().replace("−", "-")
    found = []
    if _DUTCH.match(bare):
        found.append(float(bare.replace(".", "").replace(",", ".")))
    if _PLAIN.match(bare):
        found.append(float(bare))
    return tuple(dict.fromkeys(found))


def shown(text: str) -> float | None:
    """The number in a table cell for readers, or nothing."""
    found = values(text)
    return found[0] if found else None


def decimals(text: str) -> int:
    """How many decimals a number for readers has."""
    bare = text.strip().removesuffix("%")
    if "," in bare:
        return len(bare.rsplit(",", 1)[1])
    if "." in bare and not _DUTCH.match(bare):
        return len(bare.rsplit(".", 1)[1])
    return 0
