"""Choose the worksheet with the delivery, find the names above its table, check the other sheets, word each decision.

The sheet is the one that is set, or the only one that it can be. Where many rows of another sheet may be persons, that
is a question. No decision quotes a value of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wi2007 import dutch
from wi2007.decisions import DAMAGE, plain
from wi2007.delivery import kinds
from wi2007.delivery.names import ENOUGH, LOOKED_AT, known_names
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import BY_HAND, EXCEL_DAY_ZERO, Decision, Reading
from wi2007.delivery.workbook.book import Book
from wi2007.delivery.workbook.cells import text_of
from wi2007.delivery.workbook.scan import Worksheet
from wi2007.dutch import count
from wi2007.errors import UserError
from wi2007.project import CONFIG

_COMPARED: Final = 1000
Numbered = tuple[int, list[Any]]

Widths = NDArray[np.int64]
"""The number of filled cells of every row that has one."""
_MOST_NAMED: Final = 5

_KINDS: Final = {
    kinds.XLSX: "De inhoud is een werkmap van Excel.",
    kinds.XLSB: "De inhoud is een werkmap van Excel in binaire vorm.",
    kinds.XLS: "De inhoud is een werkmap van Excel 97-2003.",
    kinds.ODS: "De inhoud is een rekenblad van LibreOffice of OpenOffice.",
}


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


@dataclass(frozen=True)
class Chosen:
    """A worksheet, and why it is that one."""

    sheet: Worksheet
    decision: Decision


def choose(
    sheets: Sequence[Worksheet],
    filled: Sequence[Worksheet],
    wanted: str | None,
    named: Callable[[Worksheet], bool],
    question: Callable[[], str],
) -> Chosen:
    """Return the sheet with the delivery.

    `named` says whether a sheet names our columns; it is called where that matters.

    Raises `UnreadableError` when there is none, or more than one, with the words that `question` gives.
    """
    if wanted is not None:
        return Chosen(sheet := _by_name(sheets, wanted), sheet_by_hand(sheet))
    if not filled:
        raise UnreadableError(Problem("werkblad_leeg"))
    seen = [sheet for sheet in filled if not sheet.hidden]
    hidden = [sheet for sheet in filled if sheet.hidden]
    if len(filled) == 1 and seen:
        return Chosen(seen[0], only_sheet(seen[0], others=len(sheets) > 1))
    with_names = [sheet for sheet in seen if named(sheet)]
    if len(with_names) == 1:
        return Chosen(with_names[0], only_named_sheet(with_names[0], len(seen)))
    if len(seen) == 1 and not any(named(sheet) for sheet in hidden):
        return Chosen(seen[0], only_visible_sheet(seen[0]))
    raise UnreadableError(Problem("werkblad_onduidelijk", about=question()))


def _by_name(sheets: Sequence[Worksheet], wanted: str) -> Worksheet:
    exact = [sheet for sheet in sheets if sheet.name == wanted]
    alike = exact or [sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()]
    if len(alike) != 1:
        raise UnreadableError(Problem("werkblad_onbekend"))
    return alike[0]


@dataclass(frozen=True)
class Limits:
    """A sheet with `rows` rows or more that are at least `width` times as full as those of the delivery is asked
    about.
    """

    rows: int
    width: float


@dataclass(frozen=True)
class Other:
    """A sheet that is not read, with its filled rows and how many of them are as full as a person's."""

    sheet: Worksheet
    place: int
    rows: int
    full: int

    @property
    def shown(self) -> str:
        """The sheet in a sentence, with its number of rows."""
        hidden = "verborgen, " if self.sheet.hidden else ""
        return f"{self.sheet.quoted(self.place)} ({hidden}{_rows(self.rows)})"


@cache
def read_limits(path: Path = CONFIG / "validation.yaml") -> Limits:
    """Return the limits of config/validation.yaml. Raises `UserError` when they cannot be read."""
    try:
        content = plain(path)
        found = content["grenzen"]["werkbladen"]
        return Limits(int(found["rijen"]), float(found["breedte"].replace(",", ".").rstrip("% ")) / 100)
    except DAMAGE as error:
        raise UserError(
            "De grenzen voor andere werkbladen in config/validation.yaml zijn niet te gebruiken. "
            "Zet onder grenzen: werkbladen: een getal bij rijen en een percentage bij breedte."
        ) from error


def widths(rows: Iterable[Sequence[Any]]) -> Widths:
    """Return the number of filled cells of each filled row."""
    counted = (filled_cells(row) for row in rows)
    return np.fromiter((number for number in counted if number), dtype=np.int64)


