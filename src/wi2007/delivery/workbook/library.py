"""Wrap calamine, the library that reads workbooks: its errors may hold values, and do not get further than this
module.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.workbook.scan import Area

_NOT_OF_THE_LIBRARY: Final = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, UnreadableError)


@contextmanager
def _told_briefly() -> Iterator[None]:
    """Turn every error of the library into a damaged file; a panic is no `Exception`."""
    try:
        yield
    except _NOT_OF_THE_LIBRARY:
        raise
    except BaseException:
        raise UnreadableError(Problem("bestand_beschadigd")) from None


class Cells:
    """The cells of one sheet, all in memory. Rows are counted from 1, columns from the first that is filled."""

    def __init__(self, path: Path, sheet: str) -> None:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415  only for a workbook

        with _told_briefly(), path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            self._sheet: Any = book.get_sheet_by_name(sheet)
            self.first_column: int = self._sheet.start[1] + 1 if self._sheet.start else 1

    def merged(self) -> list[Area]:
        """Return the areas of merged cells."""
        with _told_briefly():
            found = self._sheet.merged_cell_ranges or []
        return [(first[0] + 1, last[0] + 1, first[1] + 1, last[1] + 1) for first, last in found]

    def rows(self) -> Iterator[list[Any]]:
        """Yield every row from the first of the sheet, with as many cells as the widest."""
        with _told_briefly():
            yield from self._sheet.iter_rows()
