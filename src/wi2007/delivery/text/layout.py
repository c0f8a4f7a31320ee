"""Find the field separator (set, declared, or inferred) and read the header: the names of the fields and their row.

The header decides, below what may stand above it: the separator with which it names columns that we know. Where it
names none, the separator that splits the rows evenly. When two would do, the researcher must choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from wi2007.delivery.names import ENOUGH, LOOKED_AT, known_names, place_of_names
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import BY_HAND
from wi2007.delivery.text.lines import Beginning, is_filled
from wi2007.dutch import count

WORDS: Final = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "streep"}
_ROWS: Final = 10_000
_NEARLY_ALL: Final = 0.9
_NOTE: Final = re.compile(r'"?sep=(.?)"?[;,\t|]*\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Separator:
    """`first_row` is the row of the header, or the first in which it can stand.

    `noted` says that a note for Excel (`sep=;`) stands before it, `above` counts the other filled rows before it.
    """

    delimiter: str
    by_hand: bool
    reason: str
    first_row: int
    noted: bool = False
    above: int = 0


@dataclass(frozen=True)
class Given:
    """What is known before the text is read: the settings of levering.yaml, and the names that it mentions (as
    `names.key`).
    """

    delimiter: str | None
    header_row: int | None
    known: frozenset[str]


@dataclass(frozen=True)
class _Split:
    """The beginning of the text as one separator splits it: the header's row and fields, and the filled rows above
    it.
    """

    delimiter: str
    row: int
    names: list[str]
    above: int
    known: int


def find_separator(beginning: Beginning, given: Given, mark: str) -> Separator:
    """Return the separator. Raises `UnreadableError` when there is none, and when two are possible."""
    note = _note(beginning)
    first = given.header_row or (1 if note is None else 2)
    if given.delimiter is not None or note is not None:
        delimiter = given.delimiter or _noted(note or "")
        by_hand = given.delimiter is not None
        reason = BY_HAND if by_hand else "Dat zegt de eerste regel van het bestand (sep=)."
        split = _split(beginning, delimiter, mark, first, given)
        return Separator(
            delimiter, by_hand, reason, given.header_row or split.row or first, note is not None, split.above
        )
    splits = [_split(beginning, delimiter, mark, first, given) for delimiter in WORDS]
    possible = [split for split in splits if len(split.names) > 1]
    if not possible:
        raise UnreadableError(_nothing_splits(beginning, splits[0], given.header_row))
    split, reason = _by_names(beginning, possible, mark) or _by_rows(beginning, possible, mark)
    return Separator(split.delimiter, False, reason, given.header_row or split.row, above=split.above)


def names_seen(beginning: Beginning, given: Given, mark: str) -> bool:
    """Return whether with some separator a row has enough known names."""
    first = given.header_row or 1
    return any(_split(beginning, delimiter, mark, first, given).known >= ENOUGH for delimiter in WORDS)


def _note(beginning: Beginning) -> str | None:
    """Return the separator of a first line that tells Excel how the fields are separated; None when there is no such
    line.
    """
    line = re.split(r"[\r\n]", beginning.text[:40], maxsplit=1)[0]
    found = _NOTE.fullmatch(line)
    return found[1] if found else None


def _noted(delimiter: str) -> str:
    if delimiter not in WORDS:
        raise UnreadableError(Problem("kop_scheidingsteken", row=1))
    return delimiter


def _split(beginning: Beginning, delimiter: str, mark: str, first: int, given: Given) -> _Split:
    """Return the header as this separator splits it: the row that was set, or the one among the first with known
    names.
    """
    records = beginning.records(delimiter, mark=mark)
    filled = (record for record in records if record[0] >= first and is_filled(record))
    rows = list(islice(filled, LOOKED_AT if given.header_row is None else 1))
    if not rows:
        return _Split(delimiter, 0, [], 0, 0)
    place = place_of_names([fields for _, fields in rows], given.known)
    row, names = rows[place]
    return _Split(delimiter, row, names, place, known_names(names, given.known))


def _nothing_splits(beginning: Beginning, split: _Split, header_row: int | None) -> Problem:
    if not split.row and header_row is not None:
        return Problem("koprij_leeg", row=header_row)
    if not split.row:
        return Problem("bestand_leeg") if beginning.whole else Problem("kop_onherkenbaar", row=1)
    joined = any("\n" in name or "\r" in name for name in split.names)
    return Problem("aanhalingstekens" if joined else "kop_scheidingsteken", row=split.row)


def _by_names(beginning: Beginning, possible: list[_Split], mark: str) -> tuple[_Split, str] | None:
    """Return the one separator with which the header names our columns; when there are more, the one that splits the
    rows too.
    """
    naming = [split for split in possible if split.known >= ENOUGH]
    naming = naming or [split for split in possible if split.known]
    if len(naming) > 1:
        naming = [split for split in naming if _evenness(beginning, split, mark)[0] == 1] or naming
    if len(naming) > 1:
        raise UnreadableError(Problem("scheidingsteken_onduidelijk", row=naming[0].row))
    if not naming:
        return None
    only = naming[0]
    of_ours = f"{only.known} van onze kolomnamen" if only.known > 1 else "een van onze kolomnamen"
    return only, f"Alleen met de {WORDS[only.delimiter]} ertussen staan er in de rij met namen {of_ours}."


def _by_rows(beginning: Beginning, possible: list[_Split], mark: str) -> tuple[_Split, str]:
    """Return the one separator that splits all rows, or else nearly all, into as many fields as there are names."""
    shares = {split.delimiter: _evenness(beginning, split, mark) for split in possible}
    for enough in (1.0, _NEARLY_ALL):
        even = [split for split in possible if shares[split.delimiter][0] >= enough]
        if even:
            break
    else:
        even = possible
    if len(even) > 1:
        raise UnreadableError(Problem("scheidingsteken_onduidelijk", row=possible[0].row))
    only, (share, rows) = even[0], shares[even[0].delimiter]
    word, fields = WORDS[only.delimiter], len(only.names)
    if not rows or share < _NEARLY_ALL:
        return only, f"Alleen de {word} splitst de rij met namen."
    where = "overal" if share == 1 else "bijna overal"
    return only, f"In de eerste {count(rows)} rijen geeft alleen de {word} {where} {fields} velden."


def _evenness(beginning: Beginning, split: _Split, mark: str) -> tuple[float, int]:
    """Return the share of the first rows with as many fields as the header, and the number of rows looked at."""
    rows = list(_counts(beginning, split, mark))
    return (sum(size == len(split.names) for size in rows) / len(rows) if rows else 1.0), len(rows)


def _counts(beginning: Beginning, split: _Split, mark: str) -> Iterator[int]:
    records = beginning.complete(split.delimiter, mark=mark, after=split.row)
    for _, (_, fields) in zip(range(_ROWS), records, strict=False):
        yield len(fields)


@dataclass(frozen=True)
class Head:
    """`row` is the row number of `names`; `followed` says whether any row comes after it.

    `regular` says whether the next row has as many fields: only then are the names surely no row of a person.
    """

    row: int
    names: tuple[str, ...]
    followed: bool
    regular: bool


def read_head(beginning: Beginning, delimiter: str, *, mark: str, first_row: int, exactly: bool) -> Head:
    """Return the header: the first non-empty record from `first_row` on; `exactly` that row when it was set.

    Raises `UnreadableError` when there is none, when it does not end, when it is one field (another separator), or
    when a quotation mark may have joined it to other rows.
    """
    records = beginning.records(delimiter, mark=mark)
    row, names = next((record for record in records if record[0] >= first_row and is_filled(record)), (0, []))
    if exactly and row != first_row:
        raise UnreadableError(Problem("koprij_leeg", row=first_row))
    if not row:
        raise UnreadableError(
            Problem("bestand_leeg") if beginning.whole else Problem("kop_onherkenbaar", row=first_row)
        )
    following = next(records, None)
    if following is None and not beginning.whole:
        raise UnreadableError(Problem("bestand_onleesbaar", row=row))
    if len(names) == 1:
        raise UnreadableError(Problem("kop_scheidingsteken", row=row))
    if any(_is_joined(name, delimiter) for name in names):
        raise UnreadableError(Problem("aanhalingstekens", row=row))
    regular = following is not None and len(following[1]) == len(names)
    return Head(row, tuple(names), following is not None, regular)


def width_of(beginning: Beginning, delimiter: str, *, mark: str, row: int) -> int:
    """Return the number of fields of the header in `row`, up to the last name; of its line alone where a quotation
    mark joins it to rows.
    """
    for one in (mark, ""):
        records = beginning.records(delimiter, mark=one)
        names = next((names for number, names in records if number == row), [])
        if names and not any(_is_joined(name, delimiter) for name in names):
            return max((at for at, name in enumerate(names, start=1) if name.strip()), default=0)
    return 0


def _is_joined(name: str, delimiter: str) -> bool:
    return delimiter in name and ("\n" in name or "\r" in name)
