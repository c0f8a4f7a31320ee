"""What everybody has from CBS: its workbook. Figures in the chapter on CBS are those, or follow from them.

An estimate is a shown count of DUO times a share of CBS. A number of the chapter that is none of these is as strange as
any other: it may be an exact count. What does not belong here: numbers outside that chapter.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import product
from pathlib import Path

import openpyxl

from attack.chapter import Chapter, Words
from attack.mentions import Mentions
from attack.numbers import Token, words
from attack.pieces import Piece
from attack.world import World

PUBLIC = "openbaar"
"""The folder beside a copied report that holds what everybody has."""
CHAPTER = Chapter(
    re.compile(r"#(cbs|kerncijfers)\b|#(r-)?(tabel|grafiek)-c-\d|blad 'Tabel C\.\d+'|\bcbs\.csv")
)
_FILE = re.compile(r"^manifest\.json/cbs/(?P<name>cbs[\w.-]*\.xlsx)/(bytes|sha256)$")
_NUMBERS = re.compile(r"(?:tabel|grafiek|cbs)(?:len)?[ _.(-]+c[ _.-]\d|^C\.\d+$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MONTHS = 12
_NOWHERE = frozenset({("statuscode", frozenset({"IBP"})), ("gemeente", frozenset({"0000"}))})
"""Who is still obliged and lives in no known municipality."""


def books(folder: Path) -> list[Path]:
    """The CBS workbooks that belong to a published folder: beside the delivery, or beside a copy."""
    places = (folder.parent / PUBLIC, folder.parents[1] / "data/raw" / folder.name)
    return next((found for place in places if (found := sorted(place.glob("cbs*.xlsx")))), [])


@dataclass
class Workbook:
    """The numbers of the workbook, its texts, the names of its cells, and size and digest of its file."""

    numbers: set[float] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def shares(self) -> set[float]:
        """Percentages of one count in another."""
        counts = sorted(one for one in self.numbers if one > 100)
        return {100 * part / whole for part, whole in product(counts, counts) if part <= whole}


def read(paths: list[Path]) -> Workbook:
    """All that the workbooks say."""
    found = Workbook()
    for path in paths:
        content = path.read_bytes()
        found.files[path.name] = (str(len(content)), hashlib.sha256(content).hexdigest())
        for sheet in openpyxl.load_workbook(path):
            found.told.update(one for one in words(sheet.title) if _DIGIT.search(one))
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, (int, float)):
                        found.numbers.add(float(cell.value))
                    elif cell.value is not None and not isinstance(cell.value, (date, datetime)):
                        found.told.update(one for one in words(str(cell.value)) if _DIGIT.search(one))
                    if cell.value is not None:
                        found.places.add(cell.coordinate)
    return found


class Explainer:
    """Whether a number of the chapter follows from the workbook, alone or with shown counts."""

    def __init__(self, world: World, mentions: Mentions, book: Workbook, texts: list[str]) -> None:
        self._world, self._mentions, self._book = world, mentions, book
        self._words = Words(CHAPTER, texts)

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether this is a number of the chapter, and explained."""
        if not self._book.files:
            return False
        named = _FILE.search(piece.where)
        if named:
            return piece.text in self._book.files.get(named["name"], ())
        if self._is_number_of_table(piece, token):
            return True
        if not self._words.have(piece, token):
            return False
        return self._in_book(token) or self._estimated(f"{piece.text} {piece.context}", token)

    def _is_number_of_table(self, piece: Piece, token: Token) -> bool:
        """Tabel C.1, grafiek-c-1."""
        if not _NUMBERS.search(piece.text):
            return False
        if re.fullmatch(r"C\.\d", token.text):
            return True
        return len(token.text) == 1 and [one.lower() for one in token.before[-1:]] == ["c"]

    def _in_book(self, token: Token) -> bool:
        book = self._book
        if token.text in book.told or token.text in book.places or self._is_day(token):
            return True
        exact = {one for one in book.numbers if not token.percent or one <= 100}
        return any(
            value in exact or any(abs(value - share) <= 0.5 for share in book.shares if value == int(value))
            for value in token.values
        )

    def _is_day(self, token: Token) -> bool:
        """A part of 2019-01-01 where the workbook speaks of 1 januari 2019."""
        around = (*token.before[-2:], token.text, *token.after[:2])
        days = [around[at : at + 3] for at in range(3)]
        return any(
            len(day) == 3
            and all(one.isdigit() for one in day)
            and {day[0], str(int(day[2]))} <= self._book.told
            and 0 < int(day[1]) <= _MONTHS
            for day in days
        )

    def _estimated(self, text: str, token: Token) -> bool:
        """A shown count, the mean of the rest over the other municipalities, or either of them times a share.

        Of the rest may be taken away who lives in no known municipality; an estimate may be rounded to tens.
        """
        top = next(
            (
                rows["largest"]
                for table in self._world.tables.values()
                for rows in table["rows"]
                if rows["variable"] == "gemeente" and rows.get("largest")
            ),
            0,
        )
        others = len(self._world.universe["gemeente"] - {"0000", "1999"}) - top
        counts = self._mentions.counts(text)
        unknown = self._mentions.of_cells.get(_NOWHERE, 0)
        means = [(rest - less) / others for rest in self._mentions.counts("overig") for less in {0, unknown}]
        shares = [share / 100 for share in self._book.shares]
        found = [*((one, 0) for one in counts), *((one, 1) for one in means), *((one, 0) for one in means)]
        found += [(one * share, digits) for one, digits in found for share in shares]
        tens = [one * share for one in counts for share in shares]
        between = [one * share for one in means for share in shares]
        return any(
            value == others
            or any(abs(value - one) <= 0.5 * 10**-digits + 1e-9 for one, digits in found)
            or any(value % 10 == 0 and abs(value - one) <= 5 for one in tens)
            or any(value in (math.floor(one), math.ceil(one)) for one in between)
            for value in token.values
        )
