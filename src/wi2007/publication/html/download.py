"""Downloads inside the page: the published file of a table byte for byte, or else the cells as shown.

The published file of a long table is not inside, nor one that is long itself: that would double the page. It lies in
the folder beside the report.
"""

from __future__ import annotations

import base64
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from wi2007.publication import structure
from wi2007.publication.document import Cell, Column, Table

FOLDER = "tabellen"


@dataclass(frozen=True)
class Download:
    """A file name and where the file is: a data URI that holds it, or its place beside the report."""

    name: str
    uri: str
    beside: bool = False


def link(table: Table, downloads: Mapping[str, bytes]) -> Download:
    """The download of a table. Raises `KeyError` when its published file is not among `downloads`."""
    if structure.is_beside(table):
        return Download(table.download, f"{FOLDER}/{table.download}", beside=True)
    content = downloads[table.download] if table.download else cells(table).encode("utf-8")
    encoded = base64.b64encode(content).decode("ascii")
    return Download(table.download or f"{table.id}.csv", f"data:text/csv;charset=utf-8;base64,{encoded}")


def cells(table: Table) -> str:
    """A table without a published file as comma-separated text: values with a decimal point, texts as shown."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([table.header, *map(_heading, table.columns)])
    for row in table.rows:
        writer.writerow([row.label, *map(_plain, row.cells)] + [""] * (len(table.columns) - len(row.cells)))
    return buffer.getvalue()


def _heading(column: Column) -> str:
    return ", ".join(filter(None, (column.group, column.label, column.unit)))


def _plain(cell: Cell) -> str:
    if cell.value is None:
        return cell.text
    return str(int(cell.value)) if float(cell.value).is_integer() else repr(float(cell.value))
