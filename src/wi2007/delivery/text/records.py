"""Split the first records of a text, to decide how it is to be read."""

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
        """Yield every record, empty ones too; the last one may have been cut off.

        `mark` is empty where no character is a quotation mark.
        """
        lines = io.StringIO(self.text, newline="")
        if mark:
            return enumerate(csv.reader(lines, delimiter=delimiter, quotechar=mark), start=1)
        return enumerate(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE), start=1)

    def complete(self, delimiter: str, *, mark: str, after: int) -> Iterator[Record]:
        """Yield every record after row `after` that is neither empty nor cut off."""
        waiting: Record | None = None
        for record in self.records(delimiter, mark=mark):
            if waiting is not None:
                yield waiting
            waiting = record if record[0] > after and is_filled(record) else None
        if waiting is not None and self.whole:
            yield waiting


def is_filled(record: Record) -> bool:
    """Return whether there is anything in a record but separators and spaces."""
    return any(map(str.strip, record[1]))
