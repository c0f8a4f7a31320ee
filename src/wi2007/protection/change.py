"""The gate for the change between two peildata: the parts rounded, on top of the rounded counts of both peildata.

Who leaves a cell and who enters one are counts like any other, and are rounded jointly by part; the net change of a
part is the one less the other. Both tables were rounded before and stay as they are: what the rounded parts leave of
the change between them is a part of its own (`afronding`). Where persons cannot be followed, the net change is just the
difference of the tables. Municipalities that merge are told from what is shown: that counts nobody anew.
What does not belong here: which persons change (`comparison.chain`), keys, files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import inf
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from schemas.comparison import IN, MERGED, NET, OUT, Comparison
from schemas.cube import DIMENSIONS
from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.comparison.decomposition import Part, Parts, Peildata
from wi2007.protection.audit import safely
from wi2007.protection.cells import Cell, Relation, Sets, cells, linked, shown_counts
from wi2007.protection.groups import At, Codes, labels, sets, settle, standing_out, together
from wi2007.protection.mergers import MUNICIPALITY, moves, relabelled
from wi2007.protection.rounding import Draw, RoundedTables, RoundingOptions, nearest
from wi2007.tables.counts import Counted, Counts, counted

ROUNDING: Final = "afronding"
LEAVING: Final = "uitgestroomd"
_DIRECTION: Final = "richting"
_CHANGES: Final[Mapping[str, str]] = {
    MERGED: MUNICIPALITY,
    "verhuisd": "gemeente",
    "ouder": "leeftijdsklasse",
    "uitgestroomd": "statuscode",
    "teruggekomen": "statuscode",
    "andere_route": "statuscode",
    "andere_code": "statuscode",
}
"""The one variable that a part changes: of a cell that says nothing of it, as many are left as entered."""

Draws = Callable[[Part, int], Draw]
"""The draw of each part and attempt."""
Both = tuple[Counted, Counted]
"""Who leaves, and who enters."""
_FORCED: Final = 1000.0
"""A price of rounding up that is above that of any draw."""


@dataclass(frozen=True)
class UpperBounds:
    """By cell, the most that a part may show of it; a cell that is not there has no bound.

    Who leaves a cell was in it, and who enters it is in it afterwards. A part shown above what is shown of the cell
    itself would tell that the one is smaller and the other larger than rounding leaves.
    """

    of: Mapping[Cell, int]

    def held(self, drawn: Draw, exact: Mapping[Cell, int], base: int) -> Draw:
        """The draw, but down wherever up would be more than that: as far as all sums allow."""

        def chosen(at: Cell) -> float:
            up = exact[at] // base * base + base
            return _FORCED if up > self.of.get(at, inf) else drawn(at)

        return chosen

    def passed(self, shown: Mapping[Cell, int]) -> int:
        """How many cells are shown above it."""
        return sum(count > self.of.get(at, inf) for at, count in shown.items())


@dataclass(frozen=True)
class ChangeRequest:
    """What is to be protected, and what is published already: the rounded counts of both peildata."""

    events: pa.Table
    specification: Specification
    decisions: Comparison
    shown: tuple[Counted, Counted]
    peildata: Peildata
    base: int
    rules: Disclosure

    @cached_property
    def parts(self) -> dict[Part, Both]:
        """By part, in the order of the chain: who left which cells, and who entered which. Exact."""
        return directions(self.events, self.specification, self.decisions)

    def cells(self, both: Both, groups: Sets | None = None) -> tuple[dict[Cell, int], dict[Cell, int]]:
        """The cells of who left and of who entered, with those of `groups`."""
        leaves, enters = (cells(of_pairs, self.specification, groups or {}) for of_pairs in both)
        return leaves, enters


@dataclass(frozen=True)
class RoundedChange:
    """Rounded parts, with what may not stand alone; `attempts` by part, `cells` looked at, `reach` as in the gate.

    `above` counts the cells of which a part shows more than the cell itself: no sums allowed less (`UpperBounds`).
    """

    parts: Parts
    peildata: Peildata
    cells: int
    attempts: int
    reach: int
    above: int = 0


@dataclass(frozen=True)
class _Rounded:
    both: Both
    moved: tuple[dict[Cell, int], dict[Cell, int]]
    cells: int = 0
    attempts: int = 0
    reach: int = 1
    above: int = 0


def protected(request: ChangeRequest, draws: Draws) -> RoundedChange:
    """The parts of every change, rounded. Raises `NotSafeError` when every draw tells more than rounding leaves."""
    rounding = _Rounding(request, draws)

    def rounded_with(hidden: dict[At, Codes]) -> tuple[RoundedChange, dict[At, Codes]]:
        peildata = replace(request.peildata, merged=(hidden, hidden))
        made = rounding.of_parts(peildata)
        outflow = summed(one.both[1] for (part, _), one in made.items() if part == LEAVING)
        more = standing_out(outflow, request.rules, hidden, request.specification.populations)
        parts = {part: net(*reversed(one.both)) for part, one in made.items()}
        return _told(request, parts, made, peildata), more

    return settle(together(*request.peildata.merged), rounded_with)


def unprotected(request: ChangeRequest) -> RoundedChange:
    """The same with exact parts."""
    parts = {part: net(*reversed(both)) for part, both in request.parts.items()}
    return RoundedChange(_with_rest(request, parts), request.peildata, 0, 0, 1)


def _told(
    request: ChangeRequest, parts: Parts, made: Mapping[Part, _Rounded], peildata: Peildata
) -> RoundedChange:
    return RoundedChange(
        parts=_with_rest(request, parts),
        peildata=peildata,
        cells=sum(one.cells for one in made.values()),
        attempts=max((one.attempts for one in made.values()), default=0),
        reach=max((one.reach for one in made.values()), default=1),
        above=sum(one.above for one in made.values()),
    )


def directions(events: pa.Table, specification: Specification, decisions: Comparison) -> dict[Part, Both]:
    """By part, in the order of the chain: who left which cells, and who entered which."""
    found: dict[Part, Both] = {}
    for part in decisions.order:
        some = events.filter(pc.equal(events["deel"], part))
        for route in sorted(some["route"].unique().to_pylist()) if part in decisions.by_route else [""]:
            of_route = some.filter(pc.equal(some["route"], route)) if route else some
            if of_route.num_rows:
                found[part, route] = (
                    _of(of_route, OUT, specification),
                    _of(of_route, IN, specification),
                )
    return found


def _of(events: pa.Table, direction: str, specification: Specification) -> Counted:
    one_way = events.filter(pc.equal(events["richting"], direction))
    return counted(one_way.select([*DIMENSIONS, "aantal"]), specification)


class _Rounding:
    """Rounds part after part; one whose categories and bounds are those of the round before is not rounded again."""

    def __init__(self, request: ChangeRequest, draws: Draws) -> None:
        self._request, self._draws = request, draws
        self._exact = {part: request.cells(both) for part, both in request.parts.items()}
        self._occurring = {part: _occurring(both) for part, both in request.parts.items()}
        self._shown = request.cells(request.shown)
        self._kept: dict[Part, tuple[tuple[Sets, UpperBounds], _Rounded]] = {}

    def of_parts(self, peildata: Peildata) -> dict[Part, _Rounded]:
        """Every part, each within what is shown of the cells at its turn."""
        of_axes = labels(self._request.specification, self._request.shown, peildata, self._everywhere())
        now, afterwards = (Counter(shown) for shown in self._shown)
        for leaves, _ in self._exact.values():
            afterwards.update(leaves)
        made: dict[Part, _Rounded] = {}
        for part, exact in self._exact.items():
            afterwards.subtract(exact[0])
            one = None if made else _merging(self._request, part)
            groups = sets(of_axes, self._occurring[part])
            made[part] = one = one or self._once(part, groups, _bounds(exact, (now, afterwards)))
            now.update(one.moved[1])
            now.subtract(one.moved[0])
        return made

    def _everywhere(self) -> dict[At, set[str]]:
        """The codes that occur in any part."""
        found: dict[At, set[str]] = defaultdict(set)
        for of_part in self._occurring.values():
            for at, codes in of_part.items():
                found[at] |= codes
        return found

    def _once(self, part: Part, groups: Sets, bounds: UpperBounds) -> _Rounded:
        before = self._kept.get(part)
        if before and before[0] == (groups, bounds):
            return before[1]
        made = self._rounded(part, groups, bounds)
        self._kept[part] = (groups, bounds), made
        return made

    def _rounded(self, part: Part, groups: Sets, bounds: UpperBounds) -> _Rounded:
        """One part, rounded so that a reader can tell of no small count more than rounding leaves."""
        request, both = self._request, self._request.parts[part]
        own = request.cells(both, groups)
        exact, relations = linked(_both_ways(own))
        relations = [*relations, *_as_many(exact, part[0])]

        def rounded_by(attempt: int) -> RoundedTables:
            drawn = bounds.held(self._draws(part, attempt), exact, request.base)
            return nearest(exact, relations, RoundingOptions(request.base, drawn), request.rules.ruimer)

        safe = safely(rounded_by, request.rules.pogingen, request.rules.klein)
        shown = safe.made.shown
        leaves, enters = (
            shown_counts(of_pairs, request.specification, {at: shown[_tagged(at, way)] for at in found})
            for way, of_pairs, found in zip((OUT, IN), both, own, strict=True)
        )
        moved = request.cells((leaves, enters))
        return _Rounded(
            (leaves, enters), moved, len(exact), safe.attempts, safe.made.reach, bounds.passed(shown)
        )


def _merging(request: ChangeRequest, part: Part) -> _Rounded | None:
    """Municipalities that merge, when this is that part and what is shown of them tells it."""
    if part[0] != MERGED:
        return None
    ended = request.events.filter(pc.equal(request.events["deel"], MERGED)).filter(
        pc.field("richting") == OUT
    )
    to = moves(ended[MUNICIPALITY].unique().to_pylist(), request.peildata.before, request.peildata.after)
    if to is None:
        return None
    both = relabelled(request.shown[0], to)
    return _Rounded(both, request.cells(both))


def _bounds(exact: tuple[Mapping[Cell, int], ...], most: tuple[Counter[Cell], ...]) -> UpperBounds:
    """What is shown of each cell: that much may leave it, and no more than is in it afterwards may enter it."""
    return UpperBounds(
        _both_ways({at: within[at] for at in found} for found, within in zip(exact, most, strict=True))
    )


def _as_many(exact: Mapping[Cell, int], part: str) -> Iterator[Relation]:
    """As many leave as enter, wherever the part changes nothing that the cell is about."""
    variable = _CHANGES.get(part)
    if variable is None:
        return
    for at in exact:
        names = {name for name, _ in at}
        if (_DIRECTION, (IN,)) in at and variable not in names:
            other = tuple((name, (OUT,)) if name == _DIRECTION else (name, codes) for name, codes in at)
            if exact.get(other) == exact[at]:
                yield Relation(at, (other,))


def _both_ways(both: Iterable[Mapping[Cell, int]]) -> dict[Cell, int]:
    """The cells of who leaves and of who enters, told apart by a variable of their own."""
    return {
        _tagged(at, direction): count
        for direction, found in zip((OUT, IN), both, strict=True)
        for at, count in found.items()
    }


@lru_cache(maxsize=2**17)
def _tagged(at: Cell, direction: str) -> Cell:
    return tuple(sorted((*at, (_DIRECTION, (direction,)))))


def _occurring(both: Both) -> dict[At, set[str]]:
    found: dict[At, set[str]] = defaultdict(set)
    for of_pairs in both:
        for (population, row, column), counts in of_pairs.items():
            for at, codes in zip(
                ((population, row), (population, column)), zip(*counts, strict=True), strict=False
            ):
                found[at].update(codes)
    return found


def net(enters: Counted, leaves: Counted) -> dict[tuple[str, str, str], Counts]:
    """Who entered less who left, by pair; counts may be below 0."""
    return {pair: _less(enters.get(pair, {}), leaves.get(pair, {})) for pair in {**leaves, **enters}}


def summed(several: Iterable[Counted]) -> dict[tuple[str, str, str], Counts]:
    """All of these together."""
    found: dict[tuple[str, str, str], Counts] = defaultdict(dict)
    for of_pairs in several:
        for pair, counts in of_pairs.items():
            for key, count in counts.items():
                found[pair][key] = found[pair].get(key, 0) + count
    return found


def _less(more: Counts, less: Counts) -> Counts:
    found = {key: more.get(key, 0) - less.get(key, 0) for key in sorted({*more, *less})}
    return {key: count for key, count in found.items() if count}


def _with_rest(request: ChangeRequest, parts: Parts) -> dict[Part, Counted]:
    """The parts, and what they leave of the change between the tables."""
    renewed = NET in request.events["deel"].unique().to_pylist()
    name = (NET if renewed else ROUNDING, "")
    change = net(request.shown[1], request.shown[0])
    known = summed(parts.values())
    rest = {pair: _less(counts, known.get(pair, {})) for pair, counts in change.items()}
    return {**parts, name: rest} if any(rest.values()) else dict(parts)
