"""The published figures as data: all of them, exact, with the two errors in print."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from wi2007 import study
from wi2007.errors import UserError
from wi2007.project import REFERENCE


def test_all_published_figures_are_there_once() -> None:
    figures = study.figures()
    places = {(f.tabel, f.rijvariabele, f.rij, f.kolom, f.maat) for f in figures}
    assert len(figures) == len(places) == 243
    per_table = {
        tabel: sum(f.tabel == tabel for f in figures) for tabel in ("2.1", "2.2", "2.3", "2.4", "2.5")
    }
    assert per_table == {"2.1": 39, "2.2": 60, "2.3": 27, "2.4": 54, "2.5": 63}


def test_the_two_errata_say_what_is_right() -> None:
    wrong = {(f.tabel, f.kolom): (f.printed, f.correct) for f in study.figures() if f.erratum}
    assert wrong == {
        ("2.4", "Overig"): (Decimal(146116), Decimal(146112)),
        ("2.5", "Overige gemeenten"): (Decimal(136006), Decimal(133076)),
    }
    assert all(f.printed == f.correct for f in study.figures() if not f.erratum)


def test_with_the_errata_the_columns_add_up() -> None:
    for tabel in ("2.4", "2.5"):
        totals = [f.correct for f in study.figures() if f.tabel == tabel and f.maat == study.COUNT]
        assert sum(totals) == 236997


def test_percentages_keep_their_printed_precision() -> None:
    exit_route = [
        f for f in study.figures() if f.tabel == "2.3" and f.rij == "Onbekend" and f.kolom == "totaal"
    ]
    assert [(str(f.printed), f.decimals) for f in exit_route] == [("16.0", 1)]


@pytest.mark.parametrize(("old", "new"), [("146116", "146117"), ("2.4,totaal,Overig", "2.4,totaal,Elders")])
def test_an_erratum_that_fits_no_figure_is_an_error(tmp_path: Path, old: str, new: str) -> None:
    shutil.copy(REFERENCE / "studie_2022.csv", tmp_path)
    errata = (REFERENCE / "studie_2022_errata.csv").read_text(encoding="utf-8")
    assert old in errata
    (tmp_path / "studie_2022_errata.csv").write_text(errata.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError, match=r"studie_2022_errata\.csv, rij \d"):
        study.figures(tmp_path)
