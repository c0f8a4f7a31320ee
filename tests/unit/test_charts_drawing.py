"""What charts draw: only what the table shows, inside their frame, and SVG that can stand in HTML and PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from charts_geometry import SVG, colliding, outside, size_of, texts
from charts_sample import GENDER, ROUTES, draw, specification, tidy
from matplotlib.axes import Axes

from wi2007.publication.charts import bars, chart_for
from wi2007.publication.charts.data import Entry, Grid
from wi2007.publication.charts.heat import heat
from wi2007.publication.charts.sheet import wrap
from wi2007.publication.charts.style import LIGHT, NARROW, QUIET_TEXT, REST, SOLID, TEXT, WIDE, Size

DRAWINGS = {
    "pairs": draw("doelgroep", "geslacht", GENDER, "pairs"),
    "pyramid": draw("leeftijdsklasse", "geslacht", GENDER, "pyramid"),
    "bars": draw("doelgroep", "geslacht", GENDER, "bars", decimals=1),
    "heat": draw("uitstroomroute", "gemeente", ROUTES, "composition"),
}
BOTH = [(name, width) for name in DRAWINGS for width in ("wide", "narrow")]


def root(name: str, width: str) -> ElementTree.Element:
    return ElementTree.fromstring(getattr(DRAWINGS[name], width))


def lengths(svg: ElementTree.Element, fill: str) -> list[float]:
    """The lengths of bars with a fill, outlines included."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        if path.get("fill", "").startswith(fill) and path.get("fill") != "none":
            across = [float(x) for x in re.findall(r"[ML] (\S+) \S+", path.attrib["d"])]
            found.append(max(across) - min(across) + (1 if path.get("stroke") else 0))
    return found


@pytest.mark.parametrize(("name", "width"), BOTH)
def test_every_text_stays_inside_and_apart_from_the_others(name: str, width: str) -> None:
    svg = root(name, width)
    assert outside(svg) == []
    assert colliding(svg) == []


@pytest.mark.parametrize(("name", "width"), BOTH)
def test_text_is_text_of_one_family_and_large_enough(name: str, width: str) -> None:
    for text in texts(root(name, width)):
        assert size_of(text) >= 11
        assert text.attrib["font-family"] == "'Source Sans Pro'"


@pytest.mark.parametrize(("name", "width"), BOTH)
def test_svg_can_stand_inside_html(name: str, width: str) -> None:
    drawing = DRAWINGS[name]
    text = getattr(drawing, width)
    assert text.startswith("<svg ")
    for unwanted in (
        "<?xml",
        "<!DOCTYPE",
        "<style",
        "style=",
        "<metadata",
        "xlink",
        "rdf",
        "<g",
        "matplotlib",
    ):
        assert unwanted not in text
    svg = root(name, width)
    assert svg.attrib["role"] == "img"
    assert svg.attrib["viewBox"] == f"0 0 {svg.attrib['width']} {svg.attrib['height']}"
    ids = re.findall(r' id="([^"]+)"', text)
    assert svg.attrib["aria-labelledby"].split() == ids[:2]
    assert set(re.findall(r"url\(#([^)]+)\)", text)) == set(ids[2:])
    assert [svg[0].text, svg[1].text] == [drawing.title, drawing.alt]


def test_ids_are_unique_over_charts_and_widths() -> None:
    ids: list[str] = []
    for spec, rows in (
        (specification("doelgroep", "geslacht", "pairs"), tidy("doelgroep", "geslacht", GENDER)),
        (
            specification("leeftijdsklasse", "geslacht", "pyramid"),
            tidy("leeftijdsklasse", "geslacht", GENDER),
        ),
    ):
        for drawing in chart_for(spec.tables[0], rows, spec):
            ids += re.findall(r' id="([^"]+)"', drawing.wide + drawing.narrow)
    assert len(ids) == len(set(ids)) > 8


def test_two_charts_of_one_variable_have_their_own_ids() -> None:
    spec = specification("doelgroep", "geslacht")
    charts = [{"kind": kind, "rows": "doelgroep", "title": kind} for kind in ("bars", "pairs", "composition")]
    table = spec.tables[0].model_validate(spec.tables[0].model_dump() | {"charts": charts})
    drawings = chart_for(table, tidy("doelgroep", "geslacht", GENDER), spec)
    assert [drawing.id for drawing in drawings] == [
        "grafiek-9-1-doelgroep",
        "grafiek-9-1-doelgroep-2",
        "grafiek-9-1-doelgroep-3",
    ]


def test_bars_are_as_long_as_the_figures_shown() -> None:
    """25% and 75% of men, 83% and 17% of women; the 83 and 17 are rounded, and so are their bars."""
    for svg in (root("pairs", "wide"), root("pyramid", "narrow")):
        men, women = sorted(lengths(svg, SOLID.color)), sorted(lengths(svg, "url("))
        assert men[1] / men[0] == pytest.approx(3, rel=0.01)
        assert women[1] / men[1] == pytest.approx(83 / 75, rel=0.01)
        assert women[0] / men[1] == pytest.approx(17 / 75, rel=0.03)


