"""What is held beside the study: `uitspraken.csv`, `gevoeligheid.csv` and `reproductie.csv`.

What does not belong here: how a figure or a verdict comes about (`wi2007.statements`, `wi2007.tables.tidy`),
the formulas and other readings themselves (`schemas.statements`, `schemas.sensitivity`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from schemas.dataset import DERIVED, Dataset, text

BETWEEN: Final = ";"
"""Stands between the figures of a statement that has more than one."""
CHANGES, SAME = "ja", "nee"
EQUAL: Final = "gelijk"
MISPRINT: Final = "drukfout"
DIFFERENT: Final = "afwijkend"
NOT_COMPUTED: Final = "niet berekend"
_STUDY: Final = "reference/uitspraken_2022.csv"
_FIGURES: Final = "reference/studie_2022.csv"


class Verdict(StrEnum):
    """What is said of a statement."""

    CONFIRMED = "bevestigd"
    REMARK = "bevestigd met kanttekening"
    DENIED = "niet bevestigd"
    NOT_COMPUTABLE = "niet te berekenen"
    NOT_APPLICABLE = "niet van toepassing"
    OTHER_GROUP = "andere groep"
    """Only under another choice that counts other persons than the study: its figure says nothing of the study's."""


OF_REPORT: Final = tuple(verdict for verdict in Verdict if verdict is not Verdict.OTHER_GROUP)
"""The verdicts that the report itself can give."""


@dataclass(frozen=True)
class Result:
    """One statement, as text.

    `uitspraak` is what it is at this peildatum, empty where it cannot be computed. `studie` (the study's statement),
    `gepubliceerd` and `tolerantie` are empty where the study is about another day; what cannot be computed has the
    first. `waarde` and `gepubliceerd` have a figure for each part, with `;` between; `waarde` is not rounded.
    `kanttekening` is a remark, or why there is no figure. `bron` names the tables.
    """

    id: Annotated[str, text("Nummer van de uitspraak.", _STUDY, written="code")]
    plaats: Annotated[str, text("Waar de uitspraak in de studie staat.", _STUDY)]
    studie: Annotated[
        str,
        text(
            "De uitspraak van de studie, in eigen woorden; leeg als de studie over een andere dag gaat.",
            _STUDY,
            optional=True,
        ),
    ]
    uitspraak: Annotated[
        str,
        text(
            "De uitspraak zoals zij op de peildatum luidt; leeg als zij niet te berekenen is.",
            DERIVED,
            optional=True,
        ),
    ]
    waarde: Annotated[
        str,
        text(
            "Het berekende cijfer, niet afgerond; heeft de uitspraak er meer, dan met ; ertussen.",
            "tabellen.csv, config/uitspraken.yaml",
            written="getal met punt",
            optional=True,
        ),
    ]
    eenheid: Annotated[
        str,
        text(
            "Waarin het cijfer is: personen, procent, jaar of tekst.",
            DERIVED,
            values=("personen", "procent", "jaar", "tekst"),
        ),
    ]
    gepubliceerd: Annotated[
        str,
        text(
            "Het cijfer in de studie, of twee met een streepje. Leeg als de studie over een andere dag gaat.",
            _STUDY,
            written="getal met punt",
            optional=True,
        ),
    ]
    tolerantie: Annotated[
        str,
        text(
            "Zoveel mag het cijfer schelen om bevestigd te zijn, naast wat het afronden laat schelen.",
            _STUDY,
            written="getal met punt, of -lager/+hoger",
            optional=True,
        ),
    ]
    oordeel: Annotated[
        str,
        text(
            "Bevestigd, bevestigd met kanttekening, niet bevestigd, niet te berekenen of niet van toepassing.",
            DERIVED,
            values=OF_REPORT,
        ),
    ]
    kanttekening: Annotated[
        str,
        text(
            "Wat een lezer moet weten, of waarom er geen cijfer is.", "config/uitspraken.yaml", optional=True
        ),
    ]
    bron: Annotated[
        str,
        text(
            "De tabellen waar het cijfer uit komt, met ; ertussen; CBS is het werkboek van CBS, studie een cijfer "
            "van de studie.",
            DERIVED,
            optional=True,
        ),
    ]

    @property
    def values(self) -> list[Decimal]:
        """The figures."""
        return [Decimal(figure) for figure in self.waarde.split(BETWEEN) if figure]


