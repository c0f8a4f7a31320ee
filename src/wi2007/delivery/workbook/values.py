"""What stands in a cell as the text that a careful person would type; whole columns at once.

What does not belong here: what a value means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

TOO_LONG: Final = 1e15
"""From here on a number has more than the fifteen digits that Excel keeps."""
_SECOND: Final = timedelta(seconds=1)
_TICK: Final = timedelta(milliseconds=1)


def text_of(value: Any) -> str:
    """A cell as text: no exponents, no decimals that are zero, days as yyyy-mm-dd, no time of day at midnight."""
    for kind, written in _WRITTEN.items():
        if isinstance(value, kind):
            return written(value)
    return "" if value is None else str(value)


def coded_array(column: Sequence[Any]) -> Any:
    """A column as an Arrow dictionary array."""
    values: dict[Any, int] = {}
    texts: dict[str, int] = {}
    # True and 1 are equal in Python, and no two other kinds of cell are.
    mixed = bool in set(map(type, column))
    keys = [(type(value), value) for value in column] if mixed else column
    for key in dict.fromkeys(keys):
        text = text_of(key[1] if mixed else key)
        values[key] = texts.setdefault(text, len(texts))
    codes = np.fromiter(map(values.__getitem__, keys), np.int32, len(column))
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(list(texts), pa.string()))


def plain_array(column: Sequence[Any]) -> Any:
    """A column as an Arrow string array."""
    return pa.array(column if set(map(type, column)) <= {str} else list(map(text_of, column)), pa.string())


def too_long(column: Sequence[Any]) -> NDArray[np.bool_]:
    """Which cells are numbers that have lost digits."""
    marks = np.zeros(len(column), dtype=bool)
    if {float, int} & set(map(type, column)):
        for at, value in enumerate(column):
            if isinstance(value, float | int) and abs(value) >= TOO_LONG:
                marks[at] = True
    return marks


def _number(value: float) -> str:
    """As Excel shows it in a cell that is wide enough."""
    text = f"{value:.15g}"
    if float(text).is_integer():
        return str(int(value) if value.is_integer() else int(float(text)))
    return f"{Decimal(text):f}" if "e" in text else text


def _moment(value: datetime) -> str:
    """Excel counts parts of days: what is less than a tick beside a whole second is that second."""
    if value.microsecond and value < datetime.max - _SECOND:
        second = (value + _SECOND / 2).replace(microsecond=0)
        value = second if abs(second - value) <= _TICK else value
    return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    str: lambda value: value,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: lambda value: _number(float(value)),
    float: _number,
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.isoformat("seconds"),
    timedelta: _duration,
}
"""The first kind that a value is counts: yes and no are numbers too, and a moment is a date."""
