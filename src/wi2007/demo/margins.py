"""The margins of the demonstration delivery: whole numbers of persons behind the printed percentages.

A cell is named by its conditions, so that a cell two tables share is one cell, and the tables agree. The figures of the
study set conditions: every printed figure, sum and rank, and some statements; a printed percentage holds at its
precision, rounded half up, and a little away from the rounding edge. Statements, wishes and distances come from
`randtotalen` in `config/demo.yaml`.

An integer program finds numbers that keep them and lie near their aims. A person more or less costs more the further a
cell is from its aim, and every cell has a price of its own, so that no two answers cost the same: the answer does not
depend on the solver's path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, inf

import numpy as np

from schemas.demo import MarginChoices, RankedList, Statement, Wish
from wi2007 import reference
from wi2007.demo.arrays import Draws
from wi2007.demo.settings import impossible
from wi2007.reference import UNKNOWN
from wi2007.study import COUNT, PERCENT, TOTAL, Figure

Cell = frozenset[tuple[str, str]]

# How far from the aim, as shares of half the room that a cell has, and what a person costs there.
SEGMENTS = ((Fraction(1, 4), 1), (Fraction(1, 2), 3), (Fraction(1), 9))
_PRICE = 1 << 24
_OWN = 1 << 12
ROUTE = "uitstroomroute"
STILL_OBLIGED = reference.OBLIGED
COUNTRY = "land_van_herkomst"
MUNICIPALITY = "gemeente"
AGE = "leeftijdsklasse"
GENDER = "geslacht"
# A wish goes before the aims of other cells, which are only the middle of their room.
_WISH = 100
Named = Sequence[tuple[Cell, Figure]]


@dataclass(frozen=True)
class Relation:
    """The weighted sum of some cells lies from `lower` to `upper` (None: no limit), both included."""

    terms: Mapping[Cell, int]
    lower: int
    upper: int | None

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether these counts keep the condition."""
        total = sum(weight * counts[cell] for cell, weight in self.terms.items())
        return self.lower <= total and (self.upper is None or total <= self.upper)


