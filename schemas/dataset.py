"""A published table, declared once: its file, its key, and its columns with type, unit, meaning, source and domain.

The columns are the fields of a frozen dataclass, each `Annotated` with what `text`, `shaped`, `day`, `count`,
`percent` or `figure` says of it. From a declaration come reading and writing CSV, the contract (Pandera), the resource
in the data package (`wi2007.publication.datapackage`), the download and the data dictionary. `schemas.published` lists
all of them.
pandas and Pandera are imported where a table is checked, and nowhere else. What does not belong here: any one table.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, get_args, get_type_hints

from wi2007.project import DRAFT, EXACT, PUBLIC, marked

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pandera

DERIVED: Final = "afgeleid"
NOTICE: Final = "let_op"
NOTICES: Final[Mapping[str, Mapping[str, str]]] = {
    PUBLIC: {},
    EXACT: {NOTICE: "niet voor publicatie"},
    DRAFT: {NOTICE: "proef, niet voor publicatie"},
}
"""The column behind the others, and its text, in a file that leaves `data/` and may not be published: by mark."""

Row = TypeVar("Row")
Kind = Literal["string", "integer", "number", "date"]
Values = tuple[str, ...] | Callable[[], Iterable[str]]
Checks = Mapping[str, "Callable[[pd.DataFrame], pd.Series[bool] | bool]"]
"""What holds between columns, by its Dutch name: a column of booleans, or one for the whole table."""

_TYPES: Final[Mapping[Kind, tuple[type, ...]]] = {
    "string": (str,),
    "date": (str,),
    "integer": (int,),
    "number": (float, Decimal),
}


@dataclass(frozen=True)
class Column:
    """One column: what it means and where its values are from, in Dutch, and what it may hold.

    `kind` is the type in a data package, `type` that of the field in a row, `written` how values are written. `values`
    are the words that may stand there, the empty one aside; a function where they are read from a file, which is asked
    when a table is checked or described.
    """

    kind: Kind
    meaning: str
    source: str
    written: str
    unit: str = ""
    optional: bool = False
    values: Values | None = None
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    name: str = ""
    type: type = str

    @property
    def allowed(self) -> list[str]:
        """The closed list of texts that may stand there, with the empty one where that may be; empty if it is open."""
        if self.values is None:
            return []
        values = self.values() if callable(self.values) else self.values
        return [*([""] if self.optional else []), *values]

    @property
    def told(self) -> dict[str, Any]:
        """What the data dictionary tells of it beside its meaning and what it may hold."""
        return {
            "bron": self.source,
            "schrijfwijze": self.written,
            "eenheid": self.unit,
            "leeg": self.optional,
        }


def text(
    meaning: str,
    source: str,
    *,
    written: str = "tekst",
    optional: bool = False,
    values: Values | None = None,
) -> Column:
    """Declare a column of words; `optional` where it may be empty."""
    return Column("string", meaning, source, written, "", optional, values)


def shaped(
    meaning: str, source: str, pattern: str, *, written: str = "tekst", optional: bool = False
) -> Column:
    """Declare a column of words that each match `pattern`."""
    return Column("string", meaning, source, written, "", optional, pattern=pattern)


def day(meaning: str, source: str, *, optional: bool = False) -> Column:
    """Declare a column of dates, yyyy-mm-dd in a row as in the file; `optional` where it may be empty."""
    pattern = r"^(\d{4}-\d\d-\d\d)?$" if optional else r"^\d{4}-\d\d-\d\d$"
    return Column("date", meaning, source, "datum, jjjj-mm-dd", "", optional, pattern=pattern)


def whole(meaning: str, source: str, unit: str, *, least: int | None = 0, most: int | None = None) -> Column:
    """Declare a column of whole numbers from `least` to `most`; None where there is no end."""
    return Column("integer", meaning, source, "geheel getal", unit, least=least, most=most)


def count(meaning: str, source: str, *, least: int | None = 0) -> Column:
    """Declare a column of numbers of persons, `least` or more; None where they can be below nil."""
    return whole(meaning, source, "personen", least=least)


def figure(meaning: str, source: str, *, most: int | None = None) -> Column:
    """Declare a column of numbers from 0, in a unit that another column tells."""
    return Column("number", meaning, source, "getal met punt", least=0, most=most)


def percent(meaning: str, source: str) -> Column:
    """Declare a column of percentages, 0-100, not rounded."""
    return replace(figure(meaning, source, most=100), unit="procent")


@dataclass(frozen=True, eq=False)
class Dataset(Generic[Row]):
    """One published table.

    `title` and `about` head it in the dictionary; `title` names it in the data package too, where `description` stands
    beside it (without one, what the report says of the tables shown from it). `foreign` gives by column the dataset and
    the column that its values stand in. Raises `TypeError` at import where a field is not what its column says.
    """

    row: type[Row]
    file: str
    title: str
    about: str
    key: tuple[str, ...]
    description: str = ""
    checks: Checks = field(default_factory=dict)
    foreign: Mapping[str, tuple[Dataset[Any], str]] = field(default_factory=dict)
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(_columns(self.row)))
        if unknown := {*self.key, *self.foreign} - set(self.names):
            raise TypeError(f"{self.file} has no columns {sorted(unknown)}")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def named(self, mark: str) -> str:
        """The name of the file, with the mark of the report (`wi2007.project.MARKS`)."""
        return marked(self.file, mark)

    def to_csv(self, rows: Iterable[Row], mark: str = PUBLIC) -> str:
        """Write rows as CSV text: comma, decimal point, LF; no number in powers of ten.

        With a mark the column of `NOTICES` stands behind the others.
        """
        notice = NOTICES[mark]
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow([*self.names, *notice])
        values = attrgetter(*self.names)
        numbers = [place for place, column in enumerate(self.columns) if column.kind == "number"]
        for row in rows:
            line = [*values(row), *notice.values()]
            for place in numbers:
                line[place] = _digits(line[place])
            writer.writerow(line)
        return made.getvalue()

    def from_csv(self, content: str) -> list[Row]:
        """Read rows from CSV text; the column of `NOTICES` is passed over.

        Raises `ValueError` for other columns, a row of another length, or a value of another type.
        """
        lines = csv.reader(io.StringIO(content))
        head = next(lines, [])
        width = len(self.columns)
        if tuple(head) not in (self.names, (*self.names, NOTICE)):
            raise ValueError(f"{self.file} has other columns than its contract")
        readers = [
            (place, reader) for place, column in enumerate(self.columns) if (reader := _reader(column))
        ]
        rows = []
        for line in lines:
            if len(line) != len(head):
                raise ValueError(f"{self.file} has a row of another length")
            values: list[Any] = line[:width]
            for place, reader in readers:
                values[place] = reader(values[place])
            rows.append(self.row(*values))
        return rows

    def read(self, path: Path) -> list[Row]:
        """Read the rows of a file. Raises as `from_csv` does, and `OSError`."""
        with path.open(encoding="utf-8", newline="") as file:
            return self.from_csv(file.read())

    def schema(self) -> pandera.DataFrameSchema:
        """Make the contract of the table as pandas reads it: these columns in this order, each key once."""
        import pandera.pandas as pandera  # noqa: PLC0415  half a second, and only who checks a table needs it

        return pandera.DataFrameSchema(
            {column.name: contract(column, _stored(column)) for column in self.columns},
            checks=named_checks(self.checks),
            unique=list(self.key),
            name=self.file.removesuffix(".csv"),
            strict=True,
            ordered=True,
        )

    def checked(self, path: Path) -> pd.DataFrame:
        """Read a file with pandas and hold it against the contract; the column of `NOTICES` is left out.

        Raises `pandera.errors.SchemaErrors` with everything that is wrong.
        """
        import pandas as pd  # noqa: PLC0415  as above

        optional = {
            column.name: [""] for column in self.columns if column.type is not str and column.optional
        }
        types: Any = {column.name: _stored(column) for column in self.columns}
        frame = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=optional)
        return self.schema().validate(frame.drop(columns=[NOTICE], errors="ignore"), lazy=True)

    def checked_rows(self, rows: Iterable[Row]) -> pd.DataFrame:
        """Hold rows against the contract, and give them as a table. Raises as `checked` does."""
        import pandas as pd  # noqa: PLC0415  as above

        values = attrgetter(*self.names)
        frame = pd.DataFrame([values(row) for row in rows], columns=list(self.names))
        types: Any = {column.name: _stored(column) for column in self.columns}
        return self.schema().validate(frame.astype(types), lazy=True)


def _columns(row: type) -> Iterator[Column]:
    """The columns that the fields of a row declare; None in the type of a number makes it optional."""
    hints = get_type_hints(row, vars(sys.modules[row.__module__]), {}, include_extras=True)
    for name in (one.name for one in fields(row)):
        held, *said = get_args(hints[name]) or (None,)
        own, *other = get_args(held) or (held,)
        column = next((one for one in said if isinstance(one, Column)), None)
        if column is None or own not in _TYPES[column.kind] or other not in ([], [NoneType]):
            raise TypeError(f"{row.__name__}.{name} is not what its column says")
        yield replace(column, name=name, type=own, optional=column.optional or bool(other))


def _digits(number: float | Decimal | None) -> str:
    """The shortest digits that give the same number back, never in powers of ten; empty for None."""
    if number is None:
        return ""
    return format(number if isinstance(number, Decimal) else Decimal(repr(number)), "f")


def _reader(column: Column) -> Callable[[str], Any] | None:
    """What turns a text of the file into the value of a row; None where it stays as it is."""
    if column.type is str:
        return None
    if not column.optional:
        return column.type
    return lambda written: column.type(written) if written else None


def _stored(column: Column) -> str:
    """The type that pandas keeps a column in."""
    if column.kind == "integer":
        return "Int64" if column.optional else "int64"
    return "float64" if column.kind == "number" else "str"


def contract(column: Column, stored: str, *, coerce: bool = False) -> pandera.Column:
    """Make the contract of one column that pandas keeps as `stored`; with `coerce`, after it was made that."""
    import pandera.pandas as pandera  # noqa: PLC0415  as above

    checks = []
    if column.values is not None:
        checks.append(pandera.Check.isin(column.allowed))
    elif column.pattern:
        checks.append(pandera.Check.str_matches(column.pattern))
    elif column.type is str and not column.optional:
        checks.append(pandera.Check.str_length(min_value=1))
    if column.least is not None:
        checks.append(pandera.Check.ge(column.least))
    if column.most is not None:
        checks.append(pandera.Check.le(column.most))
    return pandera.Column(
        stored,
        checks,
        nullable=column.optional and column.type is not str,
        coerce=coerce,
        description=column.meaning,
        metadata=column.told,
    )


def named_checks(checks: Checks) -> list[pandera.Check]:
    """Make what has to hold between columns, each by its name."""
    import pandera.pandas as pandera  # noqa: PLC0415  as above

    return [pandera.Check(holds, name=name, ignore_na=False) for name, holds in checks.items()]
