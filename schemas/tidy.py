"""The tidy tables: `tabellen.csv` and `tabellen/tabel_….csv`, one row for each figure of every table.

Every run holds its tables against this contract (`wi2007.steps.gate.contracts`) before a report is put in place.
What does not belong here: which tables there are (`config/tables.yaml`), how figures are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from schemas.dataset import DERIVED, Dataset, count, percent, text

if TYPE_CHECKING:
    import pandas as pd

TOTAL: Final = "totaal"
TABLES: Final = "config/tables.yaml"

Table = Annotated[str, text("Nummer van de tabel.", TABLES)]
Population = Annotated[str, text("De groep waarover de tabel gaat.", TABLES)]
RowVariable = Annotated[str, text("Het kenmerk in de rijen; totaal in de rij met het totaal.", TABLES)]
RowLabel = Annotated[str, text("De categorie van de rij, zoals een lezer die ziet.", DERIVED)]
ColumnVariable = Annotated[str, text("Het kenmerk in de kolommen.", TABLES)]
ColumnLabel = Annotated[str, text("De categorie van de kolom; totaal is iedereen.", DERIVED)]


@dataclass(frozen=True)
class TidyRow:
    """One figure: `aantal` persons, which is `procent` (0-100, unrounded) of `noemer` persons.

    `procent` is None when `noemer` is 0. `populatie`, `rijvariabele` and `kolomvariabele` are keys of
    `config/tables.yaml`; `rij` and `kolom` are labels for readers. Totals have `rijvariabele` and `rij` totaal.
    """

    tabel: Table
    populatie: Population
    rijvariabele: RowVariable
    rij: RowLabel
    kolomvariabele: ColumnVariable
    kolom: ColumnLabel
    aantal: Annotated[int, count("Personen in deze rij en kolom.", "kubus.parquet")]
    procent: Annotated[
        float | None,
        percent("Aandeel van aantal in noemer, niet afgerond; leeg als de noemer 0 is.", DERIVED),
    ]
    noemer: Annotated[int, count("Het aantal waarvan procent een deel is.", "kubus.parquet")]


def percent_of_base(tidy: pd.DataFrame) -> pd.Series[bool]:
    """Tell where `procent` is `aantal` of `noemer`, and missing exactly when there is nobody to take it of."""
    expected = 100 * tidy["aantal"] / tidy["noemer"].where(tidy["noemer"] > 0)
    empty = tidy["procent"].isna()
    same = (tidy["procent"] - expected).abs() <= 1e-12 * expected
    return empty.eq(tidy["noemer"] == 0) & (empty | same)


def totals_are_named(tidy: pd.DataFrame) -> pd.Series[bool]:
    """Tell where a row of totals has `rijvariabele` and `rij` totaal, and no other row has."""
    return tidy["rijvariabele"].eq(TOTAL) == tidy["rij"].eq(TOTAL)


def rows_add_up(tidy: pd.DataFrame) -> bool:
    """Tell whether the rows of each row variable add up to the total of a column; those of gender leave out O."""
    parts = tidy[~tidy["rijvariabele"].isin([TOTAL, "geslacht"])]
    sums = parts.groupby(["tabel", "kolom", "rijvariabele"], sort=False)["aantal"].sum().reset_index()
    totals = tidy.loc[tidy["rijvariabele"] == TOTAL, ["tabel", "kolom", "aantal"]]
    both = sums.merge(totals, on=["tabel", "kolom"], how="left", suffixes=("", "_totaal"))
    return bool((both["aantal"] == both["aantal_totaal"]).all())


TIDY: Final = Dataset(
    TidyRow,
    file="tabellen.csv",
    title="De tabellen",
    about="`tabellen.csv` en `tabellen/*.csv`: een rij per cijfer. UTF-8, komma als scheidingsteken, punt als "
    "decimaalteken.",
    key=("tabel", "rijvariabele", "rij", "kolom"),
    checks={
        "procent_van_noemer": percent_of_base,
        "totaal_heet_totaal": totals_are_named,
        "rijen_tellen_op": rows_add_up,
    },
)
