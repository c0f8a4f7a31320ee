"""The gate: from exact counts to counts that can be published, and what a reader can still derive of the small ones.

Categories of a ranked table follow from rounded counts, and the rest of such a table is a cell of the rounding: see
`leaders` for how both agree. What does not belong here: keys, files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from wi2007.disclosure import funnel, groups
from wi2007.disclosure.audit import Interval, intervals
from wi2007.disclosure.cells import Cell, Codes, Sets, cells, shown_counts
from wi2007.disclosure.leaders import Sizes, axes_of, orders, sizes_of
from wi2007.disclosure.outflow import Outflow
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.question import Question
from wi2007.disclosure.relations import Relation, linked
from wi2007.disclosure.rounding import Draw, Way, rounded
from wi2007.tables.build import Merged, Shown
from wi2007.tables.counts import Counted

_ROUNDS = 50


class NotSafeError(Exception):
    """Of `cells` a reader can derive more than rounding itself leaves, at every draw that was tried."""

    def __init__(self, cells: int) -> None:
        super().__init__(f"{cells} cells can be narrowed")
        self.cells = cells


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


def protect(question: Question, draws: Callable[[int], Draw]) -> Protected:
    """Round, rank, merge and audit. `draws` gives the draw of each attempt, from 0.

    Raises `NotSafeError` when every draw tells more than rounding leaves, `NoSolutionError` when none can be made.
    """
    narrowed = 0
    for attempt in range(question.rules.pogingen):
        settled = _settled(question, draws(attempt))
        small = question.rules.klein * question.base
        looked_at = [at for at, count in settled.exact.items() if count < small]
        usual, free = question.base * settled.reach, question.base * len(settled.shown)
        spread = {at: free if at in settled.loose else usual for at in settled.shown}
        found = intervals(settled.shown, settled.relations, spread, looked_at)
        narrowed = sum(one.narrower for one in found.values())
        if not narrowed:
            return Protected(
                of_pairs=shown_counts(question.of_pairs, question.specification, settled.shown),
                merged=settled.merged,
                exact=settled.exact,
                shown=settled.shown,
                relations=settled.relations,
                found=found,
                reach=settled.reach,
                loose=settled.loose,
                attempts=attempt + 1,
                outflow=settled.outflow,
            )
    raise NotSafeError(narrowed)


@dataclass(frozen=True)
class _Settled:
    exact: dict[Cell, int]
    shown: dict[Cell, int]
    relations: list[Relation]
    merged: Merged
    reach: int
    loose: frozenset[Cell] = frozenset()
    outflow: Outflow | None = None


def _settled(question: Question, drawn: Draw) -> _Settled:
    """A rounding in which no group stands too much alone but those that are shown as one.

    Decided by rounded counts: by exact ones, that a group stands alone would tell that it is in two categories.
    """
    rule = question.rules.groepsonthulling
    merged: Merged = {}
    for _ in range(_ROUNDS):
        found = _ranked(question, merged, drawn)
        of_pairs = shown_counts(question.of_pairs, question.specification, found.shown)
        more = groups.merged(of_pairs, rule, merged)
        outflow = question.outflow and question.outflow.settled(found.shown, question.rules, more)
        if more == merged and outflow is question.outflow:
            return replace(found, outflow=outflow)
        merged, question = more, replace(question, outflow=outflow)
    raise AssertionError("the groups do not settle")


def _ranked(question: Question, merged: Merged, drawn: Draw) -> _Settled:
    """A rounding whose own ranking is the one that it was made with.

    First with the categories of the exact ranking. Where the rounded counts rank otherwise, once more with the
    categories of that, in which the same codes must be the largest. With few persons, or many codes that are about as
    large, there may be none: what ranks was rounded up then, and the rest is what is left.
    """
    exact_sets = categories(question, merged, sizes_of(question.of_pairs))
    with suppress(NoSolutionError):
        first = _rounded(question, exact_sets, Way(question.base, drawn))
        sizes = sizes_of(shown_counts(question.of_pairs, question.specification, first.shown))
        sets = categories(question, merged, sizes)
        if sets == exact_sets:
            return replace(first, merged=merged)
        order = orders(question, merged, sizes)
        return replace(_rounded(question, sets, Way(question.base, drawn, order)), merged=merged)
    return replace(_with_rests(question, merged, drawn), merged=merged)


def _rounded(question: Question, sets: Sets, way: Way) -> _Settled:
    exact, relations = _linked(question, sets)
    return _Settled(exact, rounded(exact, relations, way), relations, {}, way.reach)


def _with_rests(question: Question, merged: Merged, drawn: Draw) -> _Settled:
    """The rounding of everything but the rests of ranked tables; those are the sums of what they are made of."""
    found = _nearest(question, categories(question, merged, sizes_of(question.of_pairs), ranked=False), drawn)
    sizes = sizes_of(shown_counts(question.of_pairs, question.specification, found.shown))
    exact, relations = _linked(question, categories(question, merged, sizes))
    shown = dict(found.shown)
    while len(shown) < len(exact):
        for one in relations:
            if one.whole not in shown and all(part in shown for part in one.parts):
                shown[one.whole] = sum(shown[part] for part in one.parts)
    loose = frozenset(exact.keys() - found.shown.keys())
    return _Settled(exact, {at: shown[at] for at in exact}, relations, {}, found.reach, loose)


def _nearest(question: Question, sets: Sets, drawn: Draw) -> _Settled:
    """The rounding with the least reach for which there is one."""
    for reach in range(1, question.rules.ruimer + 1):
        with suppress(NoSolutionError):
            return _rounded(question, sets, Way(question.base, drawn, reach=reach))
    raise NoSolutionError


def categories(
    question: Question, merged: Merged, sizes: Sizes, ranked: bool = True
) -> dict[tuple[str, str], set[Codes]]:
    """The categories of several codes that tables show with these sizes, by population and variable.

    Without those of ranked axes where they are not asked for.
    """
    exact = sizes_of(question.of_pairs)
    found: dict[tuple[str, str], set[Codes]] = {}
    for table, axis in axes_of(question.specification):
        if axis.largest is not None and not ranked:
            continue
        at = (table.population, axis.variable)
        decided = Shown(question.specification, question.peildatum, table.population, merged)
        for category in decided.categories(axis, sizes[at]):
            codes = tuple(sorted(set(exact[at]).intersection(category.codes)))
            if len(codes) > 1:
                found.setdefault(at, set()).add(codes)
    return found


def _linked(question: Question, sets: Sets) -> tuple[dict[Cell, int], list[Relation]]:
    inside = cells(question.of_pairs, question.specification, sets)
    around = dict(question.around)
    unknown = {at: around.pop(at) for at in (funnel.UNKNOWN_AGE,) if at in around}
    timed = question.outflow.counts if question.outflow else {}
    if any(inside[at] != timed[at] for at in inside.keys() & timed.keys()):
        raise AssertionError("a cell has two counts")
    exact, relations = linked(unknown | inside | timed)
    more, outer = funnel.related(exact | around)
    return exact | around | more, relations + outer
