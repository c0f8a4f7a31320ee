"""The same table means the same, whatever program wrote it and however its heads are merged, indented and spaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from cbs_books import TITLE, Said, read, write
from openpyxl.styles import Alignment

from wi2007.errors import UserError

EXPECTED: list[Said] = [
    *(("totaal", "totaal", "totaal", 9010), ("inkomen", "bijstand", "totaal", 2500)),
    *(("inkomen", "loon of eigen bedrijf", "totaal", 3700), ("geslacht", "man", "totaal", 4510)),
    *(("geslacht", "vrouw", "totaal", 4500),),
]
Writer = Callable[[Path], None]


def _figures(path: Path) -> list[Said]:
    found, _ = read(path)
    return [
        (row.kenmerk, row.categorie, row.nationaliteit, float(row.aantal))
        for row in found.rows
        if row.aantal is not None
    ]


def xlsxwriter_merged(path: Path) -> None:
    """Heads merged over columns and down, rows indented by their format, a blank column between figures."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Tabel 1")
    deeper = book.add_format({"indent": 1})
    sheet.write("A1", TITLE)
    sheet.merge_range("A4:A5", "Kenmerken")
    sheet.merge_range("B4:B5", "Totaal")
    sheet.merge_range("D4:F4", "Bron van inkomen")
    sheet.write("D5", "Bijstand")
    sheet.write("F5", "Loon of eigen bedrijf")
    sheet.write_row("B6", ["absoluut", "", "absoluut", "", "absoluut"])
    sheet.write_row("A7", ["Totaal", 9010, "", 2500, "", 3700])
    sheet.write("A8", "Geslacht")
    for row, (label, count) in enumerate((("Man", 4510), ("Vrouw", 4500)), start=8):
        sheet.write(row, 0, label, deeper)
        sheet.write(row, 1, count)
    sheet.write("A12", "Bron: CBS")
    book.close()


def openpyxl_merged(path: Path) -> None:
    """As the one before, by another program, with the row head merged downwards in a column of its own."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Tabel 1"
    sheet["A1"] = TITLE
    for place, words in (("C4:C5", "Totaal"), ("D4:E4", "Bron van inkomen"), ("A8:A9", "Geslacht")):
        sheet.merge_cells(place)
        sheet[place.split(":")[0]] = words
    sheet["D5"], sheet["E5"], sheet["C6"] = "Bijstand", "Loon of\neigen bedrijf", "absoluut"
    sheet["E5"].alignment = Alignment(wrap_text=True)
    for place, value in (("A7", "Totaal"), ("C7", 9010), ("D7", 2500), ("E7", 3700)):
        sheet[place] = value
    for row, label, count in ((8, "Man", 4510), (9, "Vrouw", 4500)):
        sheet[f"B{row}"], sheet[f"C{row}"] = label, count
    sheet["A12"] = "1) Een voetnoot."
    book.save(path)


def openpyxl_plain(path: Path) -> None:
    """Nothing merged, a head broken over two rows, rows indented with spaces."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Tabel 1"
    rows = [
        [TITLE],
        [],
        ["", "", "Bron van inkomen"],
        ["", "Totaal", "Bijstand", "Loon of"],
        ["", "", "", "eigen bedrijf"],
        ["", "absoluut", "absoluut", "absoluut"],
        ["Totaal", 9010, 2500, 3700],
        ["Geslacht"],
        ["   Man", 4510],
        ["   Vrouw", 4500],
        [],
        ["Bron: CBS."],
    ]
    for row in rows:
        sheet.append([None if value == "" else value for value in row])
    book.save(path)


def sheet_for_each(path: Path) -> None:
    """Each characteristic on its own sheet, beside sheets without figures."""
    income = ["", "Totaal", "Bijstand", "Loon of eigen bedrijf"]
    first = {
        "A1": TITLE,
        **{f"{'ABCD'[at]}3": words for at, words in enumerate(income) if words},
        "B4": "aantal",
    }
    first |= {"A5": "Totaal", "B5": 9010, "C5": 2500, "D5": 3700}
    second = {"A1": TITLE, "A3": "Geslacht", "B3": "absoluut"}
    second |= {"A4": "Totaal", "B4": 9010, "A5": "Mannen", "B5": 4510, "A6": "Vrouwen", "B6": 4500}
    write(path, {"Voorblad": {"A1": "Iets"}, "Tabel 1": first, "Tabel 2": second})


@pytest.mark.parametrize("writer", [xlsxwriter_merged, openpyxl_merged, openpyxl_plain, sheet_for_each])
def test_it_means_the_same(tmp_path: Path, writer: Writer) -> None:
    writer(tmp_path / "cbs.xlsx")
    assert sorted(_figures(tmp_path / "cbs.xlsx")) == sorted(EXPECTED)


def test_a_table_as_cbs_lays_it_out_about_something_else(tmp_path: Path) -> None:
    """Two blocks of rows, `waarvan` with figures, spacer columns with marks, a unit that is not known."""
    cells: dict[str, Any] = {
        "A1": "Tabel 2. Sterfte 1) naar herkomst, 2013-2017*",
        **{"B2": "Totaal", "D2": "0 tot 10 jaar", "F2": "60 jaar en ouder", "B4": "absoluut"},
        **{"A5": "Totaal", "A6": "waarvan", "B6": 416, "D6": 40, "F6": 183},
        **{"A7": "   Nederlandse achtergrond", "B7": 285, "D7": 22, "F7": 164},
        **{
            "B9": "per 100 duizend inwoners",
            "A10": "Nederlandse achtergrond",
            "B10": 1,
            "C10": "**",
            "D10": 2,
            "F10": 3,
        },
        **{"A12": "** significant afwijkend"},
    }
    with pytest.raises(UserError) as error:
        read(write(tmp_path / "cbs.xlsx", {"Tabel 2": cells}))
    told = str(error.value)
    for words in (
        "D2 ('0 tot 10 jaar')",
        "F2 ('60 jaar en ouder')",
        "A7, A10 ('Nederlandse achtergrond')",
        "B9 ('per 100 duizend inwoners')",
        "de titel noemt niet één dag",
    ):
        assert words in told, told
