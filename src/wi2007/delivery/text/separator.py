"""Which sign stands between the fields of a text: as it was set, as the file says, or as it must be.

The header decides: the sign with which it names columns that we know. Where it names none, the sign that splits the
rows evenly. When two signs would do, it is for the researcher to say. What does not belong here: the names' meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.columns import COLUMNS
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.text.records import Beginning, is_filled
from wi2007.dutch import count

WORDS: Final = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "streep"}
_ROWS: Final = 10_000
_NEARLY_ALL: Final = 0.9
_NOTE: Final = re.compile(r'"?sep=(.?)"?[;,\t|]*\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Separator:
    """`first_row` is the row in which the header is looked for; a note for Excel (`sep=;`) may stand before it."""

    sign: str
    by_hand: bool
    reason: str
    first_row: int


@dataclass(frozen=True)
class _Split:
    """What a sign makes of the beginning of the text: the header's fields, and how many of `rows` have as many."""

    sign: str
    row: int
    names: list[str]

    @property
    def known(self) -> int:
        """How many of our columns it names."""
        return len(_KEYS & {_key(name) for name in self.names})


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


_KEYS: Final = {_key(name) for name in COLUMNS}


def find_separator(
    beginning: Beginning, *, chosen: str | None, quoted: bool, header_row: int | None
) -> Separator:
    """Raises `UnreadableError` when there is none, and when two are possible."""
    note = _note(beginning)
    first = header_row or (1 if note is None else 2)
    if chosen is not None:
        return Separator(chosen, True, "Zo staat het in levering.yaml.", first)
    if note is not None:
        return Separator(_noted(note), False, "Dat zegt de eerste regel van het bestand (sep=).", first)
    splits = [_split(beginning, sign, quoted, first) for sign in WORDS]
    possible = [split for split in splits if len(split.names) > 1]
    if not possible:
        raise UnreadableError(_nothing_splits(beginning, splits[0], header_row))
    sign, reason = _by_names(beginning, possible, quoted) or _by_rows(beginning, possible, quoted)
    return Separator(sign, False, reason, first)


def _note(beginning: Beginning) -> str | None:
    """The sign in a first line that tells Excel how the fields are separated; None when there is no such line."""
    line = re.split(r"[\r\n]", beginning.text[:40], maxsplit=1)[0]
    found = _NOTE.fullmatch(line)
    return found[1] if found else None


def _noted(sign: str) -> str:
    if sign not in WORDS:
        raise UnreadableError(Problem("kop_scheidingsteken", row=1))
    return sign


def _split(beginning: Beginning, sign: str, quoted: bool, first: int) -> _Split:
    records = beginning.records(sign, quoted=quoted)
    row, names = next(
        ((row, names) for row, names in records if row >= first and is_filled((row, names))), (0, [])
    )
    return _Split(sign, row, names)


def _nothing_splits(beginning: Beginning, split: _Split, header_row: int | None) -> Problem:
    if not split.row and header_row is not None:
        return Problem("koprij_leeg", row=header_row)
    if not split.row:
        return Problem("bestand_leeg") if beginning.whole else Problem("kop_onherkenbaar", row=1)
    joined = any("\n" in name or "\r" in name for name in split.names)
    return Problem("aanhalingstekens" if joined else "kop_scheidingsteken", row=split.row)


def _by_names(beginning: Beginning, possible: list[_Split], quoted: bool) -> tuple[str, str] | None:
    """The one sign with which the header names our columns; when there are more, the one that splits the rows too."""
    naming = [split for split in possible if split.known]
    if len(naming) > 1:
        naming = [split for split in naming if _evenness(beginning, split, quoted)[0] == 1] or naming
    if len(naming) > 1:
        raise UnreadableError(Problem("scheidingsteken_onduidelijk", row=naming[0].row))
    if not naming:
        return None
    only = naming[0]
    of_ours = f"{only.known} van onze kolomnamen" if only.known > 1 else "een van onze kolomnamen"
    return only.sign, f"Alleen met de {WORDS[only.sign]} ertussen staan er in de rij met namen {of_ours}."


def _by_rows(beginning: Beginning, possible: list[_Split], quoted: bool) -> tuple[str, str]:
    """The one sign that splits all rows, or else nearly all, into as many fields as there are names."""
    shares = {split.sign: _evenness(beginning, split, quoted) for split in possible}
    for enough in (1.0, _NEARLY_ALL):
        even = [split for split in possible if shares[split.sign][0] >= enough]
        if even:
            break
    else:
        even = possible
    if len(even) > 1:
        raise UnreadableError(Problem("scheidingsteken_onduidelijk", row=possible[0].row))
    only, (share, rows) = even[0], shares[even[0].sign]
    word, fields = WORDS[only.sign], len(only.names)
    if not rows or share < _NEARLY_ALL:
        return only.sign, f"Alleen de {word} splitst de rij met namen."
    where = "overal" if share == 1 else "bijna overal"
    return only.sign, f"In de eerste {count(rows)} rijen geeft alleen de {word} {where} {fields} velden."


def _evenness(beginning: Beginning, split: _Split, quoted: bool) -> tuple[float, int]:
    """The share of the first rows with as many fields as the header, and how many rows were looked at."""
    rows = list(_counts(beginning, split, quoted))
    return (sum(size == len(split.names) for size in rows) / len(rows) if rows else 1.0), len(rows)


def _counts(beginning: Beginning, split: _Split, quoted: bool) -> Iterator[int]:
    records = beginning.complete(split.sign, quoted=quoted, after=split.row)
    for _, fields in zip(range(_ROWS), records, strict=False):
        yield len(fields)
