"""The rows of a text delivery as a stream of blocks, each row with its number in the file; memory stays the same.

pyarrow reads stretches of some megabytes. Every field but the plain ones comes as codes with a dictionary of the values
that occur, so that what follows looks at each distinct value once. The first blocks are smaller, so that there is soon
something to do. What does not belong here: which field is which, judging values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from wi2007.delivery.ahead import read_ahead
from wi2007.delivery.coded import EMPTY, Dictionaries, lengths
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Decision, Rows, WithoutCodebook
from wi2007.delivery.text.head import Head
from wi2007.delivery.text.locate import empty_lines, record_longer_than
from wi2007.dutch import count

BLOCK_BYTES: Final = 4 << 20
BATCH_ROWS: Final = 250_000


@dataclass(frozen=True)
class TextSource(WithoutCodebook):
    """A text delivery that could be opened (`wi2007.delivery.source.Source`).

    `path` is where its text stands in UTF-8: the file itself, or what was put down of it. `size` and `sha256` are those
    of the file as it was delivered. `rows` is the number of the last row, as it was counted without reading one.
    """

    path: Path
    size: int
    sha256: str
    head: Head
    delimiter: str
    mark: str
    rows: int
    decisions: tuple[Decision, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields as they stand in the file."""
        return self.head.names

    @property
    def header_row(self) -> int | None:
        """The row number of the names."""
        return self.head.row

    @property
    def names_are_names(self) -> bool:
        """Whether the header is surely no row of a person."""
        return self.head.regular

    @cached_property
    def empty_lines(self) -> Rows:
        """The numbers of lines without any character; a pass over the whole file."""
        return empty_lines(self.path, mark=self.mark)

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Every row once, in the file's order; reading ahead begins at once.

        Raises `UnreadableError` where pyarrow cannot go on.
        """
        if not self.head.followed:
            return iter(())
        return read_ahead(_Stream(self, tuple(fields), frozenset(plain)).blocks())

    def open(self, fields: Sequence[int], plain: Collection[int], wrong_length: list[int]) -> Any:
        """Pyarrow's reader over `fields`; the numbers of rows with another count of fields go to `wrong_length`."""

        def skip(row: Any) -> str:
            wrong_length.append(row.number)
            return "skip"

        coded = pa.dictionary(pa.int32(), pa.string())
        return pa_csv.open_csv(
            str(self.path),
            read_options=pa_csv.ReadOptions(
                use_threads=False,
                block_size=BLOCK_BYTES,
                column_names=[str(place) for place in range(len(self.names))],
                skip_rows_after_names=self.head.row,
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=self.delimiter,
                quote_char=self.mark or False,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types={str(place): pa.string() if place in plain else coded for place in fields},
                include_columns=[str(place) for place in fields],
                null_values=[],
                strings_can_be_null=False,
                check_utf8=False,  # the survey has looked at every byte
            ),
        )


class _Stream:
    """Numbers the rows: pyarrow leaves out rows with another count of fields, and tells which."""

    def __init__(self, source: TextSource, fields: tuple[int, ...], plain: frozenset[int]) -> None:
        self._source = source
        self._fields = fields
        self._plain = plain
        self._wrong_length: list[int] = []
        self._next = source.head.row + 1
        self._dictionaries = Dictionaries()

    def blocks(self) -> Iterator[Block]:
        try:
            reader = self._source.open(self._fields, self._plain, self._wrong_length)
            waiting: list[Any] = []
            enough = 1
            for part in reader:
                waiting.append(part)
                rows = sum(len(part) for part in waiting)
                if rows >= enough:
                    yield self._block(waiting)
                    waiting, enough = [], min(BATCH_ROWS, 2 * rows)
            yield self._block(waiting, last=True)
            self._compare()
        except pa.ArrowInvalid as error:
            row = record_longer_than(self._source.path, BLOCK_BYTES, mark=self._source.mark)
            raise UnreadableError(Problem("bestand_onleesbaar", row=row)) from error

    def _compare(self) -> None:
        """Hold the rows that were read against those that were counted. Raises `UnreadableError`."""
        read, counted = self._next - 1, self._source.rows
        if read != counted:
            about = f"Geteld zijn er {count(counted)}, gelezen {count(read)}, de rij met namen meegerekend."
            raise UnreadableError(Problem("rijen_telling", about=about))

    def _block(self, parts: list[Any], *, last: bool = False) -> Block:
        rows = self._row_numbers(sum(len(part) for part in parts))
        wrong = np.array(self._wrong_length, dtype=np.int64)
        here = len(wrong) if last else int(np.searchsorted(wrong, self._next))
        del self._wrong_length[:here]
        if here:
            self._next = max(self._next, int(wrong[here - 1]) + 1)
        arrays = _joined(parts) if len(rows) else {}
        plain = {place: array for place, array in arrays.items() if place in self._plain}
        coded = {
            place: self._dictionaries.coded(str(place), array)
            for place, array in arrays.items()
            if place not in self._plain
        }
        return self._without_empty_lines(Block(rows, plain, coded, wrong[:here], rows[:0]))

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

    def _without_empty_lines(self, block: Block) -> Block:
        """A line without anything arrives as a row of empty fields, and so does a row of separators, which is kept."""
        blank = block.rows[_all_empty(block)]
        if not len(blank):
            return block
        empty = np.intersect1d(blank, self._source.empty_lines, assume_unique=True)
        keep = ~np.isin(block.rows, empty)
        coded = {place: replace(column, codes=column.codes[keep]) for place, column in block.coded.items()}
        plain = {place: column.filter(pa.array(keep)) for place, column in block.plain.items()}
        return Block(block.rows[keep], plain, coded, block.wrong_length, empty)


def _all_empty(block: Block) -> NDArray[np.bool_]:
    """Whether every field of a row is empty; plain fields, rarely empty, are asked first."""
    empty = np.ones(len(block.rows), dtype=bool)
    for texts in block.plain.values():
        empty = empty & (lengths(texts) == 0)
    for column in block.coded.values():
        if not empty.any():
            break
        empty = empty & (column.codes == EMPTY)
    return empty


def _joined(parts: list[Any]) -> dict[int, Any]:
    """One array for each column, with one dictionary for all parts."""
    table = pa.Table.from_batches(parts).unify_dictionaries().combine_chunks()
    return {int(name): table.column(name).chunk(0) for name in table.column_names}
