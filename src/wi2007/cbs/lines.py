"""Read the rows of a sheet: each with figures under its labels, the heads above those, and its units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wi2007.cbs.book import Sheet
from wi2007.cbs.columns import Reader, label_at
from wi2007.cbs.labels import Label, Tree, depth_of, is_closing
from wi2007.cbs.misfit import Misfit


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
