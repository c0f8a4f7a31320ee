"""CBS beside DUO: the number still obliged by both, and estimates of persons with a trait in a municipality.

An estimate takes the share of the whole country in CBS for that of a municipality in DUO.
What does not belong here: why they differ and the assumptions, in words (`config/report/rapport.yaml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from schemas.tidy import TOTAL
from wi2007 import dutch, reference
from wi2007.publication.chapters.cbs import OfCbs
from wi2007.publication.chapters.chapter import line, written
from wi2007.publication.content.blocks import Block as TableBlock
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.changes import OBLIGED
from wi2007.publication.content.shown import counted
from wi2007.publication.content.wording import number, percent
from wi2007.publication.document import Block, Cell, Column, Row, Table
from wi2007.tables.variables import MUNICIPALITY

KENMERK, CATEGORIE = "inkomen", "bijstand"


@dataclass(frozen=True)
class Estimates:
    """What is estimated from: `named` municipalities with their count of DUO, and the share of CBS.

    The `others` stand together in a row of `table`, with `rest` persons; `unknown` of them are of no known municipality
    and live in none of the others (None where no table says how many).
    """

    share: Share
    named: tuple[tuple[str, int], ...]
    rest: int
    others: int
    table: str
    unknown: int | None = None

    @property
    def mean(self) -> Fraction:
        """Persons in an average other municipality."""
        return Fraction(self.rest - (self.unknown or 0), self.others)

    def of(self, persons: Fraction | int) -> Fraction:
        """Give how many of these persons, by the share."""
        return persons * self.share.exact


class BesideDuo(OfCbs):
    """Both origins side by side, and what follows from the two together."""

    names = ("schatting",)
    own_names = ("basis", "cbs", "tabel", "rest", "gemeenten", "zonder", "bekend")
    parts = ("cbs_naast_duo", "cbs_schatting")

    def values(self) -> dict[str, Any]:
        """Give the mean and its estimate; `tussen` says between which whole numbers it lies."""
        found = self.estimates
        if found is None:
            return self.absent()
        told = {
            "gemiddelde": number(_rounded(found.mean, 1)),
            "tussen": _between(found.of(found.mean)),
            "tabel": found.table,
        }
        return {"schatting": told}

    def part(self, name: str) -> list[Block]:
        """Make the table of both, where CBS gives everybody; or the estimates, where there are any."""
        if name == "cbs_schatting":
            return [self._estimated(self.estimates)] if self.estimates else []
        everybody = self.cbs.count("totaal", "totaal")
        return [] if everybody is None else [self._beside(everybody)]

    def _beside(self, everybody: int) -> Table:
        """The number still obliged by both, on which day, of whom, and how it is rounded."""
        protection = self.inputs.account.protection
        duo = self.inputs.size(OBLIGED)
        rounding = (
            self.words("afronding_duo", basis=protection.base) if protection else self.words("geen_afronding")
        )
        rows = (
            line(self.words("dag"), self.figures.dag, dutch.day(self.inputs.account.peildatum)),
            Row(self.words("personen"), (counted(everybody), counted(duo))),
            line(self.words("wie"), self.words("wie_cbs"), self.words("wie_duo")),
            line(self.words("afronding"), self.words("afronding_cbs"), rounding),
        )
        heads = (self.words("kenmerk"), [written(self.words("cbs")), written(self.words("duo"))])
        about = {"population": self.words("naast_populatie"), "source": self._both}
        return self.table(self.numbered("naast"), self.words("naast_titel"), heads, rows, **about)

    @property
    def _both(self) -> str:
        return self.words("schatting_bron", cbs=self.origin_words)

    @cached_property
    def estimates(self) -> Estimates | None:
        """The estimates; None where CBS gives no share, or no table names municipalities with the rest together."""
        share = self.figures.deel(KENMERK, CATEGORIE)
        found = self._municipalities()
        if share is None or found is None:
            return None
        named = tuple((row, found.overall(row).part) for row in found.ordinary_rows)
        rest = sum(found.overall(row).part for row, kind in found.rows.items() if kind == "rest")
        day = self.inputs.account.peildatum
        every = (one for one in reference.municipalities().values() if one.code not in _NOWHERE)
        others = sum(one.valid_on(day) for one in every) - len(named)
        if others <= 0 or not rest:
            return None
        return Estimates(share, named, rest, others, found.table, self._unknown())

    def _unknown(self) -> int | None:
        """How many still obliged are of no known municipality, by the first table that has a row for them."""
        label = reference.municipalities()[reference.UNKNOWN_CODE].label
        for number_of, table in self.inputs.tables.items():
            if self.inputs.specification.table(number_of).population == OBLIGED:
                found = table.cell(MUNICIPALITY, label, TOTAL)
                if found is not None:
                    return found.aantal
        return None

    def _municipalities(self) -> TableBlock | None:
        """The municipalities in the first table of those still obliged that takes some of them together."""
        for table in self.inputs.of_population(OBLIGED):
            for block in self.inputs.blocks(table):
                if block.variable == MUNICIPALITY and "rest" in block.rows.values() and block.everybody:
                    return block
        return None

    def _estimated(self, found: Estimates) -> Table:
        """The estimates as a table: coarser than its counts, and of the mean between which whole numbers it lies."""
        base = self.writer.texts.words.drempels.schatting
        share = Cell(percent(found.share), float(found.share.shown))
        rows = [
            Row(label, (counted(count), share, counted(base * int(_rounded(found.of(count) / base, 0)))))
            for label, count in found.named
        ]
        between = Cell(_between(found.of(found.mean)) or self.words("schatting_minder"))
        mean = (_decimal(found.mean), share, between)
        rows.append(Row(self.words("gemiddelde_gemeente"), mean, role="rest"))
        columns = [Column(self.words(f"schatting_{column}")) for column in ("duo", "cbs", "samen")]
        rest = {
            "rest": found.rest,
            "gemeenten": found.others,
            "tabel": found.table,
            "zonder": found.unknown or 0,
            "bekend": found.unknown is not None,
        }
        return self.table(
            self.numbered("schatting"),
            self.words("schatting_titel"),
            (self.words("gemeente"), columns),
            rows,
            population=self.words("schatting_populatie"),
            footnotes=(
                self.words("schatting_noot", tabel=found.table, basis=base),
                self.words("schatting_noot_gemiddelde", **rest),
            ),
            source=self._both,
        )


_NOWHERE: Final = (reference.RNI, reference.UNKNOWN_CODE)


def _between(value: Fraction) -> str:
    """Name the whole numbers that a value lies between: 2 of 3; nothing below 1."""
    shown = _rounded(value, 1)
    low = int(shown)
    return str(low) if shown == low else f"{low} of {low + 1}" if low else ""


def _decimal(value: Fraction) -> Cell:
    shown = _rounded(value, 1)
    return Cell(number(shown), float(shown))


def _rounded(value: Fraction, decimals: int) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )
