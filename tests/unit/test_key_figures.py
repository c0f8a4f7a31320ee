"""Key figures tell what surely changed since the peildatum before, and how the group went before that."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest
from change_sample import rows, told
from charts_geometry import SVG, colliding, outside, size_of, texts
from content_sample import PROTECTED, chapter_of, inputs, section, with_files
from hypothesis import given
from hypothesis import strategies as st
from test_tempo_chapter import published

from schemas.change import CHANGE
from schemas.tempo_tables import TEMPO, WAYS
from wi2007 import dutch
from wi2007.publication import structure
from wi2007.publication.chapters.change import Change
from wi2007.publication.charts import sparkline
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.document import Document, KeyFigure, KeyFigures
from wi2007.publication.report import make, report

POINTS = [(2017.0, 48_125.0), (2018.0, 30_965.0), (2022.0, 8165.0), (2023.75, 6650.0)]


def with_cells(whole: tuple[int, dict[str, int]], part: tuple[int, dict[str, int]]) -> Inputs:
    """Everybody, and who comes from Marokko, as the change has them: the count before, and the parts."""
    found = [
        *rows(("2.1", "totaal", "geslacht"), "totaal", whole, "totaal"),
        *rows(("2.1", "land_van_herkomst", "geslacht"), "Marokko", part, "totaal"),
    ]
    files = {"verandering_csv": CHANGE.to_csv(found), "verandering_json": told()}
    return with_files(inputs(afronding=PROTECTED), **files)


def since(whole: tuple[int, dict[str, int]], part: tuple[int, dict[str, int]]) -> dict[str, Any]:
    change = chapter_of(Change, with_cells(whole, part)).values()["sinds"]
    found: dict[str, Any] = change("2.1", "land_van_herkomst", "Marokko", "totaal")
    return found


@pytest.mark.parametrize(("end", "told_of"), [(-5, 0), (5, 0), (-10, -10), (15, 15)])
def test_a_count_is_compared_where_rounding_leaves_no_doubt(end: int, told_of: int) -> None:
    assert since((1000, {}), (500, {"gecorrigeerd": end}))["verschil"] == told_of


@pytest.mark.parametrize(
    ("fewer", "was"), [(-400, "50%"), (-5, ""), (-30, "")], ids=["far fewer", "by rounding", "by chance"]
)
def test_a_percentage_is_compared_where_it_is_surely_another_and_not_by_chance(fewer: int, was: str) -> None:
    assert since((1000, {}), (500, {"uitgestroomd/Ontheffing": fewer}))["procent"] == was


@given(
    wholes=st.tuples(st.integers(60, 20_000), st.integers(60, 20_000)),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    off=st.lists(st.integers(-4, 4), min_size=4, max_size=4),
)
def test_what_is_told_is_true_of_the_persons(
    wholes: tuple[int, int], shares: tuple[float, float], off: list[int]
) -> None:
    """Whatever rounding did to the two counts on either day."""
    parts = [round(whole * share) for whole, share in zip(wholes, shares, strict=True)]
    then, now, then_whole, now_whole = (
        max(0, count + moved) for count, moved in zip((*parts, *wholes), off, strict=True)
    )
    told_of = since(
        (then_whole, {"gecorrigeerd": now_whole - then_whole}), (then, {"gecorrigeerd": now - then})
    )
    if told_of["verschil"]:
        assert (told_of["verschil"] > 0) == (parts[1] > parts[0])
    if told_of["procent"]:
        more = Fraction(now, now_whole) > Fraction(then, then_whole)
        assert more == (Fraction(parts[1], wholes[1]) > Fraction(parts[0], wholes[0]))


def test_a_percentage_that_looks_the_same_is_not_compared() -> None:
    """Of two million persons a quarter of a point is no chance, and both are shown as 50."""
    more = {"nieuw_in_register": 7000}
    assert since((2_000_000, {}), (1_000_000, more))["procent"] == ""
    assert since((2_000_000, {}), (1_000_000, more))["verschil"] == 7000


@pytest.mark.parametrize("part", ["definitie", "herindeling"])
def test_what_counts_something_else_by_now_is_not_compared(part: str) -> None:
    assert since((1000, {}), (500, {part: -100})) == {}
    assert since((1000, {part: -100}), (500, {})) == {}


def test_a_cell_that_is_not_told_of_is_not_compared() -> None:
    change = chapter_of(Change, with_cells((1000, {}), (500, {}))).values()["sinds"]
    assert change("2.1", "land_van_herkomst", "China", "totaal") == {}
    assert change("2.3", "totaal", "totaal", "totaal") == {}


def figures(document: Document) -> list[KeyFigure]:
    blocks = section(document, "kerncijfers").blocks
    return [one for block in blocks if isinstance(block, KeyFigures) for one in block.figures]


def test_key_figures_tell_it_in_words() -> None:
    made = report(
        with_cells((1000, {"uitgestroomd/Ontheffing": -200}), (900, {"uitgestroomd/Ontheffing": -700}))
    )
    first, *others = figures(made)
    assert first.change == "200 minder dan op 1 juli 2022 (−20,0%)"
    assert [one.change for one in others if "Marokko" in one.label] in ([], ["op 1 juli 2022 was dat 90%"])
    assert all(not one.change for one in figures(report(inputs())))


def test_the_line_has_the_counts_of_the_table_of_outflow() -> None:
    given_inputs = published(WAYS)
    made = make(replace(given_inputs, charts=True))
    first, *others = figures(made.document)
    assert first.line is not None
    assert all(one.line is None for one in others)
    rows_ = TEMPO.from_csv(given_inputs.files["tempo.csv"])
    whole = [row for row in rows_ if (row.kenmerk, row.route) == ("totaal", "totaal") and row.begin]
    expected = {
        date.fromisoformat(row.begin): row.plichtig_begin or 0 for row in whole if row.periode.isdigit()
    }
    expected[date(2024, 7, 1)] = whole[0].plichtig_peildatum or 0
    assert len(expected) >= 3
    for day, count in expected.items():
        assert f"{dutch.count(count)} op {dutch.day(day)}" in first.line.alt
    assert f"{dutch.count(expected[min(expected)])} op {dutch.day(min(expected))}" in first.line.text
    assert first.line.alt in made.charts[first.line.picture]
    assert first.line.picture in structure.chart_files(made.document)


def test_there_is_no_line_of_fewer_than_three_days_nor_without_charts() -> None:
    given_inputs = published(WAYS)
    assert figures(report(given_inputs))[0].line is None
    few = [
        row
        for row in TEMPO.from_csv(given_inputs.files["tempo.csv"])
        if not row.periode.isdigit() or row.periode == "2023"
    ]
    made = make(replace(with_files(given_inputs, tempo_csv=TEMPO.to_csv(few)), charts=True))
    assert figures(made.document)[0].line is None
    assert "verloop.svg" not in made.charts


def test_the_line_stands_inside_a_page_and_says_no_more_than_its_years() -> None:
    drawn = sparkline("verloop", "Titel", "Wat er staat", POINTS)
    assert drawn == sparkline("verloop", "Titel", "Wat er staat", POINTS)
    svg = ElementTree.fromstring(drawn)
    assert [text.text for text in texts(svg)] == ["2017", "2023"]
    assert outside(svg) == colliding(svg) == []
    assert all(size_of(text) >= 11 for text in texts(svg))
    assert 'role="img"' in drawn
    assert "<desc" in drawn


@given(st.lists(st.integers(0, 300_000), min_size=3, max_size=60).filter(any))
def test_the_line_is_as_high_as_its_counts(counts: list[int]) -> None:
    """Above a baseline of nought, so that half as many is half as high."""
    points = [(2017.0 + at, float(count)) for at, count in enumerate(counts)]
    svg = ElementTree.fromstring(sparkline("verloop", "Titel", "Tekst", points))
    base, line = (one.attrib["d"] for one in list(svg.iter(f"{SVG}path"))[:2])
    nought = float(re.findall(r"[ML] \S+ (\S+)", base)[0])
    heights = [nought - float(y) for y in re.findall(r"[ML] \S+ (\S+)", line)]
    assert len(heights) == len(points)
    scale = max(heights) / max(counts)
    assert all(abs(height - count * scale) < 0.02 for height, count in zip(heights, counts, strict=True))
