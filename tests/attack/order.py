"""The numbers that the report gives itself: of chapters, tables and figures, counted in their order.

They are read from the page, and trusted only where they count up from 1 without a gap. What does not belong here: the
numbers by which the files call tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from attack.numbers import Token, words
from attack.pieces import TEXT, Piece, Reading

_TITLE = re.compile(r"(Tabel|Figuur) (\d+)\. ")
_CHAPTER = re.compile(r"(\d+) (.+)", re.DOTALL)
_LIST = re.compile(r"\btabellen (\d+(?:(?:, | en )\d+)*)")
_NAMES = {"tabel": "Tabel", "figuur": "Figuur", "hoofdstuk": "Hoofdstuk"}
_CONTENTS = "rapport.html tekst"
_SHOWN = 3


@dataclass(frozen=True)
class Order:
    """How many there are of each kind, and by its number the words that each chapter may begin with."""

    most: dict[str, int]
    chapters: dict[str, list[list[str]]]

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether a number is that of a table, a figure or a chapter."""
        if not token.text.isdigit():
            return False
        return self._named(token) or self._listed(piece, token) or self._heads(piece, token)

    def _named(self, token: Token) -> bool:
        """`tabel 4`."""
        kind = _NAMES.get(token.before[-1].casefold()) if token.before else None
        return kind is not None and 1 <= int(token.text) <= self.most[kind]

    def _listed(self, piece: Piece, token: Token) -> bool:
        """One of `de tabellen 30, 31 en 32`."""
        return any(
            token.text in listed.replace(" en ", ", ").split(", ") and int(token.text) <= self.most["Tabel"]
            for listed in _LIST.findall(piece.text)
        )

    def _heads(self, piece: Piece, token: Token) -> bool:
        """The number before the title of a chapter, at the begin of a piece."""
        told = words(piece.text)
        if told[:1] != [token.text]:
            return False
        rest = told[1 : 1 + _SHOWN]
        return bool(rest) and any(title[: len(rest)] == rest for title in self.chapters.get(token.text, ()))


def read(reading: Reading) -> Order:
    """The numbers of a page."""
    page = [one for one in reading.pieces if one.where.startswith("rapport.html") and one.kind == TEXT]
    found: dict[str, set[int]] = {"Tabel": set(), "Figuur": set()}
    for one in page:
        title = _TITLE.match(one.text)
        if title:
            found[title[1]].add(int(title[2]))
    most = {kind: _counted(numbers) for kind, numbers in found.items()}
    chapters = _chapters(page)
    return Order({**most, "Hoofdstuk": len(chapters)}, chapters)


def _counted(numbers: set[int]) -> int:
    """How many, where they count up from 1; none where they do not."""
    return len(numbers) if numbers == set(range(1, len(numbers) + 1)) else 0


def _chapters(page: Iterable[Piece]) -> dict[str, list[list[str]]]:
    """The titles by number: those of the list of contents, and the first words of each part of the page."""
    first: dict[str, Piece] = {}
    contents = []
    for one in page:
        if one.where == _CONTENTS:
            contents.append(one.text)
        else:
            first.setdefault(one.where, one)
    listed = [match for text in contents if (match := _CHAPTER.fullmatch(text))]
    most = _counted({int(match[1]) for match in listed})
    heads = [match for one in first.values() if (match := _CHAPTER.fullmatch(one.text))]
    found: dict[str, list[list[str]]] = {}
    for match in [*listed, *heads]:
        if int(match[1]) <= most:
            found.setdefault(match[1], []).append(words(match[2]))
    return found
