"""Move and scale areas to a frame in pixels, with no more detail than a reader can see.

Shared borders are simplified once for both neighbours, so that no gaps and overlaps come between them; that is what
shapely is here for. What does not belong here: colours, reading boundaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wi2007.publication.map.boundaries import valid

Ring = list[tuple[float, float]]
"""Points in pixels from the top left, with one decimal; in a closed ring the first point is not repeated."""

DETAIL: Final = 0.45
"""In pixels: triangles smaller than its square are left out of a border."""

FINEST: Final = 1500.0
"""The size in pixels up to which generalised areas keep their detail: more than twice the largest drawing."""

GRID: Final = 0.05
"""In pixels."""

SPECK: Final = 1.0
"""In square pixels: smaller islands and lakes are left out, but for the largest part of a municipality."""


@dataclass(frozen=True)
class Frame:
    """The place of a map on a canvas: its left upper corner, and its size."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Shapes:
    """The shapes of one size, by municipality."""

    areas: dict[str, BaseGeometry]

    def covers(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether anything is drawn within a box."""
        box = shapely.box(left, top, right, bottom)
        return bool(shapely.intersects(box, list(self.areas.values())).any())

    def together(self, codes: Iterable[str]) -> list[Ring]:
        """Some municipalities as one surface: its outer rings one way round, its holes the other."""
        whole = shapely.orient_polygons(shapely.union_all(valid(self.areas[code] for code in codes)))
        return [ring for polygon in _polygons(whole) for ring in _rings(polygon)]

    def borders(self) -> tuple[list[Ring], list[Ring]]:
        """The borders between municipalities, and the outline of all."""
        every = valid(self.areas.values())
        outline = shapely.boundary(shapely.union_all(every))
        inner = shapely.difference(shapely.union_all(shapely.boundary(every)), outline)
        return _lines(inner), _lines(outline)


def generalised(areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Areas without the detail that no width shows: a file with millions of points is brought down once.

    Points are first set on a fine grid, and borders that neighbours drew with other points are made the same.
    """
    west, south, east, north = shapely.total_bounds(list(areas.values()))
    pixel = max(east - west, north - south) / FINEST
    snapped = shapely.set_precision(valid(areas.values()), GRID * pixel)
    if not shapely.coverage_is_valid(snapped):
        snapped = shapely.coverage_clean(snapped, gap_width=2 * GRID * pixel)
    simple = shapely.coverage_simplify(snapped, DETAIL * pixel)
    return {code: one if one.area else areas[code] for code, one in zip(areas, simple, strict=True)}


def proportion(areas: Mapping[str, BaseGeometry]) -> float:
    """The height of a map beside its width."""
    west, south, east, north = shapely.total_bounds(list(areas.values()))
    return float((north - south) / (east - west))


def shapes(areas: Mapping[str, BaseGeometry], frame: Frame) -> Shapes:
    """Areas of a plane (y upwards), scaled to fill a frame of their own proportion and simplified."""
    placed = shapely.transform(
        valid(areas.values()), _scaling(shapely.total_bounds(list(areas.values())), frame)
    )
    simple = shapely.coverage_simplify(placed, DETAIL)
    return Shapes({code: _without_specks(one) for code, one in zip(areas, simple, strict=True)})


def _scaling(bounds: NDArray[np.float64], frame: Frame) -> Any:
    west, south, east, north = bounds
    scale = np.array([frame.width / (east - west), -frame.height / (north - south)])
    corner = np.array([frame.left, frame.top])

    def scaled(points: NDArray[np.float64]) -> NDArray[np.float64]:
        placed: NDArray[np.float64] = (points - [west, north]) * scale + corner
        return placed

    return scaled


def _without_specks(area: BaseGeometry) -> BaseGeometry:
    parts = sorted(_polygons(area), key=shapely.area, reverse=True)
    kept = [part for number, part in enumerate(parts) if not number or part.area >= SPECK]
    filled = [
        shapely.Polygon(
            part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= SPECK]
        )
        for part in kept
    ]
    return shapely.MultiPolygon(filled)


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [
        part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty
    ]


def _rings(polygon: shapely.Polygon) -> Iterator[Ring]:
    for ring in (polygon.exterior, *polygon.interiors):
        points = _points(ring)
        if len(points) > 3:
            yield points[:-1]


def _lines(shape: BaseGeometry) -> list[Ring]:
    """Lines joined where they can be, each once, in a fixed order."""
    merged = shapely.normalize(shapely.line_merge(shape))
    lines = [_points(part) for part in shapely.get_parts(merged) if isinstance(part, shapely.LineString)]
    return sorted(line for line in lines if len(line) > 1)


def _points(line: BaseGeometry) -> Ring:
    """Points with one decimal, none twice in a row."""
    rounded: Sequence[Sequence[float]] = np.round(shapely.get_coordinates(line), 1).tolist()
    points = [(x, y) for x, y in rounded]
    return [point for number, point in enumerate(points) if not number or point != points[number - 1]]
