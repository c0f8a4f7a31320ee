"""The links of the chain from one peildatum to the next: each changes one thing about where a person is counted.

A link gets the cell where each person is by then and gives the cell where he is after it. Who came, went, or crossed
the exclusion is a matter of `chain`. What does not belong here: the order of the links (`config/vergelijking.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from schemas.comparison import Comparison
from wi2007 import reference
from wi2007.classification import classification
from wi2007.comparison.people import Mask, People, Places, State, lists, positions
from wi2007.dates import all_possible_days
from wi2007.population.age import ages

LATER, BACK, OTHER_ROUTE, OTHER_CODE = "uitgestroomd", "teruggekomen", "andere_route", "andere_code"
STATUS_PARTS = (LATER, BACK, OTHER_ROUTE, OTHER_CODE)
LASTING = frozenset({"geslacht", "land_van_herkomst", "doelgroep"})
"""Dimensions that do not change in time."""
_EPOCH = date(1970, 1, 1)


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
