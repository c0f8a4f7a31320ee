"""Compare a delivery with the previous one: the number of rows, and the distribution of each column.

Only shares are compared, by category; a category of few persons is never named. Municipalities are compared by the
classification of the later peildatum, so that a merger is no shift.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from schemas.values import DAYS, code_list
from wi2007 import reference
from wi2007.classification import classification
from wi2007.validation.distribution import OTHER, Counts, Distribution
from wi2007.validation.rules import Rules, Threshold

EMPTY: Final = "leeg"
ROWS_MOVED: Final = "rij_aantal_verschil"
SHIFTED: Final = "verdeling_verschoven"
BECAME_ONE: Final = "een_waarde_geworden"
MUNICIPALITY: Final = "gemeentecode"
MOST_NAMED: Final = 10


@dataclass(frozen=True)
class Moved:
    """A category of a column, and its share of the rows in percent, before and after."""

    label: str
    before: float
    after: float


@dataclass(frozen=True)
class Shift:
    """A column whose distribution moved: by how many percentage points in total, and which categories most.

    `count` are the categories that moved; those with too few persons to be named, and those beyond the first ten, are
    not in `moved`.
    """

    column: str
    points: float
    count: int
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Comparison:
    """A delivery compared with the one before it; `rows_moved` when the number of rows differs more than expected."""

    previous: str
    rows_before: int
    rows_after: int
    rows_moved: bool
    compared: tuple[str, ...]
    shifts: tuple[Shift, ...]


def compare(before: Distribution, after: Distribution, rules: Rules) -> Comparison:
    """Return what moved from one delivery to the next, by the thresholds of the rules."""
    names = tuple(name for name in after.columns if name in before.columns)
    limit = rules.threshold(SHIFTED)
    shifts = (_shift(name, before, after, limit) for name in names) if before.rows and after.rows else ()
    return Comparison(
        previous=before.peildatum.isoformat(),
        rows_before=before.rows,
        rows_after=after.rows,
        rows_moved=_rows_moved(before.rows, after.rows, rules.threshold(ROWS_MOVED)),
        compared=names,
        shifts=tuple(shift for shift in shifts if shift is not None),
    )


def became_one(before: Distribution, after: Distribution, limit: Threshold) -> frozenset[str]:
    """Return the columns in which every row has one value (or none), where by the delivery before at least
    `limit.least` rows would have another.
    """
    return frozenset(
        name
        for name in after.columns
        if name in before.columns and before.rows and _others(name, before, after) >= limit.least
    )


def _others(name: str, before: Distribution, after: Distribution) -> float:
    """Return how many rows would have another value than the only one there is, if the shares were as before; 0
    otherwise.
    """
    now = by_category(name, after.columns[name], after.peildatum)
    if len(now) != 1:
        return 0
    same = by_category(name, before.columns[name], after.peildatum).get(next(iter(now)), 0)
    return after.rows * (1 - same / before.rows)


def _rows_moved(before: int, after: int, limit: Threshold) -> bool:
    difference = abs(after - before)
    return difference >= limit.least and limit.told(difference, before)


@dataclass(frozen=True)
class _Category:
    name: str
    before: int
    after: int
    points: float
    beyond_noise: float


def _shift(name: str, before: Distribution, after: Distribution, limit: Threshold) -> Shift | None:
    categories = sorted(
        _categories(name, before, after, limit.noise), key=lambda one: (-abs(one.points), one.name)
    )
    moved = [one for one in categories if one.beyond_noise > 0 and abs(one.points) > limit.points]
    together = sum(one.beyond_noise for one in categories) / 2
    if not moved and (not limit.points_together or together <= limit.points_together):
        return None
    shown = [one for one in moved or categories[:MOST_NAMED] if _may_be_named(one, limit.least)]
    return Shift(
        column=name,
        points=round(sum(abs(one.points) for one in categories) / 2, 4),
        count=len(moved) or sum(one.beyond_noise > 0 for one in categories),
        moved=tuple(
            Moved(label(name, one.name), _percent(one.before, before.rows), _percent(one.after, after.rows))
            for one in shown[:MOST_NAMED]
        ),
    )


def _categories(name: str, before: Distribution, after: Distribution, noise: float) -> Iterator[_Category]:
    """Yield every category of a column with its counts and how far its share moved."""
    old, new = (by_category(name, one.columns[name], after.peildatum) for one in (before, after))
    for category in sorted({*old, *new}):
        first, second = old.get(category, 0), new.get(category, 0)
        points = 100 * (second / after.rows - first / before.rows)
        share = (first + second) / (before.rows + after.rows)
        chance = 100 * sqrt(share * (1 - share) * (1 / before.rows + 1 / after.rows))
        yield _Category(category, first, second, points, max(0.0, abs(points) - noise * chance))


def by_category(name: str, counts: Counts, day: date) -> dict[str, int]:
    """Return the counts of a column with empty as a category; municipalities as they are on `day`."""
    found = {EMPTY: counts.empty} if counts.empty else {}
    places = classification(day) if name == MUNICIPALITY else {}
    for value, count in counts.values.items():
        category = places[value].code or value if value in places else value
        found[category] = found.get(category, 0) + count
    return found


def _may_be_named(one: _Category, least: int) -> bool:
    """Return whether a category has nobody, or enough persons to be named, both before and after."""
    return all(count == 0 or count >= least for count in (one.before, one.after))


def _percent(count: int, rows: int) -> float:
    return round(100 * count / rows, 4)


def label(column: str, category: str) -> str:
    """Return a category in words: the name of its code, its year, or that the field is empty."""
    if category == EMPTY:
        return "(leeg)"
    if category == OTHER:
        return "(niet in de codelijst)" if column not in DAYS else "(geen datum)"
    if column in DAYS:
        return "(onbekend)" if category == "0000" else category
    code = code_list(column)
    known = code.get(category) if isinstance(code, dict) else None
    if isinstance(known, reference.Code):
        return f"{category} {known.label}"
    return category
