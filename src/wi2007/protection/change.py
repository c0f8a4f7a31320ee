"""The gate for the change between two peildata: the parts rounded, on top of the rounded counts of both peildata.

Who leaves a cell and who enters one are counts like any other, and are rounded jointly by part; the net change of a
part is the one less the other. Both tables were rounded before and stay as they are: what the rounded parts leave of
the change between them is a part of its own (`afronding`). Where persons cannot be followed, the net change is just the
difference of the tables. Municipalities that merge are told from what is shown: that counts nobody anew.
What does not belong here: which persons change (`comparison.chain`), keys, files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from schemas.comparison import IN, MERGED, NET, OUT
from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.comparison.decomposition import Part, Parts, Peildata
from wi2007.protection.audit import Audited, safely
from wi2007.protection.cells import (
    Cell,
    Sets,
    Sums,
    cells,
    shown_counts,
)
from wi2007.protection.flows import DIRECTION, Both, Flows, both_ways, of_part, tagged
from wi2007.protection.groups import (
    At,
    Codes,
    crossing,
    labels,
    sets,
    settle,
    standing_out,
    together,
)
from wi2007.protection.mergers import MUNICIPALITY, moves, relabelled
from wi2007.protection.rounding import Draw, RoundedTables, RoundingOptions, nearest
from wi2007.tables.build import WHO, Counted, Counts, Merged, counted

ROUNDING: Final = "afronding"
LEAVING: Final = "uitgestroomd"
_DRAWS: Final = 3
"""How many draws are tried at the most where groups stand out."""
_Asked = tuple[Sets, "UpperBounds", Mapping[int, int]]
"""The categories of a part, the most of each cell, and what is shown of sets of persons by then."""
Kept = dict[tuple[Part, int], tuple[tuple[Sets, Sequence[Mapping[Cell, int]]], RoundedTables]]
"""By part and attempt: categories, figures that are wished, and what was made of it."""
Draws = Callable[[Part, int], Draw]
"""The draw of each part and attempt."""


@dataclass(frozen=True)
class UpperBounds:
    """By cell, the most that a part may show of it; a cell that is not there has no bound.

    Who leaves a cell was in it, and who enters it is in it afterwards. A part shown above what is shown of the cell
    itself would tell that the one is smaller and the other larger than rounding leaves.
    """

    of: Mapping[Cell, int]

    def towards(self, exact: Mapping[Cell, int], base: int) -> dict[Cell, int]:
        """The cells that are rounded down, because up would be more than that: as far as all sums allow."""
        down = {at: count // base * base for at, count in exact.items()}
        return {at: below for at, below in down.items() if below + base > self.of.get(at, inf)}

    def passed(self, shown: Mapping[Cell, int]) -> list[Cell]:
        """The cells that are shown above it."""
        return [at for at, count in shown.items() if count > self.of.get(at, inf)]


@dataclass(frozen=True)
class ChangeRequest:
    """What is to be protected, and what is published already: the rounded counts of both peildata.

    `figures` has what is shown of a set of persons at the later peildatum, `earlier` at the one before; `reach` is that
    of the tables. `kept` has the
    last rounding of each part and attempt: asked the same once more, it is not made again.
    """

    flows: Flows
    shown: tuple[Counted, Counted]
    peildata: Peildata
    base: int
    rules: Disclosure
    figures: Mapping[int, int] = field(default_factory=dict)
    earlier: Mapping[int, int] = field(default_factory=dict)
    reach: int = 1
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True)
class RoundedChange:
    """Rounded parts, with what may not stand alone; `attempts` by part, `cells` looked at, `reach` as in the gate.

    `above` counts the cells of which a part shows more than the cell itself: no sums allowed less (`UpperBounds`).
    `apart` counts those that are shown otherwise than another count of the same persons: no sums allowed the same.
    """

    parts: Parts
    peildata: Peildata
    cells: int
    attempts: int
    reach: int
    above: int = 0
    apart: int = 0


@dataclass(frozen=True)
class _Rounded:
    both: Both
    moved: tuple[dict[Cell, int], dict[Cell, int]]
    cells: int = 0
    attempts: int = 0
    reach: int = 1
    above: int = 0
    apart: int = 0
    figures: Mapping[int, int] = field(default_factory=dict)
    conflict: Sums | None = None


def protected(request: ChangeRequest, draws: Draws) -> RoundedChange:
    """The parts of every change, rounded. Raises `NotSafeError` when every draw tells more than rounding leaves."""
    made, peildata = _settled(request, draws)
    return RoundedChange(
        parts=_with_rest(request, {part: net(*reversed(one.both)) for part, one in made.items()}),
        peildata=peildata,
        cells=sum(one.cells for one in made.values()),
        attempts=max((one.attempts for one in made.values()), default=0),
        reach=max((one.reach for one in made.values()), default=1),
        above=sum(one.above for one in made.values()),
        apart=sum(one.apart for one in made.values()),
    )


def conflicts(request: ChangeRequest, draws: Draws) -> dict[Part, Sums]:
    """The parts whose sums do not allow the figures that the tables of the later peildatum have of the same persons.

    And the last part, where more persons enter a cell than the tables show in it.
    """
    made, _ = _settled(request, draws, audited=False)
    return {part: one.conflict for part, one in made.items() if one.conflict}


def _settled(
    request: ChangeRequest, draws: Draws, *, audited: bool = True
) -> tuple[dict[Part, _Rounded], Peildata]:
    """The parts in which no group stands out, and the peildata with what is shown as one.

    Where rounding alone makes groups stand out, another draw may not: of some, that with the fewest codes shown as one.
    """
    found: list[tuple[int, dict[Part, _Rounded], Peildata]] = []
    for turn in range(_DRAWS):
        rounding = _Rounding(request, draws, turn * request.rules.pogingen, audited=audited)
        made, peildata = _without_groups(request, rounding)
        more = _number_of(peildata.merged[0]) - _number_of(together(*request.peildata.merged))
        found.append((more, made, peildata))
        if not more:
            break
    _, made, peildata = min(found, key=lambda one: one[0])
    return made, peildata


def _number_of(merged: Merged) -> int:
    return len({(variable, code) for (_, variable), codes in merged.items() for code in codes})


def _without_groups(request: ChangeRequest, rounding: _Rounding) -> tuple[dict[Part, _Rounded], Peildata]:
    def rounded_with(
        hidden: dict[At, Codes],
    ) -> tuple[tuple[dict[Part, _Rounded], Peildata], dict[At, Codes]]:
        peildata = replace(request.peildata, merged=(hidden, hidden))
        made = rounding.of_parts(peildata)
        populations = request.flows.specification.populations
        left = {route: one.both for (part, route), one in made.items() if part == LEAVING}
        more = standing_out(summed(both[1] for both in left.values()), request.rules, hidden, populations)
        for way in (0, 1):
            by_route = {route: both[way] for route, both in left.items()}
            rule = request.rules.groepsonthulling
            more = crossing(by_route, rule, request.base, more, populations)
        return (made, peildata), more

    return settle(together(*request.peildata.merged), rounded_with)


def unprotected(request: ChangeRequest) -> RoundedChange:
    """The same with exact parts."""
    parts = {part: net(*reversed(both)) for part, both in request.flows.parts.items()}
    return RoundedChange(_with_rest(request, parts), request.peildata, 0, 0, 1)


class _Rounding:
    """Rounds part after part; one whose categories and bounds are those of the round before is not rounded again.

    `first` is the number of its first draw. Not `audited`, nobody looks at what a reader could tell of it: it is to see
    what adds up.
    """

    def __init__(self, request: ChangeRequest, draws: Draws, first: int, *, audited: bool) -> None:
        self._request, self._draws, self._first, self._audited = request, draws, first, audited
        self._flows = request.flows
        self._exact = {part: self._flows.summed(part, {}).own for part in self._flows.parts}
        self._shown = self._flows.cells(request.shown)
        self._kept: dict[Part, tuple[_Asked, _Rounded]] = {}

    def of_parts(self, peildata: Peildata) -> dict[Part, _Rounded]:
        """Every part, each within what is shown of the cells at its turn."""
        of_axes = labels(self._flows.specification, self._request.shown, peildata, self._everywhere())
        now, afterwards = (Counter(shown) for shown in self._shown)
        for leaves, _ in self._exact.values():
            afterwards.update(leaves)
        made: dict[Part, _Rounded] = {}
        figures = dict(self._request.figures)
        for part, exact in self._exact.items():
            afterwards.subtract(exact[0])
            one = None if made else _merging(self._request, part)
            groups = sets(of_axes, self._flows.occurring[part])
            made[part] = one = one or self._once(part, (groups, _bounds(exact, (now, afterwards)), figures))
            figures = {**one.figures, **figures}
            now.update(one.moved[1])
            now.subtract(one.moved[0])
        return made

    def _everywhere(self) -> dict[At, set[str]]:
        """The codes that occur in any part."""
        found: dict[At, set[str]] = defaultdict(set)
        for of_one in self._flows.occurring.values():
            for at, codes in of_one.items():
                found[at] |= codes
        return found

    def _once(self, part: Part, asked: _Asked) -> _Rounded:
        before = self._kept.get(part)
        if before and before[0] == asked:
            return before[1]
        made = self._rounded(part, asked)
        self._kept[part] = asked, made
        return made

    def _rounded(self, part: Part, asked: _Asked) -> _Rounded:
        """One part, rounded so that a reader can tell of no small count more than rounding leaves.

        Of persons of whom a figure is shown already it takes that figure.
        """
        groups, bounds, figures = asked
        request, flows = self._request, self._flows
        summed = flows.summed(part, groups)
        exact, relations, who = summed.sums.exact, summed.sums.relations, summed.sums.who
        known, before = (
            {at: shown[one] for at, one in who.items() if one in shown}
            for shown in (figures, request.earlier)
        )
        wishes = [known, before, bounds.towards(exact, request.base)]

        def rounded_by(attempt: int) -> RoundedTables:
            number = self._first + attempt
            kept = request.kept.get((part, number))
            if kept and kept[0] == (groups, wishes):
                return kept[1]
            options = RoundingOptions(
                request.base, self._draws(part, number), reach=request.reach, who=who, wishes=wishes
            )
            made = nearest(exact, relations, options, max(request.reach, request.rules.ruimer))
            request.kept[part, number] = (groups, wishes), made
            return made

        safe = (
            safely(rounded_by, request.rules.pogingen, request.rules.klein)
            if self._audited
            else Audited(rounded_by(0), {}, 1)
        )
        shown = safe.made.shown
        leaves, enters = (
            shown_counts(of_pairs, flows.specification, {at: shown[tagged(at, way)] for at in found})
            for way, of_pairs, found in zip((OUT, IN), flows.parts[part], summed.own, strict=True)
        )
        moved = flows.cells((leaves, enters))
        differ = any(shown[at] != figure for at, figure in known.items())
        within = self._entered(part, bounds.passed(shown))
        return _Rounded(
            both=(leaves, enters),
            moved=moved,
            cells=len(exact),
            attempts=safe.attempts,
            reach=safe.made.reach,
            above=len(bounds.passed(shown)),
            apart=sum(shown[at] != figure for at, figure in {**before, **known}.items()),
            figures={one: shown[at] for at, one in who.items()},
            conflict=of_part(part, summed.sums, shown, within) if differ or within else None,
        )

    def _entered(self, part: Part, cells: Iterable[Cell]) -> list[Cell]:
        """Of the last part, the cells of who entered: they are in the cell afterwards."""
        return [at for at in cells if (DIRECTION, (IN,)) in at] if part == [*self._exact][-1] else []


def _merging(request: ChangeRequest, part: Part) -> _Rounded | None:
    """Municipalities that merge, when this is that part and what is shown of them tells it."""
    if part[0] != MERGED:
        return None
    events = request.flows.events
    ended = events.filter(pc.equal(events["deel"], MERGED)).filter(pc.field("richting") == OUT)
    to = moves(ended[MUNICIPALITY].unique().to_pylist(), request.peildata.before, request.peildata.after)
    if to is None:
        return None
    both = relabelled(request.shown[0], to)
    return _Rounded(both, request.flows.cells(both))


def _bounds(exact: tuple[Mapping[Cell, int], ...], most: tuple[Counter[Cell], ...]) -> UpperBounds:
    """What is shown of each cell: that much may leave it, and no more than is in it afterwards may enter it."""
    return UpperBounds(
        both_ways({at: within[at] for at in found} for found, within in zip(exact, most, strict=True))
    )


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
    renewed = NET in request.flows.events["deel"].unique().to_pylist()
    name = (NET if renewed else ROUNDING, "")
    change = net(request.shown[1], request.shown[0])
    known = summed(parts.values())
    rest = {pair: _less(counts, known.get(pair, {})) for pair, counts in change.items()}
    return {**parts, name: rest} if any(rest.values()) else dict(parts)


def figures_of(cube: pa.Table, shown: Counted, specification: Specification) -> dict[int, int]:
    """What the tables of a peildatum show, by the set of persons."""
    who = cells(counted(cube, specification, WHO), specification, {})
    counts = cells(shown, specification, {})
    return {one: counts.get(at, 0) for at, one in who.items()}
