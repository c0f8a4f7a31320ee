"""Read boundaries of municipalities (GeoJSON), hold them against what a map needs, and bring them to the peildatum.

Coordinates may be degrees (WGS84, the rule for GeoJSON) or metres in RD, which many Dutch files have; which of the two
follows from the numbers. A code that ended is followed to its successor; areas that belong together become one, without
a border inside. What does not belong here: drawing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wi2007 import dutch
from wi2007.decisions import name, text
from wi2007.errors import UserError
from wi2007.publication.map.classes import NO_MUNICIPALITY, municipalities
from wi2007.reference import Place, classification

Areas = dict[str, list[BaseGeometry]]
"""The shapes of each code, on a plane with y upwards. A code may have several features."""

_CODE: Final = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE)
_SURFACES: Final = ("Polygon", "MultiPolygon")
_NAMED: Final = 10

# West, south, east, north: the Netherlands with its waters.
_DEGREES: Final = (2.0, 50.0, 8.0, 56.0)
_RD: Final = (-100_000.0, 289_000.0, 320_000.0, 900_000.0)
_LATITUDE: Final = 52.2
"""Where a degree of longitude is as long as it is drawn: the middle of the country."""


def read(path: Path, property_name: str) -> Areas:
    """The shapes by municipality code. Raises `UserError` saying what is wrong with the file."""
    features = _features(path)
    _check_property(path, features, property_name)
    areas: Areas = {}
    unreadable: list[str] = []
    for feature in features:
        code = code_of(feature["properties"][property_name])
        try:
            areas.setdefault(code, []).append(_surface(feature.get("geometry")))
        except (ValueError, TypeError, KeyError, IndexError, shapely.GEOSException):
            unreadable.append(code)
    if unreadable:
        raise UserError(
            f"In {name(path)} {_have(len(unreadable))} geen vlak dat te lezen is: {listed(unreadable)}. "
            f"Elk gebied hoort een {_SURFACES[0]} of {_SURFACES[1]} te zijn, met per punt twee getallen."
        )
    return _on_plane(path, areas)


def code_of(value: Any) -> str:
    """A municipality's code of four digits from GM0363, 0363 or 363; anything else as it is."""
    found = _CODE.fullmatch(str(value).strip())
    return found[1].zfill(4) if found else str(value).strip()


def listed(codes: Iterable[str]) -> str:
    """The first of some codes, ascending, and how many more there are."""
    every = sorted(set(codes))
    more = f" en nog {len(every) - _NAMED}" if len(every) > _NAMED else ""
    return ", ".join(one[:20] for one in every[:_NAMED]) + more


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (regel {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(
            f"{name(path)} is geen geldige JSON{where}. Download het bestand met de gemeentegrenzen opnieuw, als "
            "GeoJSON; docs/kaart.md zegt hoe."
        ) from None
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "Topology":
        raise UserError(f"{name(path)} is TopoJSON. Sla het bestand op als GeoJSON (FeatureCollection).")
    features = content.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list) or not all(_is_feature(feature) for feature in features):
        raise UserError(
            f"{name(path)} is geen GeoJSON met gebieden: het hoort één FeatureCollection te zijn, met een Feature per "
            "gemeente. Download het bestand opnieuw; docs/kaart.md zegt hoe."
        )
    if not features:
        raise UserError(f"{name(path)} bevat geen gebieden. Kies een ander bestand met gemeentegrenzen.")
    return features


def _is_feature(feature: Any) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("properties"), dict)


def _check_property(path: Path, features: list[dict[str, Any]], property_name: str) -> None:
    without = sum(property_name not in feature["properties"] for feature in features)
    if not without:
        return
    names = list(dict.fromkeys(key for feature in features for key in feature["properties"]))
    found = ", ".join(key[:40] for key in names[:_NAMED]) or "geen"
    raise UserError(
        f"In {name(path)} {_have(without)} geen eigenschap '{property_name}'. "
        f"Zet bij 'kaart' in config/config.yaml achter 'code' de eigenschap met de gemeentecode. "
        f"Eigenschappen in het bestand: {found}."
    )


def _have(count: int) -> str:
    return "heeft 1 gebied" if count == 1 else f"hebben {count} gebieden"


def _surface(geometry: Any) -> BaseGeometry:
    if not isinstance(geometry, Mapping) or geometry.get("type") not in _SURFACES:
        raise ValueError
    with np.errstate(invalid="ignore"):
        made = shapely.force_2d(shape(geometry))
    if made.is_empty or not np.isfinite(shapely.get_coordinates(made)).all():
        raise ValueError
    return made


