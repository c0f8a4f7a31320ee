"""A published table without a number, as a sheet of its own: its declaration gives the heads, units and explanation.

The sheet has a row for each row of the file. What does not belong here: which tables get a sheet
(`config/report/werkboek.yaml`), file formats, files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import Any

from schemas.dataset import Column, Dataset
from wi2007 import dutch
from wi2007.publication import document as content
from wi2007.publication.workbook import model
from wi2007.publication.workbook.model import LABELS, NARROW, Cell, Region, clean

Cells = tuple[Cell, ...]
_DECIMALS = 1
_WRITTEN = "getal"
"""What the way of writing of a column of numbers begins with."""


@dataclass(frozen=True)
class Listed:
    """A published table with its rows, the name of its sheet and that of its file."""

    dataset: Dataset[Any]
    rows: Sequence[Any]
    sheet: str
    file: str


def rows(listed: Listed, above: Sequence[Cells]) -> tuple[list[Cells], Region]:
    """Return all rows of the sheet, those `above` first, and where its table stands."""
    dataset = listed.dataset
    units = [column.unit for column in dataset.columns]
    first = len(above)
    found = [*above]
    if any(units):
        found.append(tuple(Cell(clean(unit), "unit") for unit in units))
    found.append(tuple(Cell(one.name, "over" if _is_figure(one) else "head") for one in dataset.columns))
    header = len(found) - 1
    values = attrgetter(*dataset.names)
    found += [tuple(map(_cell, dataset.columns, values(row))) for row in listed.rows]
    mark = listed.file.partition(".")[0].replace("-", "_")
    region = Region(mark, clean(dataset.title), first, header, len(found) - 1, len(dataset.key), filters=True)
    return found, region


def explained(listed: Listed) -> Iterator[tuple[str, str]]:
    """Yield the name of each column and what it means."""
    yield from ((column.name, column.meaning) for column in listed.dataset.columns)


def widths(found: Sequence[Cells]) -> tuple[int, ...]:
    """Return the widths of the columns; longer texts are broken into lines."""
    return model.fitting(found, NARROW, LABELS)


def _is_figure(column: Column) -> bool:
    return column.kind in ("integer", "number") or column.written.startswith(_WRITTEN)


def _cell(column: Column, value: object) -> Cell:
    """A number where the column holds numbers and this is one; a whole one has no decimals."""
    written = "" if value is None else str(value)
    if _is_figure(column):
        try:
            number = Decimal(written)
        except InvalidOperation:
            return Cell(clean(written), "figure")
        decimals = 0 if number == number.to_integral_value() else _DECIMALS
        return model.figure(content.Cell(dutch.decimal(float(number), decimals), float(number)))
    return Cell(clean(written), "text")
