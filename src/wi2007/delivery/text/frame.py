"""Recognise lines that are no rows of the table: strokes and types below the names, a footer, blank rows.

Programs that print a table on a screen write them (psql, sqlcmd, SQL*Plus, SAS). A line counts as such only where it
can be nothing else, by its place and its form. All other lines are judged as rows: titles above the names in
`layout`, totals as wide as the table in `validation.rowrules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wi2007.delivery.source import EMPTY, Block, Kept, Rows, begins_blank
from wi2007.delivery.text.layout import Head
from wi2007.delivery.text.lines import Beginning, is_filled

BELOW_NAMES: Final = "rij_opmaak"
FOOTER: Final = "rij_voet"
OTHER_COUNT: Final = "rij_voet_telling"
_TAIL: Final = 1 << 16
_STROKES: Final = re.compile(r"[\s:+|]*[-=_]{2}[-=_\s:+|]*")
_TYPE: Final = re.compile(
    r"[<(]?(?:n?(?:var)?char2?|character(?: varying)?|chr|n?text|tekst|string|str|object|category|fac?to?r|"
    r"(?:big|small|tiny|medium|u)?int(?:eger)?(?:8|16|32|64)?|number|num(?:eric)?|numeriek|dec(?:imal)?|float(?:32|64)?|"
    r"double(?: precision)?|dbl|real|getal|date?|datum|(?:small)?datetime2?|timestamp|time|tijd|bit|bool(?:ean)?|lgl|"
    r"uuid|uniqueidentifier|\$(?:char)?\d*\.|(?:best|date|yymmdd|ddmmyy)\d*\.)[>)]?"
    r"(?: ?\( ?(?:\d+|max)(?: ?[,.] ?\d+)? ?\))?(?: (?:not )?null)?",
    re.IGNORECASE,
)
_THINGS: Final = "(?:rijen|rij|personen|records?|regels?|rows?|observations?|waarnemingen)"
_NUMBER: Final = r"(?P<rows>\d{1,3}(?:[.,]\d{3})+|\d+)"
_DONE: Final = (
    "(?: (?:affected|selected|returned|exported|fetched|in set"
    "|geselecteerd|geëxporteerd|gevonden|gelezen|geschreven))?"
)
_OF_WHAT: Final = (
    "(?: (?:of|van|de|het|the|bestand|file|rapport|report|overzicht|levering|data|uitdraai"
    "|export|output|lijst))*"
)
_FOOTERS: Final = tuple(
    re.compile(rf"[\s(\[*#=<\-]*(?:{words})[\s)\]*#=>.\-]*", re.IGNORECASE)
    for words in (
        rf"{_NUMBER} {_THINGS}{_DONE}(?: ?\([\d.,]+ ?m?s(?:ec)?\))?",
        rf"(?:aantal|totaal|total)(?: aantal| van| of)*(?: {_THINGS})? ?[:=]? ?{_NUMBER}(?: {_THINGS})?",
        rf"(?:einde?|end){_OF_WHAT}|eof",
        r"(?:time|tijd) ?: ?[\d.,]+ ?ms",
    )
)
_END_OF_TEXT: Final = re.compile(rb"\x1a[\x1a\r\n ]*\Z")


@dataclass(frozen=True)
class Table:
    """The number of fields of a row, the separator, the quotation mark, and the number of the last row of the text."""

    width: int
    delimiter: str
    mark: str
    last_row: int


@dataclass(frozen=True)
class Footer:
    """`rows` are the row numbers of lines below the rows; `counted` is the number of rows that one of them states."""

    rows: frozenset[int] = frozenset()
    counted: int | None = None


NO_FOOTER: Final = Footer()


def below_names(beginning: Beginning, head: Head, table: Table) -> int:
    """Return how many records right below the names hold only strokes or types."""
    found = 0
    for row, fields in beginning.records(table.delimiter, mark=table.mark):
        if row <= head.row:
            continue
        if not is_filled((row, fields)) or not _is_frame(
            [field.strip() for field in fields if field.strip()]
        ):
            break
        found += 1
    return found


def _is_frame(filled: list[str]) -> bool:
    if all(map(_STROKES.fullmatch, filled)):
        return True
    return len(filled) > 1 and all(map(_TYPE.fullmatch, filled))


@dataclass(frozen=True)
class End:
    """The text ends before byte `at`, where a Ctrl-Z stands; it has `rows` rows fewer than were counted with it."""

    at: int
    rows: int


def text_end(path: Path) -> End | None:
    """Return the Ctrl-Z with which DOS ended a text, and what follows it; None where there is none."""
    size, tail = _tail(path)
    found = _END_OF_TEXT.search(tail)
    if found is None:
        return None
    ends = len(re.findall(rb"\r\n|\r|\n", found[0]))
    rows = ends + (not found[0].endswith((b"\r", b"\n")))
    alone = found.start() == 0 or tail[found.start() - 1] in b"\r\n"
    return End(size - len(tail) + found.start(), rows if alone else rows - 1)


def footer(path: Path, end: End | None, table: Table) -> Footer:
    """Return the lines at the end of the text that describe the table and are no row of it."""
    size, tail = _tail(path)
    text = tail[: len(tail) - (size - end.at) if end else None].decode("utf-8", errors="ignore")
    rows, counted = set(), None
    for row, line in _upwards(text, table.last_row):
        if not line.replace(table.delimiter, " ").strip():
            continue
        found = _footer(line, table)
        if found is None:
            break
        rows.add(row)
        counted = _number(found) if counted is None else counted
    return Footer(frozenset(rows), counted)


def _tail(path: Path) -> tuple[int, bytes]:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        return size, file.read()


def _upwards(text: str, last_row: int) -> Iterator[tuple[int, str]]:
    """Yield the last lines with their row numbers, the last first; the first of all may have been cut off."""
    lines = re.split(r"\r\n|\r|\n", text)
    if not lines[-1]:
        lines.pop()
    for back, line in enumerate(reversed(lines[1:])):
        yield last_row - back, line


def _footer(line: str, table: Table) -> re.Match[str] | None:
    if line.count(table.delimiter) + 1 == table.width or (table.mark and table.mark in line):
        return None
    stripped = " ".join(line.split())
    found = next(filter(None, (words.fullmatch(stripped) for words in _FOOTERS)), None)
    return found or (_STROKES.fullmatch(stripped) if len(stripped) > 2 else None)


def _number(found: re.Match[str]) -> int | None:
    digits = found.groupdict().get("rows")
    return int(re.sub(r"\D", "", digits)) if digits else None


def without_blank_rows(block: Block, blank_rows: Callable[[], Rows], kept: Kept) -> Block:
    """Return the block without blank rows.

    A blank row arrives as a row of empty fields; so does a row with a value in fields that were not asked for.
    `blank_rows` gives the numbers of rows with no value in any field; it is called only when the difference matters.
    """
    blank = np.flatnonzero(_all_blank(block, kept))
    if len(blank):
        blank = blank[np.isin(block.rows[blank], blank_rows(), assume_unique=True)]
    for texts in block.plain.values():
        blank = blank[[not text.strip() for text in texts.take(pa.array(blank)).to_pylist()]]
    if not len(blank):
        return block
    keep = np.ones(len(block.rows), dtype=bool)
    keep[blank] = False
    coded = {place: replace(column, codes=column.codes[keep]) for place, column in block.coded.items()}
    plain = {place: column.filter(pa.array(keep)) for place, column in block.plain.items()}
    return replace(block, rows=block.rows[keep], plain=plain, coded=coded, empty=block.rows[blank])


def _all_blank(block: Block, kept: Kept) -> NDArray[np.bool_]:
    """Return whether no field of a row has a value; of plain fields, which are looked at first, it may seem so."""
    blank = np.ones(len(block.rows), dtype=bool)
    for texts in block.plain.values():
        blank = blank & begins_blank(texts)
    for place, column in block.coded.items():
        if not blank.any():
            break
        spaces = kept.get(str(place), column.values, _spaces)
        blank = blank & ((column.codes == EMPTY) if spaces is None else spaces[column.codes])
    return blank


def _spaces(values: list[str]) -> NDArray[np.bool_] | None:
    """Return which values are spaces only, and last the empty field; None when none is."""
    found = [not value.strip() for value in values]
    return np.array([*found, True]) if any(found) else None
