"""A boundary file that does not fit is refused with a message: what is wrong, how many times, what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from map_sample import collection, feature, make, specification, square, write

from schemas.configuration import Configuration
from wi2007 import settings
from wi2007.errors import UserError
from wi2007.project import ROOT
from wi2007.publication.map.classes import municipalities, table_of


def told(folder: Path, content: Any, peildatum: date = date(2022, 7, 1)) -> str:
    with pytest.raises(UserError) as refused:
        make(write(folder, content), peildatum=peildatum)
    message = str(refused.value)
    assert "grenzen.geojson" in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "geen geldige JSON (regel 1)"),
        ('{"type": "FeatureCollection",\n "features": [', "geen geldige JSON (regel 2)"),
        ("[" * 200_000, "geen geldige JSON"),
        ("[1, 2]", "geen GeoJSON met gebieden"),
        ('"tekst"', "geen GeoJSON met gebieden"),
        ({"type": "Topology", "objects": {}}, "is TopoJSON"),
        ({"type": "Feature", "properties": {}, "geometry": None}, "geen GeoJSON met gebieden"),
        ({"type": "FeatureCollection"}, "geen GeoJSON met gebieden"),
        ({"type": "FeatureCollection", "features": [1]}, "geen GeoJSON met gebieden"),
        ({"type": "FeatureCollection", "features": [{"type": "Feature"}]}, "geen GeoJSON met gebieden"),
        ({"type": "FeatureCollection", "features": []}, "bevat geen gebieden"),
    ],
)
def test_no_geojson(tmp_path: Path, content: Any, words: str) -> None:
    assert words in told(tmp_path, content)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "grenzen.geojson"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UserError, match="geen tekst in UTF-8"):
        make(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="het bestand ontbreekt"):
        make(tmp_path / "weg.geojson")


def test_another_property_holds_the_code(tmp_path: Path) -> None:
    content = collection()
    for one in content["features"][:3]:
        one["properties"] = {"gemeentecode": "GM0014"}
    message = told(tmp_path, content)
    assert "hebben 3 gebieden geen eigenschap 'statcode'" in message
    assert "Eigenschappen in het bestand: gemeentecode, statcode, statnaam." in message


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        "vlak",
        {"type": "Point", "coordinates": [5, 52]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]]},
        {"type": "Polygon", "coordinates": [[[5], [5], [5], [5]]]},
        {"type": "Polygon", "coordinates": 5},
        {"type": "MultiPolygon", "coordinates": [[[5, 52]]]},
        {"type": "GeometryCollection", "geometries": []},
    ],
)
def test_an_area_that_is_no_surface(tmp_path: Path, geometry: Any) -> None:
    content = collection()
    content["features"][1]["geometry"] = geometry
    code = content["features"][1]["properties"]["statcode"][2:]
    assert f"heeft 1 gebied geen vlak dat te lezen is: {code}." in told(tmp_path, content)


def test_nowhere(tmp_path: Path) -> None:
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"statcode": "GM0014"},'
        ' "geometry": {"type": "Polygon", "coordinates": [[[5, 52], [NaN, 52], [5, 53], [5, 52]]]}}]}'
    )
    assert "geen vlak dat te lezen is: 0014" in told(tmp_path, text)


def moved(shift: Any) -> dict[str, Any]:
    content = collection()
    for one in content["features"]:
        one["geometry"]["coordinates"] = [
            [shift(x, y) for x, y in ring] for ring in one["geometry"]["coordinates"]
        ]
    return content


def test_other_coordinates(tmp_path: Path) -> None:
    mercator = told(tmp_path, moved(lambda x, y: [x * 111_320, y * 130_000]))
    assert "liggen niet in Nederland" in mercator
    assert "WGS84, EPSG:4326" in mercator
    assert "RD, EPSG:28992" in mercator
    assert "lengte en breedte zijn verwisseld" in told(tmp_path, moved(lambda x, y: [y, x]))


def test_codes_that_are_no_municipality(tmp_path: Path) -> None:
    content = collection()
    for place, code in enumerate(("PV27", "GM9999", "GM1999", "0000")):
        content["features"].append(feature(code, square(400 + place)))
    message = told(tmp_path, content)
    assert "zijn 4 codes geen gemeente op 1 juli 2022: 0000, 1999, 9999, PV27." in message


def test_municipalities_without_an_area(tmp_path: Path) -> None:
    content = collection()
    codes = sorted(one["properties"]["statcode"][2:] for one in content["features"][:12])
    content["features"] = content["features"][12:]
    message = told(tmp_path, content)
    assert "ontbreken de gebieden van 12 gemeenten op 1 juli 2022" in message
    assert f": {', '.join(codes[:10])} en nog 2." in message
    content = collection()
    del content["features"][3]
    assert "ontbreekt het gebied van 1 gemeente" in told(tmp_path, content)


def test_boundaries_of_a_later_classification(tmp_path: Path) -> None:
    """Voorne aan Zee exists since 1 January 2023."""
    content = collection([*municipalities(date(2022, 7, 1)), "1992"])
    message = told(tmp_path, content)
    assert "staat 1 gemeente die op 1 juli 2022 nog niet bestond: 1992." in message
    assert "de gemeentelijke indeling van 2022" in message


def test_without_a_table_of_municipalities_by_route_there_is_no_map() -> None:
    for changes in (
        {"population": "nog_inburgeringsplichtig"},
        {"columns": {"variable": "geslacht"}},
        {"rows": [{"variable": "gemeente", "largest": 5, "rest": "Overig"}]},
    ):
        with pytest.raises(UserError, match=r"staat niet in config/tables\.yaml"):
            table_of(specification(**changes))


# The configuration ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "grenzen.geojson",
        {"bestand": "grenzen.geojson"},
        {"bronvermelding": "Kadaster"},
        {"bestand": "x", "bronvermelding": ""},
        {"bestand": "x", "bronvermelding": "Kadaster", "maat": "procent"},
        {"bestand": "x", "bronvermelding": "Kadaster", "kleur": "rood"},
    ],
)
def test_a_wrong_setting(asked: Any) -> None:
    with pytest.raises(UserError, match=r"heeft 'kaart' een waarde die niet kan\. Schrijf: bestand"):
        settings.check({"kaart": asked})


def test_a_setting_without_its_file(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    asked = {"kaart": {"bestand": str(tmp_path / "weg.geojson"), "bronvermelding": "Kadaster"}}
    path.write_text("# een regel\n" + yaml.safe_dump(asked), encoding="utf-8")
    with pytest.raises(
        UserError, match=r"regel 2, noemt 'kaart' het bestand .*weg\.geojson, maar dat is er niet"
    ):
        settings.read(path)


def test_the_setting_with_its_file_and_what_is_left_out(tmp_path: Path) -> None:
    found = settings.check({"kaart": {"bestand": str(write(tmp_path, "{}")), "bronvermelding": "Kadaster"}})
    assert found.kaart is not None
    assert (found.kaart.code, found.kaart.maat) == ("statcode", "aandeel")
    assert settings.check({}).kaart is None


@pytest.mark.parametrize("name", ["docs/kaart.md", "config/config.yaml"])
def test_what_people_are_told_to_write_is_allowed(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^[# ]*(kaart:\n(?:[# ]+\w+: .+\n)+)", text, re.MULTILINE)
    assert len(found) == 1
    asked = yaml.safe_load(re.sub(r"^[# ]+(?=\w+: )", "  ", found[0], flags=re.MULTILINE))
    assert Configuration.model_validate(asked).kaart is not None
