"""Two deliveries side by side, as step compare reads them: who is in both, and the events between them.

It brings libraries that a first peildatum does not need. What does not belong here: when peildata are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.columns import BIRTH, PERSON
from schemas.cube import DIMENSIONS
from schemas.persons import EXCLUDED
from wi2007.comparison.chain import Case as Links
from wi2007.comparison.compare import compare, record
from wi2007.comparison.people import COLUMNS, People, in_part, people
from wi2007.comparison.settings import read_comparison

ROWS_AT_ONCE: Final = 2_000_000
"""Of a larger file persons are followed in parts of about this size, so that memory does not grow with it."""
OPTIONAL: Final = ("doelgroep",)


def followed(folders: tuple[Path, Path]) -> tuple[pa.Table, dict[str, Any]]:
    """Compare what was made of the delivery before and of this one: the events, and what is told of them."""
    before, after = map(_Made, folders)
    links = Links(before.day, after.day, read_comparison(), before.lacking | after.lacking)
    compared = compare(_parts(before, after), (before.cube, after.cube), links)
    return compared.events, record(compared, links)


@dataclass(frozen=True)
class _Made:
    """What was made of one delivery."""

    folder: Path

    @cached_property
    def processing(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "verwerking.json").read_text(encoding="utf-8"))
        return found

    @property
    def day(self) -> date:
        return date.fromisoformat(self.processing["peildatum"])

    @property
    def lacking(self) -> frozenset[str]:
        """The optional columns that the delivery does not have."""
        return frozenset(OPTIONAL) - set(self.processing["levering"]["kolommen"])

    @property
    def cube(self) -> pa.Table:
        return pq.ParquetFile(self.folder / "kubus.parquet").read()

    @property
    def rows(self) -> int:
        """Persons and those excluded."""
        names = ("personen.parquet", "uitgesloten.parquet")
        return sum(pq.read_metadata(self.folder / name).num_rows for name in names)

    def people(self, part: int, parts: int) -> People:
        """The persons of one part."""
        persons = self._read("personen.parquet", COLUMNS, part, parts)
        excluded = self._read("uitgesloten.parquet", EXCLUDED.names, part, parts)
        return people(persons, excluded[PERSON])

    def _read(self, name: str, columns: Any, part: int, parts: int) -> pa.Table:
        coded = [column for column in columns if column in (*DIMENSIONS, BIRTH)]
        file = pq.ParquetFile(self.folder / name, read_dictionary=coded)
        if parts == 1:
            return file.read(list(columns))
        groups = []
        for at in range(file.num_row_groups):
            group = file.read_row_group(at, list(columns))
            numbers = group[PERSON].combine_chunks()
            groups.append(group.filter(pa.array(in_part(numbers, part, parts))))
        return pa.concat_tables(groups) if groups else file.read(list(columns))


def _parts(before: _Made, after: _Made) -> Iterator[tuple[People, People]]:
    parts = 1 + max(before.rows, after.rows) // ROWS_AT_ONCE
    for part in range(parts):
        yield before.people(part, parts), after.people(part, parts)
