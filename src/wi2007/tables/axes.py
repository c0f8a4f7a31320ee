"""Find the categories that a table shows on an axis of its specification, each with the codes it stands for."""

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
    axis: Axis,
    counted: Mapping[str, int],
    never_ranked: Collection[str],
    peildatum: date,
    together: Collection[str] = (),
) -> list[Category]:
    """Return the categories of an axis, in the order of the table.

    `counted` holds the persons of the table's population by code. Without `largest` all categories of the code list
    are given, also those without persons (not so with `present_only`). With `largest`: the largest by count, ties by
    lower code, among codes with at least one person that may rank; then the codes apart and the rest. The codes
    `together` do not stand alone: they are in the rest, or in a last category of their own where there is no rest.
    """
    counted = {code: count for code, count in counted.items() if count}
    apart = [code for code in axis.apart if code not in together]
    labels = variables.categories(axis.variable, peildatum, counted.keys() | set(apart))
    if axis.rest is None or axis.largest is None:
        return _all(axis, labels, counted, together)
    labels = variables.distinct(labels, reserved={TOTAL, axis.rest})
    top = ranking(counted, axis.largest, {*never_ranked, *apart, *together}, labels)
    others = tuple(code for code in labels if code not in top and code not in apart)
    rest = Category(axis.rest, others)
    beside = [Category(labels[code], (code,)) for code in apart]
    ranked = [Category(labels[code], (code,)) for code in top]
    return [*ranked, rest, *beside] if axis.rest_before_apart else [*ranked, *beside, rest]


def _all(
    axis: Axis, labels: Mapping[str, str], counted: Mapping[str, int], together: Collection[str]
) -> list[Category]:
    """Return every code on its own, except those that are shown as one."""
    alone = [code for code in labels if code not in together and (code in counted or not axis.present_only)]
    one = tuple(code for code in labels if code in together)
    shown = [Category(labels[code], (code,)) for code in alone]
    return [*shown, Category(axis.merged, one)] if one else shown


def ranking(
    counted: Mapping[str, int], length: int, barred: Collection[str], labels: Collection[str]
) -> list[str]:
    """Return the codes with the most persons, most first, ties by lower code; codes without persons do not rank."""
    rankable = [
        code for code, count in counted.items() if count > 0 and code in labels and code not in barred
    ]
    return sorted(rankable, key=lambda code: (-counted[code], code))[:length]
