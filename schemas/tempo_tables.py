"""Outflow in time and the projections: `tempo.csv` and `vooruitzicht.csv`.

What does not belong here: the choices behind them (`schemas.tempo`), computing (`wi2007.tempo`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from schemas.change import routes
from schemas.dataset import DERIVED, Dataset, count, day, percent, text

if TYPE_CHECKING:
    import pandas as pd

ALL: Final = "totaal"
NO_DATE: Final = "Onbekend"
"""Stands for the period of who left on a day that is not known."""
GROUND: Final = "ontheffingsgrond"
"""The trait by which who got an exemption is shown."""
COUNTED: Final = "gemeten"
"""Stands for the scenario in a row of persons who were counted."""
WAYS: Final = ("rechte_lijn", "vast_percentage", "per_leeftijdsklasse")
_GROUPS: Final = "config/tempo.yaml, reference/leeftijdsklassen.csv"
_COUNTS: Final = "uitstroom.parquet"


def ways_out() -> Iterable[str]:
    """Give the routes of `reference/uitstroomroutes.csv`, and all of them together."""
    return (ALL, *routes())


@dataclass(frozen=True)
class TempoRow:
    """How many of a group left by a route in a period, of how many at its start; `per_100` where that says something.

    Without a period (`NO_DATE`) there is only who left. `begin` and `einde` are days, or empty.
    """

    periode: Annotated[
        str,
        text(
            "Het tijdvak: de laatste 12 maanden voor de peildatum, of een kalenderjaar. Onbekend is zonder "
            "statusdatum.",
            "statusdatum",
        ),
    ]
    begin: Annotated[str, day("De eerste dag van het tijdvak.", DERIVED, optional=True)]
    einde: Annotated[str, day("De laatste dag van het tijdvak.", DERIVED, optional=True)]
    kenmerk: Annotated[
        str,
        text(
            "Waarnaar is ingedeeld: totaal, land_van_herkomst, leeftijdsklasse (alleen van de laatste 12 maanden) of, "
            "bij de route Ontheffing, ontheffingsgrond.",
            _GROUPS,
            values=(ALL, "leeftijdsklasse", "land_van_herkomst", GROUND),
        ),
    ]
    categorie: Annotated[
        str,
        text(
            "De categorie. Een leeftijdsklasse is die op de eerste dag van het tijdvak, en bij plichtig_peildatum die "
            "op de peildatum.",
            _GROUPS,
        ),
    ]
    route: Annotated[
        str, text("De uitstroomroute, of totaal.", "reference/uitstroomroutes.csv", values=ways_out)
    ]
    uitgestroomd: Annotated[int, count("Wie in het tijdvak langs deze route is uitgestroomd.", _COUNTS)]
    plichtig_begin: Annotated[
        int | None,
        count(
            "Wie aan het begin van het tijdvak nog inburgeringsplichtig was: wie dat op de peildatum nog is, met wie "
            "sindsdien is uitgestroomd.",
            _COUNTS,
        ),
    ]
    plichtig_peildatum: Annotated[
        int | None,
        count("Wie op de peildatum nog inburgeringsplichtig is en dan in deze categorie zit.", _COUNTS),
    ]
    per_100: Annotated[
        Decimal | None,
        percent(
            "Hoeveel van elke 100 aan het begin er zijn uitgestroomd; leeg bij te weinig personen.", DERIVED
        ),
    ]


@dataclass(frozen=True)
class OutlookRow:
    """How many are still obliged on a day by one scenario, with the band; or as it was counted.

    `peildatum` is that of the report that expects it: of the report before there is only the day that is counted now.
    """

    peildatum: Annotated[
        str,
        day(
            "De peildatum van het rapport dat dit verwacht. Van het rapport ervoor staat er alleen in wat het voor de "
            "peildatum van dit rapport verwachtte.",
            DERIVED,
        ),
    ]
    manier: Annotated[
        str,
        text(
            "Het scenario: rechte_lijn, vast_percentage, per_leeftijdsklasse; gemeten is een geteld aantal.",
            "docs/tempo.md",
            values=(COUNTED, *WAYS),
        ),
    ]
    dag: Annotated[str, day("De dag.", DERIVED)]
    verwacht: Annotated[int, count("Hoeveel er dan naar verwachting nog inburgeringsplichtig zijn.", DERIVED)]
    minst: Annotated[
        int,
        count(
            "De onderkant van de bandbreedte. Het aantal ligt zo vaak tussen onder- en bovenkant als `bandbreedte` in "
            "config/tempo.yaml zegt, als het tempo van jaar tot jaar blijft wisselen als in de jaren ervoor.",
            DERIVED,
        ),
    ]
    meest: Annotated[int, count("De bovenkant van de bandbreedte.", DERIVED)]


def unknown_days_have_no_start(tempo: pd.DataFrame) -> pd.Series[bool]:
    """Tell where days and persons at the start are missing exactly when the period is not known."""
    unknown = tempo["periode"].eq(NO_DATE)
    start = ["plichtig_begin", "plichtig_peildatum"]
    return (
        tempo["begin"].eq("").eq(unknown)
        & tempo["einde"].eq("").eq(unknown)
        & tempo[start].isna().eq(unknown, axis=0).all(axis=1)
    )


def shares_are_of_the_start(tempo: pd.DataFrame) -> pd.Series[bool]:
    """Tell where `per_100` is missing, or `uitgestroomd` of `plichtig_begin` to six decimals."""
    share = 100 * tempo["uitgestroomd"] / tempo["plichtig_begin"].astype("float64")
    return tempo["per_100"].isna() | ((tempo["per_100"] - share).abs() <= 1e-6)


def the_band_holds_the_middle(outlook: pd.DataFrame) -> pd.Series[bool]:
    """Tell where the expected number lies within its band."""
    return outlook["verwacht"].between(outlook["minst"], outlook["meest"])


TEMPO: Final = Dataset(
    TempoRow,
    file="tempo.csv",
    title="Uitstroom in de tijd, per tijdvak, groep en route",
    about="`publicatie/tempo.csv` en `tabellen/tempo.csv`: wie in een tijdvak is uitgestroomd en hoeveel er aan het "
    "begin nog inburgeringsplichtig waren, zie [tempo.md](tempo.md).",
    key=("periode", "kenmerk", "categorie", "route"),
    checks={
        "tijdvak_en_begin": unknown_days_have_no_start,
        "per_100_van_begin": shares_are_of_the_start,
    },
)
OUTLOOK: Final = Dataset(
    OutlookRow,
    file="vooruitzicht.csv",
    title="Hoeveel er nog inburgeringsplichtig zijn, in drie scenario's",
    about="`publicatie/vooruitzicht.csv` en `tabellen/vooruitzicht.csv`: een rij per scenario en dag, zie "
    "[tempo.md](tempo.md).",
    key=("peildatum", "manier", "dag"),
    checks={"binnen_bandbreedte": the_band_holds_the_middle},
)
