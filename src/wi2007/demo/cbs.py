"""The CBS workbook beside the demonstration delivery: figures that the study names, in the layout of CBS.

It says of itself that it is a reconstruction: in its properties, on its first sheets and in the title of every table.
What does not belong here: the figures (`config/demo_cbs.yaml`), reading a workbook, where the file goes (`compose`).
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from schemas.demo import BookTable, CbsBook
from wi2007.decisions import read
from wi2007.project import CONFIG

_PROPERTIES = "docProps/core.xml"
ABSOLUTE, PERCENT = "absoluut", "%"
_PAIR = 3
"""Columns for each label: a count, a percentage, and one left free as CBS does."""


def load(config: Path = CONFIG) -> CbsBook:
    """What stands in the workbook. Raises `UserError` where the file cannot be read."""
    found: CbsBook = read(config / "demo_cbs.yaml").held(CbsBook)
    return found


def workbook(chosen: CbsBook) -> bytes:
    """The workbook as the bytes of its file: the same every time."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    about = chosen.eigenschappen
    book.set_properties(
        {
            "title": about.titel,
            "subject": about.onderwerp,
            "author": about.maker,
            "comments": about.opmerking,
            "created": datetime(chosen.dag.year, chosen.dag.month, chosen.dag.day),
        }
    )
    looks = {
        "title": book.add_format({"bold": True}),
        "count": book.add_format({"num_format": "# ##0", "align": "right"}),
        "percent": book.add_format({"num_format": "0", "align": "right"}),
        "decimal": book.add_format({"num_format": "0.0", "align": "right"}),
        "sign": book.add_format({"align": "right"}),
        "head": book.add_format({"align": "center", "bottom": 1}),
    }
    for name, lines in (("Voorblad", chosen.voorblad), ("Toelichting", chosen.toelichting)):
        sheet = book.add_worksheet(name)
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, line, looks["title"] if at == 0 else None)
    for table in chosen.tabellen:
        _table(book.add_worksheet(table.blad), table, looks)
    book.close()
    return stream.getvalue()


def is_ours(path: Path, current: bytes) -> bool:
    """Whether a file is this workbook, or an earlier edition of it: saved by nobody since it was made."""
    if not path.is_file():
        return False
    if path.read_bytes() == current:
        return True
    try:
        with zipfile.ZipFile(path) as found, zipfile.ZipFile(io.BytesIO(current)) as ours:
            return found.read(_PROPERTIES) == ours.read(_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def _table(sheet: Any, table: BookTable, looks: dict[str, Any]) -> None:
    """Title, heads, units, then the figures from their own row on, and the closing text; rows count from 0 here."""
    sheet.write_string(0, 0, table.titel, looks["title"])
    sheet.write_string(1, 0, table.ondertitel)
    first = table.eerste_rij - 1
    sheet.write_string(first - 2, 0, table.kop)
    _groups(sheet, table, first, looks)
    for at, row in enumerate(table.rijen):
        sheet.write_string(first + at, 0, row.label)
        for place, value in enumerate(row.cellen):
            _figure(sheet, (first + at, _column(place)), value, place % 2 == 0, looks)
    for at, note in enumerate(table.noten):
        sheet.write_string(first + len(table.rijen) + 1 + at, 0, note)
    sheet.set_column(0, 0, 30)


def _groups(sheet: Any, table: BookTable, first: int, looks: dict[str, Any]) -> None:
    """The labels over each pair of columns, those over several pairs above them, and the units below."""
    over = [group.over for group in table.groepen]
    for at, group in enumerate(table.groepen):
        left = _column(2 * at)
        if len(table.groepen) > 1:
            sheet.merge_range(first - 2, left, first - 2, left + 1, group.label, looks["head"])
        sheet.write_string(first - 1, left, ABSOLUTE, looks["sign"])
        sheet.write_string(first - 1, left + 1, PERCENT, looks["sign"])
        if group.over and over.index(group.over) == at:
            right = _column(2 * (len(over) - 1 - over[::-1].index(group.over)) + 1)
            sheet.merge_range(first - 3, left, first - 3, right, group.over, looks["head"])


def _column(place: int) -> int:
    """The column of a figure: pairs with a free column behind each."""
    return 1 + _PAIR * (place // 2) + place % 2


def _figure(
    sheet: Any, cell: tuple[int, int], value: float | str, counts: bool, looks: dict[str, Any]
) -> None:
    if isinstance(value, str):
        sheet.write_string(*cell, value, looks["sign"])
    elif counts:
        sheet.write_number(*cell, value, looks["count"])
    else:
        sheet.write_number(*cell, value, looks["percent" if value == int(value) else "decimal"])
