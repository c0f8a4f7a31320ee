"""The chain from one peildatum to the next: everybody goes through the links in their order, and each link is counted.

What a link does to a person leaves a cell and enters another, so the links add up to the whole change, whoever the
persons are. What does not belong here: what each link changes (`links`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from schemas.comparison import MERGED
from wi2007 import reference
from wi2007.comparison.flows import Flows, differs
from wi2007.comparison.links import BACK, LATER, SIMPLE, Case, corrected
from wi2007.comparison.matching import Matched, matched
from wi2007.comparison.people import Mask, People, Places, State

GONE, CORRECTED, NEW = "uit_register", "gecorrigeerd", "nieuw_in_register"
_ROUTE_OF: Mapping[str, bool] = {LATER: True, BACK: False}
"""The parts with a route: the one it went to, or the one it came from."""


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
    """The cells of who is in one population only: by the link with which each leaves or enters."""

    leaving: dict[str, State]
    entering: dict[str, State]

    @classmethod
    def of(cls, before: People, after: People, who: Matched) -> _Ends:
        return cls(
            {GONE: before.take(who.gone).state, CORRECTED: before.take(who.left).state},
            {NEW: after.take(who.new).state, CORRECTED: after.take(who.entered).state},
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
                self._flows.moved(part, _rows(state, rows), _rows(new, rows), route)
            state = new
            if part == MERGED:
                leaving = {end: self._merge(cells) for end, cells in leaving.items()}
            if part in leaving:
                self._flows.left(part, leaving.pop(part))
            if part in ends.entering:
                self._flows.entered(part, ends.entering[part])
        if differs(state, now.state).any():
            raise ArithmeticError("the links do not lead to where somebody is now")

    def _merge(self, cells: State) -> State:
        """Who is not in the later population is in the main successor of his municipality until he leaves."""
        new = {**cells, "gemeente": self._case.successors[cells["gemeente"]]}
        self._flows.moved(MERGED, cells, new)
        return new

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
