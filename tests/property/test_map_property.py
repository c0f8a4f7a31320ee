"""Whatever the areas and the figures: a map can be drawn, everybody is in one class, and nothing leaves the frame."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import shapely
from charts_geometry import SVG, colliding, outside
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from wi2007.publication.map.classes import PARTS, Figure, classes
from wi2007.publication.map.make import drawing
from wi2007.publication.map.shapes import Frame, shapes
from wi2007.tables.tidy import percentage, rounded

SPAN = st.floats(0.5, 40, allow_nan=False)


@st.composite
def stars(draw: st.DrawFn) -> shapely.Polygon:
    """A polygon of any shape around a point, with or without a hole; it may cross others."""
    center = (draw(st.floats(0, 300)), draw(st.floats(0, 300)))
    reach = draw(st.lists(SPAN, min_size=3, max_size=14))

    def ring(part: float) -> list[tuple[float, float]]:
        turns = [2 * math.pi * number / len(reach) for number in range(len(reach))]
        return [
            (center[0] + part * far * math.cos(turn), center[1] + part * far * math.sin(turn))
            for far, turn in zip(reach, turns, strict=True)
        ]

    return shapely.Polygon(ring(1.0), [ring(0.3)] if draw(st.booleans()) else [])


@st.composite
def figures(draw: st.DrawFn, length: int, decimals: int, base: int = 1) -> list[Figure]:
    found = []
    for place in range(length):
        total = base * draw(st.integers(0, 4_000))
        count = base * draw(st.integers(0, total // base))
        percent = percentage(count, total)
        share = None if percent is None else rounded(percent, decimals)
        found.append(Figure(f"{place:04d}", f"Plaats {place}", count, total, share))
    return found


@examples(60)
@given(st.data(), st.integers(1, 120), st.integers(0, 3), st.sampled_from([1, 5, 10]))
def test_everybody_is_in_the_one_class_whose_limits_hold_the_figure(
    data: st.DataObject, length: int, decimals: int, base: int
) -> None:
    found = data.draw(figures(length, decimals, base))
    for measure in ("aandeel", "aantal"):
        made = classes(found, measure)  # type: ignore[arg-type]  # mypy takes the loop's values for any text
        members = [code for one in made for code in one.members]
        assert sorted(members) == [one.code for one in found]
        assert len([one for one in made if not (one.is_nought or one.is_unknown)]) <= len(PARTS) + 1
        values = {one.code: Decimal(one.count) if measure == "aantal" else one.share for one in found}
        for one in made:
            for code in one.members:
                value = values[code]
                if one.low is None or value is None:
                    assert one.low is value is None
                else:
                    assert one.low <= value
                    assert one.high is None or value < one.high or one.is_nought
                    assert one.is_nought == (value == 0)


@examples(25)
@given(st.data(), st.lists(stars(), min_size=1, max_size=12), st.sampled_from(["aandeel", "aantal"]))
def test_any_areas_can_be_drawn(data: st.DataObject, polygons: list[shapely.Polygon], measure: str) -> None:
    west, south, east, north = shapely.total_bounds(polygons)
    assume(0.3 < (north - south) / (east - west) < 3)
    found = data.draw(figures(len(polygons), 0))
    areas = {one.code: polygon for one, polygon in zip(found, polygons, strict=True)}
    made = drawing("Titel", found, areas, measure, 0)  # type: ignore[arg-type]
    assert made == drawing("Titel", found, areas, measure, 0)  # type: ignore[arg-type]
    assert made.alt.endswith(".")
    for text in (made.wide, made.narrow):
        svg = ElementTree.fromstring(text)
        assert outside(svg) == []
        assert colliding(svg) == []
        for path in svg.findall(f"{SVG}path"):
            assert not re.search(r"\.\d{3}", path.attrib["d"])


@examples(25)
@given(
    st.lists(st.lists(st.floats(-0.4, 0.4), min_size=9, max_size=9), min_size=9, max_size=9),
    st.integers(2, 60),
)
def test_a_country_without_gaps_stays_without_gaps(shifts: list[list[float]], detail: int) -> None:
    """Four by four fields with bent borders, simplified: their areas still add up to the whole."""

    def corner(x: int, y: int) -> tuple[float, float]:
        inside = 0 < x < 4 and 0 < y < 4
        return (x + (shifts[x][y] if inside else 0), y + (shifts[y][x] if inside else 0))

    def side(a: tuple[int, int], b: tuple[int, int]) -> list[tuple[float, float]]:
        """The same bends for both neighbours; none on the outer side."""
        (first, second), turned = sorted((a, b)), a > b
        (x1, y1), (x2, y2) = corner(*first), corner(*second)
        outer = first[0] == second[0] in (0, 4) or first[1] == second[1] in (0, 4)
        bend = 0 if outer else 0.02
        across = [
            (
                x1 + (x2 - x1) * n / detail + bend * math.sin(9 * n),
                y1 + (y2 - y1) * n / detail + bend * math.cos(7 * n),
            )
            for n in range(1, detail)
        ]
        return [corner(*a), *(reversed(across) if turned else across)]

    areas = {}
    for x in range(4):
        for y in range(4):
            around = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
            ring = [point for a, b in pairwise(around) for point in side(a, b)]
            areas[f"{x}{y}"] = shapely.Polygon(ring)
    assume(all(area.is_valid for area in areas.values()))
    assume(shapely.coverage_is_valid(list(areas.values())))
    drawn = list(shapes(areas, Frame(0, 0, 400, 400)).areas.values())
    assert shapely.coverage_is_valid(drawn)
    assert math.isclose(sum(area.area for area in drawn), 400 * 400, rel_tol=1e-9)
