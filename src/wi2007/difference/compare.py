"""Find the figures that differ between two sets of published tables, apart from what rounding can explain.

Here too: whether two sets may be compared, and into which parts the change of a group splits (`verandering.csv`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from schemas.change import BEGIN, END
from schemas.tidy import TOTAL, TidyRow
from wi2007.errors import UserError

Place = tuple[str, str, str]
"""Row variable, row and column of a figure in its table."""
Cells = Mapping[Place, TidyRow]
BEFORE, AFTER = 0, 1
ROW, COLUMN, CELL = "rij", "kolom", "cel"
_OF_HEAD: Final = {ROW: slice(0, 2), COLUMN: slice(2, 3)}


@dataclass(frozen=True)
class Rounding:
    """Counts are multiples of `base` and less than `within` off; with `loose` the rest of a ranking may be further
    off.
    """

    base: int
    within: int
    loose: bool

    @classmethod
    def read(cls, record: Mapping[str, Any] | None) -> Rounding | None:
        """Return the rounding that `verwerking.json` and `manifest.json` give; None where counts are exact.

        Raises an error on anything else.
        """
        if record is None:
            return None
        return cls(int(record["basis"]), int(record["afwijking"]), bool(record["rest_wijkt_verder_af"]))


@dataclass(frozen=True)
class Part:
    """One row of `verandering.csv` about one figure: where it began, what one part changed, or where it ended."""

    name: str
    route: str
    count: int


@dataclass(frozen=True)
class Change:
    """What changed since the peildatum `since`: the parts of a figure by its table, row and column."""

    since: date
    figures: Mapping[tuple[str, str, str, str], tuple[Part, ...]]


@dataclass(frozen=True)
class Release:
    """The tables of one peildatum; `rounding` is None where they are exact, `change` where nothing is compared."""

    peildatum: date
    demonstration: bool
    rounding: Rounding | None
    rows: Sequence[TidyRow]
    change: Change | None = None


def check_comparable(before: Release, after: Release) -> None:
    """Raise `UserError` when a difference would mean nothing, or would show exact counts beside rounded ones."""
    if before.demonstration != after.demonstration:
        which = "eerste" if before.demonstration else "tweede"
        raise UserError(
            f"Dit is niet te vergelijken: de {which} tabellen zijn van demonstratiegegevens en de andere niet. "
            "Noem twee keer demonstratiegegevens of twee keer echte gegevens."
        )
    if (before.rounding is None) != (after.rounding is None):
        which = "eerste" if before.rounding is None else "tweede"
        raise UserError(
            f"Dit is niet te vergelijken: de {which} tabellen zijn exact en de andere afgerond. Maak beide met "
            "dezelfde afronding, bijvoorbeeld met wi2007 run --afronding 5."
        )


def noise(before: Release, after: Release) -> int:
    """Return the largest difference between two counts that rounding alone can make; 0 where nothing is rounded."""
    return sum(one.rounding.within - 1 for one in (before, after) if one.rounding is not None)


@dataclass(frozen=True)
class Move:
    """A figure that is in both, with another count."""

    variable: str
    row: str
    column: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """How many persons more there are; negative for fewer."""
        return self.after - self.before

    @property
    def is_total(self) -> bool:
        """Whether it is about everybody in its column."""
        return self.variable == TOTAL


@dataclass(frozen=True)
class Alone:
    """A row, a column or a cell that only one of the two has (`side`), with the persons in it."""

    kind: str
    variable: str
    label: str
    count: int
    side: int


@dataclass(frozen=True)
class Table:
    """What moved in one table: `moves` have the totals first. `noise` figures moved no more than rounding can explain.

    Of `shares` figures the count is the same and the percentage is not; `reordered` when the same rows stand otherwise.
    """

    number: str
    moves: tuple[Move, ...]
    noise: int
    shares: int
    alone: tuple[Alone, ...]
    reordered: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.moves or self.noise or self.shares or self.alone or self.reordered)

    @property
    def weight(self) -> int:
        """The largest number of persons that moved or stands alone."""
        moved = (abs(move.change) for move in self.moves)
        return max([*moved, *(one.count for one in self.alone)], default=0)


@dataclass(frozen=True)
class Difference:
    """The tables that differ, most important first; `redefined` ones count another group or are divided otherwise."""

    tables: tuple[Table, ...]
    same: tuple[str, ...]
    redefined: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.tables or self.redefined or self.only_before or self.only_after)


def difference(before: Iterable[TidyRow], after: Iterable[TidyRow], noise: int) -> Difference:
    """Return what moved; a change of at most `noise` persons is counted and not shown."""
    then, now = _by_table(before), _by_table(after)
    both = [number for number in then if number in now]
    other = [number for number in both if _kinds(then[number]) != _kinds(now[number])]
    compared = [_table(number, then[number], now[number], noise) for number in both if number not in other]
    moved = [table for table in compared if not table.is_same]
    return Difference(
        tables=tuple(sorted(moved, key=lambda table: -table.weight)),
        same=tuple(table.number for table in compared if table.is_same),
        redefined=tuple(other),
        only_before=tuple(number for number in then if number not in now),
        only_after=tuple(number for number in now if number not in then),
    )


def _by_table(rows: Iterable[TidyRow]) -> dict[str, dict[Place, TidyRow]]:
    found: dict[str, dict[Place, TidyRow]] = {}
    for row in rows:
        found.setdefault(row.tabel, {})[row.rijvariabele, row.rij, row.kolom] = row
    return found


def _kinds(cells: Cells) -> set[tuple[str, str]]:
    return {(row.populatie, row.kolomvariabele) for row in cells.values()}


def _table(number: str, then: Cells, now: Cells, noise: int) -> Table:
    both = [place for place in now if place in then]
    pairs = [(then[place], now[place]) for place in both]
    moved = [Move(*place, then[place].aantal, now[place].aantal) for place in both]
    moved = [move for move in moved if move.change]
    large = [move for move in moved if abs(move.change) > noise]
    same_count = [(one, other) for one, other in pairs if one.aantal == other.aantal]
    return Table(
        number=number,
        moves=tuple(sorted(large, key=_importance)),
        noise=len(moved) - len(large),
        shares=sum((one.procent, one.noemer) != (other.procent, other.noemer) for one, other in same_count),
        alone=tuple(sorted(_alone(then, now), key=lambda one: (-one.count, one.side))),
        reordered=len(both) == len(then) == len(now) and list(then) != list(now),
    )


def _importance(move: Move) -> tuple[bool, bool, int]:
    """Return the sort key: totals before the rest, everybody before all; then the largest change."""
    return not move.is_total, move.is_total and move.column != TOTAL, -abs(move.change)


def _alone(then: Cells, now: Cells) -> Iterator[Alone]:
    for side, mine, other in ((BEFORE, then, now), (AFTER, now, then)):
        rows, columns = {place[:2] for place in other}, {place[2] for place in other}
        yield from _heads(side, ROW, mine, [place for place in mine if place[:2] not in rows])
        new = [place for place in mine if place[:2] in rows and place[2] not in columns]
        yield from _heads(side, COLUMN, mine, new)
        for place in mine:
            if place[:2] in rows and place[2] in columns and place not in other:
                yield Alone(CELL, place[0], f"{place[1]}, {place[2]}", mine[place].aantal, side)


def _heads(side: int, kind: str, cells: Cells, places: Sequence[Place]) -> Iterator[Alone]:
    """Yield each row or column once, with everybody in it."""
    for head in dict.fromkeys(place[_OF_HEAD[kind]] for place in places):
        inside = [place for place in places if place[_OF_HEAD[kind]] == head]
        variable = inside[0][0] if kind == ROW else cells[inside[0]].kolomvariabele
        yield Alone(kind, variable, head[-1], _everybody(kind, cells, inside), side)


def _everybody(kind: str, cells: Cells, inside: Sequence[Place]) -> int:
    """Return the figure of the total; where a table has none its categories divide everybody between them."""
    across = 2 if kind == ROW else 0
    totals = [place for place in inside if place[across] == TOTAL]
    if totals:
        return cells[totals[0]].aantal
    first = [place for place in inside if place[0] == inside[0][0]]
    return sum(cells[place].aantal for place in first)


def parts_of_group(before: Release, after: Release, populations: Collection[str]) -> tuple[Part, ...]:
    """Return the parts of the change of the first table's total of these populations, from begin to eind.

    None where the later tables are not compared with the earlier ones, or with another rounding of them.
    """
    change = after.change
    if change is None or change.since != before.peildatum:
        return ()
    for row in after.rows:
        if row.populatie in populations and _is_everybody(row):
            found = change.figures.get((row.tabel, TOTAL, TOTAL, TOTAL), ())
            return found if _fits(found, before, row) else ()
    return ()


def _is_everybody(row: TidyRow) -> bool:
    return (row.rijvariabele, row.kolom) == (TOTAL, TOTAL)


def _fits(parts: tuple[Part, ...], before: Release, now: TidyRow) -> bool:
    """Return whether the parts lead from the count that the earlier tables show to that of the later ones."""
    then = [row.aantal for row in before.rows if row.tabel == now.tabel and _is_everybody(row)]
    ends = [[part.count for part in parts if part.name == name] for name in (BEGIN, END)]
    return ends == [then, [now.aantal]]
