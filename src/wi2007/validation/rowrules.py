"""Check several fields of one row together: status against date and place, nationalities against each other, age.

Each distinct value is looked at once; rows are then compared by small tables. What is missing or in no code list is
left to the rules on that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from wi2007 import reference
from wi2007.dates import all_possible_days
from wi2007.delivery.coded import EMPTY, Coded, Kept

Places = NDArray[np.intp]
Broken = tuple[str, str, Places]
"""A rule, its column, and the places of the rows in the batch, ascending."""

ASKED: Final = "gevraagde_nationaliteit"
MUNICIPALITY: Final = "gemeentecode"
STATUS: Final = "statuscode"
TURKS, TURKISH = "Turks", "0339"
DEPARTED: Final = "VERTROKKEN"
NO_RESULT: Final = ("IBP", "ONBEKEND")
"""Status codes without a day on which something was reached."""
NO_MUNICIPALITY: Final = (reference.RNI, reference.UNKNOWN_CODE)


class RowRules:
    """The rules at a peildatum; results for a list of values are kept as long as the list is the same."""

    def __init__(self, peildatum: date, youngest: date) -> None:
        self._youngest = youngest.toordinal()
        register = reference.municipalities()[reference.RNI].valid_from
        self._register = register is None or register <= peildatum
        self._with_result = frozenset(reference.statuses()) - set(NO_RESULT)
        self._places = frozenset(reference.municipalities()) - set(NO_MUNICIPALITY)
        self._kept = Kept()
        self._nationalities: dict[str, int] = {}

    def broken(self, columns: Mapping[str, Coded]) -> Iterator[Broken]:
        """Yield every rule that rows of a batch break."""
        for rule, column, find in (
            ("status_zonder_datum", c.STATUS_DAY, self._without_day),
            ("vertrokken_in_gemeente", MUNICIPALITY, self._departed),
            ("te_jong", c.BIRTH, self._too_young),
        ):
            if len(places := find(columns)):
                yield rule, column, places
        yield from self._turkish(columns)
        yield from self._repeated(columns)

    def _without_day(self, columns: Mapping[str, Coded]) -> Places:
        status, day = columns.get(STATUS), columns.get(c.STATUS_DAY)
        if status is None or day is None:
            return _NOWHERE
        empty = np.flatnonzero(day.codes == EMPTY)
        reached = self._table("reached", status, self._with_result.__contains__)
        return empty[reached[status.codes[empty]]]

    def _departed(self, columns: Mapping[str, Coded]) -> Places:
        status, place = columns.get(STATUS), columns.get(MUNICIPALITY)
        if not self._register or status is None or place is None:
            return _NOWHERE
        gone = _where(self._table("departed", status, DEPARTED.__eq__), status)
        ordinary = self._table("ordinary", place, self._places.__contains__)
        return gone[ordinary[place.codes[gone]]]

    def _too_young(self, columns: Mapping[str, Coded]) -> Places:
        births = columns.get(c.BIRTH)
        if births is None:
            return _NOWHERE

        def young(values: list[str]) -> NDArray[np.bool_]:
            return np.append(all_possible_days(values).first > self._youngest, False)

        return _where(self._kept.get("young", births.values, young), births)

    def _turkish(self, columns: Mapping[str, Coded]) -> Iterator[Broken]:
        """Yield rows whose requested nationality contradicts the nationalities that are filled in."""
        asked = columns.get(ASKED)
        present = [(name, columns[name]) for name in c.NATIONALITIES if name in columns]
        if asked is None or not present:
            return
        turks = asked.codes == self._code(ASKED, asked, TURKS)
        turkish = np.zeros(len(turks), dtype=bool)
        for name, column in present:
            code = self._code(name, column, TURKISH)
            if code != _NEVER:
                turkish |= column.codes == code
        without = np.flatnonzero(turks & ~turkish)
        filled = np.zeros(len(without), dtype=bool)
        for _, column in present:
            filled |= column.codes[without] != EMPTY
        if filled.any():
            yield "turks_zonder_nationaliteit", ASKED, without[filled]
        others = np.flatnonzero(turkish & ~turks)
        others = others[asked.codes[others] != EMPTY]
        if len(others):
            yield "turks_niet_uitgesloten", ASKED, others

    def _repeated(self, columns: Mapping[str, Coded]) -> Iterator[Broken]:
        """Yield rows with a nationality that an earlier column has too, or that is filled behind an empty one."""
        names = [name for name in c.NATIONALITIES if name in columns]
        for at, name in enumerate(names[1:], start=1):
            rows = np.flatnonzero(columns[name].codes != EMPTY)
            if not len(rows):
                continue
            here = self._nationality(name, columns[name])[columns[name].codes[rows]]
            again = np.zeros(len(rows), dtype=bool)
            for earlier in names[:at]:
                other = columns[earlier]
                again |= self._nationality(earlier, other)[other.codes[rows]] == here
            if again.any():
                yield "nationaliteit_dubbel", name, rows[again]
            behind = rows[columns[names[at - 1]].codes[rows] == EMPTY]
            if len(behind):
                yield "nationaliteit_gat", name, behind

    def _nationality(self, name: str, column: Coded) -> NDArray[np.int32]:
        """Return a number for each nationality, the same in every column; -1 for an empty field, last."""
        known = self._nationalities

        def table(values: list[str]) -> NDArray[np.int32]:
            return np.array([*(known.setdefault(value, len(known)) for value in values), -1], dtype=np.int32)

        return self._kept.get(f"nationality {name}", column.values, table)

    def _code(self, name: str, column: Coded, value: str) -> int:
        """Return the code of a value in a column; `_NEVER` where it does not occur."""

        def find(values: list[str]) -> int:
            return values.index(value) if value in values else _NEVER

        return self._kept.get(f"code {name}", column.values, find)

    def _table(self, name: str, column: Coded, right: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Return for each value of a column whether it is right, and last False for an empty field."""
        return self._kept.get(
            name, column.values, lambda values: np.array([*map(right, values), False], dtype=bool)
        )


_NOWHERE: Final[Places] = np.empty(0, dtype=np.intp)
_NEVER: Final = -2
"""The code of a value that a column does not have."""


def _where(table: NDArray[np.bool_], column: Coded) -> Places:
    """Return the rows whose value is marked in `table`; no row is looked at when no value is."""
    return np.flatnonzero(table[column.codes]) if table.any() else _NOWHERE
