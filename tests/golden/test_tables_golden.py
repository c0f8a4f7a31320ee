"""The proof: from the demonstration delivery the pipeline's own steps give back the tables of the study."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from shared import Made
from trial import FIRST

from schemas.statement_tables import MISPRINT, Comparison
from schemas.tidy import TIDY, TidyRow
from wi2007 import study
from wi2007.tables.tidy import reproduction


@pytest.fixture(scope="module")
def processed(demonstration: Made) -> Path:
    return demonstration.trial.processed(FIRST)


@pytest.fixture(scope="module")
def rows(processed: Path) -> list[TidyRow]:
    return TIDY.read(processed / "tabellen.csv")


@pytest.fixture(scope="module")
def comparisons(rows: list[TidyRow]) -> list[Comparison]:
    return reproduction(rows, study.figures())


def test_all_figures_come_out_as_printed_but_the_two_errors_in_print(comparisons: list[Comparison]) -> None:
    assert Counter(comparison.oordeel for comparison in comparisons) == {"gelijk": 241, "drukfout": 2}


def test_the_errors_in_print_come_out_as_they_must_be(comparisons: list[Comparison]) -> None:
    misprints = [
        (c.tabel, c.rij, c.kolom, c.gepubliceerd, c.berekend) for c in comparisons if c.oordeel == MISPRINT
    ]
    assert misprints == [
        ("2.4", "totaal", "Overig", "146116", "146112"),
        ("2.5", "totaal", "Overige gemeenten", "136006", "133076"),
    ]


@pytest.mark.parametrize("table", ["2.4", "2.5"])
def test_the_columns_add_up_to_everyone(rows: list[TidyRow], table: str) -> None:
    assert sum(row.aantal for row in rows if row.tabel == table and row.rij == "totaal") == 236_997


def test_the_tables_hold_the_figures_of_the_study_and_unknown_ages(rows: list[TidyRow]) -> None:
    of_study = {figure.tabel for figure in study.figures()}
    study_rows = [row for row in rows if row.tabel in of_study]
    made = {
        (row.tabel, row.populatie, row.rijvariabele, row.rij, row.kolomvariabele, row.kolom)
        for row in study_rows
    }
    printed = {
        (f.tabel, f.populatie, f.rijvariabele, f.rij, f.kolomvariabele, f.kolom) for f in study.figures()
    }
    ages = ("2.2", "nog_inburgeringsplichtig", "leeftijdsklasse", "Onbekend", "geslacht")
    assert made - printed == {(*ages, column) for column in ("totaal", "man", "vrouw")}
    assert printed <= made
    assert len(made) == len(study_rows)


def test_the_tables_keep_their_contract(processed: Path) -> None:
    TIDY.checked(processed / "tabellen.csv")
