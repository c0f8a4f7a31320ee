"""The change: `verandering.csv`, of each figure of every table where it began, what changed it, where it ends.

What does not belong here: which tables there are, which parts there are and why (`config/vergelijking.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from schemas.dataset import DERIVED, Dataset, count, text
from schemas.tidy import ColumnLabel, ColumnVariable, Population, RowLabel, RowVariable, Table

if TYPE_CHECKING:
    import pandas as pd

BEGIN: Final = "begin"
END: Final = "eind"
ROUNDING: Final = "afronding"
"""What rounded parts leave of the change between rounded tables."""


def part_names() -> tuple[str, ...]:
    """Give everything that a row can be: begin, eind, a part of the change, netto, or afronding."""
    from schemas.comparison import NET, PARTS  # noqa: PLC0415  as below

    return (BEGIN, *PARTS, NET, ROUNDING, END)


def routes() -> Iterable[str]:
    """Give the routes of `reference/uitstroomroutes.csv`."""
    from wi2007 import reference  # noqa: PLC0415  brings pydantic, which who only reads has no use for

    return reference.routes()


@dataclass(frozen=True)
class ChangeRow:
    """One row: `aantal` persons at the begin or the eind of a figure, or by how many one part (`deel`) changed it.

    The other fields are those of `schemas.tidy.TidyRow`; `route` is that of a part that is split by route, else empty.
    """

    tabel: Table
    populatie: Population
    rijvariabele: RowVariable
    rij: RowLabel
    kolomvariabele: ColumnVariable
    kolom: ColumnLabel
    deel: Annotated[
        str,
        text(
            "begin of eind (het cijfer op de vorige peildatum en op deze), het deel van de verandering, netto als "
            "alleen het saldo bekend is, of afronding. Begin en alle delen tellen op tot eind.",
            "config/vergelijking.yaml",
            values=part_names,
        ),
    ]
    route: Annotated[
        str,
        text(
            "De uitstroomroute, bij een deel dat daarnaar is gesplitst; anders leeg.",
            "uitstroomroutes.csv",
            optional=True,
            values=routes,
        ),
    ]
    aantal: Annotated[
        int,
        count(
            "Aantal personen bij begin en eind; bij een deel hoeveel er per saldo bij kwamen, of onder nul: af gingen.",
            DERIVED,
            least=None,
        ),
    ]


def parts_add_up(change: pd.DataFrame) -> bool:
    """Tell whether begin and the parts of each figure add up to its eind."""
    signed = change["aantal"].where(change["deel"] != END, -change["aantal"])
    figure = [change[name] for name in CHANGE.names[:6]]
    return bool((signed.groupby(figure, sort=False).sum() == 0).all())


CHANGE: Final = Dataset(
    ChangeRow,
    file="verandering.csv",
    title="Wat er veranderde sinds de vorige peildatum, bij elk cijfer van elke tabel",
    about="`publicatie/verandering.csv` en `tabellen/verandering.csv`: van elk cijfer waar het op de vorige peildatum "
    "begon, wat het veranderde en waar het eindigt. Alleen de kop zonder vorige peildatum.",
    description="Van elk aantal in de tabellen van dit rapport: het aantal op de vorige peildatum (begin), de delen "
    "van de verandering, en het aantal op deze peildatum (eind). Begin en de delen tellen op tot eind. Een rij zonder "
    "personen ontbreekt.",
    key=("tabel", "rijvariabele", "rij", "kolom", "deel", "route"),
    checks={"delen_tellen_op": parts_add_up},
)
