"""Lists kept as CSV (`reference/`, `config/`): read one, and tell every damage to it by its row, in Dutch.

A list is UTF-8 with commas. Row 1 is the header; a row keeps the number that an editor shows for it.
What does not belong here: what a list holds (`wi2007.reference` and others).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeVar

from wi2007.decisions import name, text
from wi2007.errors import UserError

Value = TypeVar("Value")
MEND: Final = "Zet het bestand terug zoals het was, of verbeter de rij."


@dataclass(frozen=True)
class Row:
    """One row of a list: its values by column, and where it stands."""

    path: Path
    number: int
    values: dict[str, str]

    def wrong(self, column: str, what: str) -> UserError:
        """The error about a value of this row."""
        return UserError(f"{name(self.path)}, rij {self.number}, kolom '{column}': {what}. {MEND}")

    def filled(self, column: str) -> str:
        """A value that may not be empty. Raises `UserError`."""
        if not self.values[column].strip():
            raise self.wrong(column, "hier staat niets")
        return self.values[column]

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """A value of a closed list. Raises `UserError`."""
        if self.values[column] not in allowed:
            raise self.wrong(column, f"hier kan alleen {' of '.join(allowed)} staan")
        return self.values[column]

    def day(self, column: str) -> date | None:
        """A day written yyyy-mm-dd, or None for an empty value. Raises `UserError`."""
        return (
            self._as(column, _iso_day, "een datum als 2022-07-01, die bestaat")
            if self.values[column]
            else None
        )

    def whole(self, column: str) -> int:
        """A whole number from 0. Raises `UserError`."""
        return self._as(column, _digits, "een geheel getal")

    def exact(self, column: str) -> Decimal:
        """A number from 0 with the decimals it has, a point as decimal mark. Raises `UserError`."""
        return self._as(column, _decimal, "een getal, met een punt voor de decimalen")

    def _as(self, column: str, convert: Callable[[str], Value], expected: str) -> Value:
        try:
            return convert(self.values[column])
        except ValueError:
            raise self.wrong(column, f"hier hoort {expected}") from None


def _iso_day(value: str) -> date:
    found = date.fromisoformat(value)
    if found.isoformat() != value:
        raise ValueError(value)
    return found


def _digits(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError(value)
    return int(value)


def _decimal(value: str) -> Decimal:
    whole, point, decimals = value.partition(".")
    _digits(whole)
    if point:
        _digits(decimals)
    return Decimal(value)


def read(path: Path, columns: Sequence[str], key: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a list that has these `columns`, and may have more; no two rows agree on all of `key`.

    Raises `UserError` when the file is missing, empty or no UTF-8, when a column or a field of a row is missing, and
    when two rows have the same key.
    """
    lines = csv.reader(io.StringIO(text(path), newline=""), strict=True)
    header = _next(lines, path)
    if header is None:
        raise UserError(f"{name(path)} is leeg. Zet het bestand terug zoals het was.")
    missing = [column for column in columns if column not in header]
    if missing:
        raise UserError(
            f"In {name(path)} ontbreekt in rij 1 de kolom {', '.join(missing)}. Zet het bestand terug zoals het was, "
            "of verbeter de kop."
        )
    if len(set(header)) < len(header):
        raise UserError(f"In {name(path)} staat in rij 1 een kolom twee keer. Laat er één staan.")
    seen: dict[tuple[str, ...], int] = {}
    count = 0
    while True:
        number = lines.line_num + 1
        fields = _next(lines, path)
        if fields is None:
            break
        if not fields:
            continue
        row = Row(path, number, _by_column(path, number, header, fields))
        if key:
            _only_once(row, key, seen)
        count += 1
        yield row
    if not count:
        raise UserError(f"In {name(path)} staat alleen een kop. Zet het bestand terug zoals het was.")


def _next(lines: Iterator[list[str]], path: Path) -> list[str] | None:
    try:
        return next(lines, None)
    except csv.Error:
        raise UserError(
            f"{name(path)}, rij {lines.line_num}: hier kloppen de aanhalingstekens niet. {MEND}"  # type: ignore[attr-defined]
        ) from None


def _by_column(path: Path, number: int, header: list[str], fields: list[str]) -> dict[str, str]:
    if len(fields) != len(header):
        raise UserError(
            f"{name(path)}, rij {number}: hier staan {len(fields)} velden, de kop heeft er {len(header)}. "
            f"Een veld met een komma erin hoort tussen aanhalingstekens. {MEND}"
        )
    return dict(zip(header, fields, strict=True))


def _only_once(row: Row, key: Sequence[str], seen: dict[tuple[str, ...], int]) -> None:
    value = tuple(row.values[column] for column in key)
    if value in seen:
        raise row.wrong(" + ".join(key), f"dit staat ook in rij {seen[value]}")
    seen[value] = row.number
