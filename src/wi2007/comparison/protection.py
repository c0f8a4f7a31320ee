"""The gate for the change between two peildata: the parts rounded, on top of the rounded counts of both peildata.

Who leaves a cell and who enters one are counts like any other, and are rounded jointly by part; the net change of a
part is the one less the other. Both tables were rounded before and stay as they are: what the rounded parts leave of
the change between them is a part of its own (`afronding`). Where persons cannot be followed, the net change is just the
difference of the tables. What does not belong here: which persons change (`chain`), keys, files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from schemas.comparison import IN, MERGED, NET, OUT, Comparison
from schemas.cube import DIMENSIONS
from schemas.disclosure import Disclosure
from schemas.tables import Specification
from wi2007.comparison.bounds import Most
from wi2007.comparison.categories import At, sets, standing_out, together
from wi2007.comparison.decomposition import Part, Parts, Peildata
from wi2007.comparison.mergers import MUNICIPALITY, moves, relabelled
from wi2007.disclosure.audit import intervals
from wi2007.disclosure.cells import Cell, cells, shown_counts
from wi2007.disclosure.gate import NotSafeError
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.relations import Relation, linked
from wi2007.disclosure.rounding import Draw, Way, rounded
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
_ROUNDS: Final = 50

Draws = Callable[[Part, int], Draw]
"""The draw of each part and attempt."""


@dataclass(frozen=True)
class Asked:
    """What is to be protected, and what is published already: the rounded counts of both peildata."""

    events: pa.Table
    specification: Specification
    decisions: Comparison
    shown: tuple[Counted, Counted]
    peildata: Peildata
    base: int
    rules: Disclosure


@dataclass(frozen=True)
class Protected:
    """Rounded parts, with what may not stand alone; `attempts` by part, `cells` looked at, `reach` as in the gate.

    `above` counts the cells of which a part shows more than the cell itself: no sums allowed less (`bounds`).
    """

    parts: Parts
    peildata: Peildata
    cells: int
    attempts: int
    reach: int
    above: int = 0


@dataclass(frozen=True)
class _Rounded:
    leaves: Counted
    enters: Counted
    cells: int
    attempts: int
    reach: int
    above: int


def protected(asked: Asked, draws: Draws) -> Protected:
    """The parts of every change, rounded. Raises `NotSafeError` when every draw tells more than rounding leaves."""
    exact = directions(asked.events, asked.specification, asked.decisions)
    hidden = together(*asked.peildata.merged)
    for _ in range(_ROUNDS):
        peildata = replace(asked.peildata, merged=(hidden, hidden))
        made = _parts(asked, peildata, exact, draws)
        outflow = summed(one.enters for (part, _), one in made.items() if part == LEAVING)
        more = standing_out(outflow, asked.rules, hidden, asked.specification.populations)
        if more == hidden:
            parts = {part: net(one.enters, one.leaves) for part, one in made.items()}
            return Protected(
                parts=_with_rest(asked, parts),
                peildata=peildata,
                cells=sum(one.cells for one in made.values()),
                attempts=max((one.attempts for one in made.values()), default=0),
                reach=max((one.reach for one in made.values()), default=1),
                above=sum(one.above for one in made.values()),
            )
        hidden = more
    raise AssertionError("the groups do not settle")


def unprotected(asked: Asked) -> Protected:
    """The same with exact parts."""
    exact = directions(asked.events, asked.specification, asked.decisions)
    parts = {part: net(enters, leaves) for part, (leaves, enters) in exact.items()}
    return Protected(_with_rest(asked, parts), asked.peildata, 0, 0, 1)


def directions(
    events: pa.Table, specification: Specification, decisions: Comparison
) -> dict[Part, tuple[Counted, Counted]]:
    """By part, in the order of the chain: who left which cells, and who entered which."""
    found: dict[Part, tuple[Counted, Counted]] = {}
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


def _parts(
    asked: Asked, peildata: Peildata, exact: Mapping[Part, tuple[Counted, Counted]], draws: Draws
) -> dict[Part, _Rounded]:
    """Part after part, each within what is shown of the cells at its turn."""
    now, afterwards = (Counter(cells(shown, asked.specification, {})) for shown in asked.shown)
    for leaves, _ in exact.values():
        afterwards.update(cells(leaves, asked.specification, {}))
    made: dict[Part, _Rounded] = {}
    for part, both in exact.items():
        afterwards.subtract(cells(both[0], asked.specification, {}))
        one = _merging(asked, part) if not made else None
        made[part] = one = one or _part(asked, peildata, (part, both, (now, afterwards)), draws)
        now.update(cells(one.enters, asked.specification, {}))
        now.subtract(cells(one.leaves, asked.specification, {}))
    return made


def _merging(asked: Asked, part: Part) -> _Rounded | None:
    """Municipalities that merge, when this is that part and what is shown of them tells it."""
    ended = asked.events.filter(pc.equal(asked.events["deel"], MERGED)).filter(pc.field("richting") == OUT)
    dates = asked.peildata.before, asked.peildata.after
    to = moves(ended[MUNICIPALITY].unique().to_pylist(), *dates) if part[0] == MERGED else None
    return None if to is None else _Rounded(*relabelled(asked.shown[0], to), 0, 0, 1, 0)


def _part(
    asked: Asked,
    peildata: Peildata,
    counts: tuple[Part, tuple[Counted, Counted], tuple[Counter[Cell], Counter[Cell]]],
    draws: Draws,
) -> _Rounded:
    """One part, rounded so that a reader can tell of no small count more than rounding leaves.

    `counts`: who leaves and who enters, and beside each what may be left and entered at the most.
    """
    part, both, most = counts
    groups = sets(asked.specification, asked.shown, peildata, _occurring(both))
    of_codes = (cells(of_pairs, asked.specification, {}) for of_pairs in both)
    bound = Most(
        _both_ways({at: within[at] for at in found} for found, within in zip(of_codes, most, strict=True))
    )
    exact, relations = linked(_both_ways(cells(of_pairs, asked.specification, groups) for of_pairs in both))
    relations = [*relations, *_as_many(exact, part[0])]
    small = [at for at, count in exact.items() if count < asked.rules.klein * asked.base]
    narrowed = 0
    for attempt in range(asked.rules.pogingen):
        drawn = bound.held(draws(part, attempt), exact, asked.base)
        shown, reach = _nearest(exact, relations, asked, drawn)
        spread = dict.fromkeys(shown, asked.base * reach)
        narrowed = sum(one.narrower for one in intervals(shown, relations, spread, small).values())
        if not narrowed:
            leaves, enters = (
                shown_counts(of_pairs, asked.specification, _untagged(shown, direction))
                for direction, of_pairs in zip((OUT, IN), both, strict=True)
            )
            return _Rounded(leaves, enters, len(exact), attempt + 1, reach, bound.passed(shown))
    raise NotSafeError(narrowed)


def _nearest(
    exact: Mapping[Cell, int], relations: Sequence[Relation], asked: Asked, drawn: Draw
) -> tuple[dict[Cell, int], int]:
    """The rounding with the least reach for which there is one, and that reach."""
    for reach in range(1, asked.rules.ruimer + 1):
        with suppress(NoSolutionError):
            return rounded(exact, relations, Way(asked.base, drawn, reach=reach)), reach
    raise NoSolutionError


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


def _tagged(at: Cell, direction: str) -> Cell:
    return tuple(sorted((*at, (_DIRECTION, (direction,)))))


def _untagged(shown: Mapping[Cell, int], direction: str) -> dict[Cell, int]:
    tag = (_DIRECTION, (direction,))
    return {tuple(part for part in at if part != tag): count for at, count in shown.items() if tag in at}


def _occurring(both: Collection[Counted]) -> dict[At, set[str]]:
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


def _with_rest(asked: Asked, parts: Parts) -> dict[Part, Counted]:
    """The parts, and what they leave of the change between the tables."""
    renewed = NET in asked.events["deel"].unique().to_pylist()
    name = (NET if renewed else ROUNDING, "")
    change = net(asked.shown[1], asked.shown[0])
    known = summed(parts.values())
    rest = {pair: _less(counts, known.get(pair, {})) for pair, counts in change.items()}
    return {**parts, name: rest} if any(rest.values()) else dict(parts)
