"""The gate: from exact counts to counts that can be published, and what a reader can still derive of the small ones.

Categories of a ranked table follow from rounded counts, and the rest of such a table is a cell of the rounding: so what
decides a ranking is rounded first (see `leaders`). What does not belong here: keys, files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from wi2007.disclosure import funnel, groups
from wi2007.disclosure.audit import Interval, intervals
from wi2007.disclosure.cells import Cell, Codes, cells, shown_counts
from wi2007.disclosure.leaders import Sizes, axes_of, leading, sizes_of
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
    """Rounded counts. `exact` and `shown` by cell; `reach` times the base is more than any cell is off."""

    of_pairs: Counted
    merged: Merged
    exact: Mapping[Cell, int]
    shown: Mapping[Cell, int]
    relations: Sequence[Relation]
    found: Mapping[Cell, Interval]
    reach: int
    attempts: int

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
        spread = question.base * settled.reach
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
                attempts=attempt + 1,
            )
    raise NotSafeError(narrowed)


@dataclass(frozen=True)
class _Settled:
    exact: dict[Cell, int]
    shown: dict[Cell, int]
    relations: list[Relation]
    merged: Merged
    reach: int


def _settled(question: Question, drawn: Draw) -> _Settled:
    """A rounding whose own ranking and merged groups are those that it was made with.

    What decides a ranking is rounded first, each count by its own draw, so that the categories are known before the
    rest is rounded. Where that cannot be kept (with few persons), or a group turns out to stand too much alone, the
    rounding is made again with the categories that came of it.
    """
    rule = question.rules.groepsonthulling
    merged: Merged = groups.merged(question.of_pairs, rule, {})
    fixed: Mapping[Cell, int]
    fixed, sizes = leading(question, merged, drawn)
    sets = _Sets(question)
    sets.add(sizes, merged)
    for _ in range(_ROUNDS):
        exact, relations = _linked(question, sets)
        shown, reach, fixed = _rounded(exact, relations, question, drawn, fixed)
        of_pairs = shown_counts(question.of_pairs, question.specification, shown)
        more = groups.merged(of_pairs, rule, merged)
        if not sets.add(sizes_of(of_pairs), more):
            return _Settled(exact, shown, relations, more, reach)
        merged = more
    raise AssertionError("the ranking does not settle")


def _linked(question: Question, sets: _Sets) -> tuple[dict[Cell, int], list[Relation]]:
    inside = cells(question.of_pairs, question.specification, sets.found)
    around = dict(question.around)
    unknown = {at: around.pop(at) for at in (funnel.UNKNOWN_AGE,) if at in around}
    exact, relations = linked(unknown | inside)
    more, outer = funnel.related(exact | around)
    return exact | around | more, relations + outer


def _rounded(
    exact: Mapping[Cell, int],
    relations: Sequence[Relation],
    question: Question,
    drawn: Draw,
    fixed: Mapping[Cell, int],
) -> tuple[dict[Cell, int], int, Mapping[Cell, int]]:
    """The rounding with the least reach for which there is one, and what was kept fixed."""
    for kept in (fixed, {}) if fixed else ({},):
        with suppress(NoSolutionError):
            return rounded(exact, relations, Way(question.base, drawn, kept)), 1, kept
    for reach in range(2, question.rules.ruimer + 1):
        with suppress(NoSolutionError):
            return rounded(exact, relations, Way(question.base, drawn, reach=reach)), reach, {}
    raise NoSolutionError


class _Sets:
    """The categories of several codes that a rounding was made with, by population and variable."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._exact = sizes_of(question.of_pairs)
        self.found: dict[tuple[str, str], set[Codes]] = {}

    def add(self, sizes: Sizes, merged: Merged) -> bool:
        """Add the categories that tables show with these sizes; whether there was one among them that is new."""
        before = sum(map(len, self.found.values()))
        question = self._question
        for table, axis in axes_of(question.specification):
            at = (table.population, axis.variable)
            decided = Shown(question.specification, question.peildatum, table.population, merged)
            for category in decided.categories(axis, sizes[at]):
                codes = tuple(sorted(set(self._exact[at]).intersection(category.codes)))
                if len(codes) > 1:
                    self.found.setdefault(at, set()).add(codes)
        return sum(map(len, self.found.values())) > before
