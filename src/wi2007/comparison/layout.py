"""The categories of an axis at two peildata: those of the later table, and which codes each counts at either date.

What does not belong here: counting (`decomposition`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from schemas.tables import Axis
from wi2007.tables import variables
from wi2007.tables.axes import Category
from wi2007.tables.build import Shown
from wi2007.tables.tidy import TOTAL

Labels = Mapping[str, tuple[str, ...]]
"""For each code the labels of the categories that count it, the total among them."""
Sizes = Mapping[str, int]


@dataclass(frozen=True)
class Layout:
    """Labels in the order of the table, without the total; `then` and `now` say what they count at either peildatum.

    They differ for the categories of several codes (Overig): at each peildatum these are what its own table left over.
    """

    labels: tuple[str, ...]
    then: Labels
    now: Labels


def layout(
    axis: Axis, shown: tuple[Shown, Shown], sizes: tuple[Sizes, Sizes], events: Collection[str]
) -> Layout:
    """The layout of an axis; `sizes` are the persons of the population by code, at either peildatum.

    After the categories of the later table come codes that only the earlier one had, or the way between (`events`).
    """
    earlier, later = (one.categories(axis, size) for one, size in zip(shown, sizes, strict=True))
    every = {*sizes[0], *sizes[1], *events, *(code for one in (*earlier, *later) for code in one.codes)}
    known = variables.categories(axis.variable, shown[1].peildatum, every)
    if axis.rest is None:
        categories = [*later, *_others(later, known)]
    else:
        categories = [_rest(one, known, later) if one.label == axis.rest else one for one in later]
    several = {one.label: one.codes for one in earlier if one.label in (axis.rest, axis.merged)}
    then = [Category(one.label, several.get(one.label, one.codes)) for one in categories]
    return Layout(tuple(one.label for one in categories), _labels(then, every), _labels(categories, every))


def _rest(rest: Category, known: Collection[str], categories: list[Category]) -> Category:
    """The rest with every code that no category names."""
    named = {code for one in categories if one.label != rest.label for code in one.codes}
    return Category(rest.label, tuple(code for code in known if code not in named))


def _others(later: list[Category], known: Mapping[str, str]) -> Iterator[Category]:
    """A category for each code that the later table leaves out."""
    taken = {one.label for one in later}
    counted = {code for one in later for code in one.codes}
    for code, label in known.items():
        if code not in counted:
            yield Category(f"{label} ({code})" if label in taken else label, (code,))


def _labels(categories: list[Category], every: Collection[str]) -> Labels:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple, dict.fromkeys(every, (TOTAL,)))
    for one in categories:
        for code in one.codes:
            found[code] = (*found[code], one.label)
    return found
