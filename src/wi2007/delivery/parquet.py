"""Parquet as a source: names, types and row groups come from the file itself, rows are counted from 1.

What does not belong here: values as text (`typed`), which field is which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wi2007.delivery import typed
from wi2007.delivery.ahead import read_ahead
from wi2007.delivery.archive import read_limits
from wi2007.delivery.coded import Dictionaries
from wi2007.delivery.digest import sha256_of
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Decision, Reading, WithoutCodebook

BATCH_ROWS: Final = 250_000


@dataclass(frozen=True)
class ParquetSource(WithoutCodebook):
    """A Parquet file that could be opened (`wi2007.delivery.source.Source`)."""

    path: Path
    size: int
    sha256: str
    names: tuple[str, ...]
    rows: int
    decisions: tuple[Decision, ...]
    header_row: None = None
    names_are_names: bool = True

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Every row once, in the file's order; reading ahead begins at once.

        Raises `UnreadableError` for a field that holds lists or records, and where the file is damaged.
        """
        return read_ahead(self._blocks(tuple(fields), frozenset(plain)))

    def _blocks(self, fields: tuple[int, ...], plain: frozenset[int]) -> Iterator[Block]:
        dictionaries = Dictionaries()
        done = 0
        with _told(), pq.ParquetFile(self.path, page_checksum_verification=True) as file:
            self._check_types(file.schema_arrow, fields)
            for batch in file.iter_batches(BATCH_ROWS, columns=[self.names[place] for place in fields]):
                columns = _by_place(batch, self.names, fields)
                rows = np.arange(done + 1, done + 1 + len(batch), dtype=np.int64)
                done += len(batch)
                yield typed.block_of(rows, columns, plain, dictionaries)
        if fields and done != self.rows:
            raise UnreadableError(Problem("bestand_beschadigd"))

    def _check_types(self, schema: Any, fields: Sequence[int]) -> None:
        for place in fields:
            if pa.types.is_nested(schema.field(place).type):
                raise UnreadableError(Problem("veld_samengesteld", self.names[place]))


def open_parquet(path: Path, reading: Reading, scratch: Path) -> ParquetSource:
    """Open a Parquet file. Raises `UnreadableError`."""
    del scratch
    size = path.stat().st_size
    with _told(), pq.ParquetFile(path) as file:
        metadata, names = file.metadata, tuple(file.schema_arrow.names)
        groups = range(metadata.num_row_groups)
        unpacked = sum(metadata.row_group(at).total_byte_size for at in groups)
        is_bomb, _ = read_limits().of(size, max(unpacked, metadata.num_rows))
    if is_bomb:
        raise UnreadableError(Problem("bestand_te_groot"))
    return ParquetSource(
        path=path,
        size=size,
        sha256=sha256_of(path),
        names=names,
        rows=metadata.num_rows,
        decisions=(
            Decision("soort", "Parquet", by_hand=reading.kind is not None, reason="Zo begint het bestand."),
        ),
    )


def _by_place(batch: Any, names: Sequence[str], fields: Sequence[int]) -> dict[int, Any]:
    """The columns of a batch by the place of their field; of fields with one name the first comes first."""
    waiting: dict[str, list[Any]] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        waiting.setdefault(name, []).append(column)
    places = [place for place, name in enumerate(names) if name in waiting]
    found = {place: waiting[names[place]].pop(0) for place in places}
    return {place: found[place] for place in fields}


@contextmanager
def _told() -> Iterator[None]:
    """What Arrow says of a file quotes it: its errors become ours, without their words."""
    try:
        yield
    except UnicodeDecodeError:
        raise UnreadableError(Problem("bestand_codering")) from None
    except (pa.ArrowException, OSError, EOFError) as error:
        if getattr(error, "errno", None):
            raise
        locked = "ecrypt" in str(error)
        raise UnreadableError(Problem("bestand_versleuteld" if locked else "bestand_beschadigd")) from None
