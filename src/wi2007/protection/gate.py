"""The gate: from exact counts to counts that can be published, and what a reader can still derive of the small ones.

The rest of a ranked table is a cell of the rounding. What does not belong here: keys, files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from wi2007.protection import closed_years
from wi2007.protection.audit import Audited, Interval, safely
from wi2007.protection.cells import Cell, Relation, Sets, Sums, shown_counts, sizes_of
from wi2007.protection.groups import merged as merged_groups
from wi2007.protection.groups import settle
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.outflow import Outflow
from wi2007.protection.ranking import categories, orders
from wi2007.protection.released_tables import ReleasedTables
from wi2007.protection.request import ProtectionRequest, all_cells
from wi2007.protection.rounding import Draw, RoundedTables, RoundingOptions, nearest, rounded
from wi2007.tables.build import Counted, Merged

_LASTING = 3
"""How many draws are tried with the figures that closed years have in every report."""
_Groups = tuple[Merged, Outflow | None]
"""What is shown as one category, in tables and in outflow."""


@dataclass(frozen=True)
class Protected:
    """Rounded counts. `exact` and `shown` by cell.

    `reach` times the base is more than any cell is off, but for those of `loose`: rests of ranked tables that are sums
    of rounded counts. How far those are off follows from exact counts, and is told to nobody. `who` has the set of
    persons of each cell, `figures` what is shown by the set of persons, `closed` that of closed years, and `hidden` are
    the cells that nobody is shown.
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
    hidden: frozenset[Cell]
    who: Mapping[Cell, int]
    closed: Mapping[int, int]
    of_change: Mapping[int, int]

    @cached_property
    def released(self) -> ReleasedTables:
        """What has to be kept to make the same tables again."""
        together = self.outflow.together if self.outflow else {}
        loose = bool(self.loose)
        return ReleasedTables(
            self.shown, self.merged, together, self.closed, self.of_change, loose, self.reach, self.attempts
        )

    @cached_property
    def figures(self) -> dict[int, int]:
        """What is shown, by the set of persons, with that of parts of the change that were rounded with the tables."""
        told = self.shown.keys() - self.hidden
        return {**self.of_change, **{self.who[at]: self.shown[at] for at in told if at in self.who}}

    @property
    def largest_deviation(self) -> int:
        """How far the furthest cell is off."""
        told = self.shown.keys() - self.hidden
        return max((abs(self.shown[at] - self.exact[at]) for at in told), default=0)


@dataclass(frozen=True)
class _Settled(RoundedTables):
    """The same with the rounded count of each pair, and what is shown as one category."""

    of_pairs: Counted = field(default_factory=dict)
    merged: Merged = field(default_factory=dict)
    outflow: Outflow | None = None
    who: Mapping[Cell, int] = field(default_factory=dict)
    closed: Mapping[int, int] = field(default_factory=dict)
    of_change: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Draws:
    """The draw of each attempt, from 0, and that of closed years, which is the same in every release."""

    of_attempt: Callable[[int], Draw]
    lasting: Draw | None = None


def protect(request: ProtectionRequest, draws: Draws) -> Protected:
    """Round, rank, merge and audit.

    Raises `NotSafeError` when every draw tells more than rounding leaves, `NoSolutionError` when none can be made.
    """
    rules = request.rules

    def rounded_by(attempt: int) -> _Settled:
        return _settled(request, draws.of_attempt(attempt), draws.lasting if attempt < _LASTING else None)

    safe = safely(rounded_by, rules.pogingen, rules.klein)
    return _protected(safe.made, safe)


def _protected(made: _Settled, safe: Audited[_Settled]) -> Protected:
    return Protected(
        of_pairs=made.of_pairs,
        merged=made.merged,
        exact=made.exact,
        shown=made.shown,
        relations=made.relations,
        found=safe.found,
        reach=made.reach,
        loose=made.loose - made.hidden,
        attempts=safe.attempts,
        outflow=made.outflow,
        hidden=made.hidden,
        who=made.who,
        closed=made.closed,
        of_change=made.of_change,
    )


def repaired(
    request: ProtectionRequest, made: ReleasedTables, joined: Sequence[Sums], drawn: Draw
) -> Protected:
    """The same tables, rounded once more so that sums of the change hold too; as few figures differ as can be.

    With nothing `joined` they are the same. Raises `NotSafeError` or `NoSolutionError` when that cannot be, and the
    latter when there are other tables by now.
    """
    if request.tables.cells({}).keys() - made.shown.keys():
        raise NoSolutionError
    asked = replace(request, closed=bool(made.closed))
    outflow = request.outflow and replace(request.outflow, together=made.together)

    def rounded_with(groups: _Groups) -> tuple[_Settled, _Groups]:
        merged, timed = groups
        again = _with_parts(replace(asked, outflow=timed), merged, made, joined, drawn)
        again = replace(again, merged=merged, outflow=timed)
        return again, _groups_of(request, again)

    settled = settle((made.merged, outflow), rounded_with)
    figures = {one: settled.shown[at] for at, one in settled.who.items()}
    safe = safely(lambda _: settled, 1, request.rules.klein)
    return replace(
        _protected(settled, safe),
        closed={one: figures[one] for one in made.closed},
        of_change=settled.of_change if joined else made.of_change,
        attempts=made.attempts,
    )


