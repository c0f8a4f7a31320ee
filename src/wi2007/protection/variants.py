"""What a reading counts otherwise, rounded by itself and laid on the rounded tables.

Nobody who counts alike in both readings is rounded again. Persons who only move are one group: where they go out, where
they come in and everything else about them is one rounding. What does not belong here: keys, files, statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from schemas.sensitivity import ReadingText, Sensitivity
from schemas.tables import Specification
from schemas.variants import DIRECTION, IN, OUT, READING
from wi2007.protection.audit import safely
from wi2007.protection.cells import EVERYBODY, Cell, cells, linked, shown_counts
from wi2007.protection.rounding import Draw, RoundedTables, RoundingOptions, nearest
from wi2007.tables.counts import Counted, Counts, Pair, counted

Draws = Callable[[Sequence[str], int], Draw]
"""A draw for some readings and directions, and an attempt."""
_FORCED = 1000.0
_MOVED = {"leeftijd": "leeftijdsklasse", "indeling": "gemeente"}


@dataclass(frozen=True)
class Released:
    """What is published already: exact and shown counts of the tables, how many were left out, the base (None: exact).

    `left_out` is the exact and the shown number of persons that the report leaves out.
    """

    exact: Counted
    shown: Counted
    left_out: tuple[int, int]
    base: int | None


@dataclass(frozen=True)
class Group:
    """Persons whose place differs: where they are counted, by reading and direction; one rounding.

    `moved` is the variable in which they move; empty for persons who come in or go out.
    """

    parts: Mapping[tuple[str, str], Counted]
    moved: str = ""


@dataclass(frozen=True)
class RoundedVariants:
    """For each reading the counts of the tables, how far each can be off, and for the checker what was rounded."""

    of_pairs: Mapping[str, Counted]
    spread: Mapping[str, int]
    cells: int
    attempts: int


@dataclass(frozen=True)
class VariantsRequest:
    """What is to be protected."""

    variants: pa.Table
    specification: Specification
    settings: Sensitivity
    released: Released
    attempts: int
    small: int

    @cached_property
    def of_tables(self) -> tuple[dict[Cell, int], dict[Cell, int]]:
        """The cells of the tables, as they are and as they are shown."""
        exact, shown = (
            cells(one, self.specification, {}) for one in (self.released.exact, self.released.shown)
        )
        return exact, shown


def groups(request: VariantsRequest) -> Iterator[Group]:
    """The groups: each direction of an exclusion, and all readings of one other question together."""
    by_question: dict[str, dict[tuple[str, str], Counted]] = {}
    for reading in request.settings.lezingen:
        for direction in (IN, OUT):
            found = _flow(request, reading, direction)
            if found is None:
                continue
            if reading.question == "uitsluiting":
                yield Group({(reading.id, direction): found})
            else:
                by_question.setdefault(reading.question, {})[reading.id, direction] = found
    for question, parts in by_question.items():
        yield Group(parts, _MOVED[question])


def protected(request: VariantsRequest, draws: Draws) -> RoundedVariants:
    """The tables of every reading. Raises `NotSafeError` when every draw tells more than rounding leaves."""
    flows: dict[tuple[str, str], Counted] = {}
    number, most = 0, 0
    for group in groups(request):
        if request.released.base is None:
            flows |= group.parts
            continue
        made, tried, looked_at = _rounded(request, group, draws)
        flows |= made
        number, most = number + looked_at, max(most, tried)
    found = {
        reading.id: _laid_on(request.released.shown, flows, reading) for reading in request.settings.lezingen
    }
    spread = {reading.id: _spread(request, flows, reading) for reading in request.settings.lezingen}
    return RoundedVariants(found, spread, number, most)


def _flow(request: VariantsRequest, reading: ReadingText, direction: str) -> Counted | None:
    variants = request.variants
    mine = pc.and_(pc.equal(variants[READING], reading.id), pc.equal(variants[DIRECTION], direction))
    found = variants.filter(mine).drop_columns([READING, DIRECTION])
    return counted(found, request.specification) if found.num_rows else None


def _rounded(
    request: VariantsRequest, group: Group, draws: Draws
) -> tuple[dict[tuple[str, str], Counted], int, int]:
    """The rounded flows of a group, how many draws it took, and how many cells there are."""
    base = request.settings.basis
    own = {
        part: {_named(at, group, part): count for at, count in cells(flow, request.specification, {}).items()}
        for part, flow in group.parts.items()
    }
    exact, relations = linked(_together(own.values()))
    near = _same_people(request, group, exact)
    names = ["/".join(part) for part in group.parts]

    def rounded_by(attempt: int) -> RoundedTables:
        drawn = _towards(draws(names, attempt), exact, near, base)
        return nearest(exact, relations, RoundingOptions(base, drawn), furthest=1)

    def conflicts(made: RoundedTables) -> int:
        other_base = request.released.base or 0
        return sum(abs(made.shown[at] - other) > base - other_base for at, other in near.items())

    safe = safely(rounded_by, request.attempts, request.small, conflicts)
    made: dict[tuple[str, str], Counted] = {
        part: shown_counts(flow, request.specification, _back(safe.made.shown, own[part], group, part))
        for part, flow in group.parts.items()
    }
    return made, safe.attempts, len(exact)


def _named(at: Cell, group: Group, part: tuple[str, str]) -> Cell:
    """A cell of a part: the variable in which persons move has a name for where they were, and one for each reading."""
    if not group.moved:
        return at
    reading, direction = part
    name = f"{group.moved} {reading if direction == IN else OUT}"
    return tuple(sorted((name if variable == group.moved else variable, codes) for variable, codes in at))


def _back(
    shown: Mapping[Cell, int], own: Mapping[Cell, int], group: Group, part: tuple[str, str]
) -> dict[Cell, int]:
    suffix = f"{group.moved} {part[0] if part[1] == IN else OUT}"
    return {
        tuple(
            sorted((group.moved if variable == suffix else variable, codes) for variable, codes in at)
        ): shown[at]
        for at in own
    }


def _together(parts: Iterable[Mapping[Cell, int]]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for part in parts:
        for at, count in part.items():
            if found.setdefault(at, count) != count:
                raise AssertionError("persons who move are not the same where they go out and come in")
    return found


def _same_people(request: VariantsRequest, group: Group, exact: Mapping[Cell, int]) -> dict[Cell, int]:
    """Cells that hold just the persons of a count that is shown: what is shown of them may not be told otherwise."""
    left_out, shown_out = request.released.left_out
    if not group.moved and all(direction == IN for _, direction in group.parts):
        return {EVERYBODY: shown_out} if exact.get(EVERYBODY) == left_out else {}
    of_tables, shown = request.of_tables
    part = (next(iter(group.parts))[0], OUT)
    named = {at: _named(at, group, part) for at in of_tables}
    alike = [at for at, count in of_tables.items() if exact.get(named[at]) == count]
    return {named[at]: shown.get(at, 0) for at in alike}


def _towards(drawn: Draw, exact: Mapping[Cell, int], near: Mapping[Cell, int], base: int) -> Draw:
    """The draw, but where a count of the same persons is shown already: towards that one."""

    def forced(at: Cell) -> float:
        if at not in near:
            return drawn(at)
        below = exact[at] // base * base
        low, high = abs(below - near[at]), abs(below + base - near[at])
        return drawn(at) if low == high else _FORCED if low < high else -_FORCED

    return forced


def _laid_on(
    shown: Counted, flows: Mapping[tuple[str, str], Counted], reading: ReadingText
) -> dict[Pair, Counts]:
    """The shown counts with what comes in and without what goes out.

    A small count may come out below 0, so that sums stay what they are; only sums are told of a reading.
    """
    entered, left = flows.get((reading.id, IN), {}), flows.get((reading.id, OUT), {})
    made = {}
    for pair, counts in shown.items():
        more, less = entered.get(pair, {}), left.get(pair, {})
        keys = [*counts, *(key for key in more if key not in counts)]
        sums = {key: counts.get(key, 0) + more.get(key, 0) - less.get(key, 0) for key in keys}
        made[pair] = {key: count for key, count in sums.items() if count}
    return made


def _spread(request: VariantsRequest, flows: Mapping[tuple[str, str], Counted], reading: ReadingText) -> int:
    """How much further than one of the tables a count of a reading can be off."""
    if request.released.base is None:
        return 0
    return (request.settings.basis - 1) * sum((reading.id, direction) in flows for direction in (IN, OUT))
