"""Read the rows of a text delivery as a stream of blocks, with their numbers in the file and bounded memory.

pyarrow reads some megabytes at a time. Every field but the plain ones comes as codes with a dictionary of the values
that occur, so that later steps look at each distinct value once. The first blocks are smaller, so that work starts
soon.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from wi2007.delivery.access import read_ahead
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Decision, Dictionaries, Kept, Rows, WithoutCodebook
from wi2007.delivery.text.frame import BELOW_NAMES, FOOTER, NO_FOOTER, OTHER_COUNT, Footer, without_blank_rows
from wi2007.delivery.text.layout import Head
from wi2007.delivery.text.lines import blank_rows, record_longer_than
from wi2007.dutch import count

BLOCK_BYTES: Final = 4 << 20
BATCH_ROWS: Final = 250_000
_MOST_NAMED: Final = 5
_MANY: Final = 10_000


@dataclass(frozen=True)
class TextSource(WithoutCodebook):
    """A text delivery, opened (`wi2007.delivery.source.Source`).

    `path` is where its text stands in UTF-8: the file itself, or a temporary copy; from byte `end` on there is no
    text. `size` and `sha256` are those of the file as it was delivered. `rows` is the number of the last row, counted
    without reading one.

    Rows have `width` fields (0: as many as there are names), the field under the first name being number `first`.
    `below_names` counts the rows below the names that are no person's, `footer` names those at the end.
    """

    path: Path
    size: int
    sha256: str
    head: Head
    delimiter: str
    mark: str
    rows: int
    decisions: tuple[Decision, ...]
    width: int = 0
    first: int = 0
    below_names: int = 0
    footer: Footer = NO_FOOTER
    end: int | None = None

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
    def blank_rows(self) -> Rows:
        """The numbers of rows without anything in them; a pass over the whole file."""
        return blank_rows(self.path, self.delimiter, mark=self.mark)

    def is_blank(self, text: str) -> bool:
        """Return whether the text of a row holds nothing but separators, spaces and quotation marks."""
        return not text.translate({ord(character): " " for character in self.delimiter + self.mark}).strip()

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Yield every row once, in the file's order; reading ahead begins at once.

        Raises `UnreadableError` where pyarrow cannot go on.
        """
        if not self.head.followed:
            return iter(())
        return read_ahead(_Stream(self, tuple(fields), frozenset(plain)).blocks())

    def open(self, fields: Sequence[int], plain: Collection[int], left_out: Callable[[Any], None]) -> Any:
        """Open pyarrow's reader over `fields`; rows with another number of fields go to `left_out`."""

        def skip(row: Any) -> str:
            left_out(row)
            return "skip"

        coded = pa.dictionary(pa.int32(), pa.string())
        width = self.width or len(self.names)
        return pa_csv.open_csv(
            self._bytes(),
            read_options=pa_csv.ReadOptions(
                use_threads=False,
                block_size=BLOCK_BYTES,
                column_names=[str(place - self.first) for place in range(width)],
                skip_rows_after_names=self.head.row + self.below_names,
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

    def _bytes(self) -> Any:
        """Return the text up to its end."""
        if self.end is None:
            return str(self.path)
        return pa.BufferReader(pa.memory_map(str(self.path)).read_buffer(self.end))


class _Stream:
    """Numbers the rows: pyarrow leaves out rows with another number of fields, and says which."""

    def __init__(self, source: TextSource, fields: tuple[int, ...], plain: frozenset[int]) -> None:
        self._source = source
        self._fields = fields
        self._plain = plain
        self._left_out: list[int] = []
        self._widths: list[int] = []
        self._next = source.head.row + source.below_names + 1
        self._dictionaries = Dictionaries()
        self._kept = Kept()
        self._filled = 0

    def blocks(self) -> Iterator[Block]:
        try:
            if self._source.below_names:
                yield self._below_names()
            reader = self._source.open(self._fields, self._plain, self._leave_out)
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

    def _leave_out(self, row: Any) -> None:
        is_blank = row.actual_columns < _MANY and self._source.is_blank(row.text or "x")
        self._left_out.append(row.number)
        self._widths.append(0 if is_blank else row.actual_columns)

    def _compare(self) -> None:
        """Compare the number of rows read with the number counted. Raises `UnreadableError`."""
        read, counted = self._next - 1, self._source.rows
        if read != counted:
            about = f"Geteld zijn er {count(counted)}, gelezen {count(read)}, de rij met namen meegerekend."
            raise UnreadableError(Problem("rijen_telling", about=about))

    def _below_names(self) -> Block:
        first = self._source.head.row + 1
        rows = np.arange(first, first + self._source.below_names, dtype=np.int64)
        return Block(rows[:0], {}, {}, rows[:0], rows[:0], passed_over={BELOW_NAMES: rows})

    def _block(self, parts: list[Any], *, last: bool = False) -> Block:
        rows = self._row_numbers(sum(len(part) for part in parts))
        here = len(self._left_out) if last else bisect_left(self._left_out, self._next)
        left_out, widths = _numbers(self._left_out[:here]), _numbers(self._widths[:here])
        del self._left_out[:here], self._widths[:here]
        if here:
            self._next = max(self._next, int(left_out[-1]) + 1)
        arrays = _joined(parts) if len(rows) else {}
        plain = {place: array for place, array in arrays.items() if place in self._plain}
        coded = {
            place: self._dictionaries.coded(str(place), array)
            for place, array in arrays.items()
            if place not in self._plain
        }
        block = Block(rows, plain, coded, rows[:0], rows[:0])
        block = without_blank_rows(block, lambda: self._source.blank_rows, self._kept)
        return self._with_left_out(block, left_out, widths)

    def _row_numbers(self, size: int) -> Rows:
        """Return the next `size` row numbers, without those of rows that pyarrow left out."""
        left_out = _numbers(self._left_out)
        numbers = np.arange(self._next, self._next + size + len(left_out), dtype=np.int64)
        if len(left_out):
            numbers = np.setdiff1d(numbers, left_out, assume_unique=True)
        numbers = numbers[:size]
        if size:
            self._next = int(numbers[-1]) + 1
        return numbers

    def _with_left_out(self, block: Block, left_out: Rows, widths: Rows) -> Block:
        """Return the block with the rows of another length: blank rows, those of a footer, and all others."""
        self._filled += len(block.rows)
        if not len(left_out):
            return block
        footer = self._source.footer
        is_below = np.isin(left_out, list(footer.rows)) & (widths > 0)
        is_wrong = ~is_below & (widths > 0)
        self._filled += int(np.count_nonzero(is_wrong))
        rule = FOOTER if footer.counted in (None, self._filled) else OTHER_COUNT
        return replace(
            block,
            empty=np.union1d(block.empty, left_out[widths == 0]),
            wrong_length=left_out[is_wrong],
            widths=self._message(np.unique(widths[is_wrong]).tolist()),
            passed_over={rule: left_out[is_below]} if is_below.any() else {},
        )

    def _message(self, widths: list[int]) -> str:
        """Return in words how many fields rows of another length have."""
        if not widths:
            return ""
        some = [count(width) for width in widths[:_MOST_NAMED]]
        listed = some[0] if len(some) == 1 else f"{', '.join(some[:-1])} of {some[-1]}"
        fields = self._source.width or len(self._source.names)
        return f"Een rij hoort {count(fields)} velden te hebben; hier zijn het er {listed}."


def _numbers(rows: list[int]) -> Rows:
    return np.array(rows, dtype=np.int64)


def _joined(parts: list[Any]) -> dict[int, Any]:
    """Return one array for each column, with one dictionary for all parts."""
    table = pa.Table.from_batches(parts).unify_dictionaries().combine_chunks()
    return {int(name): table.column(name).chunk(0) for name in table.column_names}
