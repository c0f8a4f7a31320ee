"""The figures of CBS: `cbs.csv`, one row for each cell of the workbook.

CBS has rounded these figures itself. What does not belong here: reading a workbook (`wi2007.cbs`), what stands on which
sheet (`config/cbs.yaml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from schemas.dataset import Dataset, day, figure, shaped, text

if TYPE_CHECKING:
    import pandas as pd

COUNT: Final = "aantal"
PERCENT: Final = "procent"
OF_CATEGORY: Final = "categorie"
OF_NATIONALITY: Final = "nationaliteit"
TOTAL: Final = "totaal"
MARKS: Final = ("", "*", "**")
_BOOK: Final = "werkboek van het CBS"
_LAYOUT: Final = "config/cbs.yaml"


@dataclass(frozen=True)
class CbsRow:
    """One cell of the workbook: `aantal` persons, or with `eenheid` procent that part of `noemer`.

    `noemer` is all persons of the category or of the nationality. Without a figure `aantal` is None and `teken` says
    why; without a sign too, CBS left the cell empty: a figure cannot occur there. `voorlopig` is `*` or `**`. `blad`
    and `cel` say where in the workbook the figure stands.
    """

    kenmerk: Annotated[
        str, text("Het kenmerk, zoals inkomen of doelgroep; totaal bij iedereen samen.", _LAYOUT)
    ]
    categorie: Annotated[
        str, text("De categorie van het kenmerk, zoals bijstand; totaal bij iedereen samen.", _LAYOUT)
    ]
    nationaliteit: Annotated[str, text("De nationaliteit; totaal bij alle nationaliteiten samen.", _BOOK)]
    eenheid: Annotated[
        str,
        text("Wat aantal is: aantal (personen) of procent.", _BOOK, values=(COUNT, PERCENT)),
    ]
    noemer: Annotated[
        str,
        text(
            "Waarvan een percentage een deel is: alle personen in de categorie, of alle personen van de nationaliteit. "
            "Leeg bij een aantal.",
            _LAYOUT,
            optional=True,
            values=(OF_CATEGORY, OF_NATIONALITY),
        ),
    ]
    aantal: Annotated[
        Decimal | None,
        figure("Het cijfer, zoals het CBS het geeft; leeg als er geen cijfer is.", _BOOK),
    ]
    teken: Annotated[
        str,
        shaped(
            "Het teken dat het CBS in plaats van een cijfer geeft, of bij een nul. Leeg zonder cijfer: een cijfer kan "
            "hier niet voorkomen.",
            _BOOK,
            r"^.{0,2}$",
            written="teken",
            optional=True,
        ),
    ]
    voorlopig: Annotated[
        str,
        text(
            "Een of twee sterretjes bij een voorlopig of nader voorlopig cijfer.",
            _BOOK,
            written="teken",
            optional=True,
            values=MARKS[1:],
        ),
    ]
    meetmoment: Annotated[
        str, day("De dag waarover het cijfer gaat.", "titel van het blad, of config/cbs.yaml")
    ]
    blad: Annotated[str, text("Het blad van het werkboek waar het cijfer staat.", _BOOK)]
    cel: Annotated[str, shaped("De cel van dat blad.", _BOOK, r"^[A-Z]{1,3}[1-9]\d*$")]

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the figure is about."""
        return self.kenmerk, self.categorie, self.nationaliteit, self.eenheid, self.noemer


def counts_are_whole(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell where persons are whole."""
    return table["eenheid"].ne(COUNT) | table["aantal"].isna() | table["aantal"].mod(1).eq(0)


def percentages_are_parts(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell where a percentage is at most 100 and has something that it is a part of; a count has not."""
    part = table["eenheid"].eq(PERCENT)
    return part.eq(table["noemer"].ne("")) & (~part | table["aantal"].isna() | table["aantal"].le(100))


def a_sign_stands_for_a_figure(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell where a sign stands without a figure, or beside a zero to say which kind of zero it is."""
    return table["teken"].eq("") | table["aantal"].isna() | table["aantal"].eq(0)


def totals_are_named(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell where the characteristic totaal has the one category totaal."""
    return table["kenmerk"].ne(TOTAL) | table["categorie"].eq(TOTAL)


CBS: Final = Dataset(
    CbsRow,
    file="cbs.csv",
    title="Cijfers van het CBS",
    about="`publicatie/cbs.csv` en `tabellen/cbs.csv`: een rij per cel van het werkboek van het CBS, zie "
    "[cbs.md](cbs.md).",
    key=("kenmerk", "categorie", "nationaliteit", "eenheid", "noemer"),
    checks={
        "aantal_is_geheel": counts_are_whole,
        "procent_tot_honderd": percentages_are_parts,
        "teken_of_aantal": a_sign_stands_for_a_figure,
        "totaal_heet_totaal": totals_are_named,
    },
)
