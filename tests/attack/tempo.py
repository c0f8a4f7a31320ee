"""What is told of outflow in time: counts of `tempo.csv` are cells, and what follows from them tells nothing more.

A rate must be the quotient of two shown counts. A table may show those counts and rates and the figures of the
projections, which are made of shown counts and public points. What does not belong here: solving.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from attack.chapter import Chapter, Words, values
from attack.facts import Facts
from attack.labels import axis
from attack.numbers import Token
from attack.pieces import GridRow, Piece, Reading
from attack.relations import Relation
from attack.settings import read_yaml
from attack.verdict import Leak
from attack.world import TOTAL, Cell, Codes, World, norm

PERIOD = "statusperiode"
AGE, AGE_AT_START = "leeftijdsklasse", "leeftijdsklasse_begin"
"""At the peildatum, and on the first of the last twelve months' days: of outflow the last."""
_OBLIGED = ("statuscode", frozenset({"IBP"}))
CHAPTER = Chapter(
    re.compile(
        r"#(tempo|vooruitzicht|kerncijfers|samenvatting-en|ontheffingen)\b|#(r-)?(tabel|grafiek)-(u-\d|tempo|vooruitzicht)"
        r"|blad 'Tabel U\.\d+'|\b(tempo|vooruitzicht)(\.[\w-]+)?\.csv"
    )
)
_TEMPO, _OUTLOOK = re.compile(r"(^|/)tempo[\w.-]*\.csv"), re.compile(r"(^|/)vooruitzicht[\w.-]*\.csv")
_NUMBERS = re.compile(r"(?:tabel|grafiek|tempo)(?:len)?[ _.(-]+u[ _.-]\d|^U\.\d+$", re.IGNORECASE)
_RECENT, _UNKNOWN, BEFORE = "laatste 12 maanden", "Onbekend", "voor 2007"
_FIRST_YEAR = 2007
_DIGITS = 6
Row = dict[str, str]


def with_periods(world: World) -> World:
    """The world in which a statusdatum lies in a stretch of time: calendar years, cut twelve months before.

    Everybody has an age at that cut as well.
    """
    day = world.peildatum
    known = frozenset({_UNKNOWN, BEFORE, *(one.isoformat() for one in _starts(day))})
    ages = world.universe[AGE]
    return replace(world, universe={**world.universe, PERIOD: known, AGE_AT_START: ages})


def older(world: World, cells: Collection[Cell]) -> Iterator[Relation]:
    """How many are obliged by age at the start and at the peildatum are sums of who is in both: nobody grows younger,
    and in twelve months nobody gets further than the next class.
    """
    then, now = (_by_age(cells, variable) for variable in (AGE_AT_START, AGE))
    for group, whole in then.items():
        parts = [whole | {(AGE, later)} for later in now if _can_become(world, group, later)]
        yield Relation(whole, tuple(parts))
    for group, whole in now.items():
        parts = [whole | {(AGE_AT_START, first)} for first in then if _can_become(world, first, group)]
        if then:
            yield Relation(whole, tuple(parts))


def _by_age(cells: Collection[Cell], variable: str) -> dict[Codes, Cell]:
    """Who is obliged by age, with the widest groups that there are."""
    found = {dict(cell).get(variable): cell for cell in cells if _OBLIGED in cell and len(cell) == 2}
    known = {codes: cell for codes, cell in found.items() if codes}
    return {one: cell for one, cell in known.items() if not any(one < other for other in known)}


def _can_become(world: World, first: Codes, later: Codes) -> bool:
    order = [next(iter(codes)) for codes in world.labels[AGE].values()]
    following = dict(pairwise(order[:-1]))
    unknown = {_UNKNOWN} & (first | later)
    return bool(unknown or later & (first | {following.get(one, one) for one in first}))


def _starts(day: date) -> list[date]:
    years = [date(year, 1, 1) for year in range(_FIRST_YEAR, day.year + 1)]
    return sorted({*years, _year_before(day)})


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - 1, 3, 1) if leap else day.replace(year=day.year - 1) + timedelta(days=1)


@dataclass
class Tempo:
    """Every number that may be shown of outflow; `leaks` are rows of the files that do not follow."""

    counts: set[float] = field(default_factory=set)
    rates: set[float] = field(default_factory=set)
    shares: set[float] = field(default_factory=set)
    ahead: set[float] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    leaks: list[Leak] = field(default_factory=list)


