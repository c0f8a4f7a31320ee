"""Read the statements of the study with their figures, and by how much a computed one may differ.

Source: `reference/uitspraken_2022.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from wi2007.decisions.listing import Row, read
from wi2007.project import REFERENCE

FILE = "uitspraken_2022.csv"
STUDY_PEILDATUM = date(2022, 7, 1)
UNITS = ("personen", "procent", "jaar", "tekst")
COLUMNS = (
    "id",
    "plaats",
    "uitspraak",
    "gepubliceerd",
    "eenheid",
    "stand",
    "onder",
    "boven",
    "ruimer",
    "tolerantie_reden",
    "bron",
)


@dataclass(frozen=True)
class Printed:
    """One figure as printed: `low` and `high` are the same but for a range (2-3)."""

    text: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Published:
    """A statement of the study: place, words, figures, unit, and the day that it is about.

    A computed figure may be `below` under the printed one or `above` over it; with a remark it may be `wider` away
    (None: it may not). `number` is the row of the file.
    """

    id: str
    place: str
    text: str
    figures: tuple[Printed, ...]
    unit: str
    day: date
    below: Decimal
    above: Decimal
    wider: Decimal | None
    reason: str
    source: str
    number: int

    @property
    def tolerance(self) -> str:
        """The tolerance as text: 0.5, or -0.8/+0.2 where the two sides differ."""
        return str(self.below) if self.below == self.above else f"-{self.below}/+{self.above}"


@cache
def published(folder: Path = REFERENCE) -> dict[str, Published]:
    """Return every statement by its id, in the order of the file. Raises `UserError` when the file is damaged."""
    return {row.values["id"]: _published(row) for row in read(folder / FILE, COLUMNS, ["id"])}


def _published(row: Row) -> Published:
    day = row.day("stand")
    if day is None:
        raise row.wrong("stand", "hier staat niets")
    unit = row.one_of("eenheid", UNITS)
    if (unit == "tekst") == bool(row.values["gepubliceerd"]):
        raise row.wrong("gepubliceerd", "een uitspraak heeft een cijfer, of de eenheid tekst en geen cijfer")
    below, above = row.exact("onder"), row.exact("boven")
    wider = row.exact("ruimer") if row.values["ruimer"] else None
    if wider is not None and wider <= max(below, above):
        raise row.wrong("ruimer", "dit is niet ruimer dan onder en boven")
    return Published(
        id=row.filled("id"),
        place=row.filled("plaats"),
        text=row.filled("uitspraak"),
        figures=tuple(_printed(row, text) for text in row.values["gepubliceerd"].split(";") if text),
        unit=unit,
        day=day,
        below=below,
        above=above,
        wider=wider,
        reason=row.filled("tolerantie_reden"),
        source=row.filled("bron"),
        number=row.number,
    )


def _printed(row: Row, text: str) -> Printed:
    """Return a figure or a range of two; `Row.exact` reads the numbers."""
    ends = [Row(row.path, row.number, {"gepubliceerd": end}).exact("gepubliceerd") for end in text.split("-")]
    if len(ends) > 2 or ends[0] > ends[-1]:  # a range has two ends
        raise row.wrong("gepubliceerd", "hier hoort een getal, of een bereik van laag naar hoog zoals 2-3")
    return Printed(text, ends[0], ends[-1])
