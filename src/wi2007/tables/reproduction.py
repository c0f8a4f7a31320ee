"""Compare every published figure of the study with the computed one, with a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from schemas.statement_tables import DIFFERENT, EQUAL, MISPRINT, NOT_COMPUTED, Comparison
from wi2007 import study
from wi2007.tables.tidy import TidyRow, rounded

Key = tuple[str, str, str, str]


def reproduction(tables: Iterable[TidyRow], figures: Iterable[study.Figure]) -> list[Comparison]:
    """Return every published figure beside the tables, in the order of `figures`."""
    cells = {(row.tabel, row.rijvariabele, row.rij, row.kolom): row for row in tables}
    return [_compare(figure, _computed(cells, figure)) for figure in figures]


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
