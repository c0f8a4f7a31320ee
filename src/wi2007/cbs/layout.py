"""Find where everything stands on a sheet: title, heads, units, rows and columns with figures, closing text.

Data begin in the first row with a figure; only the place of the title (A1) is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wi2007.cbs.book import Sheet
from wi2007.cbs.figures import OddError, figure
from wi2007.cbs.heads import Line, Reader, Rows, heads, is_unit_row, label_at, unit_of, units_in
from wi2007.cbs.labels import Label, days_in, is_closing, marks_in
from wi2007.cbs.misfit import Ask, Misfit, MisfitError

TEXT = "hier staat tekst in plaats van een cijfer"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Layout:
    """The layout of a sheet. `spacers` gives for columns of marks the column with figures that they belong to.

    `alone` are labels above rows that have no figures below them; `odd` is what does not fit.
    """

    title: str
    above: tuple[str, ...]
    mark: str
    lines: tuple[Line, ...]
    columns: Mapping[int, tuple[Label, ...]]
    head_rows: tuple[int, ...]
    spacers: Mapping[int, int]
    notes: tuple[str, ...]
    alone: tuple[Label, ...] = ()
    odd: tuple[Misfit, ...] = ()
    near: str = ""
    """A text above the heads that may be one of them, or a part of the title."""

    @property
    def other_marks(self) -> frozenset[str]:
        """Marks that the closing text gives another meaning than provisional."""
        begins = [(note.split(" ", 1)[0], note.casefold()) for note in self.notes]
        return frozenset(mark for mark, note in begins if mark in ("*", "**") and "voorlopig" not in note)


def layout(sheet: Sheet, reader: Reader, default_unit: str = "") -> Layout:
    """Return the layout of a sheet. Raises `MisfitError` where a sheet is laid out otherwise."""
    title = sheet.text(1, 1)
    if not title:
        raise MisfitError(Misfit(sheet.name, 1, 1, "hier hoort de titel te staan"))
    beside = [column for column in range(2, sheet.last_column + 1) if not sheet.is_empty(1, column)]
    if beside:
        what = "naast de titel hoort niets te staan; de koppen staan op een rij eronder"
        raise MisfitError(Misfit(sheet.name, 1, beside[0], what))
    figures, start = _figure_rows(sheet, reader)
    unit_rows = [row for row in range(2, figures[-1]) if _is_units(sheet, row, figures, reader)]
    columns, spacers, odd = _columns(sheet, figures, reader)
    head_rows = _head_rows(sheet, start, columns, unit_rows)
    if not unit_rows and head_rows:
        start = head_rows[-1] + 1
    odd += _merged_figures(sheet, figures, columns)
    odd += _texts(sheet, (start, figures), columns, unit_rows, reader)
    odd += _odd_units(sheet, unit_rows, columns, reader)
    odd += _unfinished(sheet, figures[-1], columns[0])
    found = heads(sheet, head_rows, columns, reader)
    units: dict[int, dict[int, str]] = {0: dict.fromkeys(columns, default_unit) if default_unit else {}}
    units |= {row: units_in(sheet, row, columns, found, reader) for row in unit_rows}
    top = min([*head_rows, *unit_rows, figures[0]])
    above = {row: sheet.text(row, 1) for row in range(2, top) if sheet.text(row, 1)}
    corner = _corner(sheet, (top, start), columns[0], reader)
    near, is_corner = _nearest(sheet, above, top, reader)
    if is_corner:
        corner.setdefault(1, []).insert(0, label_at(sheet, (max(above), 1), reader.signs))
    rows = Rows(sheet, reader, columns, corner, units)
    lines = tuple(rows.lines((start, figures)))
    return Layout(
        title=title,
        above=tuple(above.values()),
        mark=max((marks_in(text, reader.signs) for text in (title, *above.values())), key=len),
        lines=lines,
        columns=found.paths,
        head_rows=tuple(head_rows),
        spacers=spacers,
        notes=tuple(_notes(sheet, figures[-1])),
        alone=tuple(rows.alone),
        odd=(*odd, *rows.odd),
        near="" if is_corner else near,
    )


def _corner(sheet: Sheet, rows: tuple[int, int], first: int, reader: Reader) -> dict[int, list[Label]]:
    """Return the heads above the labels of rows, by their column."""
    found: dict[int, list[Label]] = {}
    for row in range(*rows):
        for column in range(1, first):
            if not sheet.is_empty(row, column) and not is_closing(str(sheet.at(row, column))):
                found.setdefault(column, []).append(label_at(sheet, (row, column), reader.signs))
    return found


def _nearest(sheet: Sheet, above: Mapping[int, str], top: int, reader: Reader) -> tuple[str, bool]:
    """Return the text directly above the heads, and whether it is a head itself and no part of the title.

    It is one where it is known as one, or where an empty row separates it from the title.
    """
    row = max(above, default=0)
    if row != top - 1 or days_in(above[row]):
        return "", False
    known = label_at(sheet, (row, 1), reader.signs).key in reader.known
    parted = any(at not in above for at in range(2, row))
    return above[row], known or parted


def _is_figure(sheet: Sheet, row: int, column: int, reader: Reader) -> bool:
    """Return whether a cell is one of a table: a number, a sign, or an error in the place of one."""
    if sheet.is_empty(row, column):
        return any(t <= row <= b and le <= column <= r for t, b, le, r in sheet.errors)
    value = sheet.at(row, column)
    if not isinstance(value, str):
        return True
    try:
        found = figure(value, "", reader.signs)
    except OddError as error:
        return error.sign in reader.signs.others
    return found.value is not None or bool(found.sign)


def _figure_rows(sheet: Sheet, reader: Reader) -> tuple[list[int], int]:
    """Return the rows with figures, and the first row after the heads: from a row of units on, where there is one."""
    rows = [
        row
        for row in range(2, sheet.last_row + 1)
        if any(_is_figure(sheet, row, column, reader) for column in range(2, sheet.last_column + 1))
    ]
    units = [row for row in range(2, sheet.last_row + 1) if is_unit_row(sheet, row, _first(sheet), reader)]
    begin = units[0] + 1 if units else 0
    for row in rows:
        if row < begin:
            _only_years(sheet, row, reader)
    figures = [row for row in rows if row >= begin and row not in units]
    if not figures:
        raise MisfitError(Misfit(sheet.name, 0, 0, "op dit blad staan geen cijfers"))
    return figures, begin or figures[0]


def _only_years(sheet: Sheet, row: int, reader: Reader) -> None:
    """Check that numbers above the units are years in a head; other figures there would have no unit."""
    for column in range(2, sheet.last_column + 1):
        year = label_at(sheet, (row, column), reader.signs).key
        if _is_figure(sheet, row, column, reader) and not _YEAR.fullmatch(year):
            raise MisfitError(Misfit(sheet.name, row, column, "dit cijfer staat boven de rij met eenheden"))


def _is_units(sheet: Sheet, row: int, figures: list[int], reader: Reader) -> bool:
    return row not in figures and is_unit_row(sheet, row, _first(sheet), reader)


def _first(sheet: Sheet) -> int:
    """Return the first column behind the labels that has a number."""
    numbers = (place for place, value in sheet.cells.items() if not isinstance(value, str))
    return min((column for row, column in numbers if row > 1 and column > 1), default=2)


def _columns(
    sheet: Sheet, figures: list[int], reader: Reader
) -> tuple[list[int], dict[int, int], list[Misfit]]:
    """Return the columns with figures, the columns between them that hold marks only, and the misfits in those."""
    columns = [
        column
        for column in range(2, sheet.last_column + 1)
        if any(_is_figure(sheet, row, column, reader) for row in figures)
    ]
    spacers: dict[int, int] = {}
    odd: list[Misfit] = []
    for column in range(columns[0] + 1, sheet.last_column + 1):
        for row in figures:
            if column in columns or sheet.is_empty(row, column):
                continue
            if sheet.text(row, column) not in reader.signs.marks:
                odd.append(Misfit(sheet.name, row, column, TEXT))
            spacers[column] = max(one for one in columns if one < column)
    return columns, spacers, odd


def _head_rows(sheet: Sheet, start: int, columns: list[int], unit_rows: list[int]) -> list[int]:
    """Return the rows of labels above the figures: those with something above a column of figures."""
    reach = range(columns[0], sheet.last_column + 1)
    return [
        row
        for row in range(2, start)
        if row not in unit_rows and any(not sheet.is_empty(row, column) for column in reach)
    ]


def _merged_figures(sheet: Sheet, figures: list[int], columns: list[int]) -> Iterator[Misfit]:
    for top, bottom, left, right in sheet.merged:
        inside = [row for row in figures if top <= row <= bottom]
        if inside and any(left <= column <= right for column in columns):
            yield Misfit(sheet.name, top, left, "samengevoegde cellen tussen de cijfers")


def _texts(
    sheet: Sheet, rows: tuple[int, list[int]], columns: list[int], unit_rows: list[int], reader: Reader
) -> Iterator[Misfit]:
    """Yield texts between the figures and beside a label below them: nothing else may stand there, or a row would be
    lost.
    """
    start, figures = rows
    for row in range(start, sheet.last_row + 1):
        if row in figures or row in unit_rows:
            continue
        named = any(sheet.text(row, column) for column in range(1, columns[0]))
        closing = is_closing(sheet.text(row, 1))
        inside = row < figures[-1] or (named and not closing)
        for column in range(columns[0], sheet.last_column + 1):
            if not inside or sheet.is_empty(row, column):
                continue
            if named:
                yield Misfit(sheet.name, row, column, TEXT)
            else:
                yield _unknown_unit(
                    sheet, row, column, "tussen de cijfers hoort alleen een eenheid die bekend is"
                )


def _odd_units(sheet: Sheet, unit_rows: list[int], columns: list[int], reader: Reader) -> Iterator[Misfit]:
    """Yield texts in a row of units that are no units."""
    for row in unit_rows:
        for column in range(columns[0], sheet.last_column + 1):
            if not sheet.is_empty(row, column) and not unit_of(sheet, row, column, reader):
                yield _unknown_unit(sheet, row, column, "deze eenheid is niet bekend")


def _unknown_unit(sheet: Sheet, row: int, column: int, what: str) -> Misfit:
    text = sheet.text(row, column)
    return Misfit(sheet.name, row, column, what, text, Ask("eenheid", text))


def _unfinished(sheet: Sheet, last: int, first: int) -> Iterator[Misfit]:
    """Yield a text directly below the figures that goes on where the label above it stops."""
    for column in range(1, first):
        text = sheet.text(last + 1, column)
        if text and not is_closing(text) and (text[0].islower() or text[0] in "(-/,"):
            what = "onder de cijfers staat een tekst die bij het label erboven kan horen; zet die samen in een cel"
            yield Misfit(sheet.name, last + 1, column, what, text)


def _notes(sheet: Sheet, last: int) -> Iterator[str]:
    """Yield the closing text."""
    for row in range(last + 1, sheet.last_row + 1):
        words = [sheet.text(row, column) for column in range(1, sheet.last_column + 1)]
        note = " ".join(" ".join(filter(None, words)).split())
        if note:
            yield note