def _with_parts(
    request: ProtectionRequest, merged: Merged, made: ReleasedTables, joined: Sequence[Sums], drawn: Draw
) -> _Settled:
    """The tables in one program with parts of the change, with the ranking and the figures that they have."""
    sizes = sizes_of(shown_counts(request.of_pairs, request.specification, made.shown))
    own = all_cells(request, categories(request, merged, sizes))
    unranked = all_cells(request, categories(request, merged, sizes, ranked=False))
    loose = frozenset(own.exact.keys() - unranked.exact.keys()) if made.loose else frozenset()
    hidden = closed_years.before(own.exact) if request.closed else frozenset()
    together = own.joined_with(joined)
    known = {at: figure for at, figure in made.shown.items() if at in own.exact}
    within = [one for one in together.orders if one.larger in own.exact]
    asked = RoundingOptions(
        request.base,
        drawn,
        order=[*orders(request, merged, sizes), *within],
        reach=made.reach,
        who=together.who,
        wishes=[closed_years.shown_before(own.who, made.closed, request.earlier), known, together.shown],
        loose=loose | hidden,
    )
    shown = rounded(together.exact, together.relations, asked)
    of_tables = {at: shown[at] for at in own.exact}
    return _Settled(
        own.exact,
        of_tables,
        own.relations,
        request.base,
        made.reach,
        loose | hidden,
        hidden,
        of_pairs=shown_counts(request.of_pairs, request.specification, of_tables),
        who=own.who,
        of_change={one: shown[at] for part in joined for at, one in part.who.items()},
    )


def _settled(request: ProtectionRequest, drawn: Draw, lasting: Draw | None) -> _Settled:
    """A rounding in which no group stands too much alone but those that are shown as one.

    Decided by rounded counts: by exact ones, that a group stands alone would tell that it is in two categories.
    """
    years: dict[str, Mapping[Cell, int]] = {}

    def rounded_with(groups: _Groups) -> tuple[_Settled, _Groups]:
        merged, outflow = groups
        timed, options = replace(request, outflow=outflow), RoundingOptions(request.base, drawn)
        together = repr(outflow and outflow.together)
        if together not in years:
            years[together] = _closed_years(timed, lasting)
        made = _with_closed_years(timed, merged, options, years[together])
        made = replace(made, merged=merged, outflow=outflow)
        return made, _groups_of(request, made)

    none: Merged = {}
    return settle((none, request.outflow), rounded_with)


def _groups_of(request: ProtectionRequest, made: _Settled) -> _Groups:
    """The groups that stand too much alone, with those that are shown as one already."""
    more = merged_groups(made.of_pairs, request.rules.groepsonthulling, made.merged)
    return more, made.outflow and made.outflow.settled(made.shown, request.rules, more)


def _closed_years(request: ProtectionRequest, lasting: Draw | None) -> Mapping[Cell, int]:
    """The figures that closed years have in every report."""
    if not request.outflow or not lasting:
        return {}
    return closed_years.rounded_years(
        request.outflow, RoundingOptions(request.base, lasting), request.earlier
    )


def _with_closed_years(
    request: ProtectionRequest, merged: Merged, options: RoundingOptions, closed: Mapping[Cell, int]
) -> _Settled:
    """A rounding in which closed years have the figures that they have in every report, as far as sums allow."""
    if closed:
        with suppress(NoSolutionError):
            made = _ranked(replace(request, closed=True), merged, replace(options, wishes=[closed]))
            return replace(made, closed={made.who[at]: made.shown[at] for at in closed})
    return _ranked(request, merged, options)


def _ranked(request: ProtectionRequest, merged: Merged, options: RoundingOptions) -> _Settled:
    """A rounding whose own ranking is the one that it was made with.

    First with the categories of the exact ranking. Where the rounded counts rank otherwise, once more with the
    categories of that, in which the same codes must be the largest. With few persons, or many codes that are about as
    large, there may be none: what ranks was rounded up then, and the rest is what is left.
    """
    exact_sets = categories(request, merged, request.sizes)
    with suppress(NoSolutionError):
        first = _rounded(request, exact_sets, options)
        sizes = sizes_of(first.of_pairs)
        sets = categories(request, merged, sizes)
        if sets == exact_sets:
            return first
        return _rounded(request, sets, replace(options, order=orders(request, merged, sizes)))
    return _with_rests(request, merged, options)


def _rounded(request: ProtectionRequest, sets: Sets, options: RoundingOptions, furthest: int = 1) -> _Settled:
    """The rounding with the least reach for which there is one."""
    every = all_cells(request, sets)
    hidden = closed_years.before(every.exact) if request.closed else ()
    asked = replace(options, who=every.who, loose=hidden)
    made = nearest(every.exact, every.relations, asked, furthest)
    of_pairs = shown_counts(request.of_pairs, request.specification, made.shown)
    return _Settled(**vars(made), of_pairs=of_pairs, who=every.who)


def _with_rests(request: ProtectionRequest, merged: Merged, options: RoundingOptions) -> _Settled:
    """The rounding of everything but the rests of ranked tables; those are the sums of what they are made of."""
    unranked = categories(request, merged, request.sizes, ranked=False)
    found = _rounded(request, unranked, options, request.rules.ruimer)
    every = all_cells(request, categories(request, merged, sizes_of(found.of_pairs)))
    shown = dict(found.shown)
    while len(shown) < len(every.exact):
        for one in every.relations:
            if one.whole not in shown and all(part in shown for part in one.parts):
                shown[one.whole] = sum(shown[part] for part in one.parts)
    loose = found.loose | (every.exact.keys() - found.shown.keys())
    in_order = {at: shown[at] for at in every.exact}
    return replace(
        found, exact=every.exact, shown=in_order, relations=every.relations, loose=loose, who=every.who
    )
