"""SPSS (.sav and .zsav) as a source: variables, their value labels, and cases counted from 1.

ReadStat reads a stretch of cases at a time. Values that the file calls missing are values all the same; only what SPSS
shows as a point is nothing. What does not belong here: values as text (`typed`), what a label means.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyreadstat

from wi2007.delivery import typed
from wi2007.delivery.ahead import read_ahead
from wi2007.delivery.archive import read_limits
from wi2007.delivery.coded import Dictionaries
from wi2007.delivery.digest import sha256_of
from wi2007.delivery.guarded import crashes
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Decision, Missing, Reading, Rows

BATCH_ROWS: Final = 100_000
_BYTES: Final = 256 << 20
_OBJECT: Final = 64
"""What a value takes beside its letters: each is an object of its own."""
_BEGINS: Final = "Zo begint het bestand."
_UNSURE: Final = " Het zegt niet hoeveel personen erin staan: dat er niets ontbreekt, is niet na te gaan."
_HEAD: Final = 16 << 20
EPOCH: Final = datetime(1582, 10, 14)
_MOMENTS: Final = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "DATETIME", "YMDHMS", "MOYR", "QYR", "WKYR")
"""Formats of SPSS whose values are seconds since its epoch; the width stands behind the name."""


@dataclass(frozen=True)
class SpssSource:
    """An SPSS file that could be opened (`wi2007.delivery.source.Source`).

    `rows` is how many cases it says to hold, None where it doesn't say; `widths` are the bytes of each field,
    `moments` the fields that hold dates.
    """

    path: Path
    size: int
    sha256: str
    names: tuple[str, ...]
    rows: int | None
    widths: tuple[int, ...]
    labels: Mapping[int, Mapping[str, str]]
    moments: frozenset[int]
    missing: Mapping[int, Missing]
    titles: Mapping[int, str]
    decisions: tuple[Decision, ...]
    header_row: None = None
    names_are_names: bool = True

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Every case once, in the file's order; reading ahead begins at once. Raises `UnreadableError`."""
        return read_ahead(self._blocks(tuple(fields), frozenset(plain)))

    def _blocks(self, fields: tuple[int, ...], plain: frozenset[int]) -> Iterator[Block]:
        dictionaries = Dictionaries()
        done = 0
        width = sum(self.widths[place] + _OBJECT for place in fields)
        limit = size = max(1, min(BATCH_ROWS, _BYTES // max(1, width)))
        while fields and size == limit:
            with _told():
                found, _ = pyreadstat.read_sav(
                    str(self.path),
                    usecols=[self.names[place] for place in fields],
                    row_offset=done,
                    row_limit=limit,
                    output_format="dict",
                    user_missing=True,
                    disable_datetime_conversion=True,
                )
            columns = {place: self._column(place, found[self.names[place]]) for place in fields}
            size = min(map(len, columns.values()), default=0)
            if size:
                yield typed.block_of(_numbers(done, size), columns, plain, dictionaries)
            done += size
        if fields and self.rows is not None and done != self.rows:
            raise UnreadableError(Problem("bestand_beschadigd"))

    def _column(self, place: int, values: Any) -> Any:
        """The values of a variable as an Arrow column."""
        column = pa.array(values, from_pandas=True)
        if place not in self.moments or not pa.types.is_floating(column.type):
            return column
        coded = column.dictionary_encode()
        texts = pa.array([_moment(value) for value in coded.dictionary.to_pylist()], pa.string())
        return pa.DictionaryArray.from_arrays(coded.indices, texts)


def open_spss(path: Path, reading: Reading, scratch: Path) -> SpssSource:
    """Open an SPSS file. Raises `UnreadableError`."""
    del scratch
    if crashes(lambda: _described(path)):
        raise UnreadableError(Problem("bestand_beschadigd"))
    with _told():
        about = _described(path)
    size, names = path.stat().st_size, tuple(about.column_names)
    rows = about.number_rows if about.number_rows is not None and about.number_rows >= 0 else None
    if rows is not None and rows < _counted(path):
        raise UnreadableError(Problem("bestand_beschadigd"))
    is_bomb, _ = read_limits().of(size, (rows or 0) * len(names))
    if is_bomb:
        raise UnreadableError(Problem("bestand_te_groot"))
    moments = _moments(names, about.original_variable_types)
    return SpssSource(
        path=path,
        size=size,
        sha256=sha256_of(path),
        names=names,
        rows=rows,
        widths=tuple(int(about.variable_storage_width.get(name) or 8) for name in names),
        labels={
            place: {
                _moment(value) if place in moments else typed.text_of(value): label
                for value, label in about.variable_value_labels[name].items()
            }
            for place, name in enumerate(names)
            if name in about.variable_value_labels
        },
        moments=moments,
        missing={
            place: _missing(about.missing_ranges[name])
            for place, name in enumerate(names)
            if name in about.missing_ranges
        },
        titles={
            place: label.strip() for place, label in enumerate(about.column_labels) if label and label.strip()
        },
        decisions=(
            Decision(
                "soort",
                "SPSS",
                by_hand=reading.kind is not None,
                reason=_BEGINS + (_UNSURE if rows is None else ""),
            ),
            Decision("codering", str(about.file_encoding), False, "Zo staat het in het bestand."),
        ),
    )


def _described(path: Path) -> Any:
    _, about = pyreadstat.read_sav(str(path), metadataonly=True, user_missing=True)
    return about


def _counted(path: Path) -> int:
    """The number of cases as the file says it a second time (a record of SPSS 14 and later), 0 when it does not.

    ReadStat goes by the first one and would pass over what comes after it.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for order in "<>":
        _, found, behind = head.partition(struct.pack(f"{order}4iq", 7, 16, 8, 2, 1))
        if found and len(behind) >= 8:
            return int(struct.unpack_from(f"{order}q", behind)[0])
    return 0


def _kind(reading: Reading, *, counted: bool) -> Decision:
    reason = _BEGINS if counted else _BEGINS + _UNSURE
    return Decision("soort", "SPSS", by_hand=reading.kind is not None, reason=reason)


def _missing(declared: Sequence[Mapping[str, Any]]) -> Missing:
    """What SPSS declares missing in a variable: up to three values, or a range and a value."""
    numbers = [one for one in declared if not isinstance(one["lo"], str)]
    texts = [one for one in declared if isinstance(one["lo"], str)]
    return Missing(
        values=frozenset(one["lo"].rstrip() for one in texts),
        ranges=tuple((float(one["lo"]), float(one["hi"])) for one in numbers),
    )


def _moments(names: Sequence[str], formats: Mapping[str, str | None]) -> frozenset[int]:
    """The fields whose format is that of a date or a moment."""
    kinds = [(formats[name] or "").rstrip("0123456789.") for name in names]
    return frozenset(place for place, kind in enumerate(kinds) if kind in _MOMENTS)


def _numbers(done: int, size: int) -> Rows:
    return np.arange(done + 1, done + 1 + size, dtype=np.int64)


def _moment(seconds: float | None) -> str:
    """Seconds of SPSS as a date, or as a moment when it is not midnight; as a number where it can be neither."""
    if seconds is None:
        return ""
    try:
        return typed.text_of(EPOCH + timedelta(seconds=seconds))
    except (OverflowError, ValueError):
        return typed.text_of(seconds)


@contextmanager
def _told() -> Iterator[None]:
    """ReadStat's errors become ours, without their words."""
    try:
        yield
    except UnicodeDecodeError:
        raise UnreadableError(Problem("bestand_codering")) from None
    except OSError as error:
        if error.errno:
            raise
        raise UnreadableError(Problem("bestand_beschadigd")) from None
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as error:
        wrong_letters = "encoding" in str(error) or "byte sequence" in str(error)
        raise UnreadableError(
            Problem("bestand_codering" if wrong_letters else "bestand_beschadigd")
        ) from None