def read(world: World, apart: Reading, facts: Facts) -> Tempo:
    """The counts of the file as cells of `facts`, and everything that follows from them."""
    found = Tempo()
    rows = [
        (row, values(grid, row)) for grid in apart.grids if _TEMPO.search(grid.where) for row in grid.rows
    ]
    for variable in sorted({told["kenmerk"] for _, told in rows} - {TOTAL}):
        labels = dict.fromkeys(told["categorie"] for _, told in rows if told["kenmerk"] == variable)
        known = axis(world, variable, list(labels))
        for row, told in rows:
            if told["kenmerk"] == variable:
                _take(world, facts, found, row, told, known.codes[told["categorie"]] if known else None)
                if known is None:
                    found.leaks.append(Leak("tempo", row.where, f"no such category: {told['categorie']}"))
    for row, told in rows:
        if told["kenmerk"] == TOTAL:
            _take(world, facts, found, row, told, frozenset())
    found.shares.update(
        _of_grounds([told for _, told in rows if told["kenmerk"] == "ontheffingsgrond"], found)
    )
    _read_ahead(world, apart, found)
    return found


def _of_grounds(rows: list[Row], found: Tempo) -> Iterator[float]:
    """What part of the exemptions of a period each ground is; all of them are a count too."""
    for period in {row["periode"] for row in rows}:
        counts = [float(row["uitgestroomd"]) for row in rows if row["periode"] == period]
        found.counts.add(sum(counts))
        yield from (100 * count / sum(counts) for count in counts if sum(counts))


def _take(world: World, facts: Facts, found: Tempo, row: GridRow, told: Row, group: Codes | None) -> None:
    """One row of the file."""
    if group is None:
        return
    of_ground = told["kenmerk"] == "ontheffingsgrond"
    grouped = bool(group) and not of_ground
    condition: Cell = frozenset({(told["kenmerk"], group)}) if grouped else frozenset()
    at_start = frozenset({(AGE_AT_START, group)}) if told["kenmerk"] == AGE else condition
    periods = _codes(world, told)
    left, start, now = (told[name] for name in ("uitgestroomd", "plichtig_begin", "plichtig_peildatum"))
    out = world.universe["statuscode"] - {"IBP"}
    route = out if told["route"] == TOTAL else world.labels["uitstroomroute"][norm(told["route"])]
    route = group if of_ground else route
    name = f"tempo {told['periode']} {told['categorie']} {told['route']}"
    facts.count(at_start | {("statuscode", route), (PERIOD, periods)}, float(left), row.where, name)
    found.counts.add(float(left))
    if not start:
        return
    facts.count(condition | {_OBLIGED}, float(now), row.where, f"{name} peildatum")
    if told["kenmerk"] == AGE and told["route"] == TOTAL:
        facts.count(at_start | {_OBLIGED}, float(start) - float(left), row.where, f"{name} begin")
    since = frozenset(
        code for code in world.universe[PERIOD] if told["begin"] <= code[:10] and code[0].isdigit()
    )
    if told["kenmerk"] != AGE:
        gone = condition | {("statuscode", out), (PERIOD, since)}
        facts.count(gone, float(start) - float(now), row.where, f"{name} sinds")
    found.counts.update((float(start), float(now)))
    if told["per_100"]:
        exact = Fraction(100 * int(left), int(start))
        if abs(Fraction(told["per_100"]) - exact) > Fraction(1, 10**_DIGITS):
            found.leaks.append(
                Leak("tempo", row.where, f"{name}: {told['per_100']} is no quotient of {left} and {start}")
            )
        found.rates.add(float(Fraction(told["per_100"])))
    found.days.update((told["begin"], told["einde"]))


def _codes(world: World, told: Row) -> Codes:
    if told["periode"] == _UNKNOWN:
        return frozenset({_UNKNOWN})
    known = world.universe[PERIOD]
    return frozenset(code for code in known if code[0].isdigit() and told["begin"] <= code <= told["einde"])


