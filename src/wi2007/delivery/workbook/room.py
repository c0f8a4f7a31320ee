"""Estimate the memory a sheet needs before calamine loads it.

The library keeps the whole sheet in memory, with a place for every cell up to the farthest and a copy of its text for
each cell.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.parser import parse
from wi2007.delivery.workbook.parts import Lengths, Parts
from wi2007.delivery.workbook.scan import Scan, stretches
from wi2007.delivery.workbook.sheets import Worksheet

MOST_MEMORY: Final = 3 << 30
"""Bytes. Enough for a million persons with thirty columns; most computers have twice as much."""
_BYTES_A_CELL: Final = 72
"""Measured: the cell itself, including during reading, and the overhead of its text."""
_MARKUP_A_CELL: Final = 48
"""Bytes of markup for each cell; whatever a sheet has more than this is text in the sheet itself."""
_COPIES: Final = 5
"""Measured copies of each text: in the library, in Python and in the blocks."""
_SHARED: Final = re.compile(rb"""\st\s*=\s*["']s["']""")
_REFERRED: Final = re.compile(rb'\st="s"[^<>]*>\s*<v>(\d{1,9})</v>')


def check_room(parts: Parts, sheet: Worksheet, scan: Scan) -> None:
    """Check that the sheet fits in memory. Raises `UnreadableError` when it does not."""
    lengths = parts.strings()
    inside = max(0, parts.size(sheet.part) - _MARKUP_A_CELL * scan.cells)
    room = MOST_MEMORY - _COPIES * inside - int(lengths.sum())
    # Empty cells take no memory, and only the parser distinguishes them from others.
    if _cells(scan) > room:
        scan = parse(parts.chunks(sheet.part))
    room -= _cells(scan)
    longest = _COPIES * scan.cells * int(lengths.max())
    if room < 0 or (longest > room and _COPIES * _texts(parts, sheet, lengths) > room):
        raise UnreadableError(Problem("werkblad_te_groot"))


def check_scan(scan: Scan) -> None:
    """Check a scan that counts the bytes of texts. Raises `UnreadableError` when the sheet does not fit in memory."""
    if _cells(scan) + _COPIES * scan.texts > MOST_MEMORY:
        raise UnreadableError(Problem("werkblad_te_groot"))


def _cells(scan: Scan) -> int:
    return _BYTES_A_CELL * max(scan.cells, scan.last_row * scan.last_column)


def _texts(parts: Parts, sheet: Worksheet, lengths: Lengths) -> int:
    """Return how many bytes the texts that cells refer to take in all, where each cell has a copy."""
    size = 0
    for stretch in stretches(parts.chunks(sheet.part)):
        places = np.array(_REFERRED.findall(stretch), dtype=np.bytes_).astype(np.int64)
        unclear = sum(1 for _ in _SHARED.finditer(stretch)) - len(places)
        size += int(lengths[places[places < len(lengths)]].sum()) + unclear * int(lengths.max())
    return size
