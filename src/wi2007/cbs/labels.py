"""Labels of rows and columns: without footnotes and marks, and with the labels that they stand under.

What does not belong here: what a label means (see `meaning`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wi2007.cbs.figures import Signs, split_mark, stronger

_FOOTNOTE = re.compile(r"\s*(?:(?<![(\d])\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹][)⁾]?)$")
_YEAR_MARK = re.compile(r"(?<=\d{4})(\*{1,2})(?=\s|$|\))")
_CLOSING = re.compile(r"(?:\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,2}\s|bron\s*:|©)", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A label: its words, and the mark of provisional figures behind it."""

    words: str
    mark: str = ""

    @property
    def key(self) -> str:
        """The words as they are compared."""
        return key(self.words)


def key(words: str) -> str:
    """Words without case and needless space."""
    return " ".join(words.casefold().split())


def label(text: str, signs: Signs) -> Label:
    """A text as a label: footnotes and marks behind it taken off, in any order."""
    words, mark = " ".join(text.split()), ""
    while words:
        bare, found = split_mark(words, signs)
        bare = bare if found else _without_footnote(words)
        if bare == words:
            break
        words, mark = bare, max(mark, found, key=len)
    return Label(words, mark)


def _without_footnote(words: str) -> str:
    found = _FOOTNOTE.search(words)
    if found is None or words[: found.start()].count("(") > words[: found.start()].count(")"):
        return words
    return words[: found.start()].rstrip() if found.start() else words


def marks_in(text: str, signs: Signs) -> str:
    """The mark in a title: behind a year, or behind all of it."""
    found = [one for one in _YEAR_MARK.findall(text) if one in signs.marks]
    return stronger(*found, label(text, signs).mark)


def is_closing(text: str) -> bool:
    """Whether a text is a footnote or a source."""
    return bool(_CLOSING.match(text.strip()))


def depth_of(text: str, indent: int) -> int:
    """How far a label is indented: by spaces before it, or by its format."""
    return len(text) - len(text.lstrip()) + 2 * indent


@dataclass
class Tree:
    """Labels one by one, each with its depth; `path` is the last one with those it stands under.

    Words such as `waarvan` are no label themselves: what is deeper stands under the label before them.
    """

    filler: frozenset[str]
    _open: list[tuple[tuple[int, int], Label]] = field(default_factory=list)

    def add(self, depth: tuple[int, int], found: Label) -> bool:
        """Take up a label; gives whether it is one, and no filler."""
        if found.key.rstrip(":") in self.filler:
            return False
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        self._open.append((depth, found))
        return True

    @property
    def path(self) -> tuple[Label, ...]:
        """From the top down."""
        return tuple(found for _, found in self._open)


def keys(path: Iterable[Label], filler: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """A path as it is compared: a filler at the start of a label does not count."""
    return tuple(_unfilled(one.key, filler) for one in path)


def _unfilled(words: str, filler: Sequence[str] | frozenset[str]) -> str:
    for word in sorted(filler, key=len, reverse=True):
        for start in (f"{word}: ", f"{word} "):
            if words.startswith(start):
                return words.removeprefix(start)
    return words