@dataclass
class Problem:
    """What is known of each cell: its least and greatest value, its aim, and how cells hang together.

    `weight` makes it dearer for a cell to be away from its aim; 1 where it is not given.
    """

    lower: dict[Cell, int] = field(default_factory=dict)
    upper: dict[Cell, int] = field(default_factory=dict)
    aim: dict[Cell, int] = field(default_factory=dict)
    weight: dict[Cell, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def narrow(self, cell: Cell, lower: int, upper: int) -> None:
        """Cut a cell's room down to what it shares with `lower` … `upper`."""
        self.lower[cell] = max(lower, self.lower.get(cell, 0))
        self.upper[cell] = min(upper, self.upper.get(cell, upper))

    def cells(self) -> list[Cell]:
        """Every cell, in a fixed order."""
        named = set(self.lower) | {cell for relation in self.relations for cell in relation.terms}
        return sorted(named, key=sorted)

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether these counts keep every condition; in whole numbers, without the solver's tolerance."""
        return (
            all(counts[cell] >= least for cell, least in self.lower.items())
            and all(counts[cell] <= most for cell, most in self.upper.items())
            and all(relation.holds(counts) for relation in self.relations)
        )


@dataclass
class Program:
    """A problem in the solver's terms: a column for each cell, then a column for each segment of cost."""

    cells: Sequence[Cell]
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)

    def column(self, lower: float, upper: float, cost: float) -> int:
        """Add a column and give its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        return len(self.cost) - 1

    def solve(self) -> dict[Cell, int]:
        """The cheapest whole numbers, by cell; raises `UserError` when there are none."""
        # Half a second, and the settings of the demonstration are read by every run in a new folder.
        from scipy.optimize import (  # type: ignore[import-untyped]  # noqa: PLC0415
            Bounds,
            LinearConstraint,
            milp,
        )
        from scipy.sparse import csr_array  # type: ignore[import-untyped]  # noqa: PLC0415

        row, column, value = zip(
            *((r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()), strict=True
        )
        place = (np.array(row, dtype=np.int32), np.array(column, dtype=np.int32))
        matrix = csr_array((np.array(value), place), shape=(len(self.rows), len(self.cost)))
        limits = LinearConstraint(
            matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        )
        answer = milp(
            self.cost,
            integrality=[int(number < len(self.cells)) for number in range(len(self.cost))],
            bounds=Bounds(self.lower, self.upper),
            constraints=limits,
            options={"mip_rel_gap": 0},
        )
        if answer.x is None or answer.status != 0:
            raise impossible("er zijn geen gehele aantallen die aan alle voorwaarden voldoen")
        return dict(zip(self.cells, (round(count) for count in answer.x), strict=False))


def program(problem: Problem, draws: Draws) -> Program:
    """The problem, with a price for every cell that has an aim."""
    cells = problem.cells()
    made = Program(cells)
    index = {cell: made.column(problem.lower.get(cell, 0), problem.upper.get(cell, inf), 0) for cell in cells}
    for relation in problem.relations:
        terms = {index[cell]: weight for cell, weight in relation.terms.items()}
        made.rows.append((terms, relation.lower, inf if relation.upper is None else relation.upper))
    for number, cell in enumerate(cells):
        if cell in problem.aim:
            _draw_near(made, problem, cell, index[cell], draws.below("prijs", _OWN, number))
    return made


def _draw_near(made: Program, problem: Problem, cell: Cell, column: int, own: int) -> None:
    """Let the cell be its aim, plus what it has more and less what it has fewer: both in segments, ever dearer."""
    lower, upper = problem.lower[cell], problem.upper[cell]
    half = max(1, (upper - lower) // 2)
    common = problem.weight.get(cell, 1) * _PRICE // half
    price = common + (common * own) // (8 * _OWN)
    aim = min(max(problem.aim[cell], lower), upper)
    terms = {column: 1}
    for sign in (-1, 1):
        start = 0
        for share, slope in SEGMENTS:
            end = ceil(half * share) if share < 1 else upper - lower
            terms[made.column(0, max(0, end - start), slope * price + (sign > 0))] = -sign
            start = end
    made.rows.append((terms, aim, aim))


def solve(problem: Problem, draws: Draws) -> dict[Cell, int]:
    """The whole numbers nearest to their aims; raises `UserError` when no numbers keep all conditions."""
    counts = program(problem, draws).solve()
    if not problem.holds(counts):
        raise AssertionError("the solver's numbers do not keep all conditions")
    return counts


class Margins(dict[Cell, int]):
    """Persons by cell."""

    def of(self, **conditions: str) -> int:
        """The count of the cell with these conditions, as in `of(uitstroomroute="Onbekend", geslacht="man")`."""
        return self[frozenset(conditions.items())]

    def having(self, variable: str, **conditions: str) -> dict[str, int]:
        """For each category of `variable`: the count of the cell with it and these conditions, no others."""
        given = frozenset(conditions.items())
        found = {}
        for cell, count in self.items():
            added = cell - given
            if given <= cell and len(added) == 1 and next(iter(added))[0] == variable:
                found[next(iter(added))[1]] = count
        return dict(sorted(found.items()))


def obliged(**conditions: str) -> Cell:
    """The cell of those still obliged with these conditions besides."""
    return frozenset({(ROUTE, STILL_OBLIGED), *conditions.items()})


def population(name: str) -> Cell:
    """The conditions that a population of the study sets."""
    return obliged() if name == "nog_inburgeringsplichtig" else frozenset()


def build(figures: Sequence[Figure], settings: MarginChoices) -> Problem:
    """The problem that the figures and `settings` (`randtotalen`) set."""
    rests = frozenset(settings.restcategorieen)
    named = [(cell_of(figure, rests), figure) for figure in figures]
    problem = Problem()
    _add_counts(problem, named)
    _add_percentages(problem, named, Fraction(settings.afstand_tot_afrondgrens))
    _add_unknown_ages(problem, settings.leeftijdsklasse_onbekend)
    for tabel in dict.fromkeys(figure.tabel for figure in figures):
        _add_sums(problem, [(cell, figure) for cell, figure in named if figure.tabel == tabel])
    unranked = {*rests, reference.municipalities()[reference.RNI].label}
    for ranked in settings.ranglijsten:
        _add_ranking(problem, named, unranked, ranked)
    _add_statements(problem, settings.uitspraken)
    _add_wishes(problem, settings.streefaantallen)
    return problem


def cell_of(figure: Figure, rests: AbstractSet[str]) -> Cell:
    """The cell that a figure counts; a rest category is another one in each table, as its name then tells."""
    pairs = ((figure.rijvariabele, figure.rij), (figure.kolomvariabele, figure.kolom))
    conditions = {
        (variable, f"{category} ({figure.tabel})" if category in rests else category)
        for variable, category in pairs
        if TOTAL not in (variable, category)
    }
    return population(figure.populatie) | conditions


def _column_total(cell: Cell, figure: Figure) -> Cell:
    """The cell of the whole column: that of the figure without its row's condition."""
    row = {pair for pair in cell if pair[0] == figure.rijvariabele}
    return (cell - row) | population(figure.populatie)


