"""Look at rows as a whole: which are no persons, and where fields of one row contradict each other.

Repeated headers and totals are set apart, reported and not judged any further. Each distinct value is looked at once;
rows are then compared by small tables. What is missing or in no code list is left to the rules on that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas import columns as c
from wi2007 import reference
from wi2007.dates import all_possible_days
from wi2007.delivery.names import key
from wi2007.delivery.source import EMPTY, Coded, Kept, lengths
from wi2007.mapping.batches import Batch

Mask = NDArray[np.bool_]
MUST_BE_FILLED: Final = tuple(
    name for name in c.REQUIRED if name not in (c.PERSON, c.STATUS_DAY, *c.NATIONALITIES)
)
"""Columns that a person always has something in."""
_THINGS: Final = "(?:rijen|personen|records|regels|rows)"
_TOTAL: Final = (
    "(?i)^[^a-z0-9]*(?:"
    "(?:(?:eind|sub|generaal )?(?:totaal|totalen)|(?:grand |sub)?totals?|som|sum|aantal)"
    f"(?:[ _](?:van|alle|de|aantal|{_THINGS}))*[^a-z]*{_THINGS}?"
    f"|n ?=[^a-z]*|[0-9][0-9., ]* {_THINGS}(?: (?:affected|selected|returned|in set|geselecteerd))?"
    "|(?:einde?|end)(?: (?:van|of|het|de|the|bestand|file|rapport|report|overzicht|levering))*"
    ")[^a-z0-9]*$"
)
_IS_TOTAL: Final = re.compile(_TOTAL)

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
_NOWHERE: Final[Places] = np.empty(0, dtype=np.intp)
_NEVER: Final = -2
"""The code of a value that a column does not have."""


@dataclass(frozen=True)
class Extra:
    """The batch without rows that are no persons, and the row numbers of those."""

    batch: Batch
    headers: NDArray[np.int64]
    totals: NDArray[np.int64]


class ExtraRows:
    """Finds rows that are no persons; `fields` names for each of our columns the fields of the file that it is made
    from.
    """

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self._names = {name: {key(name), *map(key, names)} - {""} for name, names in fields.items()}
        self._least = max(2, -(-len(fields) // 2))
        self._kept = Kept()

    def split(self, batch: Batch) -> Extra:
        """Set the rows that are no persons apart."""
        headers = self._headers(batch)
        totals = self._totals(batch)
        if headers is None and totals is None:
            return Extra(batch, batch.rows[:0], batch.rows[:0])
        nobody = np.zeros(len(batch.rows), dtype=bool)
        headers = nobody if headers is None else headers
        totals = nobody if totals is None else totals & ~headers
        return Extra(without(batch, headers | totals), batch.rows[headers], batch.rows[totals])

    def _headers(self, batch: Batch) -> Mask | None:
        """Return the rows in which at least half of the fields hold the name of their own column; None without any."""
        hits = np.zeros(len(batch.rows), dtype=np.int16)
        for name, column in batch.columns.items():
            own = self._kept.get(f"name {name}", column.values, partial(self._named, name))
            if own is not None:
                hits += own[column.codes]
        candidates = np.flatnonzero(hits >= self._least - (batch.numbers is not None))
        if not len(candidates):
            return None
        if batch.numbers is not None:
            texts = batch.numbers.take(pa.array(candidates)).to_pylist()
            hits[candidates] += [key(text) in self._names[c.PERSON] for text in texts]
        found = hits >= self._least
        return found if found.any() else None

    def _named(self, name: str, values: list[str]) -> Mask | None:
        """Return which values are the name of their own column; None when none is."""
        names = self._names[name]
        places = [at for at, value in enumerate(values) if not value[:1].isdigit() and key(value) in names]
        if not places:
            return None
        own = np.zeros(len(values) + 1, dtype=bool)
        own[places] = True
        return own

    def _totals(self, batch: Batch) -> Mask | None:
        """Return the rows with a word for a total in front, while most fields that a person always has are empty;
        None without any.
        """
        must = [batch.columns[name].codes for name in MUST_BE_FILLED if name in batch.columns]
        empty = np.zeros(len(batch.rows), dtype=np.int8)
        for codes in must:
            if len(codes) and int(codes.min()) == EMPTY:
                empty += codes == EMPTY
        candidates = np.flatnonzero(empty > len(must) / 2)
        if not len(candidates):
            return None
        found = np.zeros(len(batch.rows), dtype=bool)
        found[candidates] = self._in_front(batch, candidates)
        return found if found.any() else None

    def _in_front(self, batch: Batch, rows: NDArray[np.intp]) -> Mask:
        """Return whether the persoonsnummer, or the first field that is filled, is a word for a total."""
        found = np.zeros(len(rows), dtype=bool)
        waiting = np.ones(len(rows), dtype=bool)
        if batch.numbers is not None:
            texts = batch.numbers.take(pa.array(rows))
            found = pc.match_substring_regex(texts, _TOTAL).to_numpy(zero_copy_only=False)
            waiting = lengths(texts) == 0
        for name, column in batch.columns.items():
            codes = column.codes[rows]
            word = self._kept.get(f"total {name}", column.values, _totals)
            found = found | (waiting & word[codes])
            waiting = waiting & (codes == EMPTY)
        return found


def _totals(values: list[str]) -> Mask:
    return np.array([*(_IS_TOTAL.search(value) is not None for value in values), False])


def without(batch: Batch, out: Mask) -> Batch:
    """Return the batch without the rows in `out`; their earlier problems are removed too."""
    keep = ~out
    gone = batch.rows[out]
    problems = (replace(one, rows=np.setdiff1d(one.rows, gone)) for one in batch.problems)
    return replace(
        batch,
        rows=batch.rows[keep],
        numbers=_kept(batch.numbers, keep),
        columns={name: Coded(column.values, column.codes[keep]) for name, column in batch.columns.items()},
        problems=tuple(one for one in problems if len(one.rows)),
    )


def _kept(numbers: Any, keep: Mask) -> Any:
    return None if numbers is None else numbers.filter(pa.array(keep))


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


def _where(table: NDArray[np.bool_], column: Coded) -> Places:
    """Return the rows whose value is marked in `table`; no row is looked at when no value is."""
    return np.flatnonzero(table[column.codes]) if table.any() else _NOWHERE
