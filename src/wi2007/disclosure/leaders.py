"""Rankings by rounded counts: which codes can be among the largest is rounded first, and decides.

A code far below the last that is shown cannot come above it by rounding; all others are rounded here, each by its own
draw, and keep that count. What does not belong here: rounding everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.tables import Axis, Specification, Table
from wi2007.disclosure.cells import Cell, Conditions, joined
from wi2007.disclosure.question import Question
from wi2007.disclosure.rounding import Draw, alone
from wi2007.tables.build import Merged
from wi2007.tables.counts import Counted, by_code

Sizes = Mapping[tuple[str, str], Mapping[str, int]]
"""By population and variable: persons by code."""


def axes_of(specification: Specification) -> Iterator[tuple[Table, Axis]]:
    """Every axis of every table."""
    for table in specification.tables:
        yield from ((table, axis) for axis in (*table.rows, table.columns))


def sizes_of(of_pairs: Counted) -> dict[tuple[str, str], dict[str, int]]:
    """Persons by code, for every population and variable."""
    return {
        (population, variable): by_code(counts, place)
        for (population, *names), counts in of_pairs.items()
        for place, variable in enumerate(names)
    }


def leading(question: Question, merged: Merged, drawn: Draw) -> tuple[dict[Cell, int], Sizes]:
    """What the codes that may rank are rounded to, by cell; and sizes that rank as the rounded ones will."""
    conditions = Conditions(question.specification)
    fixed: dict[Cell, int] = {}
    sizes = sizes_of(question.of_pairs)
    decided = {at: dict(by_code) for at, by_code in sizes.items()}
    for table, axis in axes_of(question.specification):
        at = (table.population, axis.variable)
        for code in _candidates(question, table, axis, sizes[at], merged):
            cell = joined(
                [*conditions.of_population[table.population], conditions.part(axis.variable, [code])]
            )
            fixed[cell] = decided[at][code] = alone(cell, sizes[at][code], question.base, drawn)
    return fixed, decided


def _candidates(
    question: Question, table: Table, axis: Axis, sizes: Mapping[str, int], merged: Merged
) -> list[str]:
    """The codes that rounding may bring among the largest of an axis."""
    if axis.largest is None:
        return []
    text = question.specification.variables.get(axis.variable)
    barred = {
        *axis.apart,
        *(text.never_ranked if text else ()),
        *merged.get((table.population, axis.variable), ()),
    }
    ranked = sorted((count, code) for code, count in sizes.items() if count and code not in barred)
    if not ranked:
        return []
    least = ranked[-min(axis.largest, len(ranked))][0] - 2 * question.base
    return [code for count, code in ranked if count > least]
