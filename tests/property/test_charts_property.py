"""Whatever the figures and the names: charts can be drawn, and no text leaves the frame or touches another."""

from __future__ import annotations

from xml.etree import ElementTree

from charts_geometry import colliding, outside
from charts_sample import KINDS, Cells, draw
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007 import reference

COUNTRIES = [entry.label for entry in reference.countries().values()]
PLACES = [entry.label for entry in reference.municipalities().values()]
BASE = st.integers(0, 5_000)


@st.composite
def cells(draw_from: st.DrawFn, columns: list[str], names: list[str], longest: int) -> Cells:
    rows = draw_from(st.lists(st.sampled_from(names), min_size=1, max_size=longest, unique=True))
    found: Cells = {}
    for column in columns:
        base = draw_from(BASE)
        for row in rows:
            found[row, column] = (draw_from(st.integers(0, base)), base)
    return found


GENDERS = cells(["totaal", "man", "vrouw"], COUNTRIES, 26)
DECIMALS = st.integers(0, 3)


def check(variable: str, column: str, figures: Cells, kind: str | None, decimals: int) -> None:
    drawing = draw(variable, column, figures, kind, decimals=decimals)
    assert drawing.alt.endswith(".")
    for text in (drawing.wide, drawing.narrow):
        svg = ElementTree.fromstring(text)
        assert outside(svg) == []
        assert colliding(svg) == []


@examples(30)
@given(GENDERS, st.sampled_from([*KINDS, None]), DECIMALS)
def test_by_gender(figures: Cells, kind: str | None, decimals: int) -> None:
    check("land_van_herkomst", "geslacht", figures, kind, decimals)


@examples(20)
@given(st.data(), st.lists(st.sampled_from(PLACES), min_size=1, max_size=24, unique=True), st.integers(0, 1))
def test_panels(data: st.DataObject, places: list[str], decimals: int) -> None:
    figures = data.draw(cells(places, COUNTRIES, 14))
    check("land_van_herkomst", "gemeente", figures, "composition", decimals)
