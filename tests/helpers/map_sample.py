"""Made-up boundaries and figures of municipalities: a chessboard, drawn in degrees or in metres."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from schemas.tables import Specification
from schemas.tidy import TidyRow
from wi2007.project import CONFIG
from wi2007.publication.map.classes import municipalities
from wi2007.publication.map.settings import MapDrawing, MapSettings, Measure
from wi2007.tables.tidy import percentage

DAY = date(2022, 7, 1)
NUMBER = "K.1"
OBLIGED = "Nog steeds inburgeringsplichtig"
TABLE: dict[str, Any] = {
    "number": NUMBER,
    "title": "Uitstroomroute naar gemeente",
    "population": "wi2007",
    "columns": {"variable": "uitstroomroute"},
    "rows": [{"variable": "gemeente"}],
    "charts": [],
}
ACROSS = 19
Count = Callable[[int], tuple[int, int]]
"""Of the municipality with this place: how many are still obliged, of how many."""


def specification(**changes: Any) -> Specification:
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    return Specification.model_validate({**raw, "tables": [{**TABLE, **changes}]})


def square(place: int, metres: bool = False) -> list[list[list[float]]]:
    """A field of the chessboard; neighbours share their corners exactly."""
    left, low = place % ACROSS, place // ACROSS
    ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    if metres:
        return [[[20_000 + 12_000 * (left + x), 310_000 + 15_000 * (low + y)] for x, y in ring]]
    return [[[round(3.4 + 0.2 * (left + x), 4), round(50.8 + 0.14 * (low + y), 4)] for x, y in ring]]


def feature(code: str, coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"statcode": code, "statnaam": "Ergens"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(codes: list[str] | None = None, metres: bool = False) -> dict[str, Any]:
    """All municipalities at the peildatum, or those with these codes, on the chessboard."""
    every = list(municipalities(DAY)) if codes is None else codes
    features = [feature(f"GM{code}", square(place, metres)) for place, code in enumerate(every)]
    return {"type": "FeatureCollection", "features": features}


def write(folder: Path, content: Mapping[str, Any] | str) -> Path:
    path = folder / "grenzen.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def rising(place: int) -> tuple[int, int]:
    """More in every next municipality; in the first five none, and in one nobody at all."""
    if place == 7:
        return 0, 0
    return (0 if place < 5 else 5 * (place // 10 + 1)), 1000


def rows(count: Count = rising) -> list[TidyRow]:
    """The rows of the table: two routes, and somebody in the RNI."""
    found: list[TidyRow] = []
    names = [*municipalities(DAY).values(), "Register niet-ingezetenen"]
    for place, name in enumerate(names):
        obliged, total = count(place) if name != names[-1] else (500, 9_000)
        for route, number in ((OBLIGED, obliged), ("Inburgering voldaan", total - obliged)):
            share = percentage(number, 100_000)
            found.append(
                TidyRow(NUMBER, "wi2007", "gemeente", name, "uitstroomroute", route, number, share, 100_000)
            )
    return found


def make(
    path: Path, measure: Measure = "aandeel", count: Count = rising, peildatum: date = DAY
) -> MapDrawing:
    from wi2007.publication.map.make import make_map

    settings = MapSettings(path, "statcode", "De Landmeter, 2022", measure)
    return make_map(settings, "Titel & meer", rows(count), specification(), peildatum)
