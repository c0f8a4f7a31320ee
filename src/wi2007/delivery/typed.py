"""Write columns with types (numbers, dates, yes and no) as the text that a careful person would type.

363.0 is `363`, a date is `2015-03-01`, also with the time at midnight, yes and no are `TRUE` and `FALSE`, a missing
value is an empty text. No value is rounded and none gets an exponent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wi2007.delivery.source import Block, CellProblem, Dictionaries, Rows

TOO_LONG: Final = "getal_te_lang"
_EXACT: Final = {pa.float64(): 1e15, pa.float32(): 2.0**24, pa.float16(): 2.0**11}
"""From this number on a value of the type may have lost digits; of double precision 15 digits are sure."""


def text_of(value: Any) -> str:
    """Return one value as text. Bytes are UTF-8; raises `UnicodeDecodeError` where they are not."""
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
"""The first matching kind of a value decides: a date with a time is a date too."""


def too_long(column: Any, exact: float | None = None) -> NDArray[np.bool_]:
    """Return which values of an Arrow column are numbers that lost digits; `exact` is the limit where the type does
    not tell.
    """
    if column.type not in _EXACT:
        return np.zeros(len(column), dtype=bool)
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        lost: NDArray[np.bool_] = np.isfinite(numbers) & (np.abs(numbers) >= (exact or _EXACT[column.type]))
    return lost


def stored(kind: Any) -> Any:
    """Return the type in which values of a type with a meaning of its own are stored."""
    if isinstance(kind, pa.BaseExtensionType):
        return stored(kind.storage_type)
    return stored(kind.value_type) if pa.types.is_run_end_encoded(kind) else kind


def is_readable(kind: Any) -> bool:
    """Return whether values of a type are texts, numbers, dates, or yes and no."""
    return not (pa.types.is_duration(kind) or pa.types.is_interval(kind) or pa.types.is_nested(kind))


def as_stored(column: Any) -> Any:
    """Return a column as Arrow's own functions know it: a UUID as its text, others as they are stored."""
    kind = column.type
    if isinstance(kind, pa.UuidType):
        texts = [value if value is None else str(UUID(bytes=value)) for value in column.storage.to_pylist()]
        return pa.array(texts, pa.string())
    if isinstance(kind, pa.Bool8Type):
        return column.storage.cast(pa.bool_())
    if isinstance(kind, pa.BaseExtensionType):
        return as_stored(column.storage)
    if pa.types.is_run_end_encoded(kind):
        return as_stored(pc.run_end_decode(column))
    if pa.types.is_decimal32(kind) or pa.types.is_decimal64(kind):
        return column.cast(pa.decimal128(kind.precision, kind.scale))
    return column


def as_dictionary(column: Any) -> Any:
    """Return an Arrow column of any type as a dictionary of texts, an empty text for a missing value."""
    column = _shortest(as_stored(column))
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
    """Return numbers of lower precision as the shortest digits that mean them: 0.1 and not 0.10000000149."""
    if column.type not in (pa.float32(), pa.float16()):
        return column
    return column.cast(pa.float32()).cast(pa.string()).cast(pa.float64())


def _python(values: Any) -> list[Any]:
    """Return the values as Python has them; a date or time that Python cannot hold is a text that is no date."""
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
    """Return an Arrow column of any type as a string array without nulls."""
    column = as_stored(column)
    if _is_plain(column.type):
        return pc.fill_null(column.cast(pa.string()), "")
    coded = as_dictionary(column)
    return coded.dictionary.take(coded.indices)


def _is_plain(kind: Any) -> bool:
    """Return whether Arrow itself writes the values as a person would."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind))


def block_of(
    rows: Rows,
    columns: Mapping[int, Any],
    plain: Collection[int],
    dictionaries: Dictionaries,
    exact: Mapping[int, float] | None = None,
) -> Block:
    """Return Arrow columns by the place of their field as a block; `exact` is the number from which a field loses
    digits.
    """
    limits = exact or {}
    columns = {place: as_stored(column) for place, column in columns.items()}
    texts = {place: as_texts(column) for place, column in columns.items() if place in plain}
    coded = {
        place: dictionaries.coded(str(place), as_dictionary(column))
        for place, column in columns.items()
        if place not in plain
    }
    cells = tuple(
        CellProblem(TOO_LONG, place, rows[marks])
        for place, marks in (
            (place, too_long(column, limits.get(place))) for place, column in columns.items()
        )
        if marks.any()
    )
    return Block(rows, texts, coded, rows[:0], rows[:0], cells)
