"""CSV and plain text.

A CSV with the columns of the contract gives tidy rows; what it holds beyond them (lines, columns) are pieces.
"""

from __future__ import annotations

import csv
import io

from attack.pieces import HIDDEN, TEXT, Grid, GridCell, GridRow, Piece, Reading, TidyRow

CONTRACT = [
    "tabel",
    "populatie",
    "rijvariabele",
    "rij",
    "kolomvariabele",
    "kolom",
    "aantal",
    "procent",
    "noemer",
]


def read_text(where: str, data: bytes) -> Reading:
    """Each line is a piece."""
    text = data.decode("utf-8", errors="replace")
    return Reading(pieces=[Piece(f"{where}:{n}", line) for n, line in enumerate(text.splitlines(), 1)])


def read_csv(where: str, data: bytes, about: str = "") -> Reading:
    """Rows as a table: tidy when it has the columns of the contract. Rows of another length are pieces."""
    text = data.decode("utf-8-sig", errors="replace")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    reading = Reading()
    start = 0
    while start < len(rows) and len(rows[start]) < 2:
        reading.pieces += [Piece(f"{where}:{start + 1}", cell) for cell in rows[start]]
        start += 1
    if start == len(rows):
        return reading
    head, body = rows[start], rows[start + 1 :]
    whole = []
    for number, row in enumerate(body, start + 2):
        if len(row) == len(head) and not row[0].startswith("#"):
            whole.append((f"{where}:{number}", row))
        else:
            reading.pieces.append(Piece(f"{where}:{number}", separator.join(row), HIDDEN))
    if set(CONTRACT) <= set(head):
        _tidy(reading, head, whole)
    else:
        _grid(reading, where, about, head, whole)
    return reading


def _tidy(reading: Reading, head: list[str], rows: list[tuple[str, list[str]]]) -> None:
    for place, row in rows:
        found = dict(zip(head, row, strict=True))
        reading.tidy.append(TidyRow(place, tuple(found.items())))
        context = " ".join(found[name] for name in ("rij", "kolom"))
        reading.pieces += [
            Piece(f"{place} [{name}]", value, HIDDEN, context)
            for name, value in found.items()
            if name not in CONTRACT
        ]


def _grid(
    reading: Reading, where: str, about: str, head: list[str], rows: list[tuple[str, list[str]]]
) -> None:
    reading.pieces += [Piece(f"{where}:1", cell, TEXT) for cell in head]
    made = tuple(
        GridRow(
            row[0], tuple(GridCell((h,), cell) for h, cell in zip(head[1:], row[1:], strict=True)), "", place
        )
        for place, row in rows
    )
    reading.grids.append(Grid(where, about, head[0], made))