def _on_plane(path: Path, areas: Areas) -> Areas:
    """Degrees stretched to a plane where they are degrees; metres as they are."""
    bounds = shapely.total_bounds([one for some in areas.values() for one in some])
    if _within(bounds, _RD):
        return areas
    if not _within(bounds, _DEGREES):
        turned = _within(bounds[[1, 0, 3, 2]], _DEGREES)
        told = (
            "lengte en breedte zijn verwisseld; in GeoJSON staat de lengte (oost-west) voorop"
            if turned
            else "het bestand hoort graden te hebben (WGS84, EPSG:4326) of meters (RD, EPSG:28992)"
        )
        raise UserError(
            f"De coördinaten in {name(path)} liggen niet in Nederland: {told}. Zet het bestand om."
        )
    stretch = np.array([np.cos(np.radians(_LATITUDE)), 1.0])

    def plane(points: NDArray[np.float64]) -> NDArray[np.float64]:
        flat: NDArray[np.float64] = points * stretch
        return flat

    return {code: [shapely.transform(one, plane) for one in some] for code, some in areas.items()}


def _within(bounds: NDArray[np.float64], limits: tuple[float, float, float, float]) -> bool:
    west, south, east, north = limits
    return bool(west <= bounds[0] <= bounds[2] <= east and south <= bounds[1] <= bounds[3] <= north)


@dataclass(frozen=True)
class Country:
    """The area of every municipality at the peildatum, and how many codes of the file were followed or split."""

    areas: dict[str, BaseGeometry]
    followed: int
    split: int


def at_peildatum(path: Path, areas: Areas, peildatum: date) -> Country:
    """Bring the areas of a file to the classification at the peildatum.

    Raises `UserError` when a code is no municipality, and when a municipality has no area.
    """
    known = {code: place for code, place in classification(peildatum).items() if code not in NO_MUNICIPALITY}
    strange = [code for code in areas if code not in known or not known[code].code]
    later = [code for code in strange if code in known and known[code].standing == "nog_niet_geldig"]
    if later:
        raise UserError(_too_new(path, later, peildatum))
    if strange:
        raise UserError(
            f"In {name(path)} {_are(len(strange))} geen gemeente op {dutch.day(peildatum)}: "
            f"{listed(strange)}. Kies een bestand met alleen gemeenten, of een andere eigenschap bij 'code'."
        )
    missing = municipalities(peildatum).keys() - {known[code].code for code in areas}
    if missing:
        raise UserError(
            f"In {name(path)} {_lack(len(missing))} op {dutch.day(peildatum)}: {listed(missing)}. Kies een bestand "
            f"met de gemeentelijke indeling van {peildatum.year} of van kort daarvoor."
        )
    places = [known[code] for code in areas]
    return Country(
        {code: _one(areas, known, code) for code in municipalities(peildatum)},
        followed=sum(place.standing == "opgevolgd" for place in places),
        split=sum(place.split for place in places),
    )


def valid(shapes: Iterable[BaseGeometry]) -> NDArray[Any]:
    """Shapes that can be put together: a border that touches or crosses itself is taken apart."""
    found = np.array(list(shapes), dtype=object)
    broken = ~shapely.is_valid(found)
    if broken.any():
        found[broken] = shapely.make_valid(found[broken], method="structure", keep_collapsed=False)
    return found


def _one(areas: Areas, known: dict[str, Place], code: str) -> BaseGeometry:
    own = [one for each, some in areas.items() if known[each].code == code for one in some]
    return own[0] if len(own) == 1 else shapely.union_all(valid(own))


def _too_new(path: Path, codes: list[str], peildatum: date) -> str:
    many = "gemeente die" if len(codes) == 1 else "gemeenten die"
    return (
        f"In {name(path)} {'staat' if len(codes) == 1 else 'staan'} {len(codes)} {many} op {dutch.day(peildatum)} nog "
        f"niet {'bestond' if len(codes) == 1 else 'bestonden'}: {listed(codes)}. Kies een bestand met de gemeentelijke "
        f"indeling van {peildatum.year} of van kort daarvoor."
    )


def _are(count: int) -> str:
    return "is 1 code" if count == 1 else f"zijn {count} codes"


def _lack(count: int) -> str:
    return (
        "ontbreekt het gebied van 1 gemeente"
        if count == 1
        else f"ontbreken de gebieden van {count} gemeenten"
    )
