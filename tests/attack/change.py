"""What is told of the change since the peildatum before: begin, parts and end of each figure, beside both tables.

Begin is a count that the folder before shows, end one that this folder shows; a part is the difference of
two rounded counts. Together they may tell of none of these more than its own rounding leaves. What does not belong
here: solving over many cells (see `programs`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from attack import courses
from attack.chapter import Chapter, Words, values
from attack.numbers import Token
from attack.pieces import Piece, Reading, TidyRow
from attack.settings import read_yaml
from attack.verdict import Leak

CHAPTER = Chapter(
    re.compile(
        r"#(verandering|kerncijfers|samenvatting-en)\b|#verandering-|#(r-)?(tabel|grafiek)-v-\d"
        r"|blad 'Tabel V\.\d+'|\bverandering(\.[\w-]+)?\.csv|\btabel [\w-]+-verloop keuze\b"
    )
)
_FILE = re.compile(r"(^|/)verandering[\w.-]*\.csv")
_NUMBERS = re.compile(r"(?:tabel|grafiek|verandering)(?:len)?[ _.(-]+v[ _.-]\d|^V\.\d+$", re.IGNORECASE)
_OUT = frozenset({"uit_register"})
_IN = frozenset({"nieuw_in_register"})
_OF_OBLIGED = {"uitgestroomd": -1, "teruggekomen": 1}
"""Who is still obliged leaves by the one and comes back by the other."""
_BOTH_WAYS = ("gecorrigeerd", "verhuisd", "ouder", "andere_route", "andere_code", "definitie")
_EXACT = ("definitie", "herindeling")
"""Parts that are sums of counts of the table before: they bring nothing of their own."""
_TOGETHER = "Samengevoegd"
"""What either table hides is one category here: more codes than in each of them, all of which are shown alone there."""
_KEY = ("tabel", "populatie", "rijvariabele", "rij", "kolomvariabele", "kolom")
Figure = dict[tuple[str, str], int]
Ends = tuple[int, int]


@dataclass
class Change:
    """Every number that may be shown of the change; `leaks` are figures that tell more."""

    counts: set[float] = field(default_factory=set)
    shares: set[float] = field(default_factory=set)
    leaks: list[Leak] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    causes: dict[str, float] = field(default_factory=dict)
    """What the statements of the study ask of it, by name."""


def read(project: Path, apart: Reading, tidy: list[TidyRow], folder: Path, base: int) -> Change:
    """The file, figure by figure, beside the tables of this folder and of the one before."""
    figures, places = _figures(apart)
    found = Change(tables={key[0] for key in figures}, causes=dict(_causes(project, figures)))
    now = {_key(row): int(row["aantal"]) for row in tidy}
    then = _before(folder)
    for key, figure in figures.items():
        together = _TOGETHER in (key[3], key[5])
        begin, end = figure[("begin", "")], figure[("eind", "")]
        parts = {part: count for part, count in figure.items() if part[0] not in ("begin", "eind")}
        for what in _wrong(figure, parts, base):
            found.leaks.append(Leak("change", places[key], f"{' '.join(key)}: {what}"))
        if now.get(key, end) != end and not together:
            found.leaks.append(
                Leak("change", places[key], f"{' '.join(key)}: {end} and {now[key]} at the end")
            )
        shown = then.get(key)
        if shown is not None and shown != begin and ("definitie", "") not in parts and not together:
            found.leaks.append(Leak("change", places[key], f"{' '.join(key)}: {begin} and {shown} before"))
        if key[1] == "nog_inburgeringsplichtig":
            for what in _told(parts, begin, end, base):
                found.leaks.append(Leak("change", places[key], f"{' '.join(key)}: {what}"))
        _may_be_shown(found, figure, parts)
    found.leaks += courses.check(apart.grids, figures)
    for figure in courses.at_home(figures):
        _may_be_shown(
            found, figure, {part: n for part, n in figure.items() if part[0] not in ("begin", "eind")}
        )
    return found


def _figures(apart: Reading) -> tuple[dict[tuple[str, ...], Figure], dict[tuple[str, ...], str]]:
    figures: dict[tuple[str, ...], Figure] = {}
    places: dict[tuple[str, ...], str] = {}
    for grid in apart.grids:
        for row in grid.rows if _FILE.search(grid.where) else ():
            told = values(grid, row)
            key = tuple(told[name] for name in _KEY)
            figures.setdefault(key, {})[told["deel"], told["route"]] = int(told["aantal"])
            places.setdefault(key, row.where)
    return figures, places


def _causes(project: Path, figures: Mapping[tuple[str, ...], Figure]) -> Iterator[tuple[str, float]]:
    path = project / "config/uitspraken.yaml"
    asked = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {"vergelijking": {}}
    for name, one in asked["vergelijking"].items():
        wanted = (one["populatie"], one.get("rijvariabele", "totaal"), one.get("rij", "totaal"), "totaal")
        of = [figure for key, figure in figures.items() if (*key[1:4], key[5]) == wanted]
        if of:
            yield name, float(abs(of[0].get((one["deel"], one.get("route", "")), 0)))


def _key(row: TidyRow | Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in _KEY)


def _before(folder: Path) -> dict[tuple[str, ...], int]:
    """The tables of the last folder before this one, where there is any."""
    earlier = sorted(one for one in folder.parent.glob("????-??-??") if one.name < folder.name)
    found: dict[tuple[str, ...], int] = {}
    for path in sorted(earlier[-1].glob("tabellen/tabel_*.csv")) if earlier else ():
        with path.open(encoding="utf-8", newline="") as file:
            found.update({_key(row): int(row["aantal"]) for row in csv.DictReader(file)})
    return found


def _wrong(figure: Figure, parts: Figure, base: int) -> Iterator[str]:
    if any(count % base for count in figure.values()):
        yield "not rounded"
    if figure["begin", ""] + sum(parts.values()) != figure["eind", ""]:
        yield "begin and parts do not add up to the end"


def _told(parts: Figure, begin: int, end: int, base: int) -> Iterator[str]:
    """What begin, parts and end tell of each other beyond the rounding of each; a part that is not told is a nought."""
    off = base - 1
    start = begin + sum(parts.get((name, ""), 0) for name in _EXACT)
    first, last = _around(start, off), _around(end, off)
    least = most = 0
    ends: dict[tuple[str, str], Ends] = {}
    names = {*((name, "") for name in (*_OUT, *_IN, *_BOTH_WAYS, "teruggekomen")), *parts}
    for part in sorted(names - {("afronding", ""), ("herindeling", ""), ("definitie", "")}):
        ends[part] = net(part[0], parts.get(part, 0), off)
        least, most = least + ends[part][0], most + ends[part][1]
    if first[0] < last[0] - most or first[1] > last[1] - least:
        yield f"begin is {max(first[0], last[0] - most)} to {min(first[1], last[1] - least)}"
    if last[0] < first[0] + least or last[1] > first[1] + most:
        yield f"end is {max(last[0], first[0] + least)} to {min(last[1], first[1] + most)}"
    if -ends["uit_register", ""][0] > max(first[1], off):
        yield "more left the register than there can have been"
    if ends["nieuw_in_register", ""][1] > max(last[1], off):
        yield "more are new in the register than there can be"


def _around(shown: int, off: int) -> Ends:
    return max(0, shown - off), shown + off


def net(name: str, shown: int, off: int) -> Ends:
    """What a net change can be: of a part with one direction a count, of another the difference of two."""
    sign = -1 if name in _OUT else 1 if name in _IN else _OF_OBLIGED.get(name, 0)
    if not sign:
        return shown - 2 * off, shown + 2 * off
    low, high = _around(sign * shown, off)
    return (low, high) if sign > 0 else (-high, -low)


def _may_be_shown(found: Change, figure: Figure, parts: Figure) -> None:
    begin, end = figure["begin", ""], figure["eind", ""]
    outflow = sum(count for (part, _), count in parts.items() if part == "uitgestroomd")
    others = [count for (part, _), count in parts.items() if part not in ("uitgestroomd", "afronding")]
    course = accumulate(count for part, count in figure.items() if part != ("eind", ""))
    counts = {*figure.values(), *course, end - begin, outflow, *(sum(one) for one in _by_sign(others))}
    found.counts.update(float(count) for one in counts for count in (one, -one))
    if begin:
        shares = {100 * one / begin for one in counts}
        found.shares.update(value for one in shares for value in (one, -one))


def _by_sign(counts: list[int]) -> Iterator[list[int]]:
    yield [count for count in counts if count > 0]
    yield [count for count in counts if count < 0]


class Explainer:
    """Whether a number of the chapter is a figure of the file, a sum of its parts, or a part of the begin."""

    def __init__(self, change: Change, texts: list[str], folder: Path) -> None:
        self._change = change
        self._words = Words(CHAPTER, texts)
        earlier = sorted(one.name for one in folder.parent.glob("????-??-??") if one.name < folder.name)
        self._parts = {float(part) for part in earlier[-1].split("-")} if earlier else set()

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether this is a number of the chapter, and explained."""
        if not self._change.counts:
            return False
        if _FILE.search(piece.where.split(":")[0]) and token.text in self._change.tables:
            return True
        if _NUMBERS.search(piece.text) and re.fullmatch(r"V\.\d|\d|[vV]", token.text):
            return True
        return self._words.have(piece, token) and any(
            self._follows(value, piece, token) for value in token.values
        )

    def _follows(self, value: float, piece: Piece, token: Token) -> bool:
        if value in self._change.counts or value in self._parts:
            return True
        written = token.percent or set(",.") & set(token.text) or re.search(r"\.(xlsx|ods) blad", piece.where)
        return bool(written) and any(
            abs(value - round(share, 1)) < 0.0501 or abs(value - share) < 1e-6
            for share in self._change.shares
        )
