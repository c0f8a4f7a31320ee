"""Read the statements of the study (`reference/uitspraken_2022.csv`), and judge a computed figure by the printed one.

A computed figure may differ by the tolerance of the study's wording, and by what rounding leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path

from wi2007.decisions.listing import Row, read
from wi2007.project import REFERENCE
from wi2007.statements.figure import Figure

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


class Nearness(StrEnum):
    """Where a figure lies: within the tolerance, only within the wider one, or outside both."""

    WITHIN = "binnen"
    WIDER = "ruimer"
    OUTSIDE = "afwijkend"


def nearness(figures: Sequence[Figure], study: Published, held: bool) -> Nearness:
    """Return where the figures of a statement lie, the furthest deciding; `held`: its other condition is true.

    A figure is within the tolerance when it can be, given how far rounding has moved it. A year counts as a whole
    year.
    """
    if not held:
        return Nearness.OUTSIDE
    if study.unit == "tekst":
        return Nearness.WITHIN
    found = {_near(each, printed, study) for each, printed in zip(figures, study.figures, strict=True)}
    order = (Nearness.OUTSIDE, Nearness.WIDER, Nearness.WITHIN)
    return next(each for each in order if each in found)


def larger(first: Figure, second: Figure) -> bool:
    """Return whether the first can be larger than the second, given how far rounding has moved both."""
    return first.high > second.low


def _near(figure: Figure, printed: Printed, study: Published) -> Nearness:
    if _reaches(figure, printed, study.below, study.above, study.unit):
        return Nearness.WITHIN
    if study.wider is not None and _reaches(figure, printed, study.wider, study.wider, study.unit):
        return Nearness.WIDER
    return Nearness.OUTSIDE


def _reaches(figure: Figure, printed: Printed, below: Decimal, above: Decimal, unit: str) -> bool:
    low, high = (
        (Fraction(int(figure.low)), Fraction(int(figure.high)))
        if unit == "jaar"
        else (figure.low, figure.high)
    )
    return low <= Fraction(printed.high + above) and high >= Fraction(printed.low - below)
