"""The CBS table as others read it: one row for each cell, its CSV file, and looking figures up.

The contract is `schemas/cbs.py`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Final

from schemas.cbs import COUNT, OF_CATEGORY, OF_NATIONALITY, PERCENT

TOTAL: Final = "totaal"
FILE: Final = "cbs.csv"
"""Its name in `publicatie/` and in `tabellen/`."""


@dataclass(frozen=True)
class CbsRow:
    """One cell of the workbook, see `schemas.cbs`: `aantal` in the unit `eenheid`, None where there is no figure."""

    kenmerk: str
    categorie: str
    nationaliteit: str
    eenheid: str
    noemer: str
    aantal: Decimal | None
    teken: str
    voorlopig: str
    meetmoment: str
    blad: str
    cel: str

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the figure is about."""
        return self.kenmerk, self.categorie, self.nationaliteit, self.eenheid, self.noemer


COLUMNS: Final = tuple(field.name for field in fields(CbsRow))


@dataclass(frozen=True)
class CbsSource:
    """Where the table is from: the file, its SHA-256, the titles and the closing text of its sheets.

    `reconstruction` when the workbook says that it is not made by CBS. The texts of signs are those of its edition.
    """

    file: str
    sha256: str
    reconstruction: bool
    titles: Mapping[str, str]
    notes: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """A percentage: as a table shows it, and whether it was computed from two counts of CBS."""

    shown: Decimal
    computed: bool


@dataclass(frozen=True)
class CbsTable:
    """All rows of a workbook; without a workbook there are none."""

    rows: tuple[CbsRow, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)

    @cached_property
    def _found(self) -> dict[tuple[str, str, str, str, str], CbsRow]:
        return {row.key: row for row in self.rows}

    def cell(
        self, kenmerk: str, categorie: str, nationaliteit: str = TOTAL, unit: str = COUNT, of: str = ""
    ) -> CbsRow | None:
        """Return one cell, or None where the workbook has none."""
        return self._found.get((kenmerk, categorie, nationaliteit, unit, of))

    def count(self, kenmerk: str, categorie: str, nationaliteit: str = TOTAL) -> int | None:
        """Return the number of persons, or None where CBS gives no figure."""
        found = self.cell(kenmerk, categorie, nationaliteit)
        return None if found is None or found.aantal is None else int(found.aantal)

    def part(self, kenmerk: str, categorie: str, nationaliteit: str, of: str) -> Part | None:
        """Return a percentage of everybody of the category or the nationality; None where there is none.

        It is CBS's own, or else computed from its counts and then whole: counts of CBS are multiples of 5.
        """
        given = self.cell(kenmerk, categorie, nationaliteit, PERCENT, of)
        if given is not None and given.aantal is not None:
            return Part(shown_percent(given.aantal), computed=False)
        if given is not None and given.teken:
            return None
        above = (kenmerk, categorie, TOTAL) if of == OF_CATEGORY else (TOTAL, TOTAL, nationaliteit)
        count, base = self.count(kenmerk, categorie, nationaliteit), self.count(*above)
        if count is None or not base or count > base:
            return None
        return Part(_half_up(Decimal(100 * count) / base, 0), computed=True)

    def share(self, kenmerk: str, categorie: str, nationaliteit: str = TOTAL) -> Part | None:
        """Return the part of a nationality that is in a category."""
        return self.part(kenmerk, categorie, nationaliteit, OF_NATIONALITY)

    def within(self, kenmerk: str, categorie: str, nationaliteit: str) -> Part | None:
        """Return the part of a category that has a nationality."""
        return self.part(kenmerk, categorie, nationaliteit, OF_CATEGORY)

    @property
    def moments(self) -> tuple[str, ...]:
        """The days that the figures are about, in order."""
        return tuple(sorted({row.meetmoment for row in self.rows}))

    def categories(self, kenmerk: str) -> tuple[str, ...]:
        """Return the categories of a characteristic, in the order of the workbook."""
        return tuple(dict.fromkeys(row.categorie for row in self.rows if row.kenmerk == kenmerk))

    @property
    def characteristics(self) -> tuple[str, ...]:
        """The characteristics but the total, in the order of the workbook."""
        return tuple(dict.fromkeys(row.kenmerk for row in self.rows if row.kenmerk != TOTAL))

    def nationalities(self, kenmerk: str) -> tuple[str, ...]:
        """Return the nationalities for which a characteristic is given, in the order of the workbook."""
        return tuple(dict.fromkeys(row.nationaliteit for row in self.rows if row.kenmerk == kenmerk))


def shown_percent(value: Decimal) -> Decimal:
    """Return a percentage as a table shows it: with one decimal at most, and none where it is whole."""
    short = _half_up(value, 1)
    return _half_up(short, 0) if short == short.to_integral_value() else short


def _half_up(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def to_csv(rows: Iterable[CbsRow], mark: Mapping[str, str] | None = None) -> str:
    """Return CSV text: comma, decimal point, LF. `mark` are columns behind these with the same text in every row."""
    mark = mark or {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *mark])
    for row in rows:
        values = ["" if value is None else _plain(value) for value in astuple(row)]
        writer.writerow([*values, *mark.values()])
    return text.getvalue()


def _plain(value: str | Decimal) -> str:
    return format(value, "f") if isinstance(value, Decimal) else value


def read_csv(text: str) -> CbsTable:
    """Return the table of a text that `to_csv` wrote."""
    return CbsTable(tuple(_row(record) for record in csv.DictReader(io.StringIO(text, newline=""))))


def _row(record: Mapping[str, str]) -> CbsRow:
    values = {name: record[name] for name in COLUMNS if name != "aantal"}
    return CbsRow(**values, aantal=Decimal(record["aantal"]) if record["aantal"] else None)


def source_to_json(source: CbsSource | None) -> str:
    """Return where the table is from as JSON; null without a workbook."""
    told = None if source is None else asdict(source)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def source_from_json(text: str) -> CbsSource | None:
    """Return the source of a text that `source_to_json` wrote."""
    raw = json.loads(text)
    if raw is None:
        return None
    notes: dict[str, Sequence[str]] = raw["notes"]
    return CbsSource(**{**raw, "notes": {sheet: tuple(lines) for sheet, lines in notes.items()}})
