"""From an axis of a specification to the categories that a table shows, each with the codes it stands for.

What does not belong here: counting (see `counts`), percentages (see `build`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.tables import Axis
from wi2007.tables import variables
from wi2007.tables.tidy import TOTAL


@dataclass(frozen=True)
class Category:
    """A row or column: its label and the codes counted in it."""

    label: str
    codes: tuple[str, ...]


def categories(
    axis: Axis, counted: Mapping[str, int], never_ranked: Collection[str], peildatum: date
) -> list[Category]:
    """The categories of an axis, in the order of the table.

    `counted` holds the persons of the table's population by code. Without `largest` all categories of the code list are
    given, also those without persons (not so with `present_only`). With `largest`: the largest by count, ties by lower
    code, among codes with at least one person that may rank; then the codes apart and the rest.
    """
    labels = variables.categories(axis.variable, peildatum, counted.keys() | set(axis.apart))
    if axis.rest is None or axis.largest is None:
        shown = (code for code in labels if counted.get(code) or not axis.present_only)
        return [Category(labels[code], (code,)) for code in shown]
    labels = variables.distinct(labels, reserved={TOTAL, axis.rest})
    top = ranking(counted, axis.largest, {*never_ranked, *axis.apart}, labels)
    others = tuple(code for code in labels if code not in top and code not in axis.apart)
    rest = Category(axis.rest, others)
    apart = [Category(labels[code], (code,)) for code in axis.apart]
    ranked = [Category(labels[code], (code,)) for code in top]
    return [*ranked, rest, *apart] if axis.rest_before_apart else [*ranked, *apart, rest]


def ranking(
    counted: Mapping[str, int], length: int, barred: Collection[str], labels: Collection[str]
) -> list[str]:
    """The codes with the most persons, most first, ties by lower code; codes without persons do not rank."""
    rankable = [
        code for code, count in counted.items() if count > 0 and code in labels and code not in barred
    ]
    return sorted(rankable, key=lambda code: (-counted[code], code))[:length]
