"""The workbook of the demonstration gives every figure of CBS that the study names, and no other."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from cbs_books import read

from wi2007.cbs.table import CbsSource, CbsTable
from wi2007.demo import cbs


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[CbsTable, CbsSource]:
    chosen = cbs.load()
    path = tmp_path_factory.mktemp("cbs") / chosen.bestand
    path.write_bytes(cbs.workbook(chosen))
    return read(path)


@pytest.mark.parametrize(
    ("claim", "kenmerk", "categorie", "count"),
    [
        ("c12", "totaal", "totaal", 9010),
        ("c13", "inkomen", "bijstand", 2500),
        ("c17", "inkomen", "loon of eigen bedrijf", 3700),
        ("c19", "inkomen", "zelfstandige", 755),
    ],
)
def test_the_counts(
    found: tuple[CbsTable, CbsSource], claim: str, kenmerk: str, categorie: str, count: int
) -> None:
    assert found[0].count(kenmerk, categorie) == count, claim


@pytest.mark.parametrize(
    ("claim", "kenmerk", "categorie", "percent", "computed"),
    [
        ("c14", "inkomen", "bijstand", 28, True),
        ("c18", "inkomen", "loon of eigen bedrijf", 41, True),
        ("c21", "doelgroep", "nieuwkomer", 38, False),
        ("c22", "doelgroep", "oudkomer", 62, False),
    ],
)
def test_the_shares_of_everybody(
    found: tuple[CbsTable, CbsSource], claim: str, kenmerk: str, categorie: str, percent: int, computed: bool
) -> None:
    part = found[0].share(kenmerk, categorie)
    assert part is not None
    assert (part.shown, part.computed) == (percent, computed), claim


@pytest.mark.parametrize(
    ("claim", "categorie", "nationaliteit", "least", "most"),
    [
        ("c15", "bijstand", "Marokkaans", 33, 33),
        ("c20", "zelfstandige", "Chinees", 27, 27),
    ],
)
def test_the_shares_within_a_category(
    found: tuple[CbsTable, CbsSource], claim: str, categorie: str, nationaliteit: str, least: int, most: int
) -> None:
    part = found[0].within("inkomen", categorie, nationaliteit)
    assert part is not None
    assert least <= part.shown <= most, claim
    assert not part.computed


def test_of_a_share_from_two_to_three_percent_no_figure_between_is_made_up(
    found: tuple[CbsTable, CbsSource],
) -> None:
    """Statement c16 of the study has no figure: the workbook has a point, and a note that says what the study says."""
    assert found[0].within("inkomen", "bijstand", "Chinees") is None
    notes = " ".join(note for notes in found[1].notes.values() for note in notes)
    assert "twee tot drie procent" in notes


def test_where_the_study_gives_no_figure_there_is_a_point_and_no_zero(
    found: tuple[CbsTable, CbsSource],
) -> None:
    known = [row for row in found[0].rows if row.aantal is not None]
    assert len(found[0].rows) == 37
    assert len(known) == 13
    assert {row.teken for row in found[0].rows if row.aantal is None} == {"."}
    assert not any(row.aantal == 0 for row in found[0].rows)
    assert {row.meetmoment for row in found[0].rows} == {"2019-01-01"}


def test_it_says_everywhere_that_it_is_a_reconstruction(
    found: tuple[CbsTable, CbsSource], tmp_path: Path
) -> None:
    source = found[1]
    assert source.reconstruction
    assert all("Reconstructie" in title for title in source.titles.values())
    path = tmp_path / "cbs.xlsx"
    path.write_bytes(cbs.workbook(cbs.load()))
    with zipfile.ZipFile(path) as parts:
        texts = parts.read("xl/sharedStrings.xml").decode()
        properties = parts.read("docProps/core.xml").decode()
    assert texts.count("geen uitgave van het CBS") == 3
    assert "Reconstructie" in properties


def test_it_is_the_same_bytes_each_time() -> None:
    assert cbs.workbook(cbs.load()) == cbs.workbook(cbs.load())
