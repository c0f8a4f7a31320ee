"""The same sheet as every kind of file that a delivery can be."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import xlsxwriter
from faults_people import Sheet

Edit = Callable[[Any, Any], None]
"""A change to a workbook and its first sheet, after the rows were written."""


@dataclass(frozen=True)
class Form:
    """A kind of file: the name of the delivery, how it is written, and the row number of the first person."""

    name: str
    written: Callable[[Sheet], bytes]
    first_row: int = 2


def workbook(sheet: Sheet | None, edit: Edit | None = None, *, top: int = 0, **options: Any) -> bytes:
    """A workbook whose first sheet holds the rows as text, the header in row `top` + 1."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False, **options})
    page = book.add_worksheet("Levering")
    for at, row in enumerate((sheet.names, *sheet.rows) if sheet else ()):
        for column, text in enumerate(row):
            if text:
                page.write_string(top + at, column, text)
    if edit:
        edit(book, page)
    book.close()
    return file.getvalue()


def spss(sheet: Sheet, **options: Any) -> bytes:
    """An SPSS file with text variables."""
    frame = pd.DataFrame(list(sheet.rows), columns=list(sheet.names), dtype=object)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "levering.sav")
        pyreadstat.write_sav(frame, str(path), **options)
        return path.read_bytes()


def parquet(sheet: Sheet) -> bytes:
    """A Parquet file with text columns."""
    columns = [pa.array([row[at] for row in sheet.rows], pa.string()) for at in range(len(sheet.names))]
    return parquet_of(pa.Table.from_arrays(columns, names=list(sheet.names)))


def parquet_of(table: Any) -> bytes:
    """An Arrow table as a Parquet file."""
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


FORMS = {
    "semicolons": Form("levering.csv", Sheet.bytes),
    "tabs, quoted, CRLF": Form("levering.tsv", lambda s: s.text("\t", "\r\n", quoted=True).encode()),
    "commas, UTF-16": Form("levering.txt", lambda s: s.text(",").encode("utf-16")),
    "gz": Form("levering.csv.gz", lambda s: gzip.compress(s.text("|").encode(), mtime=0)),
    "zip": Form("levering.zip", lambda s: zipped({"export/levering.csv": s.bytes()})),
    "xlsx": Form("levering.xlsx", workbook),
    "sav": Form("levering.sav", spss, first_row=1),
    "parquet": Form("levering.parquet", parquet, first_row=1),
}