def test_nothing_more_precise_than_shown_is_drawn() -> None:
    """Other counts with the same percentages as shown give the same picture."""
    first = draw("doelgroep", "geslacht", GENDER, "pairs")
    other = {key: (count * 1000 + (3 if count else 0), base * 1000) for key, (count, base) in GENDER.items()}
    second = draw("doelgroep", "geslacht", other, "pairs")
    assert (first.wide, first.narrow, first.alt, first.data) == (
        second.wide,
        second.narrow,
        second.alt,
        second.data,
    )


def test_the_same_drawing_is_the_same_text() -> None:
    assert draw("doelgroep", "geslacht", GENDER, "pairs") == DRAWINGS["pairs"]


def test_the_data_repeat_every_figure_drawn() -> None:
    data = DRAWINGS["pairs"].data
    assert (data.header, data.columns) == ("Doelgroep", ("Mannen", "Vrouwen"))
    assert data.rows[0] == ("Nieuwkomer", ("25%", "83%"), (25.0, 83.0))
    for name, drawing in DRAWINGS.items():
        shown = " ".join(text.text or "" for text in texts(root(name, "wide")))
        for _, words, _ in drawing.data.rows:
            for word in words:
                assert word in shown


@pytest.mark.parametrize(("name", "width"), [one for one in BOTH if one[0] != "heat"])
def test_every_bar_names_the_cell_of_the_data_that_it_draws(name: str, width: str) -> None:
    """One scale for all: a bar that named another cell would have another length."""
    data = DRAWINGS[name].data
    scales, named = [], []
    for shape in root(name, width).iter():
        if "data-cell" in shape.attrib:
            row, column = map(int, shape.attrib["data-cell"].split())
            across = [float(x) for x in re.findall(r"[ML] (\S+) \S+", shape.attrib["d"])]
            value = data.rows[row].values[column]
            assert value
            scales.append((max(across) - min(across) + bool(shape.get("stroke"))) / value)
            named.append((row, column))
    values = {(y, x): value for y, row in enumerate(data.rows) for x, value in enumerate(row.values)}
    assert sorted(named) == [place for place, value in values.items() if value]
    assert max(scales) == pytest.approx(min(scales), rel=0.05)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_cell_of_a_heat_map_names_the_figure_in_it(width: str) -> None:
    svg, data = root("heat", width), DRAWINGS["heat"].data
    found = {}
    for shape in svg.iter():
        if "data-cell" in shape.attrib:
            row, column = map(int, shape.attrib["data-cell"].split())
            points = re.findall(r"[ML] (\S+) (\S+)", shape.attrib["d"])
            (left, right), (top, bottom) = (
                (min(one), max(one)) for one in zip(*(map(float, point) for point in points), strict=True)
            )
            found[row, column] = [
                text.text
                for text in texts(svg)
                if left < float(text.attrib["x"]) < right and top < float(text.attrib["y"]) < bottom
            ]
    assert found == {(y, x): [word] for y, row in enumerate(data.rows) for x, word in enumerate(row.texts)}


def test_decimals_and_numbers_are_dutch() -> None:
    assert "60,0%" in DRAWINGS["bars"].wide
    assert DRAWINGS["bars"].data.columns == ("Iedereen",)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str = "#ffffff") -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_on_paper_and_between_the_two_fills() -> None:
    assert min(contrast(TEXT), contrast(QUIET_TEXT)) >= 4.5
    assert min(contrast(SOLID.color), contrast(LIGHT.edge), contrast(REST.color)) >= 3
    assert contrast(SOLID.color, LIGHT.color) >= 3
    assert LIGHT.hatch
    assert not SOLID.hatch


def test_wrapping_keeps_words_whole() -> None:
    assert wrap("Nog steeds inburgeringsplichtig", 110, WIDE.label) == ["Nog steeds", "inburgeringsplichtig"]
    assert wrap("'s-Hertogenbosch", 20, NARROW.label) == ["'s-Hertogenbosch"]
    assert wrap("Register niet-ingezetenen", 95, NARROW.label) == ["Register niet-", "ingezetenen"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("kind", [bars.bars, bars.pairs, bars.pyramid, heat])
def test_a_chart_of_nobody_is_drawn(kind: Callable[[Grid, str, Size], Axes], size: Size) -> None:
    columns = (Entry("man"), Entry("vrouw"))
    nobody = Grid("gemeente", "Gemeente", "geslacht", "Geslacht", (), columns, {}, ({}, {}), 0)
    axes = kind(nobody, "In procenten", size)
    assert axes.figure is not None


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_row_is_read_with_its_figures(width: str) -> None:
    """Who listens to a chart, or copies its text, hears the name and then the figures that belong to it."""
    read = [text.text for text in root("pairs", width).iter(f"{SVG}text")]
    assert read[-9:] == [
        *("Nieuwkomer", "25% mannen", "83% vrouwen"),
        *("Oudkomer", "75%", "17%"),
        *("Onbekend", "0%", "0%"),
    ]
    figures = [text.text for text in root("pyramid", width).iter(f"{SVG}text")][-9:]
    assert figures[::3] == ["75%", "25%", "0%"]
