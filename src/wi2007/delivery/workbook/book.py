"""What every kind of workbook tells of itself before its cells are read: its sheets, how far they reach, its days.

What does not belong here: any one kind of workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from wi2007.delivery.workbook.scan import Scan
from wi2007.delivery.workbook.sheets import Worksheet

DAY_ZERO_1904: Final = date(1904, 1, 1)


class Book(Protocol):
    """A workbook that is whole."""

    @property
    def kind(self) -> str:
        """The kind of file, by its name in `wi2007.delivery.kinds`."""

    @property
    def path(self) -> Path:
        """The file that the library reads: the delivery itself, or what was made of it."""

    @property
    def sheets(self) -> tuple[Worksheet, ...]:
        """All sheets with cells, in order."""

    @property
    def day_zero(self) -> date:
        """The day that a number of days counts from."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be told of how it was read, in Dutch sentences."""

    @property
    def scans(self) -> Mapping[Worksheet, Scan]:
        """What stands in each sheet, apart from values."""

    def check_room(self, sheet: Worksheet) -> None:
        """Raises `UnreadableError` when the sheet does not fit in memory."""
