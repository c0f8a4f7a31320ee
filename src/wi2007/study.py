"""The published figures of the study of July 2022, one by one, with the two errors in print.

Source: `reference/studie_2022.csv` (a row for each cell of the tables 2.1 to 2.5, as printed) and
`reference/studie_2022_errata.csv` (what is misprinted, what it must be, and why). Only the csv module: light to import.
What does not belong here: how a figure is computed, or whether a computed one agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from wi2007.project import REFERENCE
from wi2007.reference import rows

COUNT = "aantal"
PERCENT = "procent"
TOTAL = "totaal"


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

    Raises `ValueError` when an erratum names a figure that is not there or is printed otherwise.
    """
    errata = {
        (row["tabel"], row["rij"], row["kolom"], row["maat"]): row
        for row in rows("studie_2022_errata", folder)
    }
    found = []
    for row in rows("studie_2022", folder):
        for maat, printed in ((PERCENT, row["procent_gedrukt"]), (COUNT, row["aantal_gedrukt"])):
            if printed:
                erratum = errata.pop((row["tabel"], row["rij"], row["kolom"], maat), None)
                found.append(_figure(row, maat, printed, erratum))
    if errata:
        raise ValueError(f"{len(errata)} errata name a figure that is not printed")
    return tuple(found)


def _figure(row: dict[str, str], maat: str, printed: str, erratum: dict[str, str] | None) -> Figure:
    if erratum and erratum["gedrukt"] != printed:
        raise ValueError(f"the erratum of table {row['tabel']} does not quote what is printed")
    return Figure(
        tabel=row["tabel"],
        populatie=row["populatie"],
        rijvariabele=row["rijvariabele"],
        rij=row["rij"],
        kolomvariabele=row["kolomvariabele"],
        kolom=row["kolom"],
        maat=maat,
        printed=Decimal(printed),
        decimals=int(row["decimalen"]) if maat == PERCENT else 0,
        correct=Decimal(erratum["juist"] if erratum else printed),
        erratum=erratum["reden"] if erratum else "",
    )
