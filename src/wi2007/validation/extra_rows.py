"""Set apart rows that are no persons: repeated headers, and totals. They are reported and not judged any further."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas import columns as c
from wi2007.delivery.coded import EMPTY, Coded, Kept, lengths
from wi2007.delivery.names import key
from wi2007.mapping.delivery import Batch

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
