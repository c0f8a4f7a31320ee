"""Count how the values of each column are distributed, and compare a delivery with the previous one.

Counts are exact, by code, by year, or by hundred. They are small enough to keep (`verdeling.json`), stay with the
exact data and are never published. Only shares are compared; a category of few persons is never named. Municipalities
are compared by the classification of the later peildatum, so that a merger is no shift.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from schemas.values import DAYS, NUMBERS, code_list, is_number
from wi2007 import reference
from wi2007.dates import possible_days
from wi2007.delivery.source import EMPTY, Coded
from wi2007.reference import classification
from wi2007.validation.rules import Rules, Threshold

OTHER: Final = "overig"
"""Every value that is in no code list, or is no date or number."""

NO_VALUE: Final = "leeg"
ROWS_MOVED: Final = "rij_aantal_verschil"
SHIFTED: Final = "verdeling_verschoven"
BECAME_ONE: Final = "een_waarde_geworden"
MUNICIPALITY: Final = "gemeentecode"
MOST_NAMED: Final = 10
_WIDE: Final = 100
"""Numbers without a code list are counted by hundreds: so many different ones would each be of few persons."""


@dataclass(frozen=True)
class Counts:
    """The rows of one column: how many are empty, and how many each code or year has, in the order of the codes."""

    empty: int
    values: dict[str, int]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.empty + sum(self.values.values())


@dataclass(frozen=True)
class Distribution:
    """The rows of a delivery by column; `demonstration` when its persons are made up."""

    peildatum: date
    rows: int
    demonstration: bool
    columns: dict[str, Counts] = field(default_factory=dict)


class Counter:
    """Counts the coded columns of batches."""

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}

    def add(self, columns: Mapping[str, Coded]) -> None:
        """Count the rows of a batch."""
        for name, column in columns.items():
            if name not in self._columns:
                self._columns[name] = _Days() if name in DAYS else _Column(category(name))
            self._columns[name].add(column)

    def counts(self) -> dict[str, Counts]:
        """Return what was counted so far, by column in the order of the contract."""
        return {name: self._columns[name].counts() for name in c.COLUMNS if name in self._columns}

    def days(self) -> dict[str, dict[str, int]]:
        """Return for each column with dates how many rows have each date; the values are still those of persons."""
        return {name: column.days() for name, column in self._columns.items() if isinstance(column, _Days)}


class _Column:
    """Counts by code of a list of values, and adds them up by category once another list comes."""

    def __init__(self, category: Callable[[str], str]) -> None:
        self._category = category
        self._values: list[str] = []
        self._by_code: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._categories: dict[str, int] = {}
        self._empty = 0

    def add(self, column: Coded) -> None:
        if column.values is not self._values:
            self._take_over(column.values)
        codes = column.codes
        filled = codes if not len(codes) or int(codes.min()) != EMPTY else codes[codes != EMPTY]
        self._empty += len(codes) - len(filled)
        self._by_code += np.bincount(filled, minlength=len(self._values))

    def _take_over(self, values: list[str]) -> None:
        """Go on with another list of values, which mostly only has more of them."""
        known = len(self._values)
        if values[:known] != self._values:
            self._settle()
            known = 0
        by_code = np.zeros(len(values), dtype=np.int64)
        by_code[:known] = self._by_code[:known]
        self._values, self._by_code = values, by_code

    def counts(self) -> Counts:
        self._settle()
        return Counts(self._empty, dict(sorted(self._categories.items())))

    def _settle(self) -> None:
        for place in np.flatnonzero(self._by_code).tolist():
            self._add(self._values[place], int(self._by_code[place]))
        self._by_code[:] = 0

    def _add(self, value: str, rows: int) -> None:
        name = self._category(value)
        self._categories[name] = self._categories.get(name, 0) + rows


class _Days(_Column):
    """Counts dates by year, and each date by itself: few dates exist, however many rows there are."""

    def __init__(self) -> None:
        super().__init__(_year)
        self._days: dict[str, int] = {}

    def days(self) -> dict[str, int]:
        self._settle()
        return self._days

    def _add(self, value: str, rows: int) -> None:
        super()._add(value, rows)
        if possible_days(value) is not None:
            self._days[value] = self._days.get(value, 0) + rows


@cache
def category(column: str) -> Callable[[str], str]:
    """Return the function that gives what a value of a column counts as: its code, its year, or the first number of its
    hundred; `OTHER` for anything else.
    """
    if column in DAYS:
        return _year
    if column in NUMBERS and code_list(column) is None:
        return lambda value: (
            f"{int(value) // _WIDE * _WIDE:04d}" if is_number(value, NUMBERS[column]) else OTHER
        )
    codes = frozenset(code_list(column) or ())
    return lambda value: value if value in codes else OTHER


def _year(value: str) -> str:
    return value[:4] if possible_days(value) is not None else OTHER


def to_json(found: Distribution, sha256: str) -> str:
    """Return the content of `verdeling.json`."""
    from schemas.distribution import DistributionFile  # noqa: PLC0415  pydantic

    content = {
        "peildatum": found.peildatum.isoformat(),
        "sha256": sha256,
        "demonstratie": found.demonstration,
        "rijen": found.rows,
        "kolommen": {
            name: {"leeg": counts.empty, "waarden": counts.values} for name, counts in found.columns.items()
        },
    }
    DistributionFile.model_validate(content)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Distribution:
    """Return what `to_json` wrote; raises pydantic's `ValidationError` where it breaks the contract."""
    from schemas.distribution import DistributionFile  # noqa: PLC0415  pydantic

    content = DistributionFile.model_validate_json(text)
    return Distribution(
        peildatum=content.peildatum,
        rows=content.rijen,
        demonstration=content.demonstratie,
        columns={name: Counts(column.leeg, column.waarden) for name, column in content.kolommen.items()},
    )


def unknown(counts: Counts, values: tuple[str, ...], column: str) -> int:
    """Return how many rows of a column have one of `values`; `leeg` stands for an empty field."""
    categories = {category(column)(value) for value in values if value != "leeg"} - {OTHER}
    known = sum(counts.values.get(name, 0) for name in categories)
    return known + (counts.empty if "leeg" in values else 0)


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
    return difference >= limit.least and limit.is_reported(difference, before)


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
    found = {NO_VALUE: counts.empty} if counts.empty else {}
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
    """Return a category in words: the name of its code, its year, its hundred, or that the field is empty."""
    if category == NO_VALUE:
        return "(leeg)"
    if category == OTHER:
        return "(geen datum)" if column in DAYS else "(niet in de codelijst)"
    if column in DAYS:
        return "(onbekend)" if category == "0000" else category
    code = code_list(column)
    if column in NUMBERS and code is None:
        return f"{int(category)} tot en met {int(category) + _WIDE - 1}"
    known = code.get(category) if isinstance(code, dict) else None
    if isinstance(known, reference.Code):
        return f"{category} {known.label}"
    return category
