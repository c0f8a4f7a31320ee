"""Heat maps and lines through the years: what they draw, and that it can be read."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from charts_geometry import SVG, box, colliding, outside, texts
from charts_sample import GENDER, ROUTES, Cells, draw

from wi2007.publication.charts import ChartDrawing, Series, Trend, trend_chart

WIDTHS = ("wide", "narrow")


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shades(drawing: ChartDrawing, width: str = "wide") -> list[tuple[float, str, str]]:
    """The figure, the colour of its cell and that of its letters, of every cell of a heat map."""
    found = []
    cells: list[ElementTree.Element] = []
    for element in ElementTree.fromstring(getattr(drawing, width)):
        if element.tag == f"{SVG}path" and element.get("fill", "none") != "none":
            cells.append(element)
    words = texts(ElementTree.fromstring(getattr(drawing, width)))
    for text in (one for one in words if (one.text or "").endswith("%")):
        left, top, right, bottom = box(text)
        middle = ((left + right) / 2, (top + bottom) / 2)
        (cell,) = [one for one in cells if _holds(one, middle)]
        figure = float((text.text or "").rstrip("%").replace(",", "."))
        found.append((figure, cell.attrib["fill"], text.get("fill", "#000000")))
    return found


def _holds(path: ElementTree.Element, point: tuple[float, float]) -> bool:
    numbers = [
        float(one) for one in path.attrib["d"].replace("M", " ").replace("L", " ").replace("z", " ").split()
    ]
    across, down = numbers[::2], numbers[1::2]
    return min(across) <= point[0] <= max(across) and min(down) <= point[1] <= max(down)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_higher_figure_has_a_darker_cell_and_every_figure_can_be_read(width: str) -> None:
    many: Cells = {
        (f"Route {row}", f"Plaats {column}"): ((row * 13 + column * 7) % 101, 100)
        for row in range(7)
        for column in range(8)
    }
    found = shades(draw("uitstroomroute", "gemeente", many, "composition"), width)
    assert len(found) == 56
    for (low, light, _), (high, dark, _) in pairwise(sorted(found)):
        assert luminance(light) >= luminance(dark)
        assert low == high or light != dark or high - low < 2
    assert min(contrast(cell, letters) for _, cell, letters in found) >= 4.5


def test_what_is_no_category_stands_apart_in_a_heat_map() -> None:
    svg = ElementTree.fromstring(draw("uitstroomroute", "gemeente", ROUTES, "composition").wide)
    heads = {one.text: box(one) for one in texts(svg) if one.text in {"Amsterdam", "Den Haag", "ingezetenen"}}
    middles = [(left + right) / 2 for left, _, right, _ in heads.values()]
    first, second = (after - before for before, after in pairwise(sorted(middles)))
    assert second > first + 4


@pytest.mark.parametrize("kind", ["bars", "pairs"])
def test_a_rest_that_would_flatten_the_others_has_its_figure_alone(kind: str) -> None:
    large = {
        (row if row != "Oudkomer" else "Overig", column): count for (row, column), count in GENDER.items()
    }
    rows = {"rows": [{"variable": "doelgroep", "rest": "Overig"}]}
    small = {**large, **{("Nieuwkomer", column): (5, 100) for column in ("totaal", "man", "vrouw")}}
    usual, flat = (draw("doelgroep", "geslacht", cells, kind, **rows) for cells in (large, small))
    assert "zonder staaf: Overig" in " ".join(
        one.text or "" for one in texts(ElementTree.fromstring(flat.wide))
    )
    assert "zonder staaf" not in usual.wide
    assert [row.texts for row in flat.data.rows if row.label == "Overig"] != []


def trend_of(names: list[str], counts: list[list[int]]) -> ChartDrawing:
    moments = [str(2017 + place) for place in range(len(counts[0]))]
    series = tuple(
        Series(name, tuple((float(year), float(count)) for year, count in zip(moments, some, strict=True)))
        for name, some in zip(names, counts, strict=True)
    )
    return trend_chart("grafiek-x", "Titel", Trend(series, "Jaar", tuple(moments)), "Noot", "Wat er staat.")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "ends",
    [(0, 0, 0, 0, 0, 0), (1, 1, 1, 2, 2, 90_000), (5, 4, 3, 2, 1, 0), (100, 101, 99, 100, 0, 1)],
)
def test_names_stand_beside_the_ends_of_their_lines_and_never_over_each_other(
    ends: tuple[int, ...], width: str
) -> None:
    names = ["Inburgering voldaan", "Onbekend", "Natuurlijke uitstroom", "Ontheffing", "Gehele vrijstelling"]
    names += ["Gedeeltelijke vrijstelling van wie een heel lange naam heeft"]
    svg = ElementTree.fromstring(getattr(trend_of(names, [[9, 5, end] for end in ends]), width))
    assert outside(svg) == []
    assert colliding(svg) == []
    places = {one.text: box(one)[1] for one in texts(svg)}
    order = sorted(range(5), key=lambda place: (-ends[place], place))
    tops = [places[names[place]] for place in order if names[place] in places]
    assert tops == sorted(tops)


def test_lines_differ_in_more_than_colour() -> None:
    drawing = trend_of([f"Route {place}" for place in range(6)], [[place, place + 1] for place in range(6)])
    lines = [
        one
        for one in ElementTree.fromstring(drawing.wide).iter(f"{SVG}path")
        if one.get("stroke-width") == "2" and one.get("fill") == "none"
    ]
    assert len({one.get("stroke-dasharray", "") for one in lines}) == 6
    assert drawing.data.rows[0].texts == ("0", "1", "2", "3", "4", "5")
