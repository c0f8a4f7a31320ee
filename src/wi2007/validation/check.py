"""Judging a batch of rows by the contract: from Arrow columns to a table for Pandera, and from its errors to failures.

What does not belong here: the contract itself (`schemas.delivery`), what the whole file decides (`unique`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow
import pyarrow.compute as pc
from numpy.typing import NDArray
from pandera.errors import SchemaError, SchemaErrors

from schemas import columns as c
from schemas.delivery import EMPTY, Bounds, delivery_schema
from wi2007.dates import NO_DATE, all_possible_days
from wi2007.delivery.reader import Batch
from wi2007.validation.failures import Failures
from wi2007.validation.rules import Limits

Frame = pd.DataFrame


def schema_for(peildatum: date, limits: Limits, present: tuple[str, ...]) -> pa.DataFrameSchema:
    """The contract of the columns that are there."""
    bounds = Bounds(birth=limits.birth, other=limits.other, other_warning=limits.act)
    return delivery_schema(peildatum, bounds, present)


def to_frame(batch: Batch) -> Frame:
    """The rows as a table: categorical columns and the persoonsnummer as text, the row number as index.

    An empty field becomes null. A computed column says whether the dates are in order.
    """
    columns = {name: _series(column) for name, column in batch.columns.items()}
    columns[c.ORDER_OF_DAYS] = _in_order(columns, len(batch.rows))
    return pd.DataFrame(columns, index=pd.Index(batch.rows), copy=False)


def check(frame: Frame, schema: pa.DataFrameSchema, failures: Failures) -> None:
    """Add every failure in `frame` to `failures`."""
    try:
        schema.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            rule, column = _rule(error)
            failures.add(rule, column, _rows(error, frame))


def _series(column: Any) -> Any:
    if isinstance(column, pyarrow.DictionaryArray):
        return categorical(column.dictionary.to_pylist(), np.asarray(column.indices))
    empty = pc.equal(column, "")
    filled = pc.if_else(empty, None, column) if pc.any(empty).as_py() else column
    return filled.to_pandas().array


def categorical(values: list[str], codes: NDArray[np.int32]) -> pd.Categorical:
    """A categorical column in which an empty text is null."""
    if "" in values:
        place = values.index("")
        values = values[:place] + values[place + 1 :]
        moved = np.arange(len(values) + 1, dtype=np.int32)
        moved[place:] -= 1
        moved[place] = -1
        codes = moved[codes]
    categories = pd.CategoricalDtype(pd.Index(values, dtype=object))
    return pd.Categorical.from_codes(codes, dtype=categories, validate=False)


def _in_order(columns: dict[str, Any], size: int) -> NDArray[np.bool_]:
    """Birth before start, start before or at status, birth before status; what is missing or no date is passed over."""
    birth, start, status = (_first_days(columns, name, size) for name in (c.BIRTH, c.START_DAY, c.STATUS_DAY))
    known_start, known_status = start != NO_DATE, status != NO_DATE
    wrong = known_start & ((birth >= start) | (known_status & (start > status)))
    return ~(wrong | (known_status & (birth >= status)))


def _first_days(columns: dict[str, Any], name: str, size: int) -> NDArray[np.int64]:
    if name not in columns:
        return np.full(size, NO_DATE, dtype=np.int64)
    column = columns[name]
    days = all_possible_days(column.categories)
    first = days.first if name == c.BIRTH else np.where(days.whole, days.first, NO_DATE)
    return np.append(first, NO_DATE)[column.codes]


def _rule(error: SchemaError) -> tuple[str, str]:
    """The rule and the column of an error; the order of dates belongs to no one column."""
    check = error.check
    name = EMPTY if check == "not_nullable" else getattr(check, "name", None)
    if name is None:
        raise TypeError(f"the contract failed in a way that is no rule: {error.reason_code}")
    column = str(error.schema.name)
    return name, "" if column == c.ORDER_OF_DAYS else column


def _rows(error: SchemaError, frame: Frame) -> NDArray[np.int64]:
    if error.check == "not_nullable":
        return frame.index.to_numpy()[frame[error.schema.name].isna().to_numpy()]
    right = error.check_output
    return right.index.to_numpy()[~right.to_numpy(dtype=bool)]
