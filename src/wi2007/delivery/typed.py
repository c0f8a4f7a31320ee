"""Columns with types of their own (numbers, dates, yes and no) as the text that a careful person would type.

363.0 is `363`, a date is `2015-03-01`, a moment at midnight too, yes and no are `TRUE` and `FALSE`, nothing is an empty
text. No value is rounded and none gets an exponent. What does not belong here: any one kind of file, what a text means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wi2007.delivery.coded import Dictionaries
from wi2007.delivery.source import Block, CellProblem, Rows

TOO_LONG: Final = "getal_te_lang"
_EXACT: Final = {pa.float64(): 1e15, pa.float32(): 2.0**24, pa.float16(): 2.0**11}
"""From here on a number of this type may have lost digits; of double precision 15 are sure."""


def text_of(value: Any) -> str:
    """One value as text. Bytes are UTF-8; raises `UnicodeDecodeError` where they are not."""
    for kind, write in _WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    return str(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "oneindig"
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _decimal(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return format(value, "f").rstrip("0")


def _moment(value: datetime) -> str:
    midnight = value.time() == time() and not getattr(value, "nanosecond", 0)
    return value.date().isoformat() if midnight else value.replace(tzinfo=None).isoformat(" ")


_WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    bool: lambda value: "TRUE" if value else "FALSE",
    float: _number,
    Decimal: _decimal,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    bytes: bytes.decode,
}
"""The first kind that a value is counts: a moment is a date too."""


def too_long(column: Any) -> NDArray[np.bool_]:
    """Which values of an Arrow column are numbers of which digits were lost."""
    if column.type not in _EXACT:
        return np.zeros(len(column), dtype=bool)
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        lost: NDArray[np.bool_] = np.isfinite(numbers) & (np.abs(numbers) >= _EXACT[column.type])
    return lost


def as_dictionary(column: Any) -> Any:
    """An Arrow column of any type as a dictionary of texts, an empty one where there is nothing."""
    column = _shortest(column)
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    values = coded.dictionary
    if _is_plain(values.type):
        texts = pc.fill_null(values.cast(pa.string()), "")
    else:
        texts = pa.array([text_of(value) for value in _python(values)], pa.string())
    texts = pa.concat_arrays([texts, pa.array([""], pa.string())])
    places = pc.fill_null(coded.indices.cast(pa.int32()), len(texts) - 1)
    return pa.DictionaryArray.from_arrays(places, texts)


def _shortest(column: Any) -> Any:
    """Numbers of lower precision as the shortest digits that mean them: 0.1 and not 0.10000000149."""
    if column.type not in (pa.float32(), pa.float16()):
        return column
    return column.cast(pa.float32()).cast(pa.string()).cast(pa.float64())


def _python(values: Any) -> list[Any]:
    """The values as Python has them; a day or moment that it does not have is a text that is no date."""
    try:
        return list(values.to_pylist())
    except UnicodeError:
        raise
    except (OverflowError, ValueError):
        return [_one(value) for value in values]


def _one(value: Any) -> Any:
    try:
        return value.as_py()
    except (OverflowError, ValueError):
        return "buiten de kalender"


def as_texts(column: Any) -> Any:
    """An Arrow column of any type as a string array without nulls."""
    if _is_plain(column.type):
        return pc.fill_null(column.cast(pa.string()), "")
    coded = as_dictionary(column)
    return coded.dictionary.take(coded.indices)


def _is_plain(kind: Any) -> bool:
    """Whether Arrow itself writes the values as a person would."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind))


def block_of(
    rows: Rows, columns: Mapping[int, Any], plain: Collection[int], dictionaries: Dictionaries
) -> Block:
    """Arrow columns by the place of their field as a block."""
    texts = {place: as_texts(column) for place, column in columns.items() if place in plain}
    coded = {
        place: dictionaries.coded(str(place), as_dictionary(column))
        for place, column in columns.items()
        if place not in plain
    }
    cells = tuple(
        CellProblem(TOO_LONG, place, rows[marks])
        for place, marks in ((place, too_long(column)) for place, column in columns.items())
        if marks.any()
    )
    return Block(rows, texts, coded, rows[:0], rows[:0], cells)
