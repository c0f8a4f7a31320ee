"""How cells look in an XLSX file: one format for each look, number of decimals and suffix that occurs.

What does not belong here: the cells.
"""

from __future__ import annotations

from typing import Any

from wi2007.publication.workbook.model import Cell, Look

_BASE: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_HEAD: dict[str, Any] = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E3EAF1"}
_LOOKS: dict[Look, dict[str, Any]] = {
    "notice": {"bold": True, "font_color": "#9C0006"},
    "title": {"bold": True, "font_size": 14},
    "subtitle": {"font_size": 12},
    "plain": {},
    "text": {"text_wrap": True},
    "link": {"font_color": "#154273", "underline": 1},
    "unit": {"italic": True, "align": "right"},
    "head": _HEAD,
    "over": {**_HEAD, "align": "right"},
    "label": {},
    "total": {"bold": True},
    "figure": {"align": "right"},
    "sum": {"align": "right", "bold": True},
}
_LIKE_A_FORMULA = ("=", "+", "-", "@")


class Formats:
    """The formats of one file, each made when it is first asked for."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, cell: Cell) -> Any:
        """The format of a cell."""
        pattern = number_pattern(cell) if cell.number is not None else ""
        quoted = cell.number is None and cell.text.startswith(_LIKE_A_FORMULA)
        key = (cell.look, pattern, quoted)
        if key not in self._made:
            more: dict[str, Any] = {"num_format": pattern} if pattern else {}
            if quoted:
                more["quote_prefix"] = True
            self._made[key] = self._file.add_format({**_BASE, **_LOOKS[cell.look], **more})
        return self._made[key]


def number_pattern(cell: Cell) -> str:
    """A number format: the program that opens the file writes it in the reader's own notation."""
    decimals = "." + "0" * cell.decimals if cell.decimals else ""
    suffix = f'"{cell.suffix}"' if cell.suffix else ""
    return f"#,##0{decimals}{suffix}"