@dataclass(frozen=True)
class Outcome:
    """One statement under one reading, as text. `lezing` is `rapport` for the reading of the report itself.

    `waarde` is rounded as the statement shows it, with `;` between figures; empty where there is none. `verandert` (ja
    or nee) is against the report: another figure or another verdict.
    """

    uitspraak: Annotated[str, text("Nummer van de uitspraak.", _STUDY, written="code")]
    lezing: Annotated[
        str,
        text(
            "De variant (andere keuze) waarmee de uitspraak is berekend; rapport is het rapport zelf.",
            "config/gevoeligheid.yaml",
            written="code",
        ),
    ]
    waarde: Annotated[
        str,
        text(
            "Het cijfer zoals de uitspraak het toont, afgerond; heeft de uitspraak er meer, dan met ; ertussen. Leeg "
            "als het niet te berekenen is.",
            DERIVED,
            written="getal met punt",
            optional=True,
        ),
    ]
    oordeel: Annotated[
        str,
        text(
            "Het oordeel over de uitspraak in deze variant, als in uitspraken.csv; andere groep als de variant andere "
            "personen meetelt dan de studie en het cijfer daardoor anders is.",
            DERIVED,
            values=tuple(Verdict),
        ),
    ]
    verandert: Annotated[
        str,
        text(
            "Of het cijfer of het oordeel anders is dan in het rapport: ja of nee.",
            DERIVED,
            values=(CHANGES, SAME),
        ),
    ]


@dataclass(frozen=True)
class Comparison:
    """One published figure: `gepubliceerd` as printed, `berekend` at the printed precision (empty when there is none).

    `oordeel`: gelijk; drukfout (the print is a known error and the computed figure is what it must be); afwijkend; niet
    berekend (the table has no such row or column, or nobody to take a percentage of).
    """

    tabel: Annotated[str, text("Nummer van de tabel in de studie en in dit rapport.", _FIGURES)]
    rij: Annotated[str, text("De categorie van de rij.", _FIGURES)]
    kolom: Annotated[str, text("De categorie van de kolom; totaal is iedereen.", _FIGURES)]
    maat: Annotated[
        str,
        text("Wat het cijfer is: aantal (personen) of procent.", _FIGURES, values=("aantal", "procent")),
    ]
    gepubliceerd: Annotated[
        str, text("Het cijfer zoals het in de studie staat.", _FIGURES, written="getal met punt")
    ]
    berekend: Annotated[
        str,
        text(
            "Het cijfer uit de tabellen, met evenveel decimalen; leeg als er geen is.",
            "tabellen.csv",
            written="getal met punt",
            optional=True,
        ),
    ]
    oordeel: Annotated[
        str,
        text(
            "gelijk; drukfout als het gedrukte cijfer een bekende fout is en het berekende klopt; afwijkend; of niet "
            "berekend.",
            "reference/studie_2022_errata.csv",
            values=(EQUAL, MISPRINT, DIFFERENT, NOT_COMPUTED),
        ),
    ]


STATEMENTS: Final = Dataset(
    Result,
    file="uitspraken.csv",
    title="De uitspraken van de studie, opnieuw berekend",
    about="`publicatie/uitspraken.csv` en `tabellen/uitspraken.csv`: een rij per uitspraak, zie "
    "[uitspraken.md](uitspraken.md).",
    description="Elke uitspraak van de studie die op een cijfer rust, met het cijfer dat uit deze tabellen volgt. "
    "Heeft een uitspraak meer cijfers, dan staan zij in één cel met een puntkomma ertussen.",
    key=("id",),
)
OUTCOMES: Final = Dataset(
    Outcome,
    file="gevoeligheid.csv",
    title="De uitspraken van de studie in varianten met andere keuzes",
    about="`publicatie/gevoeligheid.csv` en `tabellen/gevoeligheid.csv`: een rij per uitspraak en variant. Alleen de "
    "kop als er te weinig personen zijn.",
    description="Elke uitspraak zoals zij in het rapport staat en zoals zij zou zijn bij een andere keuze van wie niet "
    "meetelt, van wat geldt bij een geboortedatum die niet compleet is of van de gemeentelijke indeling. Er staan geen "
    "aantallen per groep in.",
    key=("uitspraak", "lezing"),
    foreign={"uitspraak": (STATEMENTS, "id")},
)
REPRODUCTION: Final = Dataset(
    Comparison,
    file="reproductie.csv",
    title="De cijfers van de studie naast de berekende",
    about="`publicatie/reproductie.csv`, en `reproductie.csv` in de map van het rapport: een rij per gedrukt cijfer. "
    "Alleen de kop bij een andere peildatum dan die van de studie.",
    key=("tabel", "rij", "kolom", "maat"),
)
