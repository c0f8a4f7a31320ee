"""The data behind "Mijn gemeente": tables with a row for each line, and for each choice the texts of their cells. A
choice also has other names with their codes.

What does not belong here: other JSON (see `structured`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attack.pieces import HIDDEN, STRUCTURE, Grid, GridCell, GridRow, Piece, Reading

Leaves = Callable[[Any, str, str, str], Iterator[Piece]]
Line = tuple[str, str, list[str]]
"""The label of a line, the heading over it, and the texts of its cells."""


def read(where: str, loaded: dict[str, Any], leaves: Leaves) -> Reading:
    """A grid for each table, and for each choice and table; everything else, and what is too many, as pieces."""
    reading = Reading()
    tables, choices = loaded["tables"], loaded["choices"]
    rest = {key: value for key, value in loaded.items() if key not in ("tables", "choices")}
    reading.pieces += leaves(rest, where, "", "")
    shapes = []
    for number, table in enumerate(tables):
        rest = {key: value for key, value in table.items() if key not in ("rows", "id")}
        reading.pieces += leaves(rest, f"{where}/tables/{number}", "", "")
        reading.pieces.append(Piece(f"{where} tabel sleutel", table["id"], STRUCTURE))
        shapes.append(list(_lines(table["rows"])))
        reading.grids.append(_grid(where, table, shapes[-1], None))
    for key, label, texts, others, *more in choices:
        reading.pieces.append(Piece(f"{where} keuze sleutel", str(key), STRUCTURE, label))
        for name, code, told in others:
            reading.pieces.append(Piece(f"{where} oude sleutel", code, STRUCTURE, name))
            reading.pieces += leaves([name, told], f"{where} keuze {label}", "", label)
        reading.pieces += leaves(more, f"{where} keuze {label}", "", label)
        left = list(texts)
        for table, shape in zip(tables, shapes, strict=True):
            lines = []
            for name, group, cells in shape:
                lines.append((name, group, left[: len(cells)]))
                left = left[len(cells) :]
            reading.grids.append(_grid(where, table, lines, (str(key), label)))
        reading.pieces += [Piece(f"{where} keuze {label} (te veel)", text, HIDDEN, label) for text in left]
    return reading


def _lines(rows: list[list[Any]]) -> Iterator[Line]:
    group = ""
    for label, role, cells in rows:
        if role == "group":
            group = label
        else:
            yield label, group, cells


def _grid(where: str, table: dict[str, Any], lines: Sequence[Line], choice: tuple[str, str] | None) -> Grid:
    heads = [
        tuple(reversed(column)) if isinstance(column, list) else (column,) for column in table["columns"]
    ]
    chosen = choice or ("", "iedereen")
    place = f"{where} tabel {table['id']} keuze {chosen[1]}"
    rows = tuple(
        GridRow(
            label,
            tuple(GridCell(head, text) for head, text in zip(heads, cells, strict=False)),
            group,
            f"{place} regel {label}",
        )
        for label, group, cells in lines
    )
    return Grid(place, f"{table['population']} {table['title']}", table["header"], rows, chosen)
