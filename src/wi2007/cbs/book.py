"""Read the cells of a workbook by sheet, with what Excel shows of their numbers; guarded as a delivery is.

A list of persons that is named as a CBS table is detected: then no message quotes a cell of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from schemas.columns import COLUMNS
from wi2007.cbs.figures import BUILT_IN
from wi2007.cbs.labels import key
from wi2007.cbs.misfit import Misfit, refuse
from wi2007.delivery.archive import read_limits
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.workbook.book import Cells, check_memory
from wi2007.delivery.workbook.package import Parts, read_parts
from wi2007.delivery.workbook.scan import Area, OtherwiseError, Scan, Worksheet, parse, place, quick_scan
from wi2007.delivery.workbook.xlsx import read_sheets
from wi2007.errors import UserError

_STYLES: Final = "xl/styles.xml"
_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 1_000
_TOO_LARGE: Final = ("bestand_te_groot", "werkblad_te_groot")
_MOST_ROWS_OF_A_TABLE: Final = 600
"""More rows than a table by municipality has."""
_FEW: Final = 5
_MOST_UNKNOWN: Final = 60
_LONG_NUMBER: Final = re.compile(r"\d{5,}")
_AGE: Final = re.compile(r"[<>]?\d{1,3}[-–+/]\d{0,3}|[<>]\d{1,3}|(19|20)\d\d")
_MANY: Final = 10
_OFTEN: Final = 5
PERSONS: Final = (
    "dit lijkt geen tabel van het CBS, maar een lijst met personen. Geef het bestand een naam die niet met cbs begint. "
    "Wat erin staat, is niet getoond"
)


@dataclass(frozen=True)
class Style:
    """The number format of a cell, and how far its text is indented."""

    code: str = ""
    indent: int = 0


@dataclass(frozen=True)
class Sheet:
    """A sheet with all its cells. Rows and columns count from 1.

    `formulas` and `errors` are cells that hold no value of their own; `merged` are cells that readers see as one.
    """

    name: str
    cells: Mapping[tuple[int, int], Any]
    styles: Mapping[tuple[int, int], Style]
    merged: tuple[Area, ...] = ()
    formulas: tuple[Area, ...] = ()
    errors: tuple[Area, ...] = ()
    last_row: int = 0
    last_column: int = 0

    def at(self, row: int, column: int) -> Any:
        """Return the value of a cell; an empty text where it is empty."""
        return self.cells.get((row, column), "")

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, without space around it; an empty text for a number."""
        value = self.at(row, column)
        return value.strip() if isinstance(value, str) else ""

    def style(self, row: int, column: int) -> Style:
        """Return the style of a cell."""
        return self.styles.get((row, column), Style())

    def written(self, row: int, column: int) -> str:
        """Return a cell as text; a number is written without decimals where it is whole."""
        value = self.at(row, column)
        return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()

    def is_empty(self, row: int, column: int) -> bool:
        """Return whether a cell holds nothing but space."""
        value = self.at(row, column)
        return value is None or (isinstance(value, str) and not value.strip())


def read_book(path: Path) -> list[Sheet]:
    """Return the visible sheets, in order. Raises `UserError` when the file cannot be read."""
    try:
        parts = read_parts(path, read_limits())
        sheets = [sheet for sheet in read_sheets(parts) if not sheet.hidden]
        parts.verify({sheet.part for sheet in sheets})
        styles = _styles(parts)
        return [_sheet(path, parts, sheet, styles) for sheet in sheets]
    except UnreadableError as error:
        if error.problem.rule in _TOO_LARGE:
            raise _too_large(path.name) from None
        raise UserError(
            f"Het werkboek {path.name} van het CBS is niet te lezen: het is beschadigd, beveiligd met een "
            "wachtwoord, of geen .xlsx. Open het in Excel of LibreOffice en sla het opnieuw op als .xlsx."
        ) from None


def _too_large(file: str) -> UserError:
    return UserError(
        f"Het werkboek {file} is te groot voor een tabel van het CBS. Haal weg wat er niet bij hoort, "
        "ook lege rijen en kolommen met opmaak."
    )


def _sheet(path: Path, parts: Parts, sheet: Worksheet, styles: list[Style]) -> Sheet:
    scan = _scan(parts, sheet)
    if scan.last_row > _MOST_ROWS or scan.last_column > _MOST_COLUMNS:
        raise _too_large(path.name)
    check_memory(parts, sheet, scan)
    found = Cells(path, sheet.name)
    first = found.first_column
    cells = {
        (row, first + at): value
        for row, values in enumerate(found.rows(), start=1)
        for at, value in enumerate(values)
        if value != "" and value is not None
    }
    if not sheet.shown.strip():
        refuse(path.name, [Misfit(sheet.shown, 0, 0, "dit blad heeft geen naam")], False, "")
    return Sheet(
        name=sheet.shown,
        cells=cells,
        styles=_looks(parts, sheet, styles),
        merged=tuple(found.merged()),
        formulas=tuple(scan.formulas),
        errors=tuple(scan.errors),
        last_row=max((row for row, _ in cells), default=0),
        last_column=max((column for _, column in cells), default=0),
    )


