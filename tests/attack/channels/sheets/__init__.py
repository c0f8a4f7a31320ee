"""Sheets of workbooks: rows of cells to tables, for every kind of workbook alike."""

from __future__ import annotations

from dataclasses import dataclass

from attack.pieces import TEXT, Grid, GridCell, GridRow, Piece, Reading


@dataclass(frozen=True)
class SheetCell:
    """A cell: the text that is shown or stored, whether the file holds it as a number, and what else it holds."""

    text: str
    number: bool = False
    extra: tuple[Piece, ...] = ()


Rows = list[tuple[int, dict[int, SheetCell]]]
"""By row number the cells by column number."""


def tables(reading: Reading, where: str, rows: Rows) -> None:
    """Blocks of rows with numbers become tables, with the texts above them; all other texts are pieces."""
    above: list[list[str]] = []
    block: Rows = []
    for number, cells in [*rows, (0, {})]:
        filled = {at: cell for at, cell in cells.items() if cell.text}
        if any(cell.number for cell in filled.values()) or _continues(block, filled):
            block.append((number, filled))
            continue
        if block:
            _grid(reading, where, above, block)
            above, block = [], []
        if filled:
            above.append([filled[at].text if at in filled else "" for at in range(max(filled) + 1)])
            reading.pieces += [
                Piece(f"{where} rij {number}", cell.text, TEXT, where) for cell in filled.values()
            ]
            reading.pieces += [piece for cell in filled.values() for piece in cell.extra]


def _continues(block: Rows, filled: dict[int, SheetCell]) -> bool:
    """A row of signs only (. or -) within a block of numbers."""
    width = max((len(cells) for _, cells in block), default=0)
    return width > 2 and len(filled) == width


def _grid(reading: Reading, where: str, above: list[list[str]], block: Rows) -> None:
    heads = [line for line in above[-2:] if len([text for text in line if text]) > 1]
    about = f"{where} " + " ".join(text for line in above for text in line if text)
    first = min(at for _, cells in block for at, cell in cells.items() if cell.number)
    rows = []
    for number, cells in block:
        labels = [cells[at].text for at in sorted(cells) if at < first]
        made = tuple(
            GridCell(_heads(heads, at), cell.text, cell.extra)
            for at, cell in sorted(cells.items())
            if at >= first
        )
        label, group = (labels or [""])[-1], " ".join(labels[:-1])
        rows.append(GridRow(label, made, group, f"{where} rij {number}"))
        reading.pieces += [Piece(f"{where} rij {number}", text, TEXT, about) for text in labels]
        reading.pieces += [piece for at, cell in cells.items() if at < first for piece in cell.extra]
    corner = " ".join(_heads(heads, first - 1)) if first else ""
    reading.grids.append(Grid(where, about, corner, tuple(rows)))


def _heads(heads: list[list[str]], at: int) -> tuple[str, ...]:
    return tuple(line[at] for line in heads if at < len(line) and line[at])
