"""A bridge chart: bars that join and are as long as their figures, directions that do not need colour."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from bridge_geometry import bars
from charts_geometry import colliding, outside, texts

from wi2007.publication.charts import Bridge, ChartDrawing, Step, Words, bridge_of
from wi2007.publication.charts.style import LESS, MORE, REST, SOLID

WORDS = Words("Deel", "personen", "daarna")
STEPS = (
    Step("Niet meer in het register", -30),
    Step("Uitgestroomd: Gedeeltelijke vrijstelling", -400),
    Step("Weer inburgeringsplichtig", 115),
    Step("Afronding", -10, aside=True),
)


def is_largest(first: Step, others: Sequence[Step]) -> bool:
    return all(abs(first.amount) > abs(step.amount) for step in others)


def draw(begin: int, steps: tuple[Step, ...] = STEPS) -> ChartDrawing:
    bridge = Bridge(begin, steps, ("1 juli 2022", "1 oktober 2023"), WORDS, is_largest)
    return bridge_of("grafiek-v-1", "Titel & meer", bridge, "Aantal")


@pytest.mark.parametrize("begin", [7920, 430])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_text_stays_inside_and_apart_from_the_others(begin: int, width: str) -> None:
    svg = ElementTree.fromstring(getattr(draw(begin), width))
    assert outside(svg) == []
    assert colliding(svg) == []


@pytest.mark.parametrize("begin", [500, 7920])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_lengths_are_in_proportion_from_nil(width: str, begin: int) -> None:
    drawn = bars(getattr(draw(begin), width))
    unit = drawn[0].length / begin
    for bar, persons in zip(drawn, (begin, 30, 400, 115, 10, begin - 325), strict=True):
        assert bar.length == pytest.approx(max(persons * unit, 1), abs=0.1)
    assert drawn[0].left == drawn[-1].left


def test_direction_shows_in_sign_and_hatching_besides_colour() -> None:
    drawing = draw(7920)
    shown = [one.text for one in texts(ElementTree.fromstring(drawing.wide))]
    assert {"−30", "−400", "+115", "−10"} <= set(shown)
    assert MORE.hatch != LESS.hatch
    assert "" not in (MORE.hatch, LESS.hatch)
    found = [bar.fill for bar in bars(drawing.wide)]
    assert found == [SOLID.color, LESS.color, LESS.color, MORE.color, REST.color, SOLID.color]


def test_words_without_steps_and_of_equals() -> None:
    assert draw(5, ()).alt == "Brugdiagram van 5 (1 juli 2022) naar 5 (1 oktober 2023)."
    equals = draw(50, (Step("Een", -5), Step("Twee", -5), Step("Afronding", 20, aside=True)))
    assert equals.alt.endswith("naar 60 (1 oktober 2023).")
    more = draw(50, (Step("Een", -5), Step("Twee", -10), Step("Drie", 20)))
    assert more.alt.endswith(": het meest eraf door ‘Twee’ (−10); het meest erbij door ‘Drie’ (+20).")
