"""The rows of a delivery as a stream of batches, each row with its number in the file; memory stays the same.

pyarrow reads blocks of some megabytes. Every column but the persoonsnummer comes as codes with a dictionary of the
values that occur, so that what follows looks at each distinct value once. A thread reads ahead; the first batches are
smaller, so that there is soon something to do.
What does not belong here: judging values.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from schemas.columns import PERSON
from wi2007.delivery.coded import EMPTY, Coded, Dictionaries, lengths
from wi2007.delivery.header import Header, read_header
from wi2007.delivery.locate import empty_lines, record_longer_than
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.survey import Survey, survey

BLOCK_BYTES: Final = 4 << 20
BATCH_ROWS: Final = 250_000

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Rows that follow each other. `numbers` are the persoonsnummers (an Arrow string array, empty where missing), None
    when that column is not read; `columns` are all others.

    `wrong_length` are the numbers of rows with too few or too many fields, `empty` those of lines without anything:
    neither is among `rows`.
    """

    rows: Rows
    numbers: Any
    columns: dict[str, Coded]
    wrong_length: Rows
    empty: Rows


@dataclass(frozen=True)
class Delivery:
    """A file that could be opened, with what is known of it before its rows are read."""

    path: Path
    survey: Survey
    header: Header

    @cached_property
    def empty_lines(self) -> Rows:
        """The numbers of lines without any character; a pass over the whole file."""
        return empty_lines(self.path, self.survey.encoding)

    def batches(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        """Every row once, in the file's order, with `columns` of it; reading ahead begins at once.

        Raises `UnreadableError` where pyarrow cannot go on.
        """
        if not self.header.followed:
            return iter(())
        return _read_ahead(_Stream(self, columns).batches())

    def open(self, columns: tuple[str, ...], wrong_length: list[int]) -> Any:
        """Pyarrow's reader over `columns`; the numbers of rows with another count of fields go to `wrong_length`."""

        def skip(row: Any) -> str:
            wrong_length.append(row.number)
            return "skip"

        text = {name: pa.dictionary(pa.int32(), pa.string()) for name in columns if name != PERSON}
        return pa_csv.open_csv(
            str(self.path),
            read_options=pa_csv.ReadOptions(
                use_threads=False,
                block_size=BLOCK_BYTES,
                column_names=self.header.names,
                skip_rows_after_names=self.header.row,
                encoding=self.survey.encoding,
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=";", newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types={**text, PERSON: pa.string()},
                include_columns=columns,
                null_values=[],
                strings_can_be_null=False,
                check_utf8=False,  # the survey has looked at every byte
            ),
        )


def open_delivery(path: Path) -> Delivery:
    """Survey `path` and read its header. Raises `UnreadableError`."""
    seen = survey(path)
    return Delivery(path, seen, read_header(path, seen.encoding))


class _Stream:
    """Numbers the rows: pyarrow leaves out rows with another count of fields, and tells which."""

    def __init__(self, delivery: Delivery, columns: tuple[str, ...]) -> None:
        self._delivery = delivery
        self._columns = columns
        self._wrong_length: list[int] = []
        self._next = delivery.header.row + 1
        self._dictionaries = Dictionaries()

    def batches(self) -> Iterator[Batch]:
        try:
            reader = self._delivery.open(self._columns, self._wrong_length)
            waiting: list[Any] = []
            enough = 1
            for block in reader:
                waiting.append(block)
                rows = sum(len(part) for part in waiting)
                if rows >= enough:
                    yield self._batch(waiting)
                    waiting, enough = [], min(BATCH_ROWS, 2 * rows)
            yield self._batch(waiting, last=True)
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            row = record_longer_than(self._delivery.path, BLOCK_BYTES)
            raise UnreadableError(Problem("bestand_onleesbaar", row=row)) from error

    def _batch(self, parts: list[Any], *, last: bool = False) -> Batch:
        rows = self._row_numbers(sum(len(part) for part in parts))
        wrong = np.array(self._wrong_length, dtype=np.int64)
        here = len(wrong) if last else int(np.searchsorted(wrong, self._next))
        del self._wrong_length[:here]
        arrays = _joined(parts) if len(rows) else {}
        numbers = arrays.pop(PERSON, None)
        columns = {name: self._dictionaries.coded(name, array) for name, array in arrays.items()}
        return self._without_empty_lines(Batch(rows, numbers, columns, wrong[:here], rows[:0]))

    def _row_numbers(self, size: int) -> Rows:
        """The next `size` row numbers, leaving out those of rows that pyarrow left out."""
        left_out = np.array(self._wrong_length, dtype=np.int64)
        numbers = np.arange(self._next, self._next + size + len(left_out), dtype=np.int64)
        if len(left_out):
            numbers = np.setdiff1d(numbers, left_out, assume_unique=True)
        numbers = numbers[:size]
        if size:
            self._next = int(numbers[-1]) + 1
        return numbers

    def _without_empty_lines(self, batch: Batch) -> Batch:
        """A line without anything arrives as a row of empty fields, and so does a row of separators, which is kept."""
        blank = batch.rows[_all_empty(batch)]
        if not len(blank):
            return batch
        empty = np.intersect1d(blank, self._delivery.empty_lines, assume_unique=True)
        keep = ~np.isin(batch.rows, empty)
        columns = {name: replace(column, codes=column.codes[keep]) for name, column in batch.columns.items()}
        numbers = None if batch.numbers is None else batch.numbers.filter(pa.array(keep))
        return Batch(batch.rows[keep], numbers, columns, batch.wrong_length, empty)


def _all_empty(batch: Batch) -> NDArray[np.bool_]:
    """Whether every field of a row is empty; the persoonsnummer, rarely empty, is asked first."""
    empty = np.ones(len(batch.rows), dtype=bool)
    if batch.numbers is not None:
        empty = lengths(batch.numbers) == 0
    for column in batch.columns.values():
        if not empty.any():
            break
        empty = empty & (column.codes == EMPTY)
    return empty


def _joined(parts: list[Any]) -> dict[str, Any]:
    """One array for each column, with one dictionary for all parts."""
    table = pa.Table.from_batches(parts).unify_dictionaries().combine_chunks()
    return {name: table.column(name).chunk(0) for name in table.column_names}


def _read_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Let a thread make the next batch while this one is being looked at."""
    ready: queue.Queue[Batch | BaseException | None] = queue.Queue(maxsize=1)
    stopped = threading.Event()

    def offer(item: Batch | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                return ready.put(item, timeout=0.1)
            except queue.Full:
                continue

    def work() -> None:
        try:
            for batch in batches:
                offer(batch)
                if stopped.is_set():
                    return
            offer(None)
        except BaseException as error:
            offer(error)

    thread = threading.Thread(target=work, name="lezer", daemon=True)
    thread.start()
    return _take(ready, stopped, thread)


def _take(
    ready: queue.Queue[Batch | BaseException | None], stopped: threading.Event, thread: threading.Thread
) -> Iterator[Batch]:
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()
