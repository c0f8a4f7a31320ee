"""Read Parquet and Arrow (Feather, stream) as a source, with the file's own names, types and record batches.

Rows are counted from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wi2007.delivery import kinds, typed
from wi2007.delivery.access import crashes, read_ahead, sha256_of
from wi2007.delivery.archive import read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Decision, Dictionaries, Reading, WithoutCodebook

BATCH_ROWS: Final = 250_000
_FILE_MARK: Final = b"ARROW1"
_STREAM_END: Final = b"\xff\xff\xff\xff\0\0\0\0"
_BEGINS: Final = "Zo begint het bestand."


@dataclass(frozen=True)
class _Opened:
    """An open file: its schema, and its rows in batches with at least the fields of these names."""

    schema: Any
    batches: Callable[[Sequence[str]], Iterator[Any]]


@dataclass(frozen=True)
class ArrowSource(WithoutCodebook):
    """A Parquet or Arrow file, opened (`wi2007.delivery.source.Source`)."""

    path: Path
    opened: Callable[[Path], AbstractContextManager[_Opened]]
    size: int
    sha256: str
    names: tuple[str, ...]
    rows: int
    decisions: tuple[Decision, ...]
    header_row: None = None
    names_are_names: bool = True

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Yield every row once, in the file's order; reading ahead begins at once.

        Raises `UnreadableError` for a field that cannot be text, and where the file is damaged.
        """
        return read_ahead(self._blocks(tuple(fields), frozenset(plain)))

    def _blocks(self, fields: tuple[int, ...], plain: frozenset[int]) -> Iterator[Block]:
        dictionaries = Dictionaries()
        done = 0
        with _as_damage(), self.opened(self.path) as file:
            self._check_types(file.schema, fields)
            for whole in file.batches([self.names[place] for place in fields]):
                for at in range(0, len(whole), BATCH_ROWS):
                    batch = whole.slice(at, BATCH_ROWS)
                    columns = _by_place(batch, self.names, fields)
                    rows = np.arange(done + 1, done + 1 + len(batch), dtype=np.int64)
                    done += len(batch)
                    yield typed.block_of(rows, columns, plain, dictionaries)
        if fields and done != self.rows:
            raise UnreadableError(Problem("bestand_beschadigd"))

    def _check_types(self, schema: Any, fields: Sequence[int]) -> None:
        for place in fields:
            kind = typed.stored(schema.field(place).type)
            if pa.types.is_nested(kind):
                raise UnreadableError(Problem("veld_samengesteld", self.names[place]))
            if not typed.is_readable(kind):
                raise UnreadableError(
                    Problem("veld_soort", self.names[place], about=f"De waarden zijn van het type {kind}.")
                )


def open_parquet(path: Path, reading: Reading) -> ArrowSource:
    """Open a Parquet file. Raises `UnreadableError` when it is damaged."""
    with _as_damage(), pq.ParquetFile(path) as file:
        metadata, names = file.metadata, tuple(file.schema_arrow.names)
        groups = range(metadata.num_row_groups)
        unpacked = sum(metadata.row_group(at).total_byte_size for at in groups)
    _check_size(path, max(unpacked, metadata.num_rows))
    return ArrowSource(
        path=path,
        opened=_parquet,
        size=path.stat().st_size,
        sha256=sha256_of(path),
        names=names,
        rows=metadata.num_rows,
        decisions=_decisions(kinds.PARQUET, reading),
    )


def open_arrow(path: Path, reading: Reading) -> ArrowSource:
    """Open a file or a stream of Arrow. Raises `UnreadableError` when it is damaged."""
    if crashes(lambda: _counted(path)):
        raise UnreadableError(Problem("bestand_beschadigd"))
    with _as_damage():
        names, rows, unpacked = _counted(path)
    _check_size(path, max(unpacked, rows))
    return ArrowSource(
        path=path,
        opened=_arrow,
        size=path.stat().st_size,
        sha256=sha256_of(path),
        names=names,
        rows=rows,
        decisions=_decisions(kinds.ARROW, reading),
    )


def _counted(path: Path) -> tuple[tuple[str, ...], int, int]:
    """Return the names of the fields and the numbers of rows and bytes; everything is unpacked once, a batch at a
    time.
    """
    rows, unpacked, limits = 0, 0, read_limits()
    with _arrow(path) as file:
        names = tuple(file.schema.names)
        for batch in file.batches(()):
            batch.validate(full=True)
            rows, unpacked = rows + len(batch), unpacked + batch.nbytes
            if limits.of(path.stat().st_size, max(unpacked, rows))[0]:
                break
    return names, rows, unpacked


def _decisions(kind: str, reading: Reading) -> tuple[Decision, ...]:
    return (Decision("soort", kinds.NAMES[kind], by_hand=reading.kind is not None, reason=_BEGINS),)


def _check_size(path: Path, unpacked: int) -> None:
    if read_limits().of(path.stat().st_size, unpacked)[0]:
        raise UnreadableError(Problem("bestand_te_groot"))


@contextmanager
def _parquet(path: Path) -> Iterator[_Opened]:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        yield _Opened(file.schema_arrow, lambda names: file.iter_batches(BATCH_ROWS, columns=list(names)))


@contextmanager
def _arrow(path: Path) -> Iterator[_Opened]:
    """Yield the opened file or stream of Arrow. Both forms end with a mark; without it the end is missing."""
    with pa.memory_map(str(path)) as source:
        head = source.read(len(_FILE_MARK))
        source.seek(0)
        if head == _FILE_MARK:
            with pa.ipc.open_file(source) as file:
                found = (file.get_batch(at) for at in range(file.num_record_batches))
                yield _Opened(file.schema, lambda names: found)
            return
        with pa.ipc.open_stream(source) as stream:
            yield _Opened(stream.schema, lambda names: _to_the_end(stream, source))


def _to_the_end(stream: Any, source: Any) -> Iterator[Any]:
    """Yield the batches of a stream, which must end with its mark and nothing behind it."""
    yield from stream
    source.seek(source.size() - len(_STREAM_END))
    if source.read(len(_STREAM_END)) != _STREAM_END:
        raise UnreadableError(Problem("bestand_beschadigd"))


def _by_place(batch: Any, names: Sequence[str], fields: Sequence[int]) -> dict[int, Any]:
    """Return the columns of a batch by the place of their field; of fields with one name the first comes first."""
    waiting: dict[str, list[Any]] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        waiting.setdefault(name, []).append(column)
    places = [place for place, name in enumerate(names) if name in waiting]
    found = {place: waiting[names[place]].pop(0) for place in places}
    return {place: found[place] for place in fields}


@contextmanager
def _as_damage() -> Iterator[None]:
    """Turn Arrow's errors into ours, without their words: those quote the file."""
    try:
        yield
    except UnicodeDecodeError:
        raise UnreadableError(Problem("bestand_codering")) from None
    except pa.ArrowNotImplementedError:
        raise UnreadableError(Problem("veld_soort")) from None
    except (pa.ArrowException, OSError, EOFError) as error:
        if getattr(error, "errno", None):
            raise
        locked = "ecrypt" in str(error)
        raise UnreadableError(Problem("bestand_versleuteld" if locked else "bestand_beschadigd")) from None
