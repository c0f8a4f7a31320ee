"""Read files of cases and variables (SPSS, Stata, SAS) as a source: variables, their labels, and cases counted from 1.

ReadStat reads some cases at a time. Values that SPSS declares missing remain values; only the system-missing value
(shown as a point) is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyreadstat

from wi2007.delivery import typed
from wi2007.delivery.access import crashes, read_ahead, sha256_of
from wi2007.delivery.archive import read_limits
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.programs import PROGRAMS, Moment, Program
from wi2007.delivery.source import Block, Decision, Dictionaries, Missing, Reading

T = TypeVar("T")

BATCH_ROWS: Final = 100_000
_BYTES: Final = 256 << 20
_OBJECT: Final = 64
"""Memory of a value beside its characters, in bytes: each value is a Python object."""
_BEGINS: Final = "Zo begint het bestand."
_UNSURE: Final = " Het zegt niet hoeveel personen erin staan: dat er niets ontbreekt, is niet na te gaan."
_OF_THE_LIBRARY: Final = (
    pyreadstat.ReadstatError,
    pyreadstat.PyreadstatError,
    ValueError,
    OverflowError,
    TypeError,
    LookupError,
    AttributeError,
)
"""Errors of ReadStat, and of Python around it, for a damaged file."""
_NO_TITLE: Final = ("", ".")


@dataclass(frozen=True)
class CasesSource:
    """A file of cases, opened (`wi2007.delivery.source.Source`).

    `rows` is the number of cases that the file declares, None where it declares none; `widths` are the bytes of each
    field, `moments` the units of the fields with dates, `singles` the fields of single precision, and `exact` the
    numbers from which on a field has lost digits.
    """

    path: Path
    program: Program
    size: int
    sha256: str
    names: tuple[str, ...]
    rows: int | None
    widths: tuple[int, ...]
    labels: Mapping[int, Mapping[str, str]]
    moments: Mapping[int, Moment]
    singles: frozenset[int]
    exact: Mapping[int, float]
    missing: Mapping[int, Missing]
    titles: Mapping[int, str]
    decisions: tuple[Decision, ...]
    header_row: None = None
    names_are_names: bool = True

    @property
    def day_zero(self) -> date | None:
        """From which day a number without the format of a date counts, where it can only be one."""
        return self.program.day_zero

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Yield every case once, in the file's order; reading ahead begins at once. Raises `UnreadableError`."""
        return read_ahead(self._blocks(tuple(fields), frozenset(plain)))

    def _blocks(self, fields: tuple[int, ...], plain: frozenset[int]) -> Iterator[Block]:
        dictionaries = Dictionaries()
        done = 0
        width = sum(self.widths[place] + _OBJECT for place in fields)
        limit = size = max(1, min(BATCH_ROWS, _BYTES // max(1, width)))
        exact = {place: self.exact[place] for place in fields if place in self.exact}
        while fields and size == limit:
            with _as_damage():
                found, _ = self.program.read(
                    str(self.path),
                    usecols=[self.names[place] for place in fields],
                    row_offset=done,
                    row_limit=limit,
                    output_format="dict",
                    disable_datetime_conversion=True,
                    **self.program.options,
                )
            columns = {place: self._column(place, found[self.names[place]]) for place in fields}
            size = min(map(len, columns.values()), default=0)
            if size:
                rows = np.arange(done + 1, done + 1 + size, dtype=np.int64)
                yield typed.block_of(rows, columns, plain, dictionaries, exact)
            done += size
        if fields and self.rows is not None and done != self.rows:
            raise UnreadableError(Problem("bestand_beschadigd"))

    def _column(self, place: int, values: Any) -> Any:
        """Return the values of a variable as an Arrow column."""
        column = pa.array(values, from_pandas=True)
        moment = self.moments.get(place)
        if place in self.singles:
            return column.cast(pa.float32(), safe=False)
        if moment is None or not pa.types.is_floating(column.type):
            return column
        coded = column.dictionary_encode()
        texts = pa.array([moment(value) for value in coded.dictionary.to_pylist()], pa.string())
        return pa.DictionaryArray.from_arrays(coded.indices, texts)


def open_cases(path: Path, kind: str, reading: Reading) -> CasesSource:
    """Open a file of cases of this kind. Raises `UnreadableError` when it is damaged."""
    program = PROGRAMS[kind]
    program.check(path)
    if crashes(lambda: _described(path, program)):
        raise UnreadableError(Problem("bestand_beschadigd"))
    with _as_damage():
        about = _described(path, program)
    size, names = path.stat().st_size, tuple(about.column_names)
    rows = about.number_rows if about.number_rows is not None and about.number_rows >= 0 else None
    with _as_damage():
        rows, sure = program.counted(path, rows, about)
    is_bomb, _ = read_limits().of(size, (rows or 0) * len(names))
    if is_bomb:
        raise UnreadableError(Problem("bestand_te_groot"))
    moments = _of_fields(names, lambda name: program.moment(about.original_variable_types[name] or ""))
    return CasesSource(
        path=path,
        program=program,
        size=size,
        sha256=sha256_of(path),
        names=names,
        rows=rows,
        widths=tuple(int(about.variable_storage_width.get(name) or 8) for name in names),
        labels=_labels(about, moments),
        moments=moments,
        singles=frozenset(
            place for place, name in enumerate(names) if about.readstat_variable_types.get(name) == "float"
        ),
        exact=_of_fields(names, lambda name: program.exact(about.variable_storage_width.get(name))),
        missing=_of_fields(
            names, lambda name: _missing(about.missing_ranges[name]) if name in about.missing_ranges else None
        ),
        titles={
            place: label.strip()
            for place, label in enumerate(about.column_labels)
            if label and label.strip() not in _NO_TITLE
        },
        decisions=_decisions(program, reading, about, sure),
    )


def _decisions(program: Program, reading: Reading, about: Any, sure: bool) -> tuple[Decision, ...]:
    reason = _BEGINS if sure else _BEGINS + _UNSURE
    kind = Decision("soort", program.name, by_hand=reading.kind is not None, reason=reason)
    if not about.file_encoding:
        return (kind,)
    return (kind, Decision("codering", str(about.file_encoding), False, "Zo staat het in het bestand."))


def _described(path: Path, program: Program) -> Any:
    _, about = program.read(str(path), metadataonly=True, **program.options)
    return about


def _of_fields(names: Sequence[str], find: Callable[[str], T | None]) -> dict[int, T]:
    """Return what `find` gives for each name, by the place of the field."""
    found = ((place, find(name)) for place, name in enumerate(names))
    return {place: one for place, one in found if one is not None}


def _labels(about: Any, moments: Mapping[int, Moment]) -> dict[int, dict[str, str]]:
    """Return the label of each value as the value is written."""
    return {
        place: {
            moments.get(place, typed.text_of)(value): label
            for value, label in about.variable_value_labels[name].items()
        }
        for place, name in enumerate(about.column_names)
        if name in about.variable_value_labels
    }


def _missing(declared: Sequence[Mapping[str, Any]]) -> Missing:
    """Return what SPSS declares missing in a variable: up to three values, or a range and a value."""
    numbers = [one for one in declared if not isinstance(one["lo"], str)]
    texts = [one for one in declared if isinstance(one["lo"], str)]
    return Missing(
        values=frozenset(one["lo"].rstrip() for one in texts),
        ranges=tuple((float(one["lo"]), float(one["hi"])) for one in numbers),
    )


@contextmanager
def _as_damage() -> Iterator[None]:
    """Turn ReadStat's errors into ours, without their words."""
    try:
        yield
    except UnicodeDecodeError:
        raise UnreadableError(Problem("bestand_codering")) from None
    except OSError as error:
        if error.errno:
            raise
        raise UnreadableError(Problem("bestand_beschadigd")) from None
    except _OF_THE_LIBRARY as error:
        wrong_letters = "encoding" in str(error) or "byte sequence" in str(error)
        raise UnreadableError(
            Problem("bestand_codering" if wrong_letters else "bestand_beschadigd")
        ) from None
