"""Sheets of a workbook that list a published file: every cell must be one of that file, which is looked at by itself.

What does not belong here: what the file may tell.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from attack.pieces import Piece, Reading
from attack.settings import read_yaml
from attack.verdict import Leak

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DUTCH = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?")
_DECIMALS = 1
"""So many a sheet shows of a number that is not whole."""


@dataclass(frozen=True)
class _File:
    """The texts of all cells of a file, and its numbers, whole and as a sheet shows them."""

    texts: frozenset[str]
    numbers: frozenset[float]

    def has(self, text: str) -> bool:
        """Whether a text of a sheet is one of these cells."""
        plain = text.strip()
        return " ".join(plain.split()) in self.texts or any(
            abs(value - number) <= 1e-9 * max(1.0, abs(number))
            for value in _values(plain)
            for number in self.numbers
        )


def apart(folder: Path, project: Path, reading: Reading) -> list[Leak]:
    """Takes out of a reading what such sheets repeat of their file; gives each cell that the file has not."""
    leaks: list[Leak] = []
    for sheet, file in _files(folder, project).items():
        place = f"blad '{sheet}'"
        grids = [grid for grid in reading.grids if place in grid.where]
        reading.grids = [grid for grid in reading.grids if place not in grid.where]
        told = [Piece(row.where, cell.text) for grid in grids for row in grid.rows for cell in row.cells]
        told += [piece for grid in grids for row in grid.rows for cell in row.cells for piece in cell.extra]
        leaks += [Leak("list", one.where, one.text[:80]) for one in told if not file.has(one.text)]
        reading.pieces = [one for one in reading.pieces if place not in one.where or not file.has(one.text)]
    return leaks


def _files(folder: Path, project: Path) -> dict[str, _File]:
    """By the name of a sheet the file that it lists."""
    words = read_yaml((project / "config/report/werkboek.yaml").read_text(encoding="utf-8"))
    found = {}
    for name, sheet in words["bladen"]["gegevens"].items():
        for path in (folder / "tabellen").glob(name.replace(".csv", "*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                cells = [" ".join(text.split()) for row in csv.reader(file) for text in row]
            exact = {float(text) for text in cells if _NUMBER.fullmatch(text)}
            found[sheet] = _File(
                frozenset(cells), frozenset({*exact, *(round(one, _DECIMALS) for one in exact)})
            )
    return found


def _values(text: str) -> list[float]:
    """What a text can be as a number: stored with a point, or shown the Dutch way."""
    found = [float(text)] if _NUMBER.fullmatch(text) else []
    if _DUTCH.fullmatch(text):
        found.append(float(text.replace(".", "").replace(",", ".")))
    return found
