"""Read the columns of a sheet: the labels above each, and its unit, where a text runs on over the columns to its
right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wi2007.cbs.book import Sheet
from wi2007.cbs.figures import Signs
from wi2007.cbs.labels import Label, Place, label, starts_with

Units = Mapping[str, str]
"""The unit by its name as it is compared."""


@dataclass(frozen=True)
class Reader:
    """The settings known before a sheet is read: names of units, signs, and words that are no label themselves."""

    units: Units
    signs: Signs
    filler: frozenset[str]
    known: frozenset[str] = frozenset()
    """Labels and heads that mean something."""


@dataclass(frozen=True)
class Heads:
    """For each column the labels above it, from the top down."""

    paths: Mapping[int, tuple[Label, ...]]
    anchors: Mapping[int, tuple[Place, ...]]


def unit_of(sheet: Sheet, row: int, column: int, reader: Reader) -> str:
    """Return the unit that a cell names, or an empty text."""
    return (
        reader.units.get(label(sheet.text(row, column), reader.signs).key, "")
        if sheet.text(row, column)
        else ""
    )


def is_unit_row(sheet: Sheet, row: int, first: int, reader: Reader) -> bool:
    """Return whether a row has units from a column on: at least one, and beside it only texts that are no known
    label.
    """
    filled = [column for column in range(first, sheet.last_column + 1) if not sheet.is_empty(row, column)]
    others = [column for column in filled if not unit_of(sheet, row, column, reader)]
    return len(others) < len(filled) and all(_may_be_unit(sheet.text(row, at), reader) for at in others)


def _may_be_unit(text: str, reader: Reader) -> bool:
    words = label(text, reader.signs).key
    return len(words) > 2 and words not in reader.known and not words[0].isdigit()


def heads(sheet: Sheet, rows: Sequence[int], columns: Sequence[int], reader: Reader) -> Heads:
    """Return the labels above these columns in these rows; a text runs on to the right within the one above it."""
    first = min(columns)
    anchors: dict[int, tuple[Place, ...]] = dict.fromkeys(range(first, sheet.last_column + 1), ())
    for row in rows:
        above = dict(anchors)
        for column, before in above.items():
            found = _anchor(sheet, row, column, first)
            if found is not None and found not in before and above.get(found[1], before) == before:
                anchors[column] = (*before, found)
    paths = {column: tuple(_path(sheet, anchors, column, reader)) for column in columns}
    return Heads(paths, anchors)


def _path(
    sheet: Sheet, anchors: Mapping[int, tuple[Place, ...]], column: int, reader: Reader
) -> Iterator[Label]:
    """Yield the labels above a column; before one such as `waarvan vrouwen` the label to its left that it is a part
    of.
    """
    for at, place in enumerate(anchors[column]):
        own = label_at(sheet, place, reader.signs)
        is_filler = own.key.rstrip(":") in reader.filler
        if is_filler or starts_with(own.key, reader.filler):
            above = _left_of(sheet, anchors, (column, at), reader)
            if above is not None:
                yield replace(above, loose=True, figured=True)
        if not is_filler:
            yield own


def _left_of(
    sheet: Sheet, anchors: Mapping[int, tuple[Place, ...]], place: tuple[int, int], reader: Reader
) -> Label | None:
    """Return the nearest label to the left, under the same heads, that is no part of another itself."""
    column, at = place
    before = anchors[column][:at]
    for other in range(column - 1, min(anchors) - 1, -1):
        path = anchors[other]
        if len(path) <= at or path[:at] != before or path[at] == anchors[column][at]:
            continue
        found = label_at(sheet, path[at], reader.signs)
        if found.key.rstrip(":") not in reader.filler and not starts_with(found.key, reader.filler):
            return found
    return None


def label_at(sheet: Sheet, place: Place, signs: Signs) -> Label:
    """Return the label in a cell; a number is written without decimals."""
    value = sheet.at(*place)
    whole = isinstance(value, float) and value.is_integer()
    return replace(label(str(int(value) if whole else value), signs), place=place)


def _anchor(sheet: Sheet, row: int, column: int, first: int) -> Place | None:
    """Return the cell whose text holds in this row above a column: itself, what covers it, or the next to the left.

    The text of merged cells holds for the columns that they cover, and no further.
    """
    for at in range(column, first - 1, -1):
        area = next((one for one in sheet.merged if one[0] <= row <= one[1] and one[2] <= at <= one[3]), None)
        if area is not None:
            top, _, left, right = area
            holds = right >= column or left == right
            return (top, left) if holds and not sheet.is_empty(top, left) else None
        if not sheet.is_empty(row, at):
            return row, at
    return None


def units_in(sheet: Sheet, row: int, columns: Sequence[int], found: Heads, reader: Reader) -> dict[int, str]:
    """Return the unit of each column by a row of units; a column without a clear unit is left out.

    A unit holds for the columns to its right until the next. Where one label has several units, it does not run on to
    the next label.
    """
    own = {column: unit for column in columns if (unit := unit_of(sheet, row, column, reader))}
    beside = any(
        found.anchors[one] == found.anchors[other] and own.get(one, "") != own.get(other, "") != ""
        for one, other in pairwise(columns)
    )
    several = beside and len({found.anchors[column] for column in columns}) > 1
    told: dict[int, str] = {}
    for column in columns:
        anchor = _anchor(sheet, row, column, min(columns))
        if anchor is None:
            continue
        if several and anchor[1] != column and found.anchors.get(anchor[1]) != found.anchors[column]:
            continue
        unit = unit_of(sheet, *anchor, reader)
        if unit:
            told[column] = unit
    return told
