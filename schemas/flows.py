"""The contract of `stromen.parquet`: how many persons left and entered which cell of the cube, and why.

`deel` a part of `config/vergelijking.yaml`, or netto · `richting` uit (left the cell where he was) or in (entered the
cell where he is then) · `route` of `uitgestroomd` the outflow route it went to, of `teruggekomen` the one it came from,
else empty · the columns of the cube. One row for each combination, sorted by all keys.
The cube of the earlier peildatum, with `in` added and `uit` taken away, is the cube of this one.
What does not belong here: counting (`wi2007.comparison`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from schemas import meanings
from schemas.comparison import IN, NET, OUT, PARTS
from schemas.cube import CUBE, DIMENSIONS, cube_schema
from schemas.meanings import described
from wi2007 import reference

if TYPE_CHECKING:
    import pandera.pandas as pandera

KEYS: Final = ("deel", "richting", "route")
FLOWS: Final = pa.schema([*((name, pa.string()) for name in KEYS), *CUBE])


def flows_schema() -> pandera.DataFrameSchema:
    """The contract of the file as pandas reads it."""
    import pandera.pandas as pandera  # noqa: PLC0415  half a second, and not every user of the names needs it

    def column(*values: str) -> Any:
        return pandera.Column(str, pandera.Check.isin(list(values)))

    columns = {
        "deel": column(*PARTS, NET),
        "richting": column(OUT, IN),
        "route": column("", *reference.routes()),
        **cube_schema().columns,
    }
    return pandera.DataFrameSchema(
        described(columns, meanings.FLOWS),
        unique=[*KEYS, *DIMENSIONS],
        name="stromen",
        strict=True,
        ordered=True,
    )
