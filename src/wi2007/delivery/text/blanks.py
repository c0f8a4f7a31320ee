"""Set apart the blank rows of a block: without a character, with separators only, with spaces only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wi2007.delivery.coded import EMPTY, Kept, begins_blank
from wi2007.delivery.source import Block, Rows


def without_blank_rows(block: Block, blank_rows: Callable[[], Rows], kept: Kept) -> Block:
    """Return the block without blank rows.

    A blank row arrives as a row of empty fields; so does a row with a value in fields that were not asked for.
    `blank_rows` gives the numbers of rows with no value in any field; it is called only when the difference matters.
    """
    blank = np.flatnonzero(_all_blank(block, kept))
    if len(blank):
        blank = blank[np.isin(block.rows[blank], blank_rows(), assume_unique=True)]
    for texts in block.plain.values():
        blank = blank[[not text.strip() for text in texts.take(pa.array(blank)).to_pylist()]]
    if not len(blank):
        return block
    keep = np.ones(len(block.rows), dtype=bool)
    keep[blank] = False
    coded = {place: replace(column, codes=column.codes[keep]) for place, column in block.coded.items()}
    plain = {place: column.filter(pa.array(keep)) for place, column in block.plain.items()}
    return replace(block, rows=block.rows[keep], plain=plain, coded=coded, empty=block.rows[blank])


def _all_blank(block: Block, kept: Kept) -> NDArray[np.bool_]:
    """Return whether no field of a row has a value; of plain fields, which are looked at first, it may seem so."""
    blank = np.ones(len(block.rows), dtype=bool)
    for texts in block.plain.values():
        blank = blank & begins_blank(texts)
    for place, column in block.coded.items():
        if not blank.any():
            break
        spaces = kept.get(str(place), column.values, _spaces)
        blank = blank & ((column.codes == EMPTY) if spaces is None else spaces[column.codes])
    return blank


def _spaces(values: list[str]) -> NDArray[np.bool_] | None:
    """Return which values are spaces only, and last the empty field; None when none is."""
    found = [not value.strip() for value in values]
    return np.array([*found, True]) if any(found) else None
