"""The downloads: one tidy CSV for each table, the columns of `tabellen.csv`, and a text that says what they are.

What does not belong here: files.
"""

from __future__ import annotations

from collections.abc import Mapping

from wi2007.publication.content.tidy import Tidy
from wi2007.publication.document import Document
from wi2007.tables.tidy import to_csv

READ_ME = "LEESMIJ.txt"


def download_name(number: str) -> str:
    """The file of a table under `tabellen/`; a table's number holds letters, digits, points and hyphens only."""
    return f"tabel_{number}.csv"


def downloads(tables: Mapping[str, Tidy]) -> dict[str, str]:
    """File name to content."""
    return {download_name(number): to_csv(table.records) for number, table in tables.items()}


def read_me(document: Document) -> str:
    """What stands beside the CSV files, whose columns have no room for it: the notice, then what they belong to."""
    return "\n\n".join((document.notice, f"{document.title}\n{document.subtitle}", document.source)) + "\n"
