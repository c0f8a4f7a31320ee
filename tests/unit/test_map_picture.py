"""The picture: SVG that can stand in HTML and PDF, readable without colours, with nothing in it but classes."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shapely
from charts_geometry import SVG, colliding, outside, size_of, texts
from map_sample import DAY, collection, make, rising, write

from schemas.tidy import TidyRow
from wi2007.publication.charts.data import NO_FIGURE
from wi2007.publication.charts.svg import clean
from wi2007.publication.map.classes import Figure, classes, figures, municipalities
from wi2007.publication.map.make import drawing
from wi2007.publication.map.picture import BORDER, NOUGHT, OUTLINE, TONES, UNKNOWN, entries_of
from wi2007.publication.map.settings import MapDrawing, Measure

WIDTHS = ("wide", "narrow")


@pytest.fixture(scope="module")
def boundaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("grenzen"), collection())


@pytest.fixture(scope="module")
def made(boundaries: Path) -> MapDrawing:
    return make(boundaries)


def text_of(made: MapDrawing, width: str) -> str:
    return str(getattr(made.drawing, width))


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_stay_inside_and_apart(made: MapDrawing, width: str) -> None:
    svg = ElementTree.fromstring(text_of(made, width))
    assert outside(svg) == []
    assert colliding(svg) == []
    for text in texts(svg):
        assert size_of(text) >= 11
        assert text.attrib["font-family"] == "'Source Sans Pro'"


@pytest.mark.parametrize("width", WIDTHS)
def test_svg_can_stand_inside_html(made: MapDrawing, width: str) -> None:
    text = text_of(made, width)
    assert text.startswith("<svg ")
    for unwanted in ("<?xml", "<style", "style=", "<metadata", "<g", "matplotlib", "<title/>"):
        assert unwanted not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)) == 3
    assert set(re.findall(r"url\(#([^)]+)\)", text)) == {ids[2]}
    other = text_of(made, "narrow" if width == "wide" else "wide")
    assert not set(ids) & set(re.findall(r' id="([^"]+)"', other))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_point_lies_in_the_frame_with_one_decimal(made: MapDrawing, width: str) -> None:
    svg = ElementTree.fromstring(text_of(made, width))
    wide, high = float(svg.attrib["width"]), float(svg.attrib["height"])
    long = [path.attrib["d"] for path in svg.findall(f"{SVG}path") if len(path.attrib["d"]) > 300]
    assert len(long) >= 4
    for data in long:
        assert not re.search(r"\.\d\d", data)
        for left, top in points(data):
            assert 0 <= left <= wide
            assert 0 <= top <= high


def points(data: str) -> list[tuple[float, float]]:
    """The points of a path, relative ones added up."""
    found: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MLl])([-\d. ]+)", data):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        for across, down in zip(values[::2], values[1::2], strict=True):
            base = found[-1] if command == "l" else (0.0, 0.0)
            found.append((base[0] + across, base[1] + down))
    return found


@pytest.mark.parametrize("measure", ["aandeel", "aantal"])
def test_names_and_figures_of_municipalities_are_not_in_the_drawing(
    boundaries: Path, measure: Measure
) -> None:
    """Other figures in the same classes give the same bytes: the drawing tells the class and nothing else."""
    first = make(boundaries, measure)
    highest = max(rising(place)[0] for place in range(344))
    second = make(
        boundaries,
        measure,
        lambda place: (n + 5 if (n := rising(place)[0]) == highest else n, rising(place)[1]),
    )
    assert first.drawing.data != second.drawing.data
    for width in WIDTHS:
        assert text_of(first, width) == text_of(second, width)
        words = " ".join(text.text or "" for text in texts(ElementTree.fromstring(text_of(first, width))))
        assert not any(name in words for name in municipalities(DAY).values())


def test_the_same_input_gives_the_same_bytes(boundaries: Path, made: MapDrawing) -> None:
    assert make(boundaries) == made


def test_the_order_of_areas_in_the_file_does_not_matter(tmp_path: Path, made: MapDrawing) -> None:
    turned = collection()
    turned["features"].reverse()
    assert make(write(tmp_path, turned)).drawing.data == made.drawing.data
    assert make(write(tmp_path, turned)).drawing.wide == made.drawing.wide


def test_the_table_holds_every_municipality_by_name(made: MapDrawing) -> None:
    data = made.drawing.data
    assert [row.label for row in data.rows] == list(municipalities(DAY).values())
    assert data.columns == ("Nog inburgeringsplichtig", "Ooit inburgeringsplichtig geweest", "Aandeel")
    assert data.rows[0].texts == ("0", "1.000", "0%")
    assert data.rows[7].texts == ("0", "0", NO_FIGURE)
    assert data.rows[7].values == (0.0, 0.0, None)
    assert data.rows[-1].texts == ("175", "1.000", "18%")


def test_what_cannot_be_computed_has_a_pattern_and_the_rest_one_colour_from_light_to_dark(
    made: MapDrawing,
) -> None:
    found = [Figure("1", "", 0, 0, None), *(Figure(f"{n}", "", n * n, 1, None) for n in range(2, 40))]
    entries = entries_of(classes(found, "aantal"), "aantal")
    assert [entry.fill.color for entry in entries] == [*reversed(TONES), NOUGHT.color]
    shares = entries_of(classes(found[:1], "aandeel"), "aandeel")
    assert [entry.fill for entry in shares] == [UNKNOWN]
    assert UNKNOWN.hatch
    assert UNKNOWN.color != NOUGHT.color
    assert "te weinig personen voor een percentage" in made.drawing.wide


@pytest.mark.parametrize("count", [2, 342])
def test_a_long_name_in_the_legend_goes_on_below(count: int) -> None:
    """Of hardly anybody no share can be computed: the longest name that a class has."""
    found = [Figure(f"{place:04d}", f"Plaats {place}", 0, 0, None, alone=True) for place in range(count)]
    areas = {one.code: shapely.box(place, 0, place + 1, 1) for place, one in enumerate(found)}
    made = drawing("Titel", found, areas, "aandeel", 0)
    for text in (made.wide, made.narrow):
        drawn = ElementTree.fromstring(text)
        assert outside(drawn) == []
        assert colliding(drawn) == []
    told = " ".join(text.text or "" for text in texts(ElementTree.fromstring(made.narrow)))
    assert f"te weinig personen voor een percentage ({count} gemeenten)" in told


def test_few_classes_lie_far_apart() -> None:
    found = [Figure("1", "", 5, 9, None), Figure("2", "", 50, 90, None)]
    assert [entry.fill.color for entry in entries_of(classes(found, "aantal"), "aantal")] == [
        TONES[-1],
        TONES[0],
    ]


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_neighbouring_classes_differ_in_lightness_and_outlines_stand_out() -> None:
    lights = [luminance(color) for color in (NOUGHT.color, *TONES)]
    for light, dark in pairwise(lights):
        assert (light + 0.05) / (dark + 0.05) >= 1.25
    assert 1.05 / (luminance(OUTLINE[0]) + 0.05) >= 3
    assert 1.05 / (luminance(UNKNOWN.edge) + 0.05) >= 3
    assert BORDER[0] == "#ffffff"


def test_the_legend_stands_above_a_country_that_leaves_no_room(made: MapDrawing) -> None:
    """The chessboard fills its frame: the map begins below the last line of the legend."""
    svg = ElementTree.fromstring(made.drawing.wide)
    lowest = max(float(text.attrib["y"]) for text in texts(svg))
    drawn = [points(path.attrib["d"]) for path in svg.findall(f"{SVG}path") if len(path.attrib["d"]) > 1000]
    assert min(top for path in drawn for _, top in path) > lowest


def test_long_paths_are_written_short_and_stay_the_same() -> None:
    absolute = " ".join(
        f"M {n} 10.5 L {n + 0.3:.1f} {n * 0.7:.1f} L {n + 9} {n + 8.1:.1f} z" for n in range(1, 60)
    )
    raw = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{}"/></svg>'
    short = ElementTree.fromstring(clean(raw.format(absolute), "a", "b", "c"))[2].attrib["d"]
    assert len(short) < len(absolute) * 0.8
    assert [
        pytest.approx(point) for point in points(absolute.replace("M ", "M").replace("L ", "L"))
    ] == points(short)
    few = "M 1 2 L 3 4 z"
    assert ElementTree.fromstring(clean(raw.format(few), "a", "b", "c"))[2].attrib["d"] == few


def test_a_column_of_everybody_counts_as_the_total_and_other_tables_are_passed_over() -> None:
    from map_sample import specification

    table = specification().tables[0]
    name = next(iter(municipalities(DAY).values()))

    def row(tabel: str, kolom: str, aantal: int) -> TidyRow:
        return TidyRow(tabel, "wi2007", "gemeente", name, "uitstroomroute", kolom, aantal, None, 0)

    rows = [
        row(table.number, "totaal", 200),
        row(table.number, "Nog steeds inburgeringsplichtig", 5),
        row("9.9", "Nog steeds inburgeringsplichtig", 77),
    ]
    first = figures(table, rows, specification(), DAY)[0]
    assert (first.count, first.total, str(first.share)) == (5, 200, "3")
