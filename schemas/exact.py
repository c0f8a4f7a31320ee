"""A file of exact counts or persons between the steps, declared once: its key, and its columns with type and meaning.

From a declaration come the Arrow schema that the file is written by, the contract (Pandera) that it is held against,
and its part of the data dictionary. None of these files is ever published. `schemas.between` lists all of them.
What does not belong here: published tables (`schemas.dataset`), any one file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from schemas.dataset import Checks, Column, Kind, contract, named_checks

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pandera

_TYPES: Final[Mapping[Kind, tuple[type, pa.DataType]]] = {
    "string": (str, pa.string()),
    "integer": (int, pa.int64()),
    "number": (float, pa.float64()),
    "date": (date, pa.date32()),
}


@dataclass(frozen=True, eq=False)
class ExactFile:
    """One Parquet file between the steps; `about` says in the data dictionary what its rows are.

    `types` are those of columns that are kept otherwise than their kind says (a set of persons without a sign).
    """

    file: str
    title: str
    about: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    types: Mapping[str, pa.DataType] = field(default_factory=dict)
    checks: Checks = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.columns)

    @property
    def arrow(self) -> pa.Schema:
        """The columns in their order, as they are written. In the file a dictionary column is text."""
        return pa.schema({name: self._type(name) for name in self.columns})

    def schema(self) -> pandera.DataFrameSchema:
        """Make the contract of the file as pandas reads it: these columns in this order, each key once."""
        import pandera.pandas as pandera  # noqa: PLC0415  half a second, and only who checks a file needs it

        columns = {name: _contract(column, self._type(name)) for name, column in self.columns.items()}
        for name in self.key if len(self.key) == 1 else ():
            columns[name].unique = True
        return pandera.DataFrameSchema(
            columns,
            checks=named_checks(self.checks),
            unique=list(self.key) if len(self.key) > 1 else None,
            name=self.file.removesuffix(".parquet"),
            strict=True,
            ordered=True,
        )

    def checked(self, path: Path) -> pd.DataFrame:
        """Read a file and hold it against the contract.

        Raises `pandera.errors.SchemaErrors` with everything that is wrong.
        """
        import pyarrow.parquet as pq  # noqa: PLC0415  the declarations are read without it

        return self.schema().validate(pq.ParquetFile(path).read().to_pandas(), lazy=True)

    def _type(self, name: str) -> pa.DataType:
        return self.types.get(name, _TYPES[self.columns[name].kind][1])


def _contract(column: Column, kept: pa.DataType) -> pandera.Column:
    """The contract of a column as pandas gives it: numbers that may be missing become fractions, days moments."""
    own = replace(column, type=_TYPES[column.kind][0])
    if pa.types.is_date(kept):
        return contract(replace(own, pattern=""), "datetime64[s]", coerce=True)
    if pa.types.is_floating(kept) or (pa.types.is_integer(kept) and column.optional):
        return contract(own, "float64", coerce=True)
    return contract(own, str(kept) if pa.types.is_integer(kept) else "str")
