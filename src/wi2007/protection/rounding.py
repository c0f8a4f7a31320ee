"""Controlled rounding: every cell up or down to a multiple of the base, so that all relations still hold.

Zeros and other multiples stay what they are; every other cell is off by less than the base. The choice between up and
down is drawn, nearer multiples more often, and the draw follows from a key: see `draw`.
Method: Cox (1987), A constructive procedure for unbiased controlled rounding; here as one integer program over all
linked tables. The audit solves programs over the same cells. What does not belong here: where the key comes from.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from wi2007.protection.cells import Cell, Order, Relation
from wi2007.protection.linear import LinearProgram, Matrix, NoSolutionError, Places, Rows, Vector


class Program:
    """The relations as a matrix: a row for each relation, a column for each cell in the order of `cells`."""

    def __init__(self, cells: Collection[Cell], relations: Sequence[Relation]) -> None:
        self.column = {at: place for place, at in enumerate(cells)}
        sides = [[(one.whole, 1.0), *((part, -1.0) for part in one.parts)] for one in relations]
        self.matrix = self._matrix(sides)

    def differences(self, values: ArrayLike) -> Vector:
        """For each relation the whole less its parts."""
        return self.matrix @ values

    def ordered(self, order: Sequence[Order], below: ArrayLike, base: int) -> Rows:
        """Each order as a row over the steps above `below`, with the least that it may come to."""
        sides = [
            [(at, sign) for at, sign in ((one.larger, 1.0), (one.smaller, -1.0)) if at is not None]
            for one in order
        ]
        matrix = self._matrix(sides)
        return matrix, (np.array([one.least for one in order]) - matrix @ below) / base, np.inf

    def _matrix(self, sides: Sequence[Sequence[tuple[Cell, float]]]) -> Matrix:
        rows = []
        for side in sides:
            row: dict[int, float] = {}
            for at, sign in side:
                place = self.column[at]
                row[place] = row.get(place, 0.0) + sign
            rows.append([(place, value) for place, value in row.items() if value])
        return Matrix.of(rows, len(self.column))


Who = int
"""A set of persons: the same number for the same persons (`wie` in `schemas.cube`)."""
Draw = Callable[[Cell | Who], float]
_STEPS = 2**32
_WISHED, _LESS = 1000.0, 8
"""The price of a step away from a wish, above that of any draw; so many times less for each that is less important."""
_NEARLY, _NEAR, _NODES = 900.0, 1.0, 20
"""How much dearer than the cheapest a rounding may be: less than one wish, less than two draws; and how long it is
looked for."""
_APART = 1e-6
_FURTHER = 3000.0
"""The price of going a base further than up or down: above that of any choice between those two, and of any wish."""
_ANYWHERE, _ASIDE = 1000, 10.0
"""How many bases a loose cell can be off at the most, and the price of each: below that of any wish."""


def draw(key: bytes, *release: object) -> Draw:
    """A number in [0, 1) for each cell, or set of persons: the same for the same key and release (peildatum, base)."""
    stem = repr(release)

    @cache
    def drawn(at: Cell | Who) -> float:
        own = hmac.digest(key, f"{stem}{at!r}".encode(), "sha256")
        return int.from_bytes(own[:4], "big") / _STEPS

    return drawn


@dataclass(frozen=True)
class RoundingOptions:
    """How to round: to multiples of `base`, by this draw, in such a way that every `order` holds.

    Cells with the same persons (`who`) are rounded as one. `wishes` are figures that cells should have as far as all
    sums allow, the most important first. `loose` cells, which nobody is shown, may be off further where they must. With
    a `reach` above 1 every cell with persons may be off by up to so many times the base, as seldom as can be: with few
    persons there may be no rounding within the base itself.
    """

    base: int
    drawn: Draw
    order: Sequence[Order] = ()
    reach: int = 1
    who: Mapping[Cell, Who] = field(default_factory=dict)
    wishes: Sequence[Mapping[Cell, int]] = ()
    loose: Collection[Cell] = ()


@dataclass(frozen=True)
class RoundedTables:
    """The exact and the shown count of every cell, with the relations that hold for both.

    `reach` times `base` is more than any cell is off, but for those of `loose`: sums of rounded counts. Those of
    `hidden` are loose and shown to nobody.
    """

    exact: Mapping[Cell, int]
    shown: Mapping[Cell, int]
    relations: Sequence[Relation]
    base: int
    reach: int = 1
    loose: frozenset[Cell] = frozenset()
    hidden: frozenset[Cell] = frozenset()


def nearest(
    exact: Mapping[Cell, int], relations: Sequence[Relation], options: RoundingOptions, furthest: int
) -> RoundedTables:
    """The rounding with the least reach, from that of the options up to `furthest`, for which there is one.

    Raises `NoSolutionError` when there is none.
    """
    for reach in range(options.reach, furthest + 1):
        with suppress(NoSolutionError):
            shown = rounded(exact, relations, replace(options, reach=reach))
            hidden = frozenset(options.loose)
            return RoundedTables(exact, shown, relations, options.base, reach, hidden, hidden)
    raise NoSolutionError


def rounded(
    counts: Mapping[Cell, int], relations: Sequence[Relation], options: RoundingOptions
) -> dict[Cell, int]:
    """The rounded count of every cell. Raises `NoSolutionError` when no rounding keeps all relations."""
    if not counts:
        return {}
    first = first_of_each(sorted(counts), options.who)
    shown = _Rounding(first, relations, options).of({at: counts[at] for at in dict.fromkeys(first.values())})
    return {at: shown[one] for at, one in first.items()}


def first_of_each(cells: Iterable[Cell], who: Mapping[Cell, Who]) -> dict[Cell, Cell]:
    """For each cell the first of those with the same persons; itself, where it is not known who they are."""
    first: dict[Cell | Who, Cell] = {}
    return {at: first.setdefault(who.get(at) or at, at) for at in cells}


class _Rounding:
    """The one program of all sets of persons: for each a number of steps of a base above the multiple below it."""

    def __init__(
        self, first: Mapping[Cell, Cell], relations: Iterable[Relation], options: RoundingOptions
    ) -> None:
        self._first, self._options = first, options
        told = (Relation(first[one.whole], tuple(first[at] for at in one.parts)) for one in relations)
        once = [one for one in dict.fromkeys(told) if one.parts != (one.whole,)]
        self._program = Program(dict.fromkeys(first.values()), once)

    def of(self, counts: Mapping[Cell, int]) -> dict[Cell, int]:
        """The rounded count of each set. Raises `NoSolutionError`."""
        base, exact = self._options.base, np.array(list(counts.values()))
        below = exact - exact % base
        steps = self._steps(exact, below).cheapest(list(self._rows(below, base)))
        return self._checked(counts, below + base * steps)

    def _steps(self, exact: Vector, below: Vector) -> _Steps:
        options = self._options
        least, most = np.zeros(len(exact)), np.minimum(exact - below, 1.0)
        further = np.minimum(exact, 1) * (options.reach - 1)
        down = np.minimum(further, exact // options.base)
        loose = sorted({self._program.column[self._first[at]] for at in options.loose})
        further[loose], down[loose] = _ANYWHERE, exact[loose] // options.base
        beyond = np.full(len(exact), _FURTHER)
        beyond[loose] = _ASIDE
        drawn = np.array([options.drawn(options.who.get(at, at)) for at in self._program.column])
        prices = drawn - (exact - below) / options.base
        wished, weights = np.full(len(exact), np.nan), np.zeros(len(exact))
        for place, (figure, weight) in self._wishes().items():
            aim = np.clip((figure - below[place]) / options.base, -down[place], most[place] + further[place])
            if aim == round(aim):
                wished[place], weights[place] = aim, weight
                least[place], most[place] = min(least[place], aim), max(most[place], aim)
        return _Steps(least, most, further, down, prices, beyond, wished, weights)

    def _wishes(self) -> dict[int, tuple[int, float]]:
        """By column the figure that it should have, and how much that matters."""
        found: dict[int, tuple[int, float]] = {}
        for importance, figures in enumerate(self._options.wishes):
            for at, figure in figures.items():
                place = self._program.column[self._first[at]]
                found.setdefault(place, (figure, _WISHED / _LESS**importance))
        return found

    def _rows(self, below: Vector, base: int) -> Iterator[Rows]:
        owed = -self._program.differences(below) / base
        yield self._program.matrix, owed, owed
        orders = [
            Order(self._set(one.larger), self._set(one.smaller), one.least) for one in self._options.order
        ]
        yield self._program.ordered(orders, below, base)

    def _set(self, at: Cell | None) -> Cell | None:
        return None if at is None else self._first[at]

    def _checked(self, counts: Mapping[Cell, int], made: Vector) -> dict[Cell, int]:
        if self._program.differences(made).any():
            raise AssertionError("the solver's numbers do not keep all relations")
        return dict(zip(counts, made.round().astype(int).tolist(), strict=True))


@dataclass(frozen=True)
class _Steps:
    """For each column how many steps it may go, at which price each, and how many it should go (else not a number).

    Between `least` and `most` a step costs its price; `further` up or `down` it costs more: `beyond`.
    """

    least: Vector
    most: Vector
    further: Vector
    down: Vector
    prices: Vector
    beyond: Vector
    wished: Vector
    weights: Vector

    def cheapest(self, rows: Sequence[Rows]) -> Vector:
        """The cheapest whole steps; with wishes, those that grant nearly as many as can be. Raises `NoSolutionError`.

        First with the wishes that the cheapest steps, broken or whole, grant; where there are no whole steps with all
        of these, as many as there are whole steps with.
        """
        if np.isnan(self.wished).all():
            return self._joined(self._program(rows).cheapest_whole(self._all_prices()))
        broken = self._joined(self._program(rows).cheapest(self._all_prices()))
        if np.abs(broken - broken.round()).max() < _APART:
            return broken.round()
        with suppress(NoSolutionError):
            return self._granting(broken, rows)
        cheap = self._program(rows).cheap_whole(self._all_prices(), _NEARLY, _NODES)
        return self._granting(self._joined(cheap), rows)

    def _granting(self, steps: Vector, rows: Sequence[Rows]) -> Vector:
        """Nearly the cheapest whole steps with the wishes that these grant, and with as many more as there can be."""
        held = np.abs(steps - self.wished) < _APART
        granting = replace(
            self,
            least=np.where(held, self.wished, self.least),
            most=np.where(held, self.wished, self.most),
            further=np.where(held, 0, self.further),
            down=np.where(held, 0, self.down),
        )
        near = granting._program(rows).nearly_cheapest_whole(granting._all_prices(), _NEAR, _NODES)
        return granting._joined(near)

    @property
    def _more(self) -> Places:
        return np.flatnonzero(self.further + self.down)

    def _program(self, rows: Sequence[Rows]) -> LinearProgram:
        more = self._more
        bounds = (
            np.concatenate([self.least, 0 * more, 0 * more]),
            np.concatenate([self.most, self.further[more], self.down[more]]),
        )
        wider = [(matrix.beside(more, 1.0).beside(more, -1.0), low, high) for matrix, low, high in rows]
        return LinearProgram(bounds, wider, len(self.least) + 2 * len(more))

    def _all_prices(self) -> Vector:
        towards = np.where(self.wished >= self.most, -self.weights, self.weights)
        prices = self.prices + np.where(self.least < self.most, towards, 0)
        beyond = self.beyond[self._more]
        return np.concatenate([prices, beyond, beyond])

    def _joined(self, found: Vector) -> Vector:
        more = self._more
        steps, higher, lower = np.split(found, [len(self.least), len(self.least) + len(more)])
        steps[more] += higher - lower
        return steps