def _read_ahead(world: World, apart: Reading, found: Tempo) -> None:
    """Projections begin with a count that is shown or public, and public points give a line that anybody can draw."""
    path = world.project / "reference/nog_plichtig_eerder.csv"
    with path.open(encoding="utf-8", newline="") as file:
        public = [row for row in csv.DictReader(file) if row["reeks"] == "studie"]
    points = {float(row["aantal"]) for row in public}
    begun: set[str] = set()
    for grid in apart.grids:
        if not _OUTLOOK.search(grid.where):
            continue
        for row in grid.rows:
            told = values(grid, row)
            numbers = {float(told[name]) for name in ("verwacht", "minst", "meest")}
            way, day = told["manier"], told["dag"]
            if told["peildatum"] != world.peildatum.isoformat():
                _expected_before(told, world, found, row.where)
                found.ahead.update(numbers)
                found.days.update((day, told["peildatum"]))
                continue
            starts = way != "gemeten" and way not in begun
            if (starts or day == world.peildatum.isoformat()) and not numbers <= found.counts:
                found.leaks.append(Leak("tempo", row.where, f"{way} {day} does not begin with a shown count"))
            if (
                way == "gemeten"
                and not numbers <= points | found.counts
                and numbers != {round(n / 5) * 5 for n in numbers}
            ):
                found.leaks.append(Leak("tempo", row.where, f"{way} {day} is neither public nor rounded"))
            begun.add(way)
            found.ahead.update(numbers)
            found.days.add(day)
    found.ahead |= points | set(_line(world, public))
    found.days.update(row["peildatum"] for row in public)


def _expected_before(told: Row, world: World, found: Tempo, where: str) -> None:
    """What the report before expected is of this peildatum alone: its own counts are no numbers of this report."""
    if told["dag"] != world.peildatum.isoformat() or told["manier"] == "gemeten":
        found.leaks.append(Leak("tempo", where, f"{told['manier']} {told['dag']} is of the report before"))


def _line(world: World, public: list[Row]) -> Iterator[float]:
    """What follows from the two public points and the settings: a year, what is left on the day, what it takes."""
    settings = read_yaml((world.project / "config/tempo.yaml").read_text(encoding="utf-8"))
    first, last = sorted(public, key=lambda row: row["peildatum"])[:: len(public) - 1]
    begin, end = (date.fromisoformat(row["peildatum"]) for row in (first, last))
    day, level = settings["verwachting_studie"]["dag"], settings["verwaarloosbaar"]["aantal"]
    fell = (int(first["aantal"]) - int(last["aantal"])) / _years(begin, end)
    years = _years(end, day)
    for value in (fell, int(last["aantal"]) - fell * years, (int(last["aantal"]) - level) / years):
        yield from (float(round(value) + off) for off in range(-2, 3))
    yield float(end.year + int(int(last["aantal"]) / fell))
    often = settings["bandbreedte"]["niveau"]
    yield from (
        float(number)
        for number in (
            level,
            world.peildatum.year + settings["vooruit"]["jaren"],
            day.year,
            day.day,
            often // 10,
            10,
        )
    )


def _years(first: date, last: date) -> float:
    return last.year - first.year + (last.month - first.month) / 12 + (last.day - first.day) / 365.25


class Explainer:
    """Whether a number of the chapter is a shown count, a rate, a figure of a projection, or a day of one of them."""

    def __init__(self, tempo: Tempo, texts: list[str]) -> None:
        self._tempo = tempo
        self._words = Words(CHAPTER, texts)
        self._years = {float(day[:4]) for day in tempo.days if day}
        self._parts = {float(part) for day in tempo.days if day for part in day.split("-")}

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether this is a number of the chapter, and explained."""
        if not self._tempo.counts:
            return False
        if _NUMBERS.search(piece.text) and re.fullmatch(r"U\.\d|\d|[uU]", token.text):
            return True
        return self._words.have(piece, token) and any(self._follows(value, token) for value in token.values)

    def _follows(self, value: float, token: Token) -> bool:
        if value in self._tempo.counts | self._tempo.ahead | self._parts:
            return True
        if any(abs(value - rate) < 0.0501 or value == int(rate + 0.5) for rate in self._tempo.rates):
            return True
        if any(value == int(share + 0.5) for share in self._tempo.shares):
            return True
        if self._years and min(self._years) <= value <= max(self._years) and value == int(value):
            return True  # a year on an axis, or in which a line reaches the level
        return value % 1000 == 0 or token.text in (
            "12",
            "100",
        )  # a count on an axis, the words for months and hundred