def others_of(
    read: Widths, others: Sequence[tuple[Worksheet, int, Widths]], limits: Limits
) -> tuple[Other, ...]:
    """Return the sheets that are not read, with how many of their rows are as full as most of those that are."""
    least = limits.width * float(np.median(read)) if len(read) else 1.0
    return tuple(
        Other(sheet, place, len(found), int(np.count_nonzero(found >= max(least, 2.0))))
        for sheet, place, found in others
    )


def check_others(chosen: Worksheet, place: int, rows: int, others: Sequence[Other], limits: Limits) -> None:
    """Raise `UnreadableError` with a question where another sheet holds rows like those that are read."""
    doubtful = [other for other in others if other.full >= limits.rows]
    if not doubtful:
        return
    more = sum(other.full for other in doubtful)
    raise UnreadableError(
        Problem(
            "werkblad_onduidelijk",
            about=(
                f"De rij met namen en {_rows(rows)} staan op werkblad {chosen.quoted(place)}. Rijen die even vol zijn, "
                f"staan ook op {listed(doubtful)}. Is alleen {chosen.quoted(place)} de levering, dan zijn dat geen "
                f"personen; zijn het er wel, dan ontbreken er zo {count(more)}."
            ),
        )
    )


def sheets_question(sheets: Sequence[tuple[Worksheet, int, int]]) -> str:
    """Return the question where more than one sheet can be the delivery, each with its place and filled rows."""
    return f"Inhoud staat op {listed([Other(sheet, place, rows, 0) for sheet, place, rows in sheets])}."


def listed(others: Sequence[Other]) -> str:
    """Return a sentence on the first few sheets."""
    named = [other.shown for other in others[:_MOST_NAMED]]
    if len(others) > _MOST_NAMED:
        named.append(f"nog {count(len(others) - _MOST_NAMED)}")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} en {named[-1]}"


def _rows(number: int) -> str:
    return "1 rij" if number == 1 else f"{count(number)} rijen"


def kind_decision(book: Book, reading: Reading) -> Decision:
    """Word the kind of file."""
    by_hand = reading.kind is not None
    remarks = " ".join((BY_HAND if by_hand else _KINDS[book.kind], *book.remarks))
    return Decision("soort", kinds.NAMES[book.kind], by_hand, remarks)


def sheet_by_hand(sheet: Worksheet) -> Decision:
    """Word that levering.yaml sets this sheet."""
    hidden = " Het werkblad is verborgen." if sheet.hidden else ""
    return Decision("werkblad", sheet.shown, by_hand=True, reason=BY_HAND + hidden)


def only_sheet(sheet: Worksheet, *, others: bool) -> Decision:
    """Word that this is the one sheet that is not empty."""
    reason = "Op de andere werkbladen staat niets." if others else "Het is het enige werkblad."
    return Decision("werkblad", sheet.shown, by_hand=False, reason=reason)


def only_named_sheet(sheet: Worksheet, visible: int) -> Decision:
    """Word that this is the one sheet with our names."""
    if visible == 1:
        return only_visible_sheet(sheet)
    reason = "Van de zichtbare werkbladen heeft alleen dit onze kolomnamen."
    return Decision("werkblad", sheet.shown, by_hand=False, reason=reason)


def only_visible_sheet(sheet: Worksheet) -> Decision:
    """Word that this is the one visible sheet."""
    reason = "Het is het enige zichtbare werkblad met inhoud."
    return Decision("werkblad", sheet.shown, by_hand=False, reason=reason)


def with_others(decision: Decision, others: Sequence[Other]) -> Decision:
    """Return a decision with the sheets that are not read."""
    if not others:
        return decision
    return replace(decision, reason=f"{decision.reason} Niet gelezen: {listed(others)}.")


def days_decision(day_zero: date) -> tuple[Decision, ...]:
    """Word the day that numbers count from, where it is not the usual one."""
    if day_zero == EXCEL_DAY_ZERO:
        return ()
    reason = (
        "Zo staat het in de werkmap. Een getal in een kolom met datums is een aantal dagen vanaf die dag."
    )
    return (Decision("dagnummers", f"vanaf {dutch.day(day_zero)}", by_hand=False, reason=reason),)


def header_decision(head: Head, reading: Reading) -> Decision:
    """Word the row of the names."""
    if reading.header_row is not None:
        return Decision("koprij", str(head.row), by_hand=True, reason=BY_HAND)
    reason = "Het is de eerste rij met inhoud."
    if head.above:
        rows = "een rij" if head.above == 1 else f"{count(head.above)} rijen"
        reason = f"Het is de eerste rij met onze kolomnamen; erboven staan {rows} met tekst."
        if head.above == 1:
            reason = f"Het is de eerste rij met onze kolomnamen; erboven staat {rows} met tekst."
    return Decision("koprij", str(head.row), by_hand=False, reason=reason)
