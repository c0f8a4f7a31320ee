"""Ranked tables in the gate: their categories follow from rounded counts, and a rounding can be asked to keep them.

What does not belong here: the ranking of a table that is shown (`tables.variables`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.tables import Axis, Specification, Table
from wi2007.protection.cells import Codes, Conditions, Order, joined
from wi2007.protection.request import ProtectionRequest
from wi2007.tables.build import Merged, Shown
from wi2007.tables.variables import ranking

Sizes = Mapping[tuple[str, str], Mapping[str, int]]
"""By population and variable: persons by code."""


def categories(
    request: ProtectionRequest, merged: Merged, sizes: Sizes, ranked: bool = True
) -> dict[tuple[str, str], set[Codes]]:
    """The categories of several codes that tables show with these sizes, by population and variable.

    Without those of ranked axes where they are not asked for.
    """
    exact = request.sizes
    found: dict[tuple[str, str], set[Codes]] = {}
    for table, axis in axes_of(request.specification):
        if axis.largest is not None and not ranked:
            continue
        at = (table.population, axis.variable)
        decided = Shown(request.specification, request.peildatum, table.population, merged)
        for category in decided.categories(axis, sizes[at]):
            codes = tuple(sorted(set(exact[at]).intersection(category.codes)))
            if len(codes) > 1:
                found.setdefault(at, set()).add(codes)
    return found


def axes_of(specification: Specification) -> Iterator[tuple[Table, Axis]]:
    """Every axis of every table."""
    for table in specification.tables:
        yield from ((table, axis) for axis in (*table.rows, table.columns))


def orders(request: ProtectionRequest, merged: Merged, sizes: Sizes) -> list[Order]:
    """What holds of every rounding in which the same codes are the largest as in `sizes`."""
    exact, conditions = request.sizes, Conditions(request.specification)
    found: dict[Order, None] = {}
    for table, axis in axes_of(request.specification):
        if axis.largest is None:
            continue
        at = (table.population, axis.variable)
        condition = conditions.of_population[table.population]
        codes = _rankable(request, axis, exact[at], merged.get(at, ()))
        top = ranking(sizes[at], axis.largest, (), codes)
        cells = {code: joined(*condition, conditions.part(axis.variable, [code])) for code in codes}
        for first, second, least in _largest(request, top, codes, axis.largest):
            apart = exact[at].get(first, 0) - exact[at].get(second, 0)
            if not second or apart < 2 * request.base * request.rules.ruimer:
                found[Order(cells.get(first), cells.get(second), least)] = None
    return list(found)


def _rankable(
    request: ProtectionRequest, axis: Axis, sizes: Mapping[str, int], merged: tuple[str, ...]
) -> list[str]:
    text = request.specification.variables.get(axis.variable)
    barred = {*axis.apart, *(text.never_ranked if text else ()), *merged}
    return sorted(code for code, count in sizes.items() if count and code not in barred)


def _largest(
    request: ProtectionRequest, top: list[str], codes: list[str], length: int
) -> Iterator[tuple[str, str, int]]:
    """Codes of which the first counts at least so many more than the second: who is in the ranking, and who is not.

    An empty second is nobody: who ranks has persons. Where there is room left nobody else has; equal counts go by code.
    """
    others = [code for code in codes if code not in top]
    yield from ((code, "", request.base) for code in top)
    if len(top) < length:
        yield from (("", code, 0) for code in others)
    else:
        yield from ((one, code, 0 if one < code else request.base) for one in top for code in others)
