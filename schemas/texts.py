"""Checks on the text of a persoonsnummer: no spaces around it, nothing invisible in it, and no work of a spreadsheet.

Quick where, as mostly, no text holds any of the signs in question. What does not belong here: the contract that uses
them (`schemas.delivery`).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

_INVISIBLE: Final = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"
"""Characters that control, format or separate lines (RE2)."""

_FORMULA: Final = r"^(?:[=@]|[+-](?:[^A-Za-z]*$|.*[()!|*^&$:;,\"' ]))"
"""What a spreadsheet takes for a formula. A pseudonym in base64 may begin with + or - and has none of these signs."""

_SHORT_FORM: Final = r"^[+-]?\d(?:[.,]\d+)?[eE]\+\d{1,3}$"
"""A long number as Excel shortens it: 1,2E+17. Without the plus it may be a pseudonym in hexadecimals."""

_NOTHING: Final = (
    r"^(?:(?i:null|<null>|na|<na>|n/a|nan|nat|none|nil|leeg|geen|onbekend)"
    r"|[?.*_#]+|#(?:N/[AB]|[A-Z0/]+[!?]))$"
)
"""What programs and people write for nothing, and the errors of Excel. No pseudonym looks like these."""

_LONGEST_NOTHING: Final = 8

_LONGEST_DAY: Final = 11

_DAY: Final = (
    r"(?i)^(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2]|jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)"
    r"-(?:19|20)?\d\d|(?:0?[1-9]|[12]\d|3[01])-(?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec))$"
)
"""A date, which is what a spreadsheet makes of a number like 1-3-15 or 3-MAR."""

LONGEST_NUMBER: Final = 2000
"""In bytes. An encrypted pseudonym may have more than a thousand; a field that took in what follows it has more."""


def no_space_around(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """The text neither begins nor ends with a space, a tab, or the like; quick where no text has one at all."""
    return _all_plain(column) or (column == column.str.strip()) | column.isna()


def nothing_invisible(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """Between its ends the text has no line end, tab, byte order mark or other character that cannot be seen."""
    if _all_plain(column):
        return True
    within = pyarrow.chunked_array([column.str.strip().array])
    found = compute.match_substring_regex(within, _INVISIBLE).fill_null(False)
    return pd.Series(~found.to_numpy(), index=column.index)


def _all_plain(column: pd.Series[str]) -> bool:
    letters = [chunk.buffers()[-1] for chunk in pyarrow.chunked_array([column.array]).chunks]
    return all(buffer is None or _plain(np.frombuffer(buffer, dtype=np.uint8)) for buffer in letters)


def _plain(letters: NDArray[np.uint8]) -> bool:
    """Only printable ASCII, and no space."""
    return not len(letters) or (int(letters.min()) > 0x20 and int(letters.max()) < 0x7F)


def no_formula(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """The text is nothing that a spreadsheet would work out; quick where no text begins with =, +, - or @."""
    if not any(np.isin(_first_letters(chunk), _SIGNS).any() for chunk in _chunks(column)):
        return True
    return ~_matches(column, _FORMULA)


def no_short_form(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """The text is no number that lost its last digits; quick where no text has a plus."""
    if not any((_letters(chunk) == ord("+")).any() for chunk in _chunks(column)):
        return True
    return ~_matches(column, _SHORT_FORM)


def something(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """The text is more than a word for nothing; only texts as short as such a word are looked at."""
    return _no_short_text(column, _LONGEST_NOTHING, _NOTHING)


def no_day(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """The text is no date; quick where no text has a hyphen."""
    if not any((_letters(chunk) == ord("-")).any() for chunk in _chunks(column)):
        return True
    return _no_short_text(column, _LONGEST_DAY, _DAY)


def _no_short_text(column: pd.Series[str], longest: int, pattern: str) -> pd.Series[bool] | bool:
    """Whether texts do not match, of which only those of some bytes can."""
    column_texts = pyarrow.chunked_array([column.array])
    sizes = compute.binary_length(column_texts).fill_null(0).to_numpy()
    short = np.flatnonzero(sizes <= longest)
    if not len(short):
        return True
    found = compute.match_substring_regex(column_texts.take(pyarrow.array(short)), pattern).fill_null(False)
    right: Any = np.ones(len(column), dtype=bool)
    right[short] = ~found.to_numpy()
    return pd.Series(right, index=column.index)


def not_endless(column: pd.Series[str]) -> pd.Series[bool] | bool:
    """The text is no longer than a pseudonym can be; quick where the longest is not."""
    sizes = compute.binary_length(pyarrow.chunked_array([column.array]))
    if (compute.max(sizes).as_py() or 0) <= LONGEST_NUMBER:
        return True
    return pd.Series((sizes.fill_null(0).to_numpy() <= LONGEST_NUMBER), index=column.index)


_SIGNS: Final = np.frombuffer(b"=+-@", dtype=np.uint8)


def _matches(column: pd.Series[str], pattern: str) -> pd.Series[bool]:
    found = compute.match_substring_regex(pyarrow.chunked_array([column.array]), pattern).fill_null(False)
    return pd.Series(found.to_numpy(), index=column.index)


def _chunks(column: pd.Series[str]) -> list[Any]:
    return list(pyarrow.chunked_array([column.array]).chunks)


def _letters(chunk: Any) -> NDArray[np.uint8]:
    """Every byte of the texts of a chunk, and maybe of its neighbours."""
    return np.frombuffer(chunk.buffers()[-1] or b"", dtype=np.uint8)


def _first_letters(chunk: Any) -> NDArray[np.uint8]:
    """The first byte of every text; of an empty one that of the next."""
    letters = _letters(chunk)
    kind: Any = np.int64 if _is_large(chunk) else np.int32
    offsets: NDArray[np.int64] = np.frombuffer(chunk.buffers()[1], dtype=kind)
    starts = offsets[chunk.offset : chunk.offset + len(chunk)]
    return letters[starts[starts < len(letters)]]


def _is_large(chunk: Any) -> bool:
    return bool(pyarrow.types.is_large_string(chunk.type))
