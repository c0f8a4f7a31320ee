"""Decide whether the names of the fields are names or a person's row, and which names a message may quote.

A file without a row of names has the first person there. Then the names look like the values below them: the same
values, the same kind of code, a date above dates. This holds for every kind of file: a table without names that went
through another program has such names too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np

from schemas.columns import BIRTH
from schemas.values import judge
from wi2007.dates import possible_days
from wi2007.delivery.names import ENOUGH, OURS, key, known_names
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Block, Source
from wi2007.mapping.normalise.listed import listed
from wi2007.mapping.normalise.reading import Column

NO_NAME: Final = "(zonder naam)"
_LIKE_A_NAME: Final = re.compile(r"(?!.*\d{3})[^\W\d_][\w ()./%&-]{0,59}")
_LISTED: Final = (
    "geslacht",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    "nationaliteit_1",
    "gemeentecode",
    "statuscode",
    "doelgroep",
)
_SHAPE: Final = ((re.compile(r"[0-9]"), "9"), (re.compile(r"[^\W\d_]"), "a"))
_AT_ONCE: Final = 400
_MOST_VALUES: Final = 500
_HALF: Final = 0.5


class Heading:
    """The names of a source. The rows below them are read once, and only where they matter."""

    def __init__(self, source: Source, peildatum: date = date.max) -> None:
        self.source, self._peildatum = source, peildatum

    @cached_property
    def are_names(self) -> bool:
        """Whether messages may quote the names: the file has them where names belong, and they are no person's row."""
        return self.source.names_are_names and not self.is_row

    @cached_property
    def is_row(self) -> bool:
        """Whether a person's row stands in place of the names."""
        return known_names(self.source.names) < ENOUGH and any(
            map(self._is_content, *zip(*self._below(), strict=True))
        )

    def told(self, place: int) -> str:
        """Return the name of a field as a message may quote it: its place when the name may be a value of a row."""
        name = self.source.names[place].strip()
        return name if key(name) in OURS else told_name(name, place, self.are_names)

    def _below(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """Yield each name with the values that the first rows have below it, and the number of their rows."""
        names = self.source.names
        for start in range(0, len(names), _AT_ONCE):
            places = range(start, min(start + _AT_ONCE, len(names)))
            block = self._first(places)
            for place in places:
                one = block if block is not None else self._first((place,))
                yield names[place].strip(), {} if one is None else _counted(one, place)

    def _first(self, places: range | tuple[int, ...]) -> Block | None:
        """Return the first rows; None where they cannot be read, as with a field that holds lists."""
        try:
            return next((block for block in self.source.blocks(places) if len(block.rows)), None)
        except UnreadableError:
            return None

    def _is_content(self, name: str, rows_of: Mapping[str, int]) -> bool:
        """Return whether a name is one of the values below it, is shaped as most are, or reads as the same kind of
        value.
        """
        rows = sum(rows_of.values())
        if not name or not rows:
            return False
        if rows_of.get(name, 0) > rows // 1000 + 1:
            return True
        alike = {text: count for text, count in rows_of.items() if _has_digits(text) == _has_digits(name)}
        if sum(alike.values()) < _HALF * rows:
            return False
        shape = shape_of(name)
        same = sum(count for text, count in alike.items() if shape_of(text) == shape)
        if re.search(r"[0-9]{3}", name) and same >= _HALF * rows:
            return True
        return any(
            sum(count for text, count in alike.items() if self._reads(kind, text)) >= _HALF * rows
            for kind in (*_LISTED, BIRTH)
            if self._reads(kind, name)
        )

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {kind: Column(kind, listed(), self._peildatum) for kind in (*_LISTED, BIRTH)}

    def _reads(self, kind: str, text: str) -> bool:
        """Return whether a value reads as a kind of column, by the rules that a run uses, or as one of two things."""
        read = self._columns[kind].read(text)
        if read.question or not read.text:
            return bool(read.question)
        return possible_days(read.text) is not None if kind == BIRTH else bool(judge(kind)(read.text))


def _counted(block: Block, place: int) -> dict[str, int]:
    column = block.coded[place]
    rows = np.bincount(column.codes + 1, minlength=len(column.values) + 1)[1:]
    filled = ((column.values[at].strip(), int(rows[at])) for at in np.flatnonzero(rows).tolist())
    return dict(islice(((text, count) for text, count in filled if text), _MOST_VALUES))


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def told_name(name: str, place: int, are_names: bool) -> str:
    """Return a name that a message may quote and that looks like one, or else the place of its
    field, counted from 1.
    """
    if not name:
        return NO_NAME
    return name if are_names and _LIKE_A_NAME.fullmatch(name) else f"(kolom {place + 1})"


def shape_of(text: str) -> str:
    """Return a text with every digit as 9 and every letter as a."""
    for pattern, sign in _SHAPE:
        text = pattern.sub(sign, text)
    return text
