"""The gate: from exact counts to counts that can be published, and what a reader can still derive of the small ones.

Categories of a ranked table follow from rounded counts, and the rest of such a table is a cell of the rounding:
`orders` is what a ranking that was made once asks of a rounding that keeps it. What does not belong here: keys, files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from schemas.disclosure import Disclosure
from schemas.tables import Axis, Specification, Table
from wi2007.protection import funnel
from wi2007.protection.audit import Interval, safely
from wi2007.protection.cells import (
    Cell,
    Codes,
    Conditions,
    Order,
    Relation,
    Sets,
    cells,
    joined,
    linked,
    shown_counts,
)
from wi2007.protection.groups import merged as merged_groups
from wi2007.protection.groups import settle
from wi2007.protection.outflow import Outflow
from wi2007.protection.rounding import Draw, NoSolutionError, RoundedTables, RoundingOptions, nearest
from wi2007.tables.axes import ranking
from wi2007.tables.build import Merged, Shown
from wi2007.tables.counts import Counted, by_code

_Groups = tuple[Merged, Outflow | None]
"""What is shown as one category, in tables and in outflow."""


@dataclass(frozen=True)
class ProtectionRequest:
    """What is to be protected: exact counts of every pair, those of the funnel (`around`), outflow in time, and how."""

    of_pairs: Counted
    around: Mapping[Cell, int]
    specification: Specification
    peildatum: date
    base: int
    rules: Disclosure
    outflow: Outflow | None = None

    @cached_property
    def sizes(self) -> dict[tuple[str, str], dict[str, int]]:
        """Exact persons by code, for every population and variable."""
        return sizes_of(self.of_pairs)


def sizes_of(of_pairs: Counted) -> dict[tuple[str, str], dict[str, int]]:
    """Persons by code, for every population and variable."""
    return {
        (population, variable): by_code(counts, place)
        for (population, *names), counts in of_pairs.items()
        for place, variable in enumerate(names)
    }


@dataclass(frozen=True)
class Protected:
    """Rounded counts. `exact` and `shown` by cell.

    `reach` times the base is more than any cell is off, but for those of `loose`: rests of ranked tables that are sums
    of rounded counts. How far those are off follows from exact counts, and is told to nobody.
    """

    of_pairs: Counted
    merged: Merged
    exact: Mapping[Cell, int]
    shown: Mapping[Cell, int]
    relations: Sequence[Relation]
    found: Mapping[Cell, Interval]
    reach: int
    loose: frozenset[Cell]
    attempts: int
    outflow: Outflow | None

    @property
    def largest_deviation(self) -> int:
        """How far the furthest cell is off."""
        return max((abs(count - self.exact[at]) for at, count in self.shown.items()), default=0)


@dataclass(frozen=True)
class _Settled(RoundedTables):
    """The same with the rounded count of each pair, and what is shown as one category."""

    of_pairs: Counted = field(default_factory=dict)
    merged: Merged = field(default_factory=dict)
    outflow: Outflow | None = None


def protect(request: ProtectionRequest, draws: Callable[[int], Draw]) -> Protected:
    """Round, rank, merge and audit. `draws` gives the draw of each attempt, from 0.

    Raises `NotSafeError` when every draw tells more than rounding leaves, `NoSolutionError` when none can be made.
    """
    rules = request.rules
    safe = safely(lambda attempt: _settled(request, draws(attempt)), rules.pogingen, rules.klein)
    made = safe.made
    return Protected(
        of_pairs=made.of_pairs,
        merged=made.merged,
        exact=made.exact,
        shown=made.shown,
        relations=made.relations,
        found=safe.found,
        reach=made.reach,
        loose=made.loose,
        attempts=safe.attempts,
        outflow=made.outflow,
    )


def _settled(request: ProtectionRequest, drawn: Draw) -> _Settled:
    """A rounding in which no group stands too much alone but those that are shown as one.

    Decided by rounded counts: by exact ones, that a group stands alone would tell that it is in two categories.
    """

    def rounded_with(groups: _Groups) -> tuple[_Settled, _Groups]:
        merged, outflow = groups
        made = _ranked(replace(request, outflow=outflow), merged, drawn)
        more = merged_groups(made.of_pairs, request.rules.groepsonthulling, merged)
        timed = outflow and outflow.settled(made.shown, request.rules, more)
        return replace(made, merged=merged, outflow=outflow), (more, timed)

    alone: _Groups = ({}, request.outflow)
    return settle(alone, rounded_with)


def _ranked(request: ProtectionRequest, merged: Merged, drawn: Draw) -> _Settled:
    """A rounding whose own ranking is the one that it was made with.

    First with the categories of the exact ranking. Where the rounded counts rank otherwise, once more with the
    categories of that, in which the same codes must be the largest. With few persons, or many codes that are about as
    large, there may be none: what ranks was rounded up then, and the rest is what is left.
    """
    exact_sets = categories(request, merged, request.sizes)
    with suppress(NoSolutionError):
        first = _rounded(request, exact_sets, RoundingOptions(request.base, drawn))
        sizes = sizes_of(first.of_pairs)
        sets = categories(request, merged, sizes)
        if sets == exact_sets:
            return first
        order = orders(request, merged, sizes)
        return _rounded(request, sets, RoundingOptions(request.base, drawn, order))
    return _with_rests(request, merged, drawn)


def _rounded(request: ProtectionRequest, sets: Sets, options: RoundingOptions, furthest: int = 1) -> _Settled:
    """The rounding with the least reach for which there is one."""
    return _of_pairs(request, nearest(*_linked(request, sets), options, furthest))


def _of_pairs(request: ProtectionRequest, made: RoundedTables) -> _Settled:
    return _Settled(**vars(made), of_pairs=shown_counts(request.of_pairs, request.specification, made.shown))


def _with_rests(request: ProtectionRequest, merged: Merged, drawn: Draw) -> _Settled:
    """The rounding of everything but the rests of ranked tables; those are the sums of what they are made of."""
    unranked = categories(request, merged, request.sizes, ranked=False)
    found = _rounded(request, unranked, RoundingOptions(request.base, drawn), request.rules.ruimer)
    exact, relations = _linked(request, categories(request, merged, sizes_of(found.of_pairs)))
    shown = dict(found.shown)
    while len(shown) < len(exact):
        for one in relations:
            if one.whole not in shown and all(part in shown for part in one.parts):
                shown[one.whole] = sum(shown[part] for part in one.parts)
    loose = frozenset(exact.keys() - found.shown.keys())
    in_order = {at: shown[at] for at in exact}
    return replace(found, exact=exact, shown=in_order, relations=relations, loose=loose)


def categories(
    request: ProtectionRequest, merged: Merged, sizes: Sizes, ranked: bool = True
) -> dict[tuple[str, str], set[Codes]]:
    """The categories of several codes that tables show with these sizes, by population and variable.

    Without those of ranked axes where they are not asked for.
    """
    exact = request.sizes
    found: dict[tuple[str, str], set[Codes]] = {}
    for table, axis in axes_of(request.specification):
        if axis.largest is not None and not ranked:
            continue
        at = (table.population, axis.variable)
        decided = Shown(request.specification, request.peildatum, table.population, merged)
        for category in decided.categories(axis, sizes[at]):
            codes = tuple(sorted(set(exact[at]).intersection(category.codes)))
            if len(codes) > 1:
                found.setdefault(at, set()).add(codes)
    return found


def _linked(request: ProtectionRequest, sets: Sets) -> tuple[dict[Cell, int], list[Relation]]:
    inside = cells(request.of_pairs, request.specification, sets)
    around = dict(request.around)
    unknown = {at: around.pop(at) for at in (funnel.UNKNOWN_AGE,) if at in around}
    timed = request.outflow.counts if request.outflow else {}
    if any(inside[at] != timed[at] for at in inside.keys() & timed.keys()):
        raise AssertionError("a cell has two counts")
    exact, relations = linked(unknown | inside | timed)
    more, outer = funnel.related(exact | around)
    return exact | around | more, relations + outer


Sizes = Mapping[tuple[str, str], Mapping[str, int]]
"""By population and variable: persons by code."""


def axes_of(specification: Specification) -> Iterator[tuple[Table, Axis]]:
    """Every axis of every table."""
    for table in specification.tables:
        yield from ((table, axis) for axis in (*table.rows, table.columns))


def orders(request: ProtectionRequest, merged: Merged, sizes: Sizes) -> list[Order]:
    """What holds of every rounding in which the same codes are the largest as in `sizes`."""
    exact, conditions = request.sizes, Conditions(request.specification)
    found: dict[Order, None] = {}
    for table, axis in axes_of(request.specification):
        if axis.largest is None:
            continue
        at = (table.population, axis.variable)
        condition = conditions.of_population[table.population]
        codes = _rankable(request, axis, exact[at], merged.get(at, ()))
        top = ranking(sizes[at], axis.largest, (), codes)
        cells = {code: joined(*condition, conditions.part(axis.variable, [code])) for code in codes}
        for first, second, least in _largest(request, top, codes, axis.largest):
            apart = exact[at].get(first, 0) - exact[at].get(second, 0)
            if not second or apart < 2 * request.base * request.rules.ruimer:
                found[Order(cells.get(first), cells.get(second), least)] = None
    return list(found)


def _rankable(
    request: ProtectionRequest, axis: Axis, sizes: Mapping[str, int], merged: tuple[str, ...]
) -> list[str]:
    text = request.specification.variables.get(axis.variable)
    barred = {*axis.apart, *(text.never_ranked if text else ()), *merged}
    return sorted(code for code, count in sizes.items() if count and code not in barred)


def _largest(
    request: ProtectionRequest, top: list[str], codes: list[str], length: int
) -> Iterator[tuple[str, str, int]]:
    """Codes of which the first counts at least so many more than the second: who is in the ranking, and who is not.

    An empty second is nobody: who ranks has persons. Where there is room left nobody else has; equal counts go by code.
    """
    others = [code for code in codes if code not in top]
    yield from ((code, "", request.base) for code in top)
    if len(top) < length:
        yield from (("", code, 0) for code in others)
    else:
        yield from ((one, code, 0 if one < code else request.base) for one in top for code in others)
