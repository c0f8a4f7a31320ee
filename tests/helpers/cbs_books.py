"""CBS workbooks to try the reader on, written with xlsxwriter, and read with the project's own configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from schemas.cbs_layout import CbsLayout
from wi2007.cbs.reading import read_workbook
from wi2007.cbs.settings import load_layout, load_signs
from wi2007.cbs.table import CbsSource, CbsTable
from wi2007.project import CONFIG

DAY = date(2022, 7, 1)
TITLE = "Tabel 1. Nog inburgeringsplichtigen, 1 januari 2019 1)"
Cells = Mapping[str, Any]
"""What stands in a sheet, by the name of the cell; a pair is a value and the format of its number."""


def write(path: Path, sheets: Mapping[str, Cells], merged: Mapping[str, str] | None = None) -> Path:
    """A workbook with these sheets; `merged` gives for a range of the first sheet its text."""
    book = xlsxwriter.Workbook(str(path))
    for at, (name, cells) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for place, text in (merged or {}).items() if at == 0 else ():
            sheet.merge_range(place, text)
        for place, value in cells.items():
            found, code = value if isinstance(value, tuple) else (value, "")
            style = book.add_format({"num_format": code}) if code else None
            sheet.write(place, found, style)
    book.close()
    return path


def simple(**changes: Any) -> dict[str, Any]:
    """A small table that is right: nationalities below each other, everybody and bijstand beside each other."""
    cells = {
        "A1": TITLE,
        "A3": "Nationaliteit",
        "B3": "Totaal",
        "D3": "Bijstand",
        "B4": "absoluut",
        "C4": "%",
        "D4": "absoluut",
        "E4": "%",
        "A6": "Totaal",
        "B6": 9010,
        "C6": 100,
        "D6": 2500,
        "E6": 100,
        "A7": "waarvan",
        "A8": "   Marokkaans",
        "B8": ".",
        "C8": ".",
        "D8": 825,
        "E8": 33,
        "A9": "   Chinees",
        "B9": 1000,
        "C9": 11,
        "D9": 60,
        "E9": 2,
        "A11": "1) Een voetnoot.",
        "A12": "Bron: CBS",
    }
    return {place: value for place, value in (cells | changes).items() if value is not None}


def layout(**changes: Any) -> CbsLayout:
    """The project's layout with other values."""
    raw = yaml.safe_load((CONFIG / "cbs.yaml").read_text(encoding="utf-8"))
    return CbsLayout.model_validate({**raw, **changes})


def read(path: Path, wanted: CbsLayout | None = None, day: date = DAY) -> tuple[CbsTable, CbsSource]:
    """Read a workbook."""
    wanted = wanted or load_layout()
    return read_workbook(path, wanted, load_signs(CONFIG / "report" / "tekens.yaml"), day)


def table(path: Path, wanted: CbsLayout | None = None, day: date = DAY, **changes: Any) -> CbsTable:
    """Write the small table with changes, and read it."""
    return read(write(path / "cbs.xlsx", {"Tabel 1": simple(**changes)}), wanted, day)[0]


Change = Callable[[dict[str, Any]], None]


def grid(rows: Sequence[Sequence[Any]], title: str = TITLE, first: int = 3) -> dict[str, Any]:
    """The cells of a sheet with a title, and below it these rows; None and nothing are empty cells."""
    cells = {"A1": title}
    for at, row in enumerate(rows, start=first):
        cells |= {
            f"{chr(65 + column)}{at}": value for column, value in enumerate(row) if value not in (None, "")
        }
    return cells


Said = tuple[str, str, str, float | str]
"""Characteristic, category, nationality, and the figure or its sign."""


def said(path: Path, rows: Sequence[Sequence[Any]], title: str = TITLE, **layout_changes: Any) -> list[Said]:
    """What is read of such a sheet: of counts only."""
    wanted = layout(**layout_changes) if layout_changes else None
    found, _ = read(write(path / "cbs.xlsx", {"Tabel 1": grid(rows, title)}), wanted)
    return [
        (
            row.kenmerk,
            row.categorie,
            row.nationaliteit,
            row.teken if row.aantal is None else float(row.aantal),
        )
        for row in found.rows
        if row.eenheid == "aantal"
    ]