def _row_total(cell: Cell, figure: Figure) -> Cell:
    column = {pair for pair in cell if pair[0] == figure.kolomvariabele}
    return (cell - column) | population(figure.populatie)


def _add_counts(problem: Problem, named: Named) -> None:
    for cell, figure in named:
        if figure.maat == COUNT:
            problem.narrow(cell, int(figure.correct), int(figure.correct))


def _add_percentages(problem: Problem, named: Named, edge: Fraction) -> None:
    """A percentage is of its column's total, which is printed as a count; the totals' own need no condition.

    The aim is the printed percentage itself, and a third of what 0 allows: 0% need not be nobody.
    """
    for cell, figure in named:
        if figure.maat != PERCENT or figure.rijvariabele == TOTAL:
            continue
        whole = problem.lower[_column_total(cell, figure)]
        printed = Fraction(figure.correct)
        reach = (Fraction(1, 2) - edge) / 10**figure.decimals
        upper = (printed + reach) * whole / 100
        problem.narrow(cell, max(0, ceil((printed - reach) * whole / 100)), floor(upper))
        problem.aim.setdefault(cell, round(printed * whole / 100 if printed else upper / 3))


def _add_unknown_ages(problem: Problem, unknown: Mapping[str, int]) -> None:
    total = sum(unknown.values())
    problem.narrow(obliged(leeftijdsklasse=UNKNOWN), total, total)
    for gender, count in unknown.items():
        problem.narrow(obliged(leeftijdsklasse=UNKNOWN, **{GENDER: gender}), count, count)


def _add_sums(problem: Problem, named: Named) -> None:
    """In one table the rows of a variable add up to the column's total, and the columns to the row's total."""
    rows: dict[tuple[str, Cell], set[Cell]] = {}
    columns: dict[Cell, set[Cell]] = {}
    for cell, figure in named:
        if figure.rijvariabele != TOTAL:
            rows.setdefault((figure.rijvariabele, _column_total(cell, figure)), set()).add(cell)
        if figure.kolom != TOTAL:
            columns.setdefault(_row_total(cell, figure), set()).add(cell)
    for (variable, total), parts in rows.items():
        unknown = {total | {(AGE, UNKNOWN)}} if variable == AGE else set()
        _add_sum(problem, total, parts | unknown)
    for total, parts in columns.items():
        _add_sum(problem, total, parts)


def _add_sum(problem: Problem, total: Cell, parts: AbstractSet[Cell]) -> None:
    terms = {**dict.fromkeys(sorted(parts, key=sorted), 1), total: -1}
    problem.relations.append(Relation(terms, 0, 0))


def _add_ranking(problem: Problem, named: Named, unranked: AbstractSet[str], ranked: RankedList) -> None:
    """The list's order is strict, and categories that other tables name stay below its last."""
    tabel, variable, gap = ranked.tabel, ranked.variabele, ranked.verschil
    order = list(
        dict.fromkeys(
            cell
            for cell, figure in named
            if figure.tabel == tabel
            and figure.rijvariabele == variable
            and figure.kolom == TOTAL
            and figure.rij not in unranked
        )
    )
    for above, below in pairwise(order):
        problem.relations.append(Relation({above: 1, below: -1}, gap, None))
    elsewhere = {
        cell
        for cell, figure in named
        if figure.kolomvariabele == variable and figure.kolom not in unranked and obliged() < cell
    }
    for cell in sorted(elsewhere - set(order), key=sorted):
        problem.relations.append(Relation({order[-1]: 1, cell: -1}, gap, None))


def _add_statements(problem: Problem, statements: Sequence[Statement]) -> None:
    for statement in statements:
        cells = [obliged(**conditions) for conditions in statement.cellen]
        problem.relations.append(Relation(dict.fromkeys(cells, 1), statement.min, statement.max))


def _add_wishes(problem: Problem, wishes: Sequence[Wish]) -> None:
    for wish in wishes:
        cell = obliged(**wish.cel)
        problem.aim[cell], problem.weight[cell] = wish.aantal, _WISH
