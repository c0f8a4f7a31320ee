"""Compare every published figure of the study with the computed one, with a verdict."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from decimal import Decimal

from wi2007 import study
from wi2007.tables.tidy import TidyRow, rounded

EQUAL = "gelijk"
MISPRINT = "drukfout"
DIFFERENT = "afwijkend"
NOT_COMPUTED = "niet berekend"


@dataclass(frozen=True)
class Comparison:
    """One published figure: `gepubliceerd` as printed, `berekend` at the printed precision (empty when there is none).

    `oordeel`: gelijk; drukfout (the print is a known error and the computed figure is what it must be); afwijkend; niet
    berekend (the table has no such row or column, or nobody to take a percentage of).
    """

    tabel: str
    rij: str
    kolom: str
    maat: str
    gepubliceerd: str
    berekend: str
    oordeel: str


Key = tuple[str, str, str, str]


def reproduction(tables: Iterable[TidyRow], figures: Iterable[study.Figure]) -> list[Comparison]:
    """Return every published figure beside the tables, in the order of `figures`."""
    cells = {(row.tabel, row.rijvariabele, row.rij, row.kolom): row for row in tables}
    return [_compare(figure, _computed(cells, figure)) for figure in figures]


def to_csv(comparisons: Iterable[Comparison], mark: Mapping[str, str] | None = None) -> str:
    """Return CSV text: comma, decimal point, LF; `mark` are columns behind these that have the same text in every
    row.
    """
    mark = mark or {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(field.name for field in fields(Comparison)), *mark])
    writer.writerows([*astuple(comparison), *mark.values()] for comparison in comparisons)
    return text.getvalue()


def read_csv(text: str) -> list[Comparison]:
    """Return the comparisons of a text that `to_csv` wrote."""
    return [Comparison(**record) for record in csv.DictReader(io.StringIO(text))]


def _computed(cells: Mapping[Key, TidyRow], figure: study.Figure) -> Decimal | None:
    row = cells.get((figure.tabel, figure.rijvariabele, figure.rij, figure.kolom))
    if row is None:
        return None
    if figure.maat == study.COUNT:
        return Decimal(row.aantal)
    return None if row.procent is None else rounded(row.procent, figure.decimals)


def _compare(figure: study.Figure, computed: Decimal | None) -> Comparison:
    return Comparison(
        tabel=figure.tabel,
        rij=figure.rij,
        kolom=figure.kolom,
        maat=figure.maat,
        gepubliceerd=str(figure.printed),
        berekend="" if computed is None else str(computed),
        oordeel=_verdict(figure, computed),
    )


def _verdict(figure: study.Figure, computed: Decimal | None) -> str:
    if computed is None:
        return NOT_COMPUTED
    if computed == figure.printed:
        return EQUAL
    return MISPRINT if figure.erratum and computed == figure.correct else DIFFERENT
