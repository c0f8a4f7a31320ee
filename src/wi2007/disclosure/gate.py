"""The gate: from exact counts to counts that can be published, and what a reader can still derive of the small ones.

Categories of a ranked table follow from rounded counts, and the rest of such a table is a cell of the rounding: see
`leaders` for how both agree. What does not belong here: keys, files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from wi2007.disclosure import funnel
from wi2007.disclosure.audit import Interval, safely
from wi2007.disclosure.cells import Cell, Codes, Sets, cells, shown_counts
from wi2007.disclosure.groups import merged as merged_groups
from wi2007.disclosure.groups import settle
from wi2007.disclosure.leaders import Sizes, axes_of, orders
from wi2007.disclosure.outflow import Outflow
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.question import ProtectionRequest, sizes_of
from wi2007.disclosure.relations import Relation, linked
from wi2007.disclosure.rounding import Draw, RoundedTables, RoundingOptions, nearest
from wi2007.tables.build import Merged, Shown
from wi2007.tables.counts import Counted

_Groups = tuple[Merged, Outflow | None]
"""What is shown as one category, in tables and in outflow."""


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
