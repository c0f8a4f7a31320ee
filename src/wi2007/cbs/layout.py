"""Where everything stands on a sheet: title, heads, units, rows and columns with figures, closing text.

Data begin where the first row with a figure is; nothing is counted on but the title in A1.
What does not belong here: what labels mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wi2007.cbs.book import Sheet
from wi2007.cbs.columns import Reader, heads, is_unit_row, units_in
from wi2007.cbs.figures import OddError, figure
from wi2007.cbs.labels import Label, Tree, depth_of, is_closing, label, marks_in
from wi2007.cbs.misfit import Misfit, MisfitError


@dataclass(frozen=True)
class Line:
    """A row with figures: the labels of the row from the top down, and where its own stands."""

    row: int
    path: tuple[Label, ...]
    label_column: int
    units: Mapping[int, str]


@dataclass(frozen=True)
class Layout:
    """A sheet as it is laid out. `spacers` gives for columns of marks the column with figures that they belong to."""

    title: str
    above: tuple[str, ...]
    mark: str
    lines: tuple[Line, ...]
    columns: Mapping[int, tuple[Label, ...]]
    head_rows: tuple[int, ...]
    spacers: Mapping[int, int]
    notes: tuple[str, ...]

    @property
    def other_marks(self) -> frozenset[str]:
        """Marks that the closing text gives another meaning than provisional."""
        begins = [(note.split(" ", 1)[0], note.casefold()) for note in self.notes]
        return frozenset(mark for mark, note in begins if mark in ("*", "**") and "voorlopig" not in note)


def layout(sheet: Sheet, reader: Reader, default_unit: str = "") -> Layout:
    """Find everything. Raises `MisfitError` where a sheet is laid out otherwise."""
    title = sheet.text(1, 1)
    if not title:
        raise MisfitError(Misfit(sheet.name, 1, 1, "hier hoort de titel te staan"))
    figures, start = _figure_rows(sheet, reader)
    unit_rows = [row for row in range(2, figures[-1]) if _is_units(sheet, row, figures, reader)]
    columns, spacers = _columns(sheet, figures, reader)
    head_rows = _head_rows(sheet, start, columns, unit_rows)
    if not unit_rows and head_rows:
        start = head_rows[-1] + 1
    _no_merged_figures(sheet, figures, columns)
    _no_texts(sheet, (start, figures), columns, unit_rows)
    found = heads(sheet, head_rows, columns, reader.signs)
    units: dict[int, dict[int, str]] = {0: dict.fromkeys(columns, default_unit) if default_unit else {}}
    units |= {row: units_in(sheet, row, columns, found, reader) for row in unit_rows}
    top = min([*head_rows, *unit_rows, figures[0]])
    above = tuple(sheet.text(row, 1) for row in range(2, top) if sheet.text(row, 1))
    return Layout(
        title=title,
        above=above,
        mark=max((marks_in(text, reader.signs) for text in (title, *above)), key=len),
        lines=tuple(_lines(sheet, (start, figures), columns[0], units, reader)),
        columns=found.paths,
        head_rows=tuple(head_rows),
        spacers=spacers,
        notes=tuple(_notes(sheet, figures[-1])),
    )


def _is_figure(sheet: Sheet, row: int, column: int, reader: Reader) -> bool:
    """Whether a cell is one of a table: a number, a sign, or an error in the place of one."""
    if sheet.is_empty(row, column):
        return any(t <= row <= b and le <= column <= r for t, b, le, r in sheet.errors)
    value = sheet.at(row, column)
    if not isinstance(value, str):
        return True
    try:
        found = figure(value, "", reader.signs)
    except OddError:
        return False
    return found.value is not None or bool(found.sign)


def _figure_rows(sheet: Sheet, reader: Reader) -> tuple[list[int], int]:
    """The rows with figures, and the first row after the heads: from a row of units on, where there is one."""
    rows = [
        row
        for row in range(2, sheet.last_row + 1)
        if any(_is_figure(sheet, row, column, reader) for column in range(2, sheet.last_column + 1))
    ]
    units = [row for row in range(2, sheet.last_row + 1) if is_unit_row(sheet, row, 2, reader)]
    begin = units[0] + 1 if units else 0
    for row in rows:
        if row < begin:
            _only_years(sheet, row, reader)
    figures = [row for row in rows if row >= begin and row not in units]
    if not figures:
        raise MisfitError(Misfit(sheet.name, 0, 0, "op dit blad staan geen cijfers"))
    return figures, begin or figures[0]


def _only_years(sheet: Sheet, row: int, reader: Reader) -> None:
    """Above the units numbers are years in a head; other figures there would have no unit."""
    for column in range(2, sheet.last_column + 1):
        value = sheet.at(row, column)
        year = isinstance(value, (int, float)) and float(value).is_integer() and 1900 <= value <= 2100
        if _is_figure(sheet, row, column, reader) and not year:
            raise MisfitError(Misfit(sheet.name, row, column, "dit cijfer staat boven de rij met eenheden"))


def _is_units(sheet: Sheet, row: int, figures: list[int], reader: Reader) -> bool:
    return row not in figures and is_unit_row(sheet, row, 2, reader)


def _columns(sheet: Sheet, figures: list[int], reader: Reader) -> tuple[list[int], dict[int, int]]:
    """The columns with figures, and the columns between them that hold marks only."""
    columns = [
        column
        for column in range(2, sheet.last_column + 1)
        if any(_is_figure(sheet, row, column, reader) for row in figures)
    ]
    spacers: dict[int, int] = {}
    for column in range(columns[0] + 1, sheet.last_column + 1):
        for row in figures:
            if column in columns or sheet.is_empty(row, column):
                continue
            if sheet.text(row, column) not in reader.signs.marks:
                raise MisfitError(
                    Misfit(sheet.name, row, column, "hier staat tekst in plaats van een cijfer")
                )
            spacers[column] = max(one for one in columns if one < column)
    return columns, spacers


def _head_rows(sheet: Sheet, start: int, columns: list[int], unit_rows: list[int]) -> list[int]:
    """The rows of labels above the figures: those with something above a column of figures."""
    reach = range(columns[0], sheet.last_column + 1)
    return [
        row
        for row in range(2, start)
        if row not in unit_rows and any(not sheet.is_empty(row, column) for column in reach)
    ]


def _no_merged_figures(sheet: Sheet, figures: list[int], columns: list[int]) -> None:
    for top, bottom, left, right in sheet.merged:
        inside = [row for row in figures if top <= row <= bottom]
        if inside and any(left <= column <= right for column in columns):
            raise MisfitError(Misfit(sheet.name, top, left, "samengevoegde cellen tussen de cijfers"))


def _no_texts(sheet: Sheet, rows: tuple[int, list[int]], columns: list[int], unit_rows: list[int]) -> None:
    """Between the figures and beside a label below them nothing else may stand: such a row would be passed over."""
    start, figures = rows
    for row in range(start, sheet.last_row + 1):
        if row in figures or row in unit_rows:
            continue
        named = any(sheet.text(row, column) for column in range(1, columns[0]))
        closing = is_closing(sheet.text(row, 1))
        for column in range(columns[0], sheet.last_column + 1):
            inside = row < figures[-1] or (named and not closing)
            if inside and not sheet.is_empty(row, column):
                raise MisfitError(
                    Misfit(sheet.name, row, column, "hier staat tekst in plaats van een cijfer")
                )


def _lines(
    sheet: Sheet,
    rows: tuple[int, list[int]],
    first: int,
    units: Mapping[int, Mapping[int, str]],
    reader: Reader,
) -> Iterator[Line]:
    """The rows with figures, each with its labels and the units that hold for it.

    Figures beside a word such as `waarvan` are those of the label above it, where that has none of its own.
    """
    start, figures = rows
    tree = Tree(reader.filler)
    waiting = False
    for row in range(start, figures[-1] + 1):
        label_column, is_label = _label_of(sheet, row, first, tree, reader)
        if row not in figures:
            waiting = waiting or (bool(label_column) and is_label)
            continue
        if not label_column:
            raise MisfitError(Misfit(sheet.name, row, 1, "naast deze cijfers staat geen label"))
        if not is_label and not waiting:
            what = "naast dit woord horen geen cijfers; die horen op de regels eronder"
            raise MisfitError(Misfit(sheet.name, row, label_column, what))
        waiting = False
        holding = max(one for one in units if one < row)
        yield Line(row, tree.path, label_column, units[holding])


def _label_of(sheet: Sheet, row: int, first: int, tree: Tree, reader: Reader) -> tuple[int, bool]:
    """Take up the labels of a row; gives the column of the last (0 without one), and whether it is no mere filler."""
    label_column, is_label = 0, True
    for column in range(1, first):
        value = sheet.at(row, column)
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        if text.strip() and not is_closing(text):
            label_column = column
            depth = depth_of(text, sheet.style(row, column).indent)
            is_label = tree.add((column, depth), label(text, reader.signs))
    return label_column, is_label


def _notes(sheet: Sheet, last: int) -> Iterator[str]:
    """The closing text."""
    for row in range(last + 1, sheet.last_row + 1):
        words = [sheet.text(row, column) for column in range(1, sheet.last_column + 1)]
        told = " ".join(" ".join(filter(None, words)).split())
        if told:
            yield told