def _scan(parts: Parts, sheet: Worksheet) -> Scan:
    try:
        return quick_scan(parts.chunks(sheet.part))
    except OtherwiseError:
        return parse(parts.chunks(sheet.part))


def _tree(parts: Parts, name: str) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(parts.small(name)) if name in parts else None
    except (ElementTree.ParseError, ValueError, LookupError):
        return None  # the library reads it otherwise, or says that it cannot


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _styles(parts: Parts) -> list[Style]:
    """Return the styles of cells by the number that cells name them with."""
    tree = _tree(parts, _STYLES)
    if tree is None:
        return []
    codes = dict(BUILT_IN)
    for one in tree.iter():
        if _local(one) == "numFmt" and one.get("numFmtId", "").isdigit():
            codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
    formats = next((one for one in tree if _local(one) == "cellXfs"), ())
    return [_style(one, codes) for one in formats]


def _style(one: ElementTree.Element, codes: Mapping[int, str]) -> Style:
    aligned = next((part for part in one if _local(part) == "alignment"), None)
    indent = aligned.get("indent", "0") if aligned is not None else "0"
    number = one.get("numFmtId", "0")
    code = codes.get(int(number), "") if number.isdigit() else ""
    return Style(code, int(indent) if indent.isdigit() else 0)


def _looks(parts: Parts, sheet: Worksheet, styles: list[Style]) -> dict[tuple[int, int], Style]:
    """Return the style of every cell that has one of its own; a cell without a place comes after the one before it."""
    tree = _tree(parts, sheet.part)
    found: dict[tuple[int, int], Style] = {}
    row = column = 0
    for one in tree.iter() if tree is not None else ():
        kind = _local(one)
        if kind == "row":
            row, column = int(one.get("r") or row + 1), 0
        elif kind == "c":
            named = one.get("r")
            row, column = place(named.encode()) if named else (row, column + 1)
            number = one.get("s", "0")
            if number.isdigit() and int(number) < len(styles) and styles[int(number)] != Style():
                found[row, column] = styles[int(number)]
    return found


def persons_in(sheets: Iterable[Sheet]) -> str:
    """Return the name of the first sheet that may hold a row for each person; an empty text when there is none."""
    return next((sheet.name for sheet in sheets if _is_list(sheet)), "")


def may_quote(known: int, unknown: Sequence[str]) -> bool:
    """Return whether messages may quote unknown labels: they are few, or fewer than the known ones."""
    return len(unknown) <= _MOST_UNKNOWN or len(unknown) < known


def _is_list(sheet: Sheet) -> bool:
    rows = list(_rows(sheet))
    if len(rows) > _MOST_ROWS_OF_A_TABLE or any(_has_our_names(row) for row in rows):
        return True
    body = rows[1:]
    names = [_name(row) for row in body]
    if len(names) >= _MANY and len(names) > _OFTEN * len(set(names)):
        return True
    texts = [row for row in body if sum(map(_is_value, row[1:])) >= 2]
    if len(texts) >= _FEW and 2 * len(texts) > len(body):
        return True
    return any(_are_numbers(column) for column in _columns(sheet))


def _rows(sheet: Sheet) -> Iterator[list[Any]]:
    """Yield the rows with two filled cells or more."""
    found: dict[int, list[Any]] = {}
    for row, column in sorted(sheet.cells):
        if not sheet.is_empty(row, column):
            found.setdefault(row, []).append(sheet.at(row, column))
    return (values for values in found.values() if len(values) > 1)


def _name(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return the name of a row: the texts at its beginning, or else its first number."""
    return tuple(takewhile(lambda value: isinstance(value, str), row)) or (row[0],)


def _columns(sheet: Sheet) -> Iterator[list[str]]:
    found: dict[int, list[str]] = {}
    for row, column in sorted(sheet.cells):
        found.setdefault(column, []).append(sheet.written(row, column))
    return iter(found.values())


def _has_our_names(row: Sequence[Any]) -> bool:
    names = {key(value).replace(" ", "_") for value in row if isinstance(value, str)}
    return len(names & set(COLUMNS)) >= 2


def _is_value(value: Any) -> bool:
    """Return whether a cell holds what no table of figures holds: a day, or a text of letters."""
    if isinstance(value, (date, datetime)):
        return True
    return isinstance(value, str) and any(one.isalpha() for one in value) and key(value) != "x"


def _are_numbers(column: Sequence[str]) -> bool:
    """Return whether most cells of a column are numbers of persons, or days written as a number."""
    filled = [one for one in column if one][1:]
    if len(filled) < _FEW:
        return False
    days = [one for one in filled if re.fullmatch(r"(18|19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])", one)]
    named = [one for one in filled if " " not in one and _LONG_NUMBER.search(one) and not one.isdigit()]
    long = [one for one in filled if one.isdigit() and len(one) >= 7]
    same = [one for one in long if len(one) == len(long[0])]
    most = max(len(days), len(named), len(same) if len(set(same)) == len(same) else 0)
    return 2 * most > len(filled)


def is_number(text: str) -> bool:
    """Return whether a label may be the number of a person, and not an age or a year."""
    return any(one.isdigit() for one in text) and " " not in text and not _AGE.fullmatch(text)
