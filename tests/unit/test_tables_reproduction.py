"""The verdicts on published figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.statement_tables import REPRODUCTION
from schemas.tidy import TidyRow
from wi2007.study import Figure, figures
from wi2007.tables.tidy import percentage, reproduction


def row(count: int, base: int, label: str = "Marokko") -> TidyRow:
    return TidyRow(
        "2.1", "nog", "land_van_herkomst", label, "geslacht", "man", count, percentage(count, base), base
    )


def figure(maat: str, printed: str, correct: str | None = None, decimals: int = 0) -> Figure:
    return Figure(
        tabel="2.1",
        populatie="nog",
        rijvariabele="land_van_herkomst",
        rij="Marokko",
        kolomvariabele="geslacht",
        kolom="man",
        maat=maat,
        printed=Decimal(printed),
        decimals=decimals,
        correct=Decimal(correct or printed),
        erratum="Verkeerd opgeteld" if correct else "",
    )


@pytest.mark.parametrize(
    ("table", "printed", "computed", "verdict"),
    [
        (row(1, 8), figure("procent", "13"), "13", "gelijk"),
        (row(1, 8), figure("procent", "12"), "13", "afwijkend"),
        (row(1, 8), figure("procent", "12.5", decimals=1), "12.5", "gelijk"),
        (row(4, 25), figure("procent", "16.0", decimals=1), "16.0", "gelijk"),
        (row(12, 25), figure("aantal", "12"), "12", "gelijk"),
        (row(12, 25), figure("aantal", "21", correct="12"), "12", "drukfout"),
        (row(13, 25), figure("aantal", "21", correct="12"), "13", "afwijkend"),
        (row(21, 25), figure("aantal", "21", correct="12"), "21", "gelijk"),
        (row(0, 0), figure("procent", "0"), "", "niet berekend"),
        (row(1, 8, label="China"), figure("procent", "13"), "", "niet berekend"),
    ],
)
def test_verdict(table: TidyRow, printed: Figure, computed: str, verdict: str) -> None:
    (comparison,) = reproduction([table], [printed])
    assert (comparison.berekend, comparison.oordeel) == (computed, verdict)
    assert comparison.gepubliceerd == str(printed.printed)


def test_nothing_computed_still_shows_every_published_figure() -> None:
    comparisons = reproduction([], figures())
    assert len(comparisons) == 243
    assert {comparison.oordeel for comparison in comparisons} == {"niet berekend"}
    lines = REPRODUCTION.to_csv(comparisons).splitlines()
    assert lines[0] == "tabel,rij,kolom,maat,gepubliceerd,berekend,oordeel"
    assert len(lines) == 244
