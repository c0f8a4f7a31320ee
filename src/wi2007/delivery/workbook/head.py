"""Find the names above a table: the row they stand in, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from wi2007.delivery.names import ENOUGH, LOOKED_AT, known_names
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.values import text_of

_COMPARED: Final = 1000
Numbered = tuple[int, list[Any]]


@dataclass(frozen=True)
class Head:
    """`row` is the row number of `names`, the first of which stands in the first filled column.

    `known` counts our names among them, `above` the filled rows before. `regular` says whether they are surely no row
    of a person.
    """

    row: int
    names: tuple[str, ...]
    known: int
    above: int
    regular: bool


def find_head(rows: Iterable[list[Any]], header_row: int | None) -> Head | None:
    """Return the row with names; None when the sheet is empty.

    Raises `UnreadableError` when the row that was set is empty.
    """
    numbered = ((number, row) for number, row in enumerate(rows, start=1))
    filled = (one for one in numbered if not is_blank(one[1]))
    if header_row is not None:
        return _exactly(filled, header_row)
    first = list(islice(filled, LOOKED_AT))
    if not first:
        return None
    place = next((at for at, (_, row) in enumerate(first) if _known(row) >= ENOUGH), 0)
    # A row as full as the header may be a header itself, and the rows between the two its rows.
    if any(2 * filled_cells(row) > filled_cells(first[place][1]) for _, row in first[:place]):
        place = 0
    return _head(first[place], [*first[place + 1 :], *islice(filled, _COMPARED)], above=place)


def is_blank(row: Sequence[Any]) -> bool:
    """Return whether a row holds nothing but spaces."""
    first = row[0] if row else ""
    if not isinstance(first, str) or (first and not first.isspace()):
        return False
    return row.count("") == len(row) or all(isinstance(value, str) and not value.strip() for value in row)


def filled_cells(row: Sequence[Any]) -> int:
    """Return how many cells of a row hold more than spaces."""
    return len(row) - row.count("") - sum(map(_is_space, row))


def _known(row: Sequence[Any]) -> int:
    """Return how many of our columns a row names; only a text is a name."""
    return known_names(value for value in row if isinstance(value, str))


def _is_space(value: Any) -> bool:
    return isinstance(value, str) and value.isspace()


def _exactly(filled: Iterator[Numbered], header_row: int) -> Head:
    for above, (number, row) in enumerate(filled):
        if number == header_row:
            return _head((number, row), list(islice(filled, _COMPARED)), above)
        if number > header_row:
            break
    raise UnreadableError(Problem("koprij_leeg", row=header_row))


def _head(found: Numbered, following: Sequence[Numbered], above: int) -> Head:
    number, row = found
    width = max(at for at, value in enumerate(row, start=1) if value != "" and not _is_space(value))
    names = tuple(text_of(value) for value in row[:width])
    return Head(number, names, _known(row), above, _is_regular(row[:width], [one for _, one in following]))


def _is_regular(names: Sequence[Any], following: Sequence[Sequence[Any]]) -> bool:
    """Return whether a row is surely no row of a person: only texts, each different, that no row below has in their
    column.
    """
    if not following or not all(isinstance(name, str) for name in names):
        return False
    filled = [name for name in names if name]
    return len(set(filled)) == len(filled) and not any(
        name and name == row[at] for row in following for at, name in enumerate(names)
    )
