"""Whatever the numbers: the bars of a bridge join up from begin to end, and no text leaves it or touches another."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bridge_geometry import bars, lines
from charts_geometry import colliding, outside
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007.publication.charts import Bridge, Step, Words, bridge_of

NAMES = [f"Uitgestroomd: een route met nummer {number}" for number in range(8)]
AMOUNTS = st.integers(-3_000, 3_000).filter(bool)


@st.composite
def bridges(draw: st.DrawFn) -> Bridge:
    amounts = draw(st.lists(AMOUNTS, max_size=8))
    begin = draw(st.integers(0, 12_000))
    steps = tuple(
        Step(name, amount, draw(st.booleans())) for name, amount in zip(NAMES, amounts, strict=False)
    )
    return Bridge(
        begin, steps, ("1 juli 2022", "1 oktober 2023"), Words("Deel", "personen", "daarna"), lambda *_: True
    )


@examples(40)
@given(bridges())
def test_the_bars_join_up(bridge: Bridge) -> None:
    drawing = bridge_of("grafiek-v-1", "Titel", bridge, "Aantal")
    for text in (drawing.wide, drawing.narrow):
        svg = ElementTree.fromstring(text)
        assert outside(svg) == []
        assert colliding(svg) == []
        joins = lines(text)[1:]
        assert len(joins) == len(bridge.steps) + 1
        ordered = [bar for bar in bars(text) if bar.length]
        for across, top, bottom in joins:
            above = [bar for bar in ordered if abs(bar.bottom - top) < 1]
            below = [bar for bar in ordered if abs(bar.top - bottom) < 1]
            for bar in (*above, *below):
                assert min(abs(across - bar.left), abs(across - bar.right)) <= 1.1


@examples(200)
@given(bridges())
def test_the_data_say_every_number_and_add_up(bridge: Bridge) -> None:
    first, *middle, last = bridge.data().rows
    level = first.values[1] or 0.0
    for row in middle:
        level += row.values[0] or 0.0
        assert row.values[1] == pytest.approx(level)
    assert last.values == (level, level)
