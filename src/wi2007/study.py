"""The published figures of the study of July 2022, one by one, with the two errors in print.

Source: `reference/studie_2022.csv` (a row for each cell of the tables 2.1 to 2.5, as printed) and
`reference/studie_2022_errata.csv` (what is misprinted, what it must be, and why). Light to import.
What does not belong here: how a figure is computed, or whether a computed one agrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from wi2007.decisions.listing import Row, read
from wi2007.project import REFERENCE

COUNT = "aantal"
PERCENT = "procent"
TOTAL = "totaal"
CELL = ("tabel", "rij", "kolom", "maat")
FIGURES = (
    "tabel",
    "populatie",
    "rijvariabele",
    "rij",
    "kolomvariabele",
    "kolom",
    "aantal_gedrukt",
    "procent_gedrukt",
    "decimalen",
)


@dataclass(frozen=True)
class Figure:
    """One printed figure: where it stands, what is printed, and what is right (the same but for the errata).

    `maat` is `aantal` or `procent`; `printed` and `correct` are exact; `decimals` is the printed precision
    (0 for counts); `erratum` is the Dutch reason where the print is wrong, else empty.
    """

    tabel: str
    populatie: str
    rijvariabele: str
    rij: str
    kolomvariabele: str
    kolom: str
    maat: str
    printed: Decimal
    decimals: int
    correct: Decimal
    erratum: str = ""


@cache
def figures(folder: Path = REFERENCE) -> tuple[Figure, ...]:
    """Every printed figure, in the order of the tables; within a cell the percentage before the count.

    Raises `UserError` when a file is damaged or an erratum names a figure that is not there or is printed otherwise.
    """
    errata = {tuple(row.values[name] for name in CELL): row for row in _errata(folder)}
    found = []
    for row in read(folder / "studie_2022.csv", FIGURES, ["tabel", "rijvariabele", "rij", "kolom"]):
        for maat, printed in ((PERCENT, "procent_gedrukt"), (COUNT, "aantal_gedrukt")):
            if row.values[printed]:
                place = (row.values["tabel"], row.values["rij"], row.values["kolom"], maat)
                found.append(_figure(row, maat, printed, errata.pop(place, None)))
    for erratum in errata.values():
        raise erratum.wrong("tabel", "dit cijfer staat niet in studie_2022.csv")
    return tuple(found)


def _errata(folder: Path) -> Iterator[Row]:
    for row in read(folder / "studie_2022_errata.csv", [*CELL, "gedrukt", "juist", "reden"], CELL):
        row.one_of("maat", (COUNT, PERCENT))
        row.filled("reden")
        yield row


def _figure(row: Row, maat: str, printed: str, erratum: Row | None) -> Figure:
    if erratum and erratum.values["gedrukt"] != row.values[printed]:
        raise erratum.wrong("gedrukt", "dit staat niet zo in studie_2022.csv")
    return Figure(
        tabel=row.filled("tabel"),
        populatie=row.filled("populatie"),
        rijvariabele=row.filled("rijvariabele"),
        rij=row.filled("rij"),
        kolomvariabele=row.filled("kolomvariabele"),
        kolom=row.filled("kolom"),
        maat=maat,
        printed=row.exact(printed),
        decimals=row.whole("decimalen") if maat == PERCENT else 0,
        correct=erratum.exact("juist") if erratum else row.exact(printed),
        erratum=erratum.values["reden"] if erratum else "",
    )
