"""Whole numbers behind the printed percentages: the margins of the demonstration delivery, by integer programming.

Every cell of the five tables is one unknown, named by its conditions, so that a cell two tables share is the same
unknown and the tables agree. The conditions are: each printed count; each printed percentage at its printed precision
(half up, and a little away from the rounding edge); every total is the sum of its parts; the ranked lists are strictly
ranked; the statements of the study's text that rest on the tables. Of all such numbers those nearest to the printed
percentages are taken, with weights that make the best answer the only one: it does not depend on the solver's path.

What does not belong here: persons, or how traits hang together within the margins (see `cells`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from wi2007 import reference
from wi2007.demo.draws import Draws
from wi2007.reference import UNKNOWN
from wi2007.study import COUNT, PERCENT, TOTAL, Figure

ROUTE = "uitstroomroute"
STILL_OBLIGED = "Nog steeds inburgeringsplichtig"
AGE = "leeftijdsklasse"
GENDER = "geslacht"

Cell = frozenset[tuple[str, str]]
Terms = Mapping[Cell, int]

# Distance from the aim, as shares of the room a cell has, and what a person there costs: far away is dear.
SEGMENTS = ((Fraction(1, 4), 1), (Fraction(1, 2), 3), (Fraction(1), 9))


@dataclass(frozen=True)
class Relation:
    """The weighted sum of some cells lies from `lower` to `upper` (None: no limit), both included."""

    terms: Terms
    lower: int
    upper: int | None


@dataclass
class Problem:
    """What is known of each cell: its least and greatest value, its aim, and how cells hang together."""

    lower: dict[Cell, int] = field(default_factory=dict)
    upper: dict[Cell, int] = field(default_factory=dict)
    aim: dict[Cell, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def narrow(self, cell: Cell, lower: int, upper: int) -> None:
        """Cut a cell's room down to what it shares with `lower` … `upper`."""
        self.lower[cell] = max(lower, self.lower.get(cell, 0))
        self.upper[cell] = min(upper, self.upper.get(cell, upper))

    def cells(self) -> list[Cell]:
        """Every cell, in a fixed order."""
        named = set(self.lower) | {cell for relation in self.relations for cell in relation.terms}
        return sorted(named, key=sorted)


class Margins(dict[Cell, int]):
    """The solved counts, by cell."""

    def of(self, **conditions: str) -> int:
        """The count of the cell with these conditions, as in `of(uitstroomroute="Onbekend", geslacht="man")`."""
        return self[frozenset(conditions.items())]

    def having(self, variable: str, **conditions: str) -> dict[str, int]:
        """For each category of `variable`: its count in the cell with these conditions besides."""
        given = frozenset(conditions.items())
        found: dict[str, int] = {}
        for cell in sorted(self, key=sorted):
            rest = cell - given
            if given <= cell and len(rest) == 1:
                name, category = next(iter(rest))
                if name == variable:
                    found[category] = self[cell]
        return found


def population(name: str) -> Cell:
    """The conditions that a population of the study sets."""
    return frozenset({(ROUTE, STILL_OBLIGED)}) if name == "nog_inburgeringsplichtig" else frozenset()


def rest_of(category: str, tabel: str) -> str:
    """The name of a rest category within its own table: 'Overig (2.1)'."""
    return f"{category} ({tabel})"


def build(figures: Sequence[Figure], settings: Mapping[str, Any]) -> Problem:
    """The problem that the printed figures and `randtotalen` of `config/demo.yaml` set."""
    problem = Problem()
    name = _naming(settings["restcategorieen"])
    _add_counts(problem, figures, name)
    _add_percentages(problem, figures, name, Fraction(settings["afstand_tot_afrondgrens"]))
    _add_unknown_ages(problem, settings["leeftijdsklasse_onbekend"])
    tables = list(dict.fromkeys(figure.tabel for figure in figures))
    for tabel in tables:
        _add_sums(problem, [figure for figure in figures if figure.tabel == tabel], name)
    unranked = {rest_of(rest, tabel) for rest in settings["restcategorieen"] for tabel in tables}
    unranked.add(reference.municipalities()[reference.RNI].label)
    for ranked in settings["ranglijsten"]:
        _add_ranking(problem, [(name(f), f) for f in figures if f.rij not in unranked], unranked, ranked)
    _add_statements(problem, settings)
    return problem


