"""The first records of a text, for deciding how it is to be read.

What does not belong here: deciding, and reading all rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

Record = tuple[int, list[str]]
"""A row number and the fields of that row."""

csv.field_size_limit(1 << 30)  # the beginning of a text is no longer than that


@dataclass(frozen=True)
class Beginning:
    """The first characters of a text; `whole` says that there are no more. Row numbers count from 1."""

    text: str
    whole: bool

    def records(self, delimiter: str, *, mark: str) -> Iterator[Record]:
        """Every record, empty ones too; the last one may have been cut off. `mark` is empty where none is one."""
        lines = io.StringIO(self.text, newline="")
        if mark:
            return enumerate(csv.reader(lines, delimiter=delimiter, quotechar=mark), start=1)
        return enumerate(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE), start=1)

    def complete(self, delimiter: str, *, mark: str, after: int) -> Iterator[list[str]]:
        """The fields of every record after row `after` that is neither empty nor cut off."""
        waiting: list[str] | None = None
        for row, fields in self.records(delimiter, mark=mark):
            if waiting is not None:
                yield waiting
            waiting = fields if row > after and fields else None
        if waiting is not None and self.whole:
            yield waiting


def is_filled(record: Record) -> bool:
    """Whether there is anything in a record but spaces; a row of separators counts."""
    _, fields = record
    return len(fields) > 1 or bool(fields and fields[0].strip())
