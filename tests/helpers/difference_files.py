"""Small published tables for tests of `wi2007 diff`: as rows, and as the files of a publication folder or a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from schemas.tidy import TIDY, TOTAL, TidyRow
from wi2007.difference.compare import Release, Rounding
from wi2007.project import mark_of
from wi2007.tables.tidy import percentage

ROUNDED = {"basis": 5, "afwijking": 5, "rest_wijkt_verder_af": False, "uitgave": 1, "samengevoegd": False}
DAY, LATER = "2022-07-01", "2023-10-01"
Counts = Mapping[str, int]


def rows(
    counts: Counts, number: str = "2.1", variable: str = "land_van_herkomst", population: str = "nog"
) -> list[TidyRow]:
    """A table with one column, and a row of totals above these."""
    everybody = sum(counts.values())
    heads = [(TOTAL, TOTAL, everybody), *((variable, name, count) for name, count in counts.items())]
    return [
        TidyRow(
            number,
            population,
            kind,
            name,
            "geslacht",
            TOTAL,
            count,
            percentage(count, everybody),
            everybody,
        )
        for kind, name, count in heads
    ]


def release(tidy: list[TidyRow], peildatum: str = DAY, base: int | None = 5, **others: Any) -> Release:
    rounding = None if base is None else Rounding(base, base, loose=False)
    return Release(date.fromisoformat(peildatum), True, rounding, tidy, **others)


def publication(folder: Path, tidy: list[TidyRow], peildatum: str = DAY, **told: Any) -> Path:
    """The files of `P/publicatie/` that a comparison reads."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"peildatum": peildatum, "demonstratie": True, "afronding": ROUNDED, **told}
    (folder / "tabellen.csv").write_text(TIDY.to_csv(tidy), encoding="utf-8")
    (folder / "verwerking.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def report(folder: Path, tidy: list[TidyRow], peildatum: str = DAY, exact: bool = False) -> Path:
    """The tables of a report, with its manifest; the folder of the tables."""
    tables = folder / "tabellen"
    tables.mkdir(parents=True, exist_ok=True)
    extra = ".niet-voor-publicatie" if exact else ""
    notice = "Demonstratiegegevens: verzonnen personen, geen gegevens van mensen."
    about: dict[str, Any] = {"let_op": notice, "peildatum": peildatum}
    if exact:
        about["let_op"] = f"Niet voor publicatie: exacte aantallen. {notice}"
    else:
        about["afronding"] = ROUNDED
    for number in dict.fromkeys(row.tabel for row in tidy):
        some = [row for row in tidy if row.tabel == number]
        (tables / f"tabel_{number}{extra}.csv").write_text(
            TIDY.to_csv(some, mark_of(exact, draft=False)), encoding="utf-8"
        )
    (folder / f"manifest{extra}.json").write_text(json.dumps(about), encoding="utf-8")
    return tables
