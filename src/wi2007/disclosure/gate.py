"""The gate: from exact counts to counts that can be published, and what a reader can still derive of the small ones.

Categories of a ranked table follow from rounded counts, and the rest of such a table is a cell of the rounding: so the
rounding is made again until its own ranking is one that it was made with. What does not belong here: keys, files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.disclosure import Disclosure
from schemas.tables import Axis, Specification
from wi2007.disclosure import funnel, groups
from wi2007.disclosure.audit import Interval, intervals
from wi2007.disclosure.cells import Cell, Codes, cells, shown_counts
from wi2007.disclosure.program import NoSolutionError
from wi2007.disclosure.relations import Relation, linked
from wi2007.disclosure.rounding import Draw, rounded
from wi2007.tables.build import Merged, Shown
from wi2007.tables.counts import Counted, by_code

_ROUNDS = 50


class NotSafeError(Exception):
    """Of `cells` a reader can derive more than rounding itself leaves, at every draw that was tried."""

    def __init__(self, cells: int) -> None:
        super().__init__(f"{cells} cells can be narrowed")
        self.cells = cells


@dataclass(frozen=True)
class Question:
    """What is to be protected: exact counts of every pair, those of the funnel, and how."""

    of_pairs: Counted
    around: Mapping[Cell, int]
    specification: Specification
    peildatum: date
    base: int
    rules: Disclosure


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
    """A rounding whose own ranking and merged groups are among those that it was made with."""
    rule = question.rules.groepsonthulling
    merged = groups.merged(question.of_pairs, rule, {})
    sets = _Sets(question)
    sets.add(question.of_pairs, merged)
    for _ in range(_ROUNDS):
        exact, relations = _linked(question, sets)
        shown, reach = _rounded(exact, relations, question, drawn)
        of_pairs = shown_counts(question.of_pairs, question.specification, shown)
        more = groups.merged(of_pairs, rule, merged)
        if not sets.add(of_pairs, more):
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
    exact: Mapping[Cell, int], relations: Sequence[Relation], question: Question, drawn: Draw
) -> tuple[dict[Cell, int], int]:
    """The rounding with the least reach for which there is one."""
    for reach in range(1, question.rules.ruimer + 1):
        try:
            return rounded(exact, relations, question.base, drawn, reach), reach
        except NoSolutionError:
            if reach == question.rules.ruimer:
                raise
    raise AssertionError("unreachable")


class _Sets:
    """The categories of several codes that a rounding was made with, by population and variable."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self.found: dict[tuple[str, str], set[Codes]] = {}

    def add(self, of_pairs: Counted, merged: Merged) -> bool:
        """Add the categories that tables of these counts show; whether there was one among them that is new."""
        new = False
        for at, codes in self._shown(of_pairs, merged):
            if len(codes) > 1 and codes not in self.found.setdefault(at, set()):
                self.found[at].add(codes)
                new = True
        return new

    def _shown(self, of_pairs: Counted, merged: Merged) -> Iterator[tuple[tuple[str, str], Codes]]:
        specification, peildatum = self._question.specification, self._question.peildatum
        for table in specification.tables:
            decided = Shown(specification, peildatum, table.population, merged)
            axes: list[tuple[Axis, Axis, int]] = [(row, row, 0) for row in table.rows]
            for axis, row, place in [*axes, (table.columns, table.rows[0], 1)]:
                pair = (table.population, row.variable, table.columns.variable)
                here = set(by_code(self._question.of_pairs[pair], place))
                for category in decided.categories(axis, by_code(of_pairs[pair], place)):
                    codes = tuple(sorted(here & set(category.codes)))
                    yield (table.population, axis.variable), codes
