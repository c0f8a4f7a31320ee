"""Boundaries become the municipalities of the peildatum: codes as written, both systems, areas put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from map_sample import DAY, collection, feature, square, write

from wi2007.publication.map.boundaries import Country, at_peildatum, code_of, read
from wi2007.publication.map.classes import municipalities
from wi2007.publication.map.shapes import Frame, generalised, shapes

FRAME = Frame(0, 0, 400, 500)


def country(folder: Path, content: dict[str, Any], peildatum: date = DAY) -> Country:
    path = write(folder, content)
    return at_peildatum(path, read(path, "statcode"), peildatum)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("GM0363", "0363"),
        ("0363", "0363"),
        ("gm0363", "0363"),
        (363, "0363"),
        (" 363 ", "0363"),
        ("PV27", "PV27"),
    ],
)
def test_codes_as_people_write_them(written: object, code: str) -> None:
    assert code_of(written) == code


def test_degrees_and_metres_give_the_same_chessboard(tmp_path: Path) -> None:
    degrees, metres = (
        shapes(country(tmp_path, collection(metres=metres)).areas, FRAME).areas for metres in (False, True)
    )
    assert list(degrees) == list(metres) == list(municipalities(DAY))
    for code, area in degrees.items():
        assert area.bounds == pytest.approx(metres[code].bounds, abs=0.1)
    assert shapely.total_bounds(list(degrees.values())).tolist() == pytest.approx([0, 0, 400, 500])


def test_north_is_up(tmp_path: Path) -> None:
    drawn = shapes(country(tmp_path, collection()).areas, FRAME).areas
    first, *_, last = drawn.values()
    assert first.centroid.y > last.centroid.y
    assert first.centroid.x < 30


def with_weesp(first: int, second: int) -> dict[str, Any]:
    """Amsterdam in one field and Weesp, which it took in, in another."""
    content = collection()
    (amsterdam,) = [one for one in content["features"] if one["properties"]["statcode"] == "GM0363"]
    amsterdam["geometry"]["coordinates"] = square(first)
    content["features"].append(feature("GM0457", square(second)))
    return content


def test_a_municipality_that_ended_is_drawn_with_its_successor_and_no_border_is_left(tmp_path: Path) -> None:
    found = country(tmp_path, with_weesp(400, 401))
    assert (found.followed, found.split) == (1, 0)
    assert "0457" not in found.areas
    drawn = shapes(found.areas, Frame(0, 0, 400, 500))
    amsterdam = drawn.areas["0363"]
    assert len(shapely.get_parts(amsterdam)) == 1
    middle = amsterdam.centroid.buffer(1)
    inner, outline = drawn.borders()
    assert inner
    assert not any(shapely.LineString(line).intersects(middle) for line in [*inner, *outline])


def test_before_the_day_it_ended_it_is_a_municipality_itself(tmp_path: Path) -> None:
    found = country(tmp_path, with_weesp(400, 402), date(2022, 1, 1))
    assert (found.followed, len(found.areas)) == (0, 345)


def test_of_a_split_municipality_it_is_counted_that_its_place_is_an_approximation(tmp_path: Path) -> None:
    content = collection()
    content["features"].append(feature("GM0788", square(400)))
    found = country(tmp_path, content)
    assert (found.followed, found.split) == (1, 1)


def test_islands_holes_and_several_features_of_one_code(tmp_path: Path) -> None:
    content = collection()
    outer, hole = square(400)[0], square(400)[0]
    left, low = outer[0]
    hole = [[left + (x - left) * 0.4 + 0.05, low + (y - low) * 0.4 + 0.04] for x, y in hole]
    first = content["features"][0]
    first["geometry"] = {"type": "MultiPolygon", "coordinates": [[outer, hole], square(440)]}
    content["features"].append(feature(first["properties"]["statcode"], square(460)))
    found = country(tmp_path, content)
    area = found.areas[first["properties"]["statcode"][2:]]
    parts = shapely.get_parts(area)
    assert sorted(len(part.interiors) for part in parts) == [0, 0, 1]


def test_a_border_that_crosses_itself_is_drawn(tmp_path: Path) -> None:
    content = collection()
    left, low = content["features"][0]["geometry"]["coordinates"][0][0]
    content["features"][0]["geometry"]["coordinates"] = [
        [[left, low], [left + 0.2, low + 0.14], [left + 0.2, low], [left, low + 0.14], [left, low]]
    ]
    drawn = shapes(country(tmp_path, content).areas, FRAME)
    rings = drawn.together([content["features"][0]["properties"]["statcode"][2:]])
    assert [len(ring) for ring in rings] == [3, 3]


def test_neighbours_share_their_simplified_border() -> None:
    """A border with many small bends: after simplification there is neither gap nor overlap."""
    bends = [(10.0 + (0.004 if n % 2 else 0), n * 0.01) for n in range(1001)]
    west = shapely.Polygon([(0, 0), *bends, (0, 10)])
    east = shapely.Polygon([(20, 0), (20, 10), *reversed(bends)])
    drawn = shapes({"a": west, "b": east}, Frame(0, 0, 200, 100)).areas
    assert sum(shapely.get_num_coordinates(area) for area in drawn.values()) < 40
    both = shapely.union_all(list(drawn.values()))
    assert both.area == pytest.approx(20_000)
    assert sum(area.area for area in drawn.values()) == pytest.approx(20_000)


def test_specks_go_but_no_municipality_goes_with_them() -> None:
    large = shapely.MultiPolygon([shapely.box(0, 0, 100, 100), shapely.box(101, 0, 101.5, 0.5)])
    small = shapely.box(110, 0, 110.3, 0.3)
    drawn = shapes({"a": large, "b": small, "c": shapely.box(110, 90, 120, 100)}, Frame(0, 0, 120, 100)).areas
    assert [len(shapely.get_parts(area)) for area in drawn.values()] == [1, 1, 1]


def test_borders_that_differ_by_a_digit_become_one() -> None:
    """The same border written by each neighbour in its own points and with its own last digits."""
    west = shapely.Polygon([(0, 0), *((10 + 3e-6, n / 10) for n in range(101)), (0, 10)])
    east = shapely.Polygon([(20, 0), (20, 10), *((10 - 2e-6, 10 - n / 7) for n in range(71))])
    assert not shapely.coverage_is_valid([west, east])
    drawn = generalised({"a": west, "b": east})
    assert shapely.coverage_is_valid(list(drawn.values()))
    assert sum(shapely.get_num_coordinates(area) for area in drawn.values()) < 20
    merged = generalised({"a": shapely.union_all([west, east])})["a"]
    assert len(shapely.get_parts(merged)) == 1
    assert merged.area == pytest.approx(200)
    assert len(shapely.get_coordinates(merged)) < 10


def test_no_municipality_is_generalised_away() -> None:
    drawn = generalised({"a": shapely.box(0, 0, 1000, 1000), "b": shapely.box(1001, 0, 1001.001, 0.001)})
    assert all(area.area for area in drawn.values())
