"""Read the heads and units above the columns of a sheet, and its rows with the labels that each stands under.

A text above a column runs on over the columns to its right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wi2007.cbs.book import Sheet
from wi2007.cbs.figures import Signs
from wi2007.cbs.labels import Label, Place, Tree, depth_of, is_closing, label, starts_with
from wi2007.cbs.misfit import Misfit

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
    """Return the label in a cell."""
    return replace(label(sheet.written(*place), signs), place=place)


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
    units: dict[int, str] = {}
    for column in columns:
        anchor = _anchor(sheet, row, column, min(columns))
        if anchor is None:
            continue
        if several and anchor[1] != column and found.anchors.get(anchor[1]) != found.anchors[column]:
            continue
        unit = unit_of(sheet, *anchor, reader)
        if unit:
            units[column] = unit
    return units


@dataclass(frozen=True)
class Line:
    """A row with figures: the labels of the row from the top down, and the place of its own."""

    row: int
    path: tuple[Label, ...]
    label_column: int
    units: Mapping[int, str]


@dataclass
class Rows:
    """The rows of a sheet, read one by one."""

    sheet: Sheet
    reader: Reader
    columns: Sequence[int]
    corner: Mapping[int, Sequence[Label]]
    units: Mapping[int, Mapping[int, str]]
    alone: list[Label] = field(default_factory=list)
    odd: list[Misfit] = field(default_factory=list)

    def lines(self, rows: tuple[int, list[int]]) -> Iterator[Line]:
        """Yield the rows with figures, each with its labels and the units that hold for it.

        Figures beside a word such as `waarvan` are those of the label above it, where that has none of its own.
        """
        start, figures = rows
        tree = Tree(self.reader.filler)
        waiting = False
        for row in range(start, figures[-1] + 1):
            label_column, is_label = self._take_up(row, tree, row in figures)
            if row not in figures:
                waiting = waiting or (bool(label_column) and is_label)
                continue
            if not label_column:
                self.odd.append(Misfit(self.sheet.name, row, 1, "naast deze cijfers staat geen label"))
                continue
            if not is_label and not waiting:
                what = "naast dit woord horen geen cijfers; die horen op de regels eronder"
                self.odd.append(Misfit(self.sheet.name, row, label_column, what))
                continue
            waiting = False
            holding = max(one for one in self.units if one < row)
            yield Line(row, self._under_corner(tree.path), label_column, self.units[holding])

    def _take_up(self, row: int, tree: Tree, figured: bool) -> tuple[int, bool]:
        """Add the labels of a row; return the column of the last (0 without one), and whether it is more than a
        filler.
        """
        label_column, is_label = 0, True
        for column in range(1, self.columns[0]):
            value = str(self.sheet.at(row, column))
            if not value.strip() or is_closing(value):
                continue
            label_column = column
            found = label_at(self.sheet, (row, column), self.reader.signs)
            depth = depth_of(value, self.sheet.style(row, column).indent)
            is_label = tree.add((column, depth), replace(found, figured=figured))
            if is_label and not figured:
                self.alone.append(found)
        return label_column, is_label

    def _under_corner(self, path: tuple[Label, ...]) -> tuple[Label, ...]:
        """Return a path with, before the first label of each column, the heads above that column."""
        made: list[Label] = []
        seen: set[int] = set()
        for one in path:
            column = one.place[1]
            if column not in seen:
                made += self.corner.get(column, ())
            seen.add(column)
            made.append(one)
        return tuple(made)
