"""Read the header of a text delivery: the names of its fields and their row."""

from __future__ import annotations

from dataclasses import dataclass

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.text.records import Beginning, is_filled


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
