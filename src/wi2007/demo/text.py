"""The delivery as a file, in the dialect DUO wrote most: `;` between fields, CRLF, no quotes; UTF-8.

Every `persoonsnummer` begins with `DEMO`: the mark by which the pipeline knows a demonstration delivery.
What does not belong here: what stands in a row (see `rows`), or where the file goes (see `placing`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wi2007.demo.rows import COLUMNS, Columns

MARK = "DEMO"
SEPARATOR = ";"
LINE_END = "\r\n"
_DIGITS = 8


def text(columns: Columns) -> bytes:
    """A header and a line for each person."""
    fields = [_field(name, columns[name]) for name in COLUMNS]
    lines = pc.binary_join_element_wise(*fields, SEPARATOR)
    ended = pc.binary_join_element_wise(lines, "", LINE_END)
    header = SEPARATOR.join(COLUMNS) + LINE_END
    return header.encode("utf-8") + _bytes(ended)


def _field(name: str, values: NDArray[Any]) -> pa.Array:
    if values.dtype.kind == "U":
        return pa.array(values)
    if name == "persoonsnummer":
        width = 10**_DIGITS
        padded = pc.utf8_slice_codeunits(pa.array(values + width).cast(pa.string()), 1)
        return pc.binary_join_element_wise(MARK, padded, "")
    nothing = "00000000" if name == "geboortedatum" else ""
    return pc.if_else(pa.array(values == 0), nothing, pa.array(values).cast(pa.string()))


def _bytes(lines: pa.StringArray) -> bytes:
    """The text of all lines, one after the other: an array of text keeps it so in memory."""
    _, ends, content = lines.buffers()
    offsets = np.frombuffer(ends, dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return bytes(memoryview(content)[offsets[0] : offsets[-1]])
