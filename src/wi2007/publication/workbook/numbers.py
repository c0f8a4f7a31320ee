"""A cell of the content document as a cell of a sheet: a number where there is one to compute with, else its text.

What does not belong here: rounding. The number is the document's own; how many decimals are shown follows its text.
"""

from __future__ import annotations

import re

from wi2007.publication import document
from wi2007.publication.workbook.model import Cell, Look, clean

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<decimals>\d+))?(?P<suffix>[%*]*)")
LARGEST_EXACT = 2**53
DIGITS = 15
"""What Excel keeps of a number."""


def figure(shown: document.Cell, look: Look = "figure") -> Cell:
    """A number with as many decimals as are shown, or the text: a sign, a word, a cell without a value."""
    text = clean(shown.text)
    match = _NUMBER.fullmatch(text)
    if shown.value is None or match is None:
        return Cell(text, look)
    decimals = len(match["decimals"] or "")
    return Cell(text, look, number=_plain(shown.value), decimals=decimals, suffix=match["suffix"])


def _plain(value: float) -> float:
    """A whole number as one: 1234, not 1234.0; any other with the digits that every spreadsheet keeps."""
    if value == int(value) and abs(value) <= LARGEST_EXACT:
        return int(value)
    return float(f"{value:.{DIGITS}g}")
