"""A table of a page: heads through spans, row labels, groups, and every cell with all it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attack.pieces import TEXT, Grid, GridCell, GridRow, Piece, Reading

Own = Callable[[Any, str], tuple[Piece, ...]]


def read_table(reading: Reading, where: str, table: Any, about: str, own: Own) -> None:
    """Adds the grid, and its heads as pieces. Cells before the first number of a row belong to its label."""
    caption = table.find("caption")
    if caption is not None:
        about = f"{about} {_text(caption)}"
        reading.pieces.append(Piece(f"{where} caption", _text(caption), TEXT))
    heads = _heads(table)
    for head in dict.fromkeys(part for column in heads for part in column):
        reading.pieces.append(Piece(f"{where} kop", head, TEXT, about))
    rows, group = [], ""
    for number, row in enumerate(_body(table), 1):
        cells = [cell for cell in row if cell.tag in ("th", "td")]
        place = f"{where} rij {number}"
        if len(cells) == 1:
            group = _text(cells[0])
            reading.pieces.append(Piece(place, group, TEXT, about))
            continue
        made = [
            GridCell(head, _text(cell), (*own(cell, place), *_within(cell, place)))
            for cell, head in zip(cells, heads or [()] * len(cells), strict=False)
        ]
        rows.append(GridRow(made[0].text, tuple(made[1:]), group, place))
        reading.pieces += [Piece(place, made[0].text, TEXT, about), *made[0].extra]
    reading.grids.append(Grid(where, about, " ".join(heads[0]) if heads else "", tuple(rows)))


def _within(cell: Any, place: str) -> tuple[Piece, ...]:
    """Attributes of elements inside a cell: tooltips, hidden words."""
    return tuple(
        Piece(f"{place} <{inner.tag}>/@{key}", value)
        for inner in cell.iterdescendants()
        if isinstance(inner.tag, str)
        for key, value in inner.attrib.items()
        if key in ("title", "aria-label", "alt", "style") or key.startswith("data-")
    )


def _text(node: Any) -> str:
    return " ".join(node.text_content().split())


def _body(table: Any) -> list[Any]:
    return [row for row in table.iter("tr") if row.getparent().tag != "thead"]


def _heads(table: Any) -> list[tuple[str, ...]]:
    """For each column the texts above it, from top to bottom, each once."""
    taken: dict[tuple[int, int], str] = {}
    rows = [row for row in table.iter("tr") if row.getparent().tag == "thead"]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            for down in range(int(cell.get("rowspan", 1))):
                for right in range(int(cell.get("colspan", 1))):
                    taken[x + right, y + down] = _text(cell)
            x += int(cell.get("colspan", 1))
    width = max((x for x, _ in taken), default=-1) + 1
    return [
        tuple(dict.fromkeys(taken[x, y] for y in range(len(rows)) if taken.get((x, y)))) for x in range(width)
    ]
