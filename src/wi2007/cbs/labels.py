"""Read labels of rows and columns: without footnotes and marks, and with the labels that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from wi2007.cbs.figures import Signs, split_mark, stronger

_FOOTNOTE = re.compile(r"\s*(?:(?<![(\d])\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹][)⁾]?)$")
_YEAR_MARK = re.compile(r"(?<=\d{4})(\*{1,2})(?=\s|$|\))")
_CLOSING = re.compile(r"(?:\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,2}\s|bron\s*:|©)", re.IGNORECASE)


MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
Place = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True)
class Label:
    """A label: its words, the mark of provisional figures behind it, and the cell where it stands.

    A `loose` one may hold for those behind it in a path, or be a row of its own above them; `figured` when it has
    figures of its own.
    """

    words: str
    mark: str = ""
    place: Place = (0, 0)
    loose: bool = False
    figured: bool = False

    @property
    def key(self) -> str:
        """The words as they are compared."""
        return key(self.words)


def key(words: str) -> str:
    """Return words without case and superfluous space."""
    return " ".join(words.casefold().split())


def label(text: str, signs: Signs) -> Label:
    """Return a text as a label: footnotes and marks behind it removed, in any order."""
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
    """Return the mark in a title: behind a year, or behind all of it."""
    found = [one for one in _YEAR_MARK.findall(text) if one in signs.marks]
    return stronger(*found, label(text, signs).mark)


def is_closing(text: str) -> bool:
    """Return whether a text is a footnote or a source."""
    return bool(_CLOSING.match(text.strip()))


def depth_of(text: str, indent: int) -> int:
    """Return how far a label is indented: by spaces before it, or by its format."""
    return len(text) - len(text.lstrip()) + 2 * indent


@dataclass
class Tree:
    """Labels of rows one by one, each with its depth; `path` is the last one with those it stands under.

    A label without figures stands above those that follow at its own depth too, until the next. Words such as
    `waarvan` are no label themselves: what follows them, stands under the label before them.
    """

    filler: frozenset[str]
    _open: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    _parted: bool = False

    def add(self, depth: tuple[int, int], found: Label) -> bool:
        """Add a label; return whether it is one, and no filler."""
        if found.key.rstrip(":") in self.filler:
            self._parted = True
            return False
        parted, self._parted = self._parted, False
        deeper = bool(self._open) and self._open[-1][0] > depth
        while self._open and self._open[-1][0] > depth:
            self._open.pop()
        level = [one for at, one in self._open if at == depth]
        if level:
            kept = self._kept(level, found, parted, deeper)
            self._open = [one for one in self._open if one[0] != depth]
            self._open += [(depth, replace(one, loose=True)) for one in kept]
        self._open.append((depth, found))
        return True

    def _kept(self, level: list[Label], found: Label, parted: bool, deeper: bool) -> list[Label]:
        """Return the labels at the depth of the next that stay above it."""
        *above, last = level
        if not last.figured:
            return [] if deeper else level
        is_part, was_part = (starts_with(one.key, self.filler) for one in (found, last))
        if parted or (is_part and not was_part):
            return level
        if is_part:
            return above
        if not found.figured:
            return []
        return above[:-1] if was_part and above and above[-1].figured else above

    @property
    def path(self) -> tuple[Label, ...]:
        """The latest label with those it stands under, from the top down."""
        return tuple(found for _, found in self._open)


def joined(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the label that a text over several rows may be; words may be broken by a hyphen."""
    whole = " ".join(parts)
    bare = whole.replace("- ", "")
    return (whole,) if bare == whole else (whole, bare)


def days_in(text: str) -> set[date]:
    """Return every day that a text names in words."""
    found = set()
    for day, month, year in _DAY.findall(text):
        try:
            found.add(date(int(year), MONTHS.index(month.lower()) + 1, int(day)))
        except ValueError:
            continue
    return found


def day_of(text: str) -> date | None:
    """Return the day that a text consists of; None for any other text."""
    return next(iter(days_in(text)), None) if _DAY.fullmatch(text.strip()) else None


def keys(path: Iterable[Label], filler: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Return a path as it is compared: a filler at the start of a label does not count."""
    return tuple(_unfilled(one.key, filler) for one in path)


def starts_with(words: str, filler: Iterable[str]) -> bool:
    """Return whether the first word of a label makes it a part of the one before it."""
    return any(words.startswith((f"{word}: ", f"{word} ")) for word in filler)


def _unfilled(words: str, filler: Sequence[str] | frozenset[str]) -> str:
    for word in sorted(filler, key=len, reverse=True):
        for start in (f"{word}: ", f"{word} "):
            if words.startswith(start):
                return words.removeprefix(start)
    return words