def _naming(rests: Sequence[str]) -> Callable[[Figure], Cell]:
    def pair(variable: str, category: str, tabel: str) -> Cell:
        if TOTAL in (variable, category):
            return frozenset()
        return frozenset({(variable, rest_of(category, tabel) if category in rests else category)})

    def name(figure: Figure) -> Cell:
        row = pair(figure.rijvariabele, figure.rij, figure.tabel)
        column = pair(figure.kolomvariabele, figure.kolom, figure.tabel)
        return population(figure.populatie) | row | column

    return name


def _add_counts(problem: Problem, figures: Iterable[Figure], name: Callable[[Figure], Cell]) -> None:
    for figure in figures:
        if figure.maat == COUNT:
            problem.narrow(name(figure), int(figure.correct), int(figure.correct))


def _add_percentages(
    problem: Problem, figures: Iterable[Figure], name: Callable[[Figure], Cell], edge: Fraction
) -> None:
    """A percentage is of its column's total, which is printed as a count; the totals' own need no condition."""
    for figure in figures:
        if figure.maat != PERCENT or figure.rijvariabele == TOTAL:
            continue
        cell = name(figure)
        whole = problem.lower[_column_total(cell, figure)]
        unit = Fraction(1, 10**figure.decimals)
        printed, reach = Fraction(figure.correct), (Fraction(1, 2) - edge) * unit
        lower, upper = (printed - reach) * whole / 100, (printed + reach) * whole / 100
        problem.narrow(cell, max(0, ceil(lower)), floor(upper))
        aim = printed * whole / 100 if printed else upper / 3
        problem.aim.setdefault(cell, round(aim))


def _column_total(cell: Cell, figure: Figure) -> Cell:
    rows = frozenset(pair for pair in cell if pair[0] == figure.rijvariabele)
    return (cell - rows) | population(figure.populatie)


def _add_unknown_ages(problem: Problem, unknown: Mapping[str, int]) -> None:
    obliged = population("nog_inburgeringsplichtig")
    cell = obliged | {(AGE, UNKNOWN)}
    problem.narrow(cell, sum(unknown.values()), sum(unknown.values()))
    for gender, count in unknown.items():
        problem.narrow(cell | {(GENDER, gender)}, count, count)


def _add_sums(problem: Problem, figures: Sequence[Figure], name: Callable[[Figure], Cell]) -> None:
    """In one table: rows of one variable add up to the column's total, columns to the row's total."""
    base = population(figures[0].populatie)
    rows: dict[tuple[str, Cell], list[Cell]] = {}
    columns: dict[Cell, list[Cell]] = {}
    for cell, figure in {name(figure): figure for figure in figures}.items():
        if figure.rijvariabele != TOTAL:
            rows.setdefault((figure.rijvariabele, _column_total(cell, figure)), []).append(cell)
        if figure.kolom != TOTAL:
            kept = frozenset(pair for pair in cell if pair[0] != figure.kolomvariabele)
            columns.setdefault(kept | base, []).append(cell)
    for (variable, total), parts in rows.items():
        unknown = [total | {(AGE, UNKNOWN)}] if variable == AGE else []
        _add_sum(problem, total, parts + unknown)
    for total, parts in columns.items():
        _add_sum(problem, total, parts)


def _add_sum(problem: Problem, total: Cell, parts: Sequence[Cell]) -> None:
    problem.relations.append(Relation({**dict.fromkeys(parts, 1), total: -1}, 0, 0))


