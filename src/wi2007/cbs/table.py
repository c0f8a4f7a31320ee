"""The CBS table as it is read by others: looking up figures of its rows (`schemas.cbs`), and where it is from.

What does not belong here: reading a workbook.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from schemas.cbs import COUNT, OF_CATEGORY, OF_NATIONALITY, PERCENT, TOTAL, CbsRow


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


OFF = 4
"""How many persons a count of CBS can be off: it is a multiple of 5."""


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


def source_to_json(source: CbsSource | None) -> str:
    """Return where the table is from as JSON; null without a workbook."""
    content = None if source is None else asdict(source)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def source_from_json(text: str) -> CbsSource | None:
    """Return the source of a text that `source_to_json` wrote."""
    raw = json.loads(text)
    if raw is None:
        return None
    notes: dict[str, Sequence[str]] = raw["notes"]
    return CbsSource(**{**raw, "notes": {sheet: tuple(lines) for sheet, lines in notes.items()}})
