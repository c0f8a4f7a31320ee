"""Lead everybody from one peildatum to the next through the links in their order, and count each link.

A link gets the cell where each person is by then and gives the cell where he is after it: it changes one thing. What it
does to a person leaves a cell and enters another, so the links add up to the whole change, whoever the persons are.
What does not belong here: the order of the links (`config/vergelijking.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from schemas.comparison import MERGED, Comparison
from wi2007 import reference
from wi2007.comparison.people import (
    Flows,
    Mask,
    Matched,
    People,
    Places,
    State,
    differs,
    lists,
    matched,
    positions,
)
from wi2007.dates import all_possible_days
from wi2007.population.persons import ages
from wi2007.reference import classification

LATER, BACK, OTHER_ROUTE, OTHER_CODE = "uitgestroomd", "teruggekomen", "andere_route", "andere_code"
STATUS_PARTS = (LATER, BACK, OTHER_ROUTE, OTHER_CODE)
LASTING = frozenset({"geslacht", "land_van_herkomst", "doelgroep"})
"""Dimensions that do not change in time."""
_EPOCH = date(1970, 1, 1)
GONE, CORRECTED, NEW = "uit_register", "gecorrigeerd", "nieuw_in_register"
_ROUTE_OF: Mapping[str, bool] = {LATER: True, BACK: False}
"""The parts with a route: the one it went to, or the one it came from."""


@dataclass(frozen=True)
class Case:
    """Two peildata and what is known about them: `undefined` are the columns that one of the deliveries lacks."""

    before: date
    after: date
    decisions: Comparison
    undefined: frozenset[str] = frozenset()

    @cached_property
    def routes(self) -> Places:
        """For each status code the place of its route."""
        statuses, routes = reference.statuses(), reference.routes()
        return np.array([routes.index(statuses[code].route) for code in lists()["statuscode"]], np.int32)

    @cached_property
    def successors(self) -> Places:
        """For each municipality the one it counts as at the later peildatum; without a successor itself."""
        known, then = positions("gemeente"), classification(self.after)
        return np.array([known[then[code].code or code] for code in lists()["gemeente"]], np.int32)

    @cached_property
    def splits(self) -> dict[int, list[int]]:
        """The municipalities of the earlier peildatum that were split, with all they became."""
        known = positions("gemeente")
        codes = {change.code for change in self._changes if change.kind == "splitsing"}
        became = {code: self._became(code) for code in sorted(codes)}
        return {known[code]: sorted(known[one] for one in ones) for code, ones in became.items()}

    @property
    def _changes(self) -> list[reference.Reorganisation]:
        return [one for one in reference.reorganisations() if self.before < one.day <= self.after]

    def _became(self, code: str) -> set[str]:
        """Every municipality at the later peildatum that a part of this one went to."""
        then = classification(self.after)
        return {then[one.successor].code or one.successor for one in self._changes if one.code == code}


Link = Callable[[State, People, Case], State]


def changed_definition(state: State, after: People, case: Case) -> State:
    """What one of the deliveries does not tell."""
    return {**state, **{name: after.state[name] for name in case.undefined}}


def merged(state: State, after: People, case: Case) -> State:
    """The municipality in the later classification; of one that was split the part where the person lives now."""
    now, here = state["gemeente"], after.state["gemeente"]
    then = case.successors[now]
    for code, became in case.splits.items():
        stayed = (now == code) & np.isin(here, became)
        then = np.where(stayed, here, then)
    return {**state, "gemeente": then}


def corrected(state: State, before: People, after: People, case: Case) -> State:
    """Traits that do not change in time as they are known now; the age class is that of the new birth date then."""
    found = dict(state)
    for name in LASTING - case.undefined:
        found[name] = after.state[name]
    other = before.births != after.births
    classes = state["leeftijdsklasse"].copy()
    classes[other] = age_classes(after.births[other], case.before)
    found["leeftijdsklasse"] = classes
    if case.decisions.gecorrigeerd.onbekende_gemeente:
        unknown = positions("gemeente")[reference.UNKNOWN_CODE]
        now, here = state["gemeente"], after.state["gemeente"]
        found["gemeente"] = np.where((now == unknown) != (here == unknown), here, now)
    earlier = _of_kinds(state, after, case, case.decisions.gecorrigeerd.eerdere_status)
    earlier &= after.status_days <= (case.before - _EPOCH).days
    found["statuscode"] = np.where(earlier, after.state["statuscode"], state["statuscode"])
    return found


def age_classes(births: Places, peildatum: date) -> Places:
    """The place of the age class of each birth date (yyyymmdd as a number) at a peildatum."""
    values, of_row = np.unique(births, return_inverse=True)
    known, labels = positions("leeftijdsklasse"), reference.age_labels()
    if not len(values):
        return np.empty(0, np.int32)
    found = ages(all_possible_days([f"{value:08d}" for value in values.tolist()]), peildatum).classes
    places = np.array([known[labels[at]] for at in found], dtype=np.int32)
    return places[of_row]


def taken_over(name: str) -> Link:
    """The link after which a dimension is as it is now."""

    def link(state: State, after: People, _: Case) -> State:
        return {**state, name: after.state[name]}

    return link


def status_change(kind: str) -> Link:
    """The link of one kind of change of status."""

    def link(state: State, after: People, case: Case) -> State:
        these = _of_kinds(state, after, case, (kind,))
        return {**state, "statuscode": np.where(these, after.state["statuscode"], state["statuscode"])}

    return link


def _of_kinds(state: State, after: People, case: Case, kinds: Collection[str]) -> Mask:
    """Whose status changes in one of these ways."""
    now, then = state["statuscode"], after.state["statuscode"]
    obliged = reference.routes().index(case.decisions.inburgeringsplichtig)
    route_now, route_then = case.routes[now], case.routes[then]
    was, still, same = route_now == obliged, route_then == obliged, route_now == route_then
    of_kind: Mapping[str, Mask] = {
        LATER: was & ~still,
        BACK: ~was & still,
        OTHER_ROUTE: ~was & ~still & ~same,
        OTHER_CODE: same & (now != then),
    }
    found = np.zeros(len(now), dtype=np.bool_)
    for kind in kinds:
        found |= of_kind[kind]
    return found


SIMPLE: Mapping[str, Link] = {
    "definitie": changed_definition,
    "herindeling": merged,
    "verhuisd": taken_over("gemeente"),
    "ouder": taken_over("leeftijdsklasse"),
    **{kind: status_change(kind) for kind in STATUS_PARTS},
}
"""The links that need no more than where a person is and where he will be."""


@dataclass(frozen=True)
class Recognised:
    """Persoonsnummers of the earlier delivery, those of them in the later one, and persons in both populations.

    `same_birth` counts those whose birth date is the same at both.
    """

    before: int = 0
    known: int = 0
    both: int = 0
    same_birth: int = 0

    def __add__(self, other: Recognised) -> Recognised:
        return Recognised(
            self.before + other.before,
            self.known + other.known,
            self.both + other.both,
            self.same_birth + other.same_birth,
        )


def follow(before: People, after: People, case: Case, flows: Flows) -> Recognised:
    """Follow these people and count what became of them in `flows`; how far they are recognised."""
    who = matched(before, after)
    then, now = before.take(who.both[0]), after.take(who.both[1])
    same = then.births == now.births
    stirred = np.flatnonzero(differs(then.state, now.state) | ~same)
    _Chain(case, flows).run(then.take(stirred), now.take(stirred), _Ends.of(before, after, who))
    return Recognised(len(before.numbers), who.known, len(same), int(np.count_nonzero(same)))


@dataclass(frozen=True)
class _Ends:
    """Who is in one population only: by the link with which each leaves or enters."""

    leaving: dict[str, People]
    entering: dict[str, People]

    @classmethod
    def of(cls, before: People, after: People, who: Matched) -> _Ends:
        return cls(
            {GONE: before.take(who.gone), CORRECTED: before.take(who.left)},
            {NEW: after.take(who.new), CORRECTED: after.take(who.entered)},
        )


class _Chain:
    """The links in their order."""

    def __init__(self, case: Case, flows: Flows) -> None:
        self._case, self._flows = case, flows

    def run(self, then: People, now: People, ends: _Ends) -> None:
        """Raises `ArithmeticError` when somebody is not where he is now after the last link."""
        state: State = then.state
        leaving = dict(ends.leaving)
        for part in self._case.decisions.order:
            new = corrected(state, then, now, self._case) if part == CORRECTED else state
            new = SIMPLE[part](state, now, self._case) if part in SIMPLE else new
            for route, rows in self._by_route(part, state, now):
                who = now.who if rows is None else now.who[rows]
                self._flows.moved(part, who, _rows(state, rows), _rows(new, rows), route)
            state = new
            if part == MERGED:
                leaving = {end: self._merge(people) for end, people in leaving.items()}
            if part in leaving:
                gone = leaving.pop(part)
                self._flows.left(part, gone.who, gone.state)
            if part in ends.entering:
                entered = ends.entering[part]
                self._flows.entered(part, entered.who, entered.state)
        if differs(state, now.state).any():
            raise ArithmeticError("the links do not lead to where somebody is now")

    def _merge(self, people: People) -> People:
        """Who is not in the later population is in the main successor of his municipality until he leaves."""
        new = {**people.state, "gemeente": self._case.successors[people.state["gemeente"]]}
        self._flows.moved(MERGED, people.who, people.state, new)
        return replace(people, state=new)

    def _by_route(self, part: str, state: State, now: People) -> Iterator[tuple[str, Mask | None]]:
        """The rows of each route where the part has one; all rows elsewhere."""
        if part not in _ROUTE_OF:
            yield "", None
            return
        status: Places = (now.state if _ROUTE_OF[part] else state)["statuscode"]
        of_row = self._case.routes[status]
        for place, route in enumerate(reference.routes()):
            yield route, of_row == place


def _rows(state: State, rows: Mask | None) -> State:
    return state if rows is None else {name: places[rows] for name, places in state.items()}
