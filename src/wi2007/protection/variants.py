"""What a reading counts otherwise, rounded by itself and laid on the rounded tables.

Nobody who counts alike in both readings is rounded again. Persons who only move are one group: where they go out, where
they come in and everything else about them is one rounding. What does not belong here: keys, files, statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from schemas.sensitivity import ReadingText, Sensitivity
from schemas.tables import Specification
from schemas.variants import DIRECTION, IN, OUT, READING
from wi2007.protection.audit import safely
from wi2007.protection.cells import EVERYBODY, Cell, Tables, cells, linked, shown_counts, with_rests
from wi2007.protection.rounding import Draw, RoundedTables, RoundingOptions, nearest
from wi2007.tables.build import COUNT, WHO, Counted, Counts, Pair, counted

Draws = Callable[[Sequence[str], int], Draw]
"""A draw for some readings and directions, and an attempt."""
_MOVED = {"leeftijd": "leeftijdsklasse", "indeling": "gemeente"}


@dataclass(frozen=True)
class Released:
    """What is published already: the counts of the tables, figures by the set of persons, the base (None: exact).

    `who` has the sets of the tables.
    """

    shown: Counted
    who: Tables
    figures: Mapping[int, int]
    base: int | None


@dataclass(frozen=True)
class Group:
    """Persons whose place differs: where they are counted, by reading and direction, and who they are; one rounding.

    `moved` is the variable in which they move; empty for persons who come in or go out.
    """

    parts: Mapping[tuple[str, str], Counted]
    who: Mapping[tuple[str, str], Counted]
    moved: str = ""


@dataclass(frozen=True)
class RoundedVariants:
    """For each reading the counts of the tables, how far each can be off, and for the checker what was rounded.

    `apart` counts cells that are shown further from a table's count of the same persons than the bases differ.
    """

    of_pairs: Mapping[str, Counted]
    spread: Mapping[str, int]
    cells: int
    attempts: int
    apart: int = 0


@dataclass(frozen=True)
class VariantsRequest:
    """What is to be protected."""

    variants: pa.Table
    specification: Specification
    settings: Sensitivity
    released: Released
    attempts: int
    small: int


def groups(request: VariantsRequest) -> Iterator[Group]:
    """The groups: each direction of an exclusion, and all readings of one other question together."""
    by_question: dict[str, list[tuple[str, str]]] = {}
    flows = {
        (reading.id, direction): found
        for reading in request.settings.lezingen
        for direction in (IN, OUT)
        if (found := _flow(request, reading, direction)).num_rows
    }
    counts, who = (
        {part: counted(flow, request.specification, measure) for part, flow in flows.items()}
        for measure in (COUNT, WHO)
    )
    for reading in request.settings.lezingen:
        mine = [part for part in flows if part[0] == reading.id]
        if reading.question == "uitsluiting":
            yield from (Group({part: counts[part]}, {part: who[part]}) for part in mine)
        elif mine:
            by_question.setdefault(reading.question, []).extend(mine)
    for question, parts in by_question.items():
        yield Group(
            {part: counts[part] for part in parts}, {part: who[part] for part in parts}, _MOVED[question]
        )


def protected(request: VariantsRequest, draws: Draws) -> RoundedVariants:
    """The tables of every reading. Raises `NotSafeError` when every draw tells more than rounding leaves."""
    flows: dict[tuple[str, str], Counted] = {}
    number, most, apart = 0, 0, 0
    for group in groups(request):
        if request.released.base is None:
            flows |= group.parts
            continue
        made, tried, looked_at, differ = _rounded(request, group, draws)
        flows |= made
        number, most, apart = number + looked_at, max(most, tried), apart + differ
    found = {
        reading.id: _laid_on(request.released.shown, flows, reading) for reading in request.settings.lezingen
    }
    spread = {reading.id: _spread(request, flows, reading) for reading in request.settings.lezingen}
    return RoundedVariants(found, spread, number, most, apart)


def _flow(request: VariantsRequest, reading: ReadingText, direction: str) -> pa.Table:
    variants = request.variants
    mine = pc.and_(pc.equal(variants[READING], reading.id), pc.equal(variants[DIRECTION], direction))
    return variants.filter(mine).drop_columns([READING, DIRECTION])


def _rounded(
    request: VariantsRequest, group: Group, draws: Draws
) -> tuple[dict[tuple[str, str], Counted], int, int, int]:
    """The rounded flows of a group, how many draws it took, how many cells there are, and differ from a table."""
    base = request.settings.basis
    own, own_who = (
        {
            part: {_named(at, group, part): n for at, n in cells(flow, request.specification, {}).items()}
            for part, flow in flows.items()
        }
        for flows in (group.parts, group.who)
    )
    exact, relations = linked(_together(own.values()))
    who = with_rests(_together(own_who.values()), relations)
    figures = request.released.figures
    near = {at: figures[who[at]] for at in _alike(request, group, who) if who.get(at) in figures}
    names = ["/".join(part) for part in group.parts]

    def rounded_by(attempt: int) -> RoundedTables:
        options = RoundingOptions(base, draws(names, attempt), who=who, wishes=[near])
        return nearest(exact, relations, options, furthest=1)

    safe = safely(rounded_by, request.attempts, request.small)
    apart = sum(abs(safe.made.shown[at] - near[at]) > base - (request.released.base or 0) for at in near)
    made: dict[tuple[str, str], Counted] = {
        part: shown_counts(flow, request.specification, _back(safe.made.shown, own[part], group, part))
        for part, flow in group.parts.items()
    }
    return made, safe.attempts, len(exact), apart


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


def _alike(request: VariantsRequest, group: Group, who: Mapping[Cell, int]) -> set[Cell]:
    """The cells of which a reader can know that a table counts the same persons: as it says, or who is left out.

    What is shown of those may not be told otherwise.
    """
    if not group.moved and all(direction == IN for _, direction in group.parts):
        return {EVERYBODY}
    part = (next(iter(group.parts))[0], OUT)
    of_tables = request.released.who.cells({})
    named = {_named(at, group, part): one for at, one in of_tables.items()}
    return {at for at, one in named.items() if who.get(at) == one}


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
