"""Figures of the tidy tables (`schemas.tidy`): their percentages, rounding, and whether they are those of the study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from schemas.statement_tables import DIFFERENT, EQUAL, MISPRINT, NOT_COMPUTED, Comparison
from schemas.tidy import TidyRow
from wi2007 import study

Key = tuple[str, str, str, str]


def percentage(count: int, base: int) -> float | None:
    """Give `count` as a percentage of `base`, unrounded; None when `base` is 0."""
    return 100 * count / base if base else None


def rounded(percent: float, decimals: int) -> Decimal:
    """Round a percentage as a table shows it: half away from zero, as people round.

    The shortest text of the number is rounded, so that an exact half (12.5, 0.05) is seen as one.
    """
    return Decimal(repr(percent)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


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
