"""Numbers outside tables: each must be explained by what everybody knows or by a count or percentage that is shown.

What remains is unexplained: it may be an exact count. The few patterns that are let through stand in `known.yaml`, each
with its reason. What does not belong here: figures in tables (see `facts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attack import cbs, change, chapter, imprint, order, public, tempo
from attack.facts import Facts
from attack.mentions import Mentions
from attack.numbers import MONTHS, Token, tokens
from attack.pieces import STRUCTURE, Piece, Reading
from attack.settings import read_yaml
from attack.statements import Statements
from attack.verdict import Leak
from attack.world import World

_TABLES = ("tabel", "tabellen", "bijlage")
_NAMED = re.compile(r"\b(?:tabel|grafiek|paragraaf|bijlage)[ _.-]+([0-9A-Za-z])[.-](\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A pattern that is let through: where, the whole text or the number with the words around it, and why."""

    where: re.Pattern[str]
    what: re.Pattern[str] | None
    text: re.Pattern[str] | None
    why: str

    def covers(self, piece: Piece, token: Token) -> bool:
        """Whether this number in this piece is let through."""
        if not self.where.search(piece.where):
            return False
        if self.text is not None:
            return bool(self.text.fullmatch(piece.text.strip()))
        return self.what is None or bool(self.what.search(str(token)))


@cache
def known() -> tuple[tuple[Known, ...], tuple[re.Pattern[str], ...]]:
    """What is let through, and which files belong in a published folder."""
    raw: dict[str, Any] = read_yaml((Path(__file__).parent / "known.yaml").read_text(encoding="utf-8"))
    patterns = tuple(
        Known(
            re.compile(one["where"]),
            re.compile(one["what"]) if "what" in one else None,
            re.compile(one["text"], re.DOTALL) if "text" in one else None,
            one["why"],
        )
        for one in raw["numbers"]
    )
    return patterns, tuple(re.compile(name) for name in raw["files"])


class Explainer:
    """Holds numbers against what is known; `files` are size and SHA-256 of the files of the folder, as text."""

    def __init__(
        self,
        world: World,
        facts: Facts,
        reading: Reading,
        files: Mapping[str, tuple[str, str]],
        of_statements: Statements,
        of_cbs: tuple[cbs.Workbook, list[str]] = (cbs.Workbook(), []),
    ) -> None:
        self._world, self._files, self._statements = world, files, of_statements
        self._mentions = Mentions(world, facts, reading.tidy)
        self._cbs = cbs.Explainer(world, self._mentions, *of_cbs)
        self.tempo = tempo.Explainer(tempo.Tempo(), [])
        self.change: change.Explainer | None = None
        self.derived: list[chapter.Explainer] = []
        self.order = order.read(reading)
        self._day = world.peildatum
        self.looked_at = 0

    def strange(self, pieces: Iterable[Piece]) -> Iterator[Leak]:
        """The numbers in pieces that nothing explains."""
        for piece in pieces:
            for token in tokens(piece.text, piece.before, piece.after):
                self.looked_at += 1
                if not self.explains(piece, token):
                    yield Leak("unexplained", piece.where, str(token)[:160])

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether a number in a piece is explained."""
        return (
            self._date(token)
            or self._table(piece, token)
            or self.order.explains(piece, token)
            or public.says(self._world.project, token)
            or imprint.explains(self._world.project, token)
            or self._file(piece)
            or self._code(piece)
            or self._statements.explains(piece, token)
            or self._mentions.explain(f"{piece.text} {piece.context}", token, piece.kind != STRUCTURE)
            or self._cbs.explains(piece, token)
            or self.tempo.explains(piece, token)
            or any(one.explains(piece, token) for one in self.derived)
            or (self.change is not None and self.change.explains(piece, token))
            or any(one.covers(piece, token) for one in known()[0])
        )

    def _date(self, token: Token) -> bool:
        day = self._day
        month = MONTHS[day.month - 1]
        in_words = (token.text == str(day.day) and token.after[:1] == (month,)) or (
            token.text == str(day.year) and token.before[-1:] == (month,)
        )
        numbers = (f"{day.year}", f"{day.month:02d}", f"{day.day:02d}")
        around = (*token.before[-2:], token.text, *token.after[:2])
        in_digits = any(around[at : at + 3] == numbers for at in range(3)) and token.text in numbers
        return in_words or in_digits

    def _table(self, piece: Piece, token: Token) -> bool:
        if token.text in self._world.tables and any(
            word.casefold() in _TABLES or word in self._world.tables for word in token.before
        ):
            return True
        for first, second in _NAMED.findall(piece.text):
            if f"{first.upper()}.{second}" in self._world.tables and token.text in (
                first,
                second,
                f"{first}.{second}",
            ):
                return token.before[-1:] != () and token.before[-1].casefold() in (
                    "tabel",
                    "grafiek",
                    "paragraaf",
                    "bijlage",
                    first.casefold(),
                )
        return False

    def _code(self, piece: Piece) -> bool:
        """The code of a choice beside its name, or a code that ended beside the name it had."""
        names = (
            self._world.single.get((variable, piece.text)) for variable in ("gemeente", "land_van_herkomst")
        )
        if piece.where.endswith("oude sleutel"):
            return piece.context in public.municipality(self._world.project, piece.text)
        return piece.where.endswith("keuze sleutel") and piece.context in names

    def _file(self, piece: Piece) -> bool:
        """The size or digest of a file that everybody has: of this folder, or of the public project."""
        place, _, key = piece.where.rpartition("/")
        if "/instellingen/" in piece.where:
            return public.has(self._world.project, piece.where.partition("/instellingen/")[2], piece.text)
        if key not in ("bytes", "sha256", "hash"):
            return False
        beside = piece.context.split()
        names = [
            name for name in self._files if place.endswith(f"/{name}") or name.rsplit("/", 1)[-1] in beside
        ]
        inside = place.partition("/invoer/")[2]
        found = [self._files[name] for name in names] + [
            found for found in [public.digest(self._world.project, inside)] if inside and found
        ]
        return any(piece.text.removeprefix("sha256:") in one for one in found)
