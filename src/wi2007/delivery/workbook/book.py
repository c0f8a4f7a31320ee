"""What every kind of workbook declares before its cells are read: its sheets, their extent, its day zero."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from wi2007.delivery.workbook.scan import Scan
from wi2007.delivery.workbook.sheets import Worksheet

DAY_ZERO_1904: Final = date(1904, 1, 1)


class Book(Protocol):
    """An undamaged workbook."""

    @property
    def kind(self) -> str:
        """The kind of file, by its name in `wi2007.delivery.kinds`."""

    @property
    def path(self) -> Path:
        """The file that the library reads: the delivery itself, or a rewritten copy."""

    @property
    def sheets(self) -> tuple[Worksheet, ...]:
        """All sheets with cells, in order."""

    @property
    def day_zero(self) -> date:
        """The day that a number of days counts from."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on how it was read, as Dutch sentences."""

    @property
    def scans(self) -> Mapping[Worksheet, Scan]:
        """The contents of each sheet, apart from values."""

    def check_room(self, sheet: Worksheet) -> None:
        """Check that the sheet fits in memory. Raises `UnreadableError` when it does not."""
