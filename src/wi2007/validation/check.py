"""Check a batch of rows against the contract: from Arrow columns to a table for Pandera, and from its errors to
failures.
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
from wi2007.dates import NO_DATE, all_possible_days, years_before
from wi2007.delivery.source import Kept, lengths
from wi2007.mapping.batches import Batch
from wi2007.validation.outcome import Failures
from wi2007.validation.rules import Limits

Frame = pd.DataFrame


def schema_for(peildatum: date, limits: Limits, present: tuple[str, ...]) -> pa.DataFrameSchema:
    """Return the contract of the columns that are there."""
    bounds = Bounds(
        birth=limits.birth,
        other=limits.other,
        other_warning=limits.act,
        oldest=years_before(peildatum, limits.oldest_age),
    )
    return delivery_schema(peildatum, bounds, present)


class Frames:
    """Makes tables of batches; results for a list of values are kept as long as the list is the same."""

    def __init__(self) -> None:
        self._types = Kept()
        self._days = Kept()

    def frame(self, batch: Batch) -> Frame:
        """Return the rows as a table: categorical columns and the persoonsnummer as text, the row number as index.

        An empty field is null. A computed column says whether the dates are in order.
        """
        columns: dict[str, Any] = {}
        if batch.numbers is not None:
            columns[c.PERSON] = _text(batch.numbers)
        for name, column in batch.columns.items():
            dtype = self._types.get(name, column.values, _categories)
            columns[name] = pd.Categorical.from_codes(column.codes, dtype=dtype, validate=False)
        columns[c.ORDER_OF_DAYS] = self._in_order(batch)
        return pd.DataFrame(columns, index=pd.Index(batch.rows), copy=False)

    def _in_order(self, batch: Batch) -> NDArray[np.bool_]:
        """Return whether birth is before start, start not after status, birth before status; missing dates are passed
        over.
        """
        birth, start, status = (
            self._first_days(batch, name) for name in (c.BIRTH, c.START_DAY, c.STATUS_DAY)
        )
        later = np.where(start == NO_DATE, status, start)
        too_early = (birth >= later) & (later != NO_DATE)
        reversed_ = (start > status) & (status != NO_DATE)
        right: NDArray[np.bool_] = ~(too_early | reversed_)
        return right

    def _first_days(self, batch: Batch, name: str) -> NDArray[np.int32]:
        column = batch.columns.get(name)
        if column is None:
            return np.full(len(batch.rows), NO_DATE, dtype=np.int32)
        return self._days.get(name, column.values, _first_days)[column.codes]


def _categories(values: list[str]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(values, dtype=object))


def _first_days(values: list[str]) -> NDArray[np.int32]:
    """Return the first day that each value allows, `NO_DATE` where it is none, and last that of an empty field."""
    return np.append(all_possible_days(values).first, NO_DATE).astype(np.int32)


def check(batch: Batch, frame: Frame, schema: pa.DataFrameSchema, failures: Failures) -> None:
    """Add every failure in `frame`, the table of `batch`, to `failures`; values that are a question are passed over."""
    try:
        schema.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            rule, column = _rule(error)
            rows = _rows(error, frame)
            for problem in batch.problems:
                if problem.is_open and problem.column == column:
                    rows = np.setdiff1d(rows, problem.rows, assume_unique=True)
            failures.add(rule, column, rows)


def _text(numbers: Any) -> Any:
    filled = lengths(numbers) > 0
    texts = numbers if filled.all() else pc.if_else(pyarrow.array(filled), numbers, None)
    return texts.to_pandas().array


def _rule(error: SchemaError) -> tuple[str, str]:
    """Return the rule and the column of an error; the order of dates belongs to no one column."""
    check = error.check
    name = EMPTY if check == "not_nullable" else getattr(check, "name", None)
    if name is None:
        raise TypeError(f"the contract failed in a way that is no rule: {error.reason_code}")
    column = str(error.schema.name)
    return name, "" if column == c.ORDER_OF_DAYS else column


def _rows(error: SchemaError, frame: Frame) -> NDArray[np.int64]:
    wrong = (
        frame[error.schema.name].isna() if error.check == "not_nullable" else ~error.check_output.astype(bool)
    )
    rows: NDArray[np.int64] = frame.index.to_numpy()[wrong.to_numpy()]
    return rows
