"""Opening a workbook: whether it is whole and fits in memory, which sheet, and its header.

What does not belong here: reading the rows (`rows`).
"""

from __future__ import annotations

from pathlib import Path

from wi2007.delivery.archive import read_limits
from wi2007.delivery.digest import sha256_of
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Reading
from wi2007.delivery.workbook import words
from wi2007.delivery.workbook.choice import choose
from wi2007.delivery.workbook.head import ENOUGH, find_head
from wi2007.delivery.workbook.library import Cells
from wi2007.delivery.workbook.marks import Table, marks
from wi2007.delivery.workbook.parser import parse
from wi2007.delivery.workbook.parts import Parts, read_parts
from wi2007.delivery.workbook.room import check_room
from wi2007.delivery.workbook.rows import WorkbookSource
from wi2007.delivery.workbook.scan import OtherwiseError, Scan, quick_scan
from wi2007.delivery.workbook.sheets import Worksheet, read_sheets


def open_workbook(path: Path, reading: Reading, scratch: Path) -> WorkbookSource:
    """Open a workbook; nothing is put down in `scratch`. Raises `UnreadableError`."""
    parts = read_parts(path, read_limits())
    sheets = read_sheets(parts)
    parts.verify({sheet.part for sheet in sheets})
    scans = {sheet: _scan(parts, sheet) for sheet in sheets}
    filled = [sheet for sheet in sheets if scans[sheet].filled]

    def cells(sheet: Worksheet) -> Cells:
        check_room(parts, sheet, scans[sheet])
        return Cells(path, sheet.name)

    def names_ours(sheet: Worksheet) -> bool:
        head = find_head(cells(sheet).rows(), None)
        return head is not None and head.known >= ENOUGH

    chosen = choose(sheets, filled, reading.sheet, names_ours)
    found = cells(chosen.sheet)
    head = find_head(found.rows(), reading.header_row)
    if head is None:
        raise UnreadableError(Problem("werkblad_leeg"))
    table = Table(head.row, found.first_column, len(head.names), scans[chosen.sheet].last_row)
    return WorkbookSource(
        size=path.stat().st_size,
        sha256=sha256_of(path),
        cells=found,
        head=head,
        marks=marks(scans[chosen.sheet], found.merged(), table),
        decisions=(words.kind(reading), chosen.decision, words.header(head, reading)),
    )


def _scan(parts: Parts, sheet: Worksheet) -> Scan:
    try:
        return quick_scan(parts.chunks(sheet.part))
    except OtherwiseError:
        return parse(parts.chunks(sheet.part))
