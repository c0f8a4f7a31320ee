"""Estimates from DUO and CBS together: persons with a trait in a municipality, by the share of the whole country.

What does not belong here: the assumptions in words (`config/report/rapport.yaml`), figures of DUO or CBS alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from wi2007 import dutch, reference
from wi2007.publication.content.blocks import Block, Share
from wi2007.publication.content.cbs.figures import CbsFigures
from wi2007.publication.content.cbs.tables import Setting
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import slug
from wi2007.publication.content.wording import number, percent
from wi2007.publication.document import Cell, Column, Row, Table

MUNICIPALITY = "gemeente"
KENMERK, CATEGORIE = "inkomen", "bijstand"


@dataclass(frozen=True)
class Estimates:
    """What is estimated from: `named` municipalities with their count of DUO, and the share of CBS.

    The `others` stand together in a row of `table`, with `rest` persons.
    """

    share: Share
    named: tuple[tuple[str, int], ...]
    rest: int
    others: int
    table: str

    @property
    def mean(self) -> Fraction:
        """Persons in an average other municipality."""
        return Fraction(self.rest, self.others)

    def of(self, persons: Fraction | int) -> Fraction:
        """So many of them, by the share."""
        return persons * self.share.exact


def estimates(inputs: Inputs) -> Estimates | None:
    """The estimates; None where CBS gives no share, or no table names municipalities with the rest together."""
    share = CbsFigures(inputs.cbs).deel(KENMERK, CATEGORIE)
    found = _block(inputs)
    if share is None or found is None:
        return None
    named = tuple((row, found.overall(row).part) for row in found.ordinary_rows)
    rest = sum(found.overall(row).part for row, kind in found.rows.items() if kind == "rest")
    others = _municipalities(inputs) - len(named)
    if others <= 0 or not rest:
        return None
    return Estimates(share, named, rest, others, found.table)


def _block(inputs: Inputs) -> Block | None:
    """The municipalities in the first table of those still obliged that takes some of them together."""
    for table in inputs.of_population("nog_inburgeringsplichtig"):
        for block in inputs.blocks(table):
            if block.variable == MUNICIPALITY and "rest" in block.rows.values() and block.everybody:
                return block
    return None


def _municipalities(inputs: Inputs) -> int:
    """Municipalities at the peildatum, without the RNI and the unknown."""
    day = inputs.account.peildatum
    return sum(
        code.valid_on(day)
        for code in reference.municipalities().values()
        if code.code not in (reference.RNI, reference.UNKNOWN_CODE)
    )


def table(found: Estimates, setting: Setting, name: str) -> Table:
    """The estimates as a table; those of a named municipality are whole, the mean has one decimal."""
    rows = [
        Row(label, (_whole(Fraction(count)), _percent(found.share), _whole(found.of(count))))
        for label, count in found.named
    ]
    mean = (_decimal(found.mean), _percent(found.share), _decimal(found.of(found.mean)))
    rows.append(Row(setting.words("gemiddelde_gemeente"), mean, role="rest"))
    return Table(
        id=f"tabel-{slug(name)}",
        number=name,
        title=setting.words("schatting_titel"),
        population=setting.words("schatting_populatie"),
        header=setting.words("gemeente"),
        columns=tuple(Column(setting.words(f"schatting_{column}")) for column in ("duo", "cbs", "samen")),
        rows=tuple(rows),
        footnotes=(
            setting.words("schatting_noot", tabel=found.table),
            setting.words(
                "schatting_noot_gemiddelde", rest=found.rest, gemeenten=found.others, tabel=found.table
            ),
        ),
        source=setting.words("schatting_bron", cbs=setting.origin),
        sortable=False,
    )


def _whole(value: Fraction) -> Cell:
    shown = _rounded(value, 0)
    return Cell(dutch.count(int(shown)), float(shown))


def _decimal(value: Fraction) -> Cell:
    shown = _rounded(value, 1)
    return Cell(number(shown), float(shown))


def _percent(share: Share) -> Cell:
    return Cell(percent(share), float(share.shown))


def _rounded(value: Fraction, decimals: int) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


def for_texts(found: Estimates | None) -> dict[str, str] | None:
    """The mean and its estimate as the texts use them: `tussen` says between which whole numbers it lies."""
    if found is None:
        return None
    shown = _rounded(found.of(found.mean), 1)
    low = int(shown)
    between = str(low) if shown == low else f"{low} of {low + 1}" if low else ""
    return {
        "gemiddelde": number(_rounded(found.mean, 1)),
        "schatting": number(shown),
        "tussen": between,
        "tabel": found.table,
    }
