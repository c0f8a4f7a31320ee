"""A good delivery to spoil: forty persons who break no rule and give no warning, as a header and rows of text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

from schemas.columns import COLUMNS
from schemas.values import INCOMES

SIZE = 40
BETWEEN = len(COLUMNS) - 1
"""Separators in a row."""
NUMBER = "Q7K{:05d}"
"""How a persoonsnummer looks: a mark that stands nowhere else, so that it can be searched for."""

_COUNTRIES = ("5022", "6043", "9049", "5043", "6022", "6024", "7042", "6013", "9023", "0000")
_NATIONALITIES = ("0131", "0339", "0064", "0052", "0067")
_PLACES = ("0363", "0599", "0518", "0344", "0772", "0014")
_STATUSES = (
    "VOLDAAN", "IBP", "GEHEEL_VRIJGESTELD", "ONTHEFFING_MEDISCH", "NI", "GEDEELTELIJK_VRIJGESTELD", "VERTROKKEN",
    "ONTHEFFING_AGI",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """Names and rows, before they are written as any kind of file. Rows are counted from 0."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def put(self, row: int, column: str, value: str) -> Sheet:
        """With another value in one field."""
        return self.change(row, {column: value})

    def change(self, row: int, fields: dict[str, str]) -> Sheet:
        """With other values in one row."""
        named = dict(zip(self.names, self.rows[row], strict=True)) | fields
        return self.with_row(row, tuple(named[name] for name in self.names))

    def with_row(self, row: int, fields: tuple[str, ...]) -> Sheet:
        """With another row in the place of one."""
        return replace(self, rows=(*self.rows[:row], fields, *self.rows[row + 1 :]))

    def everywhere(self, column: str, value: str) -> Sheet:
        """With one value in a whole column."""
        at = self.names.index(column)
        return replace(self, rows=tuple((*row[:at], value, *row[at + 1 :]) for row in self.rows))

    def column(self, name: str) -> list[str]:
        """The values of a column."""
        return [row[self.names.index(name)] for row in self.rows]

    def ordered(self, names: tuple[str, ...]) -> Sheet:
        """These columns, in this order."""
        places = [self.names.index(name) for name in names]
        return Sheet(names, tuple(tuple(row[at] for at in places) for row in self.rows))

    def renamed(self, names: dict[str, str]) -> Sheet:
        """With other names above the same contents."""
        return replace(self, names=tuple(names.get(name, name) for name in self.names))

    def beside(self, name: str, values: list[str] | str) -> Sheet:
        """With a column more."""
        texts = [values] * len(self.rows) if isinstance(values, str) else values
        rows = tuple((*row, text) for row, text in zip(self.rows, texts, strict=True))
        return Sheet((*self.names, name), rows)

    def text(self, sign: str = ";", end: str = "\n", *, quoted: bool = False) -> str:
        """As a delivery in text."""
        file = io.StringIO()
        quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(file, delimiter=sign, lineterminator=end, quoting=quoting)
        writer.writerows([self.names, *self.rows])
        return file.getvalue()

    def bytes(self) -> bytes:
        """As a delivery in UTF-8 with semicolons."""
        return self.text().encode()


def _person(at: int) -> tuple[str, ...]:
    status = _STATUSES[at % len(_STATUSES)]
    turkish = at % 13 == 5
    fields = {
        "persoonsnummer": NUMBER.format(at + 1),
        "geslacht": "MV"[at % 2],
        "geboortedatum": f"{1955 + at % 35}{1 + at % 12:02d}{1 + (7 * at) % 28:02d}",
        "land_van_herkomst": _COUNTRIES[at % 9],
        "gevraagde_nationaliteit": "Turks" if turkish else ("Nederlands", "anders")[at % 2],
        "nationaliteit_1": "0339" if turkish else _NATIONALITIES[(0, 2, 3, 4)[at % 4]],
        "nationaliteit_2": "0001" if at % 4 == 0 else "",
        "nationaliteit_3": "",
        "nationaliteit_4": "",
        "gemeentecode": "1999" if status == "VERTROKKEN" else _PLACES[at % 6],
        "statuscode": status,
        "statusdatum": f"201{at % 9}{1 + at % 12:02d}{1 + (5 * at) % 28:02d}"
        if at >= 10
        else f"2015{at + 1:02d}20",
        "startdatum_plicht": f"200{7 + at % 2}{1 + at % 12:02d}{1 + (3 * at) % 28:02d}",
        "doelgroep": ("NIEUWKOMER", "OUDKOMER")[at % 3 == 0],
        "examenonderdelen_behaald": str(at % 6),
        "laatste_examendatum": f"201{at % 8}{1 + (5 * at) % 12:02d}{1 + (11 * at) % 28:02d}",
        "taaluren": str(at % 15 * 60),
        "inkomensbron": INCOMES[at % 5],
        "ontheffing_geweigerd": ("nee", "ja")[at % 4 == 2],
    }
    return tuple(fields[name] for name in COLUMNS)


GOOD = Sheet(COLUMNS, tuple(_person(at) for at in range(SIZE)))
