"""What the study's figures demand of the margins: every printed figure, every sum, every rank, and some statements.

Printed percentages hold at their printed precision, rounded half up, and a little away from the rounding edge. The
statements in the study's text, the wishes and the distances come from `randtotalen` in `config/demo.yaml`.
What does not belong here: solving (see `program`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from schemas.demo import MarginChoices, RankedList, Statement, Wish
from wi2007 import reference
from wi2007.demo.margins import AGE, GENDER, obliged, population
from wi2007.demo.program import Cell, Problem, Relation
from wi2007.reference import UNKNOWN
from wi2007.study import COUNT, PERCENT, TOTAL, Figure

# A wish goes before the aims of other cells, which are only the middle of their room.
_WISH = 100

Named = Sequence[tuple[Cell, Figure]]


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
