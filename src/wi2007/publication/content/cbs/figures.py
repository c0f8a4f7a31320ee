"""Figures of the CBS table as the texts of the report ask for them; None where CBS gives none.

What does not belong here: tables, words.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from schemas.cbs import OF_CATEGORY, OF_NATIONALITY, TOTAL
from wi2007 import dutch
from wi2007.cbs.table import CbsTable, Part
from wi2007.publication.content.blocks import Share

LETTER = "C"
TOLD = ("inkomen", "doelgroep")
"""Characteristics with a section of their own."""
BESIDE, ESTIMATES = "naast", "schatting"


class CbsFigures:
    """The figures by Dutch names, for templates."""

    def __init__(self, table: CbsTable) -> None:
        self._table = table

    @property
    def dag(self) -> str:
        """The day that the figures tell of; several days are told one after the other."""
        return " en ".join(dutch.day(date.fromisoformat(moment)) for moment in self._table.moments)

    @property
    def kenmerken(self) -> tuple[str, ...]:
        """The characteristics that CBS tells of."""
        return self._table.characteristics

    @property
    def andere_kenmerken(self) -> tuple[str, ...]:
        """Those that the report has no section of its own for."""
        return tuple(one for one in self.kenmerken if one not in TOLD)

    def aantal(self, kenmerk: str = TOTAL, categorie: str = TOTAL, nationaliteit: str = TOTAL) -> int | None:
        """Persons."""
        return self._table.count(kenmerk, categorie, nationaliteit)

    def deel(self, kenmerk: str, categorie: str, nationaliteit: str = TOTAL) -> Share | None:
        """The part of everybody (of a nationality) that is in a category."""
        found = self._table.share(kenmerk, categorie, nationaliteit)
        bases = (TOTAL, TOTAL, nationaliteit)
        return self._share(found, (kenmerk, categorie, nationaliteit), bases)

    def binnen(self, kenmerk: str, categorie: str, nationaliteit: str) -> Share | None:
        """The part of a category that has a nationality."""
        found = self._table.within(kenmerk, categorie, nationaliteit)
        return self._share(found, (kenmerk, categorie, nationaliteit), (kenmerk, categorie, TOTAL))

    def _share(
        self, found: Part | None, part: tuple[str, str, str], whole: tuple[str, str, str]
    ) -> Share | None:
        if found is None:
            return None
        if found.computed:
            return Share(self._table.count(*part) or 0, self._table.count(*whole) or 0, 0)
        return given(found.shown)

    def teken(self, kenmerk: str, categorie: str, nationaliteit: str, of: str) -> str:
        """The sign that CBS put in the place of a percentage, or of the count that it would follow from."""
        for unit, base in (("procent", of), ("aantal", "")):
            cell = self._table.cell(kenmerk, categorie, nationaliteit, unit, base)
            if cell is not None and cell.aantal is None and cell.teken:
                return cell.teken
        return ""


def given(percent: Decimal) -> Share:
    """A percentage that CBS gives itself, as a share of a thousand."""
    decimals = 0 if percent == percent.to_integral_value() else 1
    return Share(int(percent * 10), 1000, decimals)


def base_of(of: str) -> str:
    """The name of a text that says what a percentage is a part of."""
    return {OF_CATEGORY: "procent_categorie", OF_NATIONALITY: "procent_nationaliteit"}[of]


def numbers(table: CbsTable) -> dict[str, str]:
    """The number of the table of each characteristic, and of CBS beside DUO and the estimates behind them."""
    found = [*table.characteristics, BESIDE, ESTIMATES]
    return {name: f"{LETTER}.{at}" for at, name in enumerate(found, 1)}
