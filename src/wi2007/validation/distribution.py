"""Count how the values of each column are distributed: exact counts by code or by year, as a delivery is read.

The result is small enough to keep (`verdeling.json`), for comparison with the next delivery (`drift`). It stays with
the exact data and is never published.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from schemas.values import DAYS, code_list
from wi2007.dates import possible_days
from wi2007.delivery.coded import EMPTY, Coded

OTHER: Final = "overig"
"""Every value that is in no code list, or is no date."""


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
    """Return the function that gives what a value of a column counts as: its code, or its year; `OTHER` for anything
    else.
    """
    if column in DAYS:
        return _year
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
