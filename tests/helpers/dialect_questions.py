"""The same delivery in ways that can be read in two: only with its levering.yaml does it say which.

What does not belong here: dialects that need no answer (`dialects`, `dialect_files`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dialect_files import sav
from dialect_values import STATUSES, each
from dialects import Dialect, text_of
from faults_forms import workbook, zipped
from faults_people import Sheet

from schemas.columns import COLUMNS
from wi2007 import reference


@dataclass(frozen=True)
class Asked:
    """A dialect with the answer; without it the delivery is refused under `rule`."""

    dialect: Dialect
    rule: str
    column: str = ""


def questions(sheet: Sheet) -> Iterator[Asked]:
    """All of them."""
    for part in (_of_the_file(sheet), _of_the_header(sheet), _of_the_values(sheet)):
        yield from part


def _text(name: str, text: str, levering: str) -> Dialect:
    return Dialect(name, "levering.csv", text.encode(), levering)


def _of_the_file(sheet: Sheet) -> Iterator[Asked]:
    text = text_of(sheet)
    two = zipped({"nieuw.csv": text.encode(), "oud.csv": text.encode()[:5000]})
    member = "lezen: {bestand_in_archief: nieuw.csv}\n"
    yield Asked(Dialect("two texts in a zip", "levering.zip", two, member), "archief_inhoud")

    def second(book: Any, page: Any) -> None:
        older = book.add_worksheet("Vorig jaar")
        for at, row in enumerate((sheet.names, *sheet.rows[:50])):
            older.write_row(at, 0, row)

    sheets = Dialect("two sheets", "levering.xlsx", workbook(sheet, second), "lezen: {werkblad: Levering}\n")
    yield Asked(sheets, "werkblad_onduidelijk")
    inches = text_of(sheet.beside("scherm", "x")).replace(";x\n", ';5" breed\n')
    marks = _text("quotation marks that are signs", inches, "lezen: {aanhalingstekens: nee}\n")
    yield Asked(marks, "aanhalingstekens")


def _of_the_header(sheet: Sheet) -> Iterator[Asked]:
    own = {name: f"veld {at}" for at, name in enumerate(COLUMNS)}
    mapping = "kolommen:\n" + "".join(f"  {name}: {field}\n" for name, field in own.items())
    renamed = sheet.renamed(own)
    yield Asked(_text("names of their own", text_of(renamed, ","), mapping), "kop_onherkenbaar")
    commas = text_of(renamed.beside("naam, voornaam", "J, P"))
    both = _text("two signs that would do", commas, f"{mapping}lezen: {{scheidingsteken: puntkomma}}\n")
    yield Asked(both, "scheidingsteken_onduidelijk")
    older = sheet.beside("Gemeente-code", "0014")
    alike = _text("two names alike", text_of(older), "kolommen: {gemeentecode: gemeentecode}\n")
    yield Asked(alike, "kolom_onduidelijk", "gemeentecode")
    lines = [{"status": code[:4], "grond": code[4:]} for code in STATUSES]
    split = sheet.renamed({"statuscode": "status"}).beside(
        "grond", [t[4:] for t in sheet.column("statuscode")]
    )
    split = each(split, ("status",), lambda code: code[:4])
    words = ", ".join(
        f"{{status: {line['status']}, grond: '{line['grond']}', wordt: {code}}}"
        for line, code in zip(lines, STATUSES, strict=True)
    )
    combined = f"kolommen:\n  statuscode: {{kolommen: [status, grond], waarden: [{words}]}}\n"
    yield Asked(_text("a status in two columns", text_of(split), combined), "kolom_ontbreekt", "statuscode")


def _of_the_values(sheet: Sheet) -> Iterator[Asked]:
    unknown = each(sheet, ("land_van_herkomst",), lambda code: "NA" if code == "9023" else code)
    answer = "kolommen:\n  land_van_herkomst: {kolom: land_van_herkomst, waarden: {NA: '9023'}}\n"
    yield Asked(_text("NA for Namibië", text_of(unknown), answer), "na_onduidelijk", "land_van_herkomst")
    codes = sorted({code for code in sheet.column("gemeentecode") if code})
    names = {code: reference.municipalities()[code].name for code in codes}
    frame = pd.DataFrame(list(sheet.rows), columns=list(COLUMNS), dtype=object)
    numbers = {code: at + 1.0 for at, code in enumerate(codes)}
    frame["gemeentecode"] = [numbers.get(code) for code in frame["gemeentecode"]]
    labels = {"gemeentecode": {numbers[code]: name for code, name in names.items()}}
    lines = "".join(f'      "{name}": "{code}"\n' for code, name in names.items())
    answer = f"kolommen:\n  gemeentecode:\n    kolom: gemeentecode\n    waarden:\n{lines}"
    content = sav(frame, variable_value_labels=labels)
    named = Dialect("numbers of their own that are codes too", "levering.sav", content, answer)
    yield Asked(named, "waardelabel_strijdig", "gemeentecode")
    own = each(sheet, ("geslacht",), lambda text: {"M": "a", "V": "b", "O": "c"}[text])
    answer = "kolommen:\n  geslacht: {kolom: geslacht, waarden: {a: M, b: V, c: O}}\n"
    yield Asked(_text("signs of their own", text_of(own), answer), "codelijst", "geslacht")