def _add_ranking(
    problem: Problem,
    named: Sequence[tuple[Cell, Figure]],
    unranked: AbstractSet[str],
    ranked: Mapping[str, Any],
) -> None:
    """The list's order is strict, and categories that other tables name stay below its last."""
    tabel, variable, gap = ranked["tabel"], ranked["variabele"], ranked["verschil"]
    cells = [c for c, f in named if f.tabel == tabel and f.rijvariabele == variable and f.kolom == TOTAL]
    order = [cell for cell in dict.fromkeys(cells) if not _categories(cell) & unranked]
    for above, below in pairwise(order):
        problem.relations.append(Relation({above: 1, below: -1}, gap, None))
    base = population("nog_inburgeringsplichtig")
    elsewhere = {c for c, f in named if f.kolomvariabele == variable and base < c}
    for cell in sorted(elsewhere - set(order), key=sorted):
        if not _categories(cell) & unranked:
            problem.relations.append(Relation({order[-1]: 1, cell: -1}, gap, None))


def _categories(cell: Cell) -> set[str]:
    return {category for _, category in cell}


def _add_statements(problem: Problem, settings: Mapping[str, Any]) -> None:
    obliged = population("nog_inburgeringsplichtig")
    for statement in settings["uitspraken"]:
        cells = [obliged | set(conditions.items()) for conditions in statement["cellen"]]
        problem.relations.append(Relation(dict.fromkeys(cells, 1), statement["min"], statement["max"]))
    for wish in settings["streefaantallen"]:
        problem.aim[obliged | set(wish["cel"].items())] = wish["aantal"]


def solve(problem: Problem, draws: Draws) -> Margins:
    """The counts nearest to their aims that keep every condition.

    Raises `ValueError` when no such counts exist.
    """
    cells = problem.cells()
    program = _Program(cells)
    for cell in cells:
        program.bound(cell, problem.lower.get(cell, 0), problem.upper.get(cell))
    for relation in problem.relations:
        program.relate(relation)
    for number, cell in enumerate(cells):
        if cell in problem.aim:
            program.draw_near(cell, problem, draws.below("gewicht", 1 << 12, number))
    return Margins(zip(cells, program.solve(), strict=True))


class _Program:
    """The integer program in the solver's terms: a column for each cell, then one for each cost segment."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.index = {cell: number for number, cell in enumerate(cells)}
        self.whole = len(cells)
        self.lower = [0.0] * self.whole
        self.upper = [np.inf] * self.whole
        self.cost = [0.0] * self.whole
        self.rows: list[tuple[dict[int, int], float, float]] = []

    def bound(self, cell: Cell, lower: int, upper: int | None) -> None:
        self.lower[self.index[cell]] = lower
        self.upper[self.index[cell]] = np.inf if upper is None else upper

    def relate(self, relation: Relation) -> None:
        terms = {self.index[cell]: weight for cell, weight in relation.terms.items()}
        self.rows.append((terms, relation.lower, np.inf if relation.upper is None else relation.upper))

    def draw_near(self, cell: Cell, problem: Problem, jitter: int) -> None:
        """Let the cell be its aim plus what lies above and less what lies below, dearer the further away."""
        lower, upper = problem.lower[cell], problem.upper[cell]
        room = max(1, (upper - lower) // 2)
        price = (1 << 24) // room
        aim = min(max(problem.aim[cell], lower), upper)
        terms = {self.index[cell]: 1}
        for sign in (-1, 1):
            start = 0
            for share, slope in SEGMENTS:
                end = ceil(room * share) if share < 1 else upper - lower
                self.cost.append(slope * (price + (price * jitter >> 15)) + (sign > 0))
                self.lower.append(0.0)
                self.upper.append(max(0, end - start))
                terms[len(self.cost) - 1] = -sign
                start = end
        self.rows.append((terms, aim, aim))

    def solve(self) -> list[int]:
        data = [(r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()]
        row, column, value = (np.array(part) for part in zip(*data, strict=True))
        matrix = csr_array((value, (row, column)), shape=(len(self.rows), len(self.cost)))
        limits = LinearConstraint(
            matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        )
        answer = milp(
            self.cost,
            integrality=[1] * self.whole + [0] * (len(self.cost) - self.whole),
            bounds=Bounds(self.lower, self.upper),
            constraints=limits,
            options={"mip_rel_gap": 0},
        )
        if answer.x is None or answer.status != 0:
            raise ValueError(f"no whole numbers fit the figures: {answer.message}")
        return [round(number) for number in answer.x[: self.whole]]
